"""Who runs PostgreSQL when we are root, and how it reaches the programs.

PostgreSQL refuses to run as root. A system account of ours runs it, from a copy of the
programs in a folder of its own: the installation may lie where only root can read, and
no mode of a folder that is not ours is ever changed.
"""

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from core.domain.errors import NotSetUp
from core.store.embedded_place import SYSTEM_FOLDER
from core.store.postgres_binaries import program, share_below

ACCOUNT = "socialsync"
_STAND_INS = ("postgres", "nobody")
_PROGRAMS = ("postgres", "initdb")
_NOT_NEEDED = shutil.ignore_patterns("*.a", "pkgconfig", "doc", "man")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An unprivileged user of the operating system."""

    name: str
    user_id: int
    group_id: int


if sys.platform != "win32":
    import pwd

    def account_for(area: Path) -> Account:
        """Return the account that runs the server in `area`, making ours when missing.

        An area that exists keeps its owner: data written by a stand-in could not be read
        by an account that was created later.
        """
        if area.exists():
            return _account(pwd.getpwuid(area.stat().st_uid))
        if not _exists(ACCOUNT):
            _create()
        for name in (ACCOUNT, *_STAND_INS):
            if _exists(name):
                return _account(pwd.getpwnam(name))
        raise NotSetUp(
            "PostgreSQL cannot run as root, and there is no other account for it.",
            f"Create a system account named {ACCOUNT}, or run SocialSync as another user.",
        )

    def _account(entry: pwd.struct_passwd) -> Account:
        return Account(name=entry.pw_name, user_id=entry.pw_uid, group_id=entry.pw_gid)

    def _exists(name: str) -> bool:
        try:
            pwd.getpwnam(name)
        except KeyError:
            return False
        return True


def prepare_area(area: Path, account: Account) -> None:
    """Create the account's private folder below /var/lib, and nothing else there."""
    if area.exists():
        return
    try:
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        area.mkdir(mode=0o700)
        os.chown(area, account.user_id, account.group_id)
    except OSError as error:
        raise NotSetUp(
            f"The folder {area} cannot be created: {error.strerror}.",
            "Make it writable, or run SocialSync as an ordinary user.",
        ) from error


def copy_programs(bin_dir: Path, area: Path) -> Path:
    """Return the programs' folder inside `area`, copying them there once per build.

    An installation that is spread over the system, as distributions do, is already
    readable by everyone and runs where it is.
    """
    prefix = bin_dir.parent
    if share_below(prefix) is None:
        return bin_dir
    built = program(bin_dir, "postgres").stat()
    copy = area / f"programs-{built.st_size:x}-{built.st_mtime_ns:x}"
    if not copy.exists():
        unfinished = area / "programs-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _copy(prefix, unfinished)
        unfinished.rename(copy)
    return copy / prefix.parent.name / prefix.name / bin_dir.name


def _copy(prefix: Path, target: Path) -> None:
    package = prefix.parent
    inside = target / package.name / prefix.name
    (inside / "bin").mkdir(parents=True)
    for name in _PROGRAMS:
        _copy_file(str(prefix / "bin" / name), str(inside / "bin" / name))
    for part in ("lib", "share"):
        _copy_folder(prefix / part, inside / part)
    # Wheels keep shared libraries in a folder beside their package, found relatively.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        _copy_folder(libraries, target / libraries.name)
    # A strict umask of root's must not lock the account out of its own copy.
    for folder, _, _ in os.walk(target):
        os.chmod(folder, 0o755)  # noqa: S103 -- programs, not secrets


def _copy_folder(source: Path, target: Path) -> None:
    shutil.copytree(
        source, target, symlinks=True, ignore=_NOT_NEEDED, copy_function=_copy_file
    )


def _copy_file(source: str, target: str) -> None:
    """Link a file that everyone may read; copy, and open up, any other.

    Most are readable, and linking spares 30 MB and their way to the disk.
    """
    mode = os.stat(source).st_mode
    if mode & stat.S_IROTH:
        try:
            os.link(source, target)
        except OSError:  # another file system, or one without links
            shutil.copy2(source, target)
        return
    shutil.copy2(source, target)
    os.chmod(target, 0o755 if mode & stat.S_IXUSR else 0o644)


def _create() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    # A failure, also a lost race against another keeper, shows in whether it exists now.
    subprocess.run(  # noqa: S603 -- fixed arguments, no shell
        [
            useradd,
            "--system",
            "--no-create-home",
            "--home-dir",
            str(SYSTEM_FOLDER),
            "--shell",
            "/usr/sbin/nologin",
            ACCOUNT,
        ],
        capture_output=True,
        check=False,
    )
