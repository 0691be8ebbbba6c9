"""Know where things lie: the installed files, the other program, the data folder.

The one module that knows whether this is a checkout or a frozen bundle. It reads no
environment: settings hands in what it read, once.
"""

import sys
from pathlib import Path

FOLDER_NAME = "socialsync"
COMPANION = "socialsync-headless"
READ_DOCUMENT = "--read-document"
"""Hidden first argument of the companion: this process is to read one file and answer."""


def frozen() -> bool:
    """Return whether this process runs from a bundle made by PyInstaller."""
    return bool(getattr(sys, "frozen", False))


def installation_dir() -> Path:
    """Return the folder that holds `core`, `resources` and `sql`, frozen or not."""
    return Path(__file__).resolve().parents[1]


def resources_dir() -> Path:
    """Return the folder of icons, fonts, prompts, models and demo data."""
    return installation_dir() / "resources"


def sql_dir() -> Path:
    """Return the folder of the migrations."""
    return installation_dir() / "sql"


def companion_command() -> tuple[str, ...]:
    """Return the command line that starts the companion of this installation.

    The desktop and the companion lie side by side in a bundle; `python -m` does not
    exist there.
    """
    if not frozen():
        return (sys.executable, "-m", "core")
    suffix = ".exe" if sys.platform == "win32" else ""
    return (str(Path(sys.executable).with_name(COMPANION + suffix)),)


def reading_command(*task: str) -> tuple[str, ...]:
    """Return the command line that starts the child which reads documents.

    Isolated from the environment and the user's packages, and without the search for
    packages that Python does at every start: what it finds is handed over.
    """
    if frozen():
        return (*companion_command(), READ_DOCUMENT, *task)
    places = [str(installation_dir()), *(place for place in sys.path if place)]
    code = (
        f"import sys; sys.path += {places!r}; "
        "from core.knowledge.reading.child import main; main(sys.argv[1:])"
    )
    return (sys.executable, "-I", "-S", "-c", code, *task)


def default_home(data_home: str | None = None) -> Path:
    """Return the platform's own data folder for us, used unless settings name another.

    `data_home` is what the environment says about it: XDG_DATA_HOME on Linux,
    LOCALAPPDATA on Windows; macOS has no such variable.
    """
    if sys.platform == "win32":
        local = Path(data_home) if data_home else Path.home() / "AppData" / "Local"
        return local / "SocialSync"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "SocialSync"
    # The XDG rules say that a relative path counts as not set.
    if data_home and data_home.startswith("/"):
        return Path(data_home) / FOLDER_NAME
    return Path.home() / ".local" / "share" / FOLDER_NAME
