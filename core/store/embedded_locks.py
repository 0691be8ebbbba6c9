"""File locks that the operating system releases when their holder dies, however it dies.

The embedded server lives by them: every process that uses it shares one lock, its keeper
owns another. Nothing here waits; callers try again in their own rhythm, so that they can
also be told to give up.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    # msvcrt knows no shared locks: a sharer takes any one byte, an owner all of them.
    _SLOTS = 256

    def _lock_exclusively(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _SLOTS)

    def _lock_shared(descriptor: int) -> None:
        for slot in range(_SLOTS):
            os.lseek(descriptor, slot, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                continue
            return
        raise BlockingIOError

else:
    import fcntl

    # flock, not lockf: record locks vanish when *any* descriptor of the file is closed,
    # and two leases in one process must not release each other.
    def _lock_exclusively(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _lock_shared(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)


class FileLock:
    """A lock on one file, held by this object until `release` or the process's end.

    A child made by a bare `fork` shares it; a program started with `subprocess` does not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_exclusive(self) -> bool:
        """Return whether the lock is now ours alone."""
        return self._take(_lock_exclusively)

    def try_shared(self) -> bool:
        """Return whether the lock is now ours, perhaps beside other sharers."""
        return self._take(_lock_shared)

    def release(self) -> None:
        """Give the lock up; harmless when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _take(self, lock: Callable[[int], None]) -> bool:
        if self._descriptor is not None:
            raise RuntimeError(f"{self._path.name} is already locked by this object")
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True


def is_owned(path: Path) -> bool:
    """Return whether somebody holds the lock on `path` exclusively at this moment.

    Looks by sharing it for an instant, so two lookers never take each other for an owner.
    """
    lock = FileLock(path)
    if lock.try_shared():
        lock.release()
        return False
    return True
