"""Where an embedded server's files lie, decided the same way by everyone who needs them.

As an ordinary user everything is below the home folder. PostgreSQL refuses to run as
root, so there its data, socket and binaries move to a folder of an unprivileged account
below /var/lib, which can be reached whatever the modes above the home folder are.
"""

import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from core.domain.errors import NotSetUp

SYSTEM_FOLDER = Path("/var/lib/socialsync")
PORT = 5432
# The shortest limit among the systems we run on (macOS); Linux takes 107.
_LONGEST_SOCKET_PATH = 103


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The folders and files of one embedded server."""

    home: Path
    folder: Path
    """Locks, log and report: written by us, whoever we are."""
    area: Path
    """Data, socket and binaries: belongs to the account that runs PostgreSQL."""

    @property
    def leases(self) -> Path:
        """The lock that every process using the server shares."""
        return self.folder / "leases.lock"

    @property
    def keeper(self) -> Path:
        """The lock that the keeper owns."""
        return self.folder / "keeper.lock"

    @property
    def report(self) -> Path:
        """The file in which the keeper says how to connect, or why not."""
        return self.folder / "server.json"

    @property
    def log_file(self) -> Path:
        """What PostgreSQL and the keeper have to say."""
        return self.folder / "server.log"

    @property
    def password_file(self) -> Path:
        """The superuser's password."""
        return self.home / "secrets" / "postgres-superuser"

    @property
    def data_dir(self) -> Path:
        """PostgreSQL's own folder."""
        return self.area / "data"


def place_for(home: Path) -> Place:
    """Return the place that belongs to a home folder; two spellings of it give one place."""
    home = home.expanduser().resolve()
    folder = home / "postgres"
    return Place(home=home, folder=folder, area=_system_area(home) if is_root() else folder)


def is_root() -> bool:
    """Return whether PostgreSQL would refuse to run as this process's user."""
    return sys.platform != "win32" and os.geteuid() == 0


def make_private(folder: Path) -> None:
    """Create a folder of ours that only we may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def socket_folder(place: Place, owner: int) -> Path:
    """Return a folder for the socket that only `owner` can enter, with a short enough path."""
    folder = place.area / "run"
    if not _fits(folder):
        folder = _short_folder(place.home, owner)
    folder.mkdir(mode=0o700, exist_ok=True)
    if is_root():
        os.chown(folder, owner, -1)
    # In a shared temporary folder somebody else may have put this name there first.
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise NotSetUp(
            f"The folder {folder} for the database's socket belongs to somebody else.",
            "Remove it, or choose a shorter SOCIALSYNC_HOME.",
        )
    folder.chmod(0o700)
    return folder


def _system_area(home: Path) -> Path:
    return SYSTEM_FOLDER / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET_PATH


def _short_folder(home: Path, owner: int) -> Path:
    name = f"socialsync-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"
    session = Path(f"/run/user/{owner}")
    if session.is_dir() and session.stat().st_uid == owner:
        return session / name
    import tempfile  # rarely needed, and slow to import for a process that starts often

    return Path(tempfile.gettempdir()) / f"{name}-{owner}"
