"""Tell a living postmaster of one data folder from what a dead one has left behind.

Process numbers are reused: a `postmaster.pid` may name somebody's editor by now, and
PostgreSQL would then wait for that editor to end. Whether a server answers on the socket
that the file names cannot be mistaken.
"""

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.store.embedded_programs import Programs

_READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class PidFile:
    """What a postmaster writes about itself into its data folder."""

    pid: int
    port: int
    socket_dir: str
    status: str

    @property
    def is_ready(self) -> bool:
        """Whether the server takes connections."""
        return self.status == _READY


def pid_file(data_dir: Path) -> Path:
    """Return where the postmaster of a data folder writes about itself."""
    return data_dir / "postmaster.pid"


def read_pid_file(data_dir: Path) -> PidFile | None:
    """Return what the file says, or None while it is missing, torn or half written."""
    try:
        lines = pid_file(data_dir).read_text(encoding="utf-8").splitlines()
        return PidFile(
            pid=int(lines[0]),
            port=int(lines[3]),
            socket_dir=lines[4],
            status=lines[7].strip() if len(lines) > 7 else "",
        )
    except (OSError, ValueError, IndexError):
        return None


def living_postmaster(data_dir: Path) -> PidFile | None:
    """Return the postmaster that serves a data folder now, or None."""
    found = read_pid_file(data_dir)
    if found is None or not process_lives(found.pid) or not _answers(found):
        return None
    return found


if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE = 0x00100000
    _WAIT_TIMEOUT = 0x102

    def process_lives(pid: int) -> bool:
        """Return whether a process with this number exists.

        `os.kill(pid, 0)` would send it Ctrl-C here.
        """
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, 0, pid)
        if not handle:
            return False
        lives: bool = kernel.WaitForSingleObject(handle, 0) == _WAIT_TIMEOUT
        kernel.CloseHandle(handle)
        return lives

    def _answers(found: PidFile) -> bool:
        return _connects(socket.AF_INET, ("127.0.0.1", found.port))

    def stop_signals(pid: int, programs: Programs) -> list[Callable[[], object]]:
        """Return the ways to stop a postmaster, gentle first."""
        return [
            lambda: programs.run("pg_ctl", "kill", "INT", str(pid)),
            lambda: programs.run("pg_ctl", "kill", "QUIT", str(pid)),
        ]

else:

    def process_lives(pid: int) -> bool:
        """Return whether a process with this number exists."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def _answers(found: PidFile) -> bool:
        return _connects(socket.AF_UNIX, f"{found.socket_dir}/.s.PGSQL.{found.port}")

    def stop_signals(pid: int, programs: Programs) -> list[Callable[[], object]]:
        """Return the ways to stop a postmaster, gentle first."""
        del programs  # only Windows needs one to signal
        return [
            lambda: _signal(pid, signal.SIGINT),
            lambda: _signal(pid, signal.SIGQUIT),
            lambda: _signal(pid, signal.SIGKILL),
        ]

    def _signal(pid: int, number: int) -> None:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return  # gone by itself, as wished


def _connects(family: int, address: tuple[str, int] | str) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True
