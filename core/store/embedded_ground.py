"""Refuse to put a database where it would not survive.

Folders that a service copies to the cloud while they change end as a mixture of two
moments, and network file systems lie about what has reached the disk.
"""

import shutil
import sys
from pathlib import Path

from core.domain.errors import NotSetUp

_SYNCED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "pcloud",
)
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "davfs"})
_MOUNTS = Path("/proc/self/mounts")
_MEBIBYTE = 1024 * 1024
# A fresh cluster and its first WAL take about 70 MB; a running one recovers with less.
_ROOM_TO_CREATE = 256 * _MEBIBYTE
_ROOM_TO_START = 64 * _MEBIBYTE
_ELSEWHERE = "Set SOCIALSYNC_HOME to a folder on this machine's own disk."


def require_solid_ground(data_dir: Path) -> None:
    """Refuse a data folder that is synced, remote, or on a full disk."""
    synced = _synced_part(data_dir)
    if synced:
        raise NotSetUp(
            f"The database would lie in {synced}, which is copied to the cloud while it "
            "changes and would be damaged.",
            _ELSEWHERE,
        )
    ground = _nearest_existing(data_dir)
    kind = _network_kind(ground)
    if kind:
        raise NotSetUp(f"The database would lie on a network folder ({kind}).", _ELSEWHERE)
    needed = _ROOM_TO_START if data_dir.exists() else _ROOM_TO_CREATE
    free = shutil.disk_usage(ground).free
    if free < needed:
        raise NotSetUp(
            f"The disk of {ground} has {free // _MEBIBYTE} MB left; the database needs "
            f"{needed // _MEBIBYTE} MB.",
            "Free some space and start again.",
        )


def _synced_part(folder: Path) -> str | None:
    return next((part for part in folder.parts if part.lower().startswith(_SYNCED)), None)


def _nearest_existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _network_kind(folder: Path) -> str | None:
    if sys.platform == "win32":
        return "a share" if folder.drive.startswith("\\\\") else None
    if not _MOUNTS.exists():
        return None
    kind = _kind_of_mount(folder.resolve(), _MOUNTS.read_text(encoding="utf-8"))
    return kind if kind in _NETWORK else None


def _kind_of_mount(folder: Path, mounts: str) -> str:
    deepest, kind = 0, ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split(" ")
        mount = Path(point.replace("\\040", " "))
        if folder.is_relative_to(mount) and len(mount.parts) >= deepest:
            deepest, kind = len(mount.parts), found
    return kind
