"""Run one child over one file: hand it the bytes, take its answer, and see it end.

A plain `Popen` in a thread, because the engine's loop starts no processes everywhere
(HOUSE 2.7). Whatever happens, the whole group of the child is killed and reaped.
"""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer

from core.knowledge.reading.limits import MB, MOST_ANSWER, WALL_SECONDS

MOST_CHILDREN = 2

_BLOCK = 1 * MB
_PLACES = ThreadPoolExecutor(MOST_CHILDREN, thread_name_prefix="reading")
"""One for the process, whatever loop asks: its size is what bounds the memory of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a child wrote before it ended, and how it ended."""

    answer: bytes
    returncode: int
    was_killed_by_us: bool


async def outcome_of(
    command: Sequence[str], content: bytes, *, wall_seconds: float = WALL_SECONDS
) -> Outcome:
    """Run a child, as soon as there is a place for it; being cancelled kills it at once."""
    child = _Child(command, wall_seconds)
    running = asyncio.get_running_loop().run_in_executor(_PLACES, child.run, content)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        child.kill()
        raise


class _Child:
    def __init__(self, command: Sequence[str], wall_seconds: float) -> None:
        self._command = command
        self._wall_seconds = wall_seconds
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._was_killed = False

    def run(self, content: bytes) -> Outcome:
        with self._lock:
            # Killed before it began.
            if self._is_over:
                return Outcome(answer=b"", returncode=0, was_killed_by_us=True)
            process = self._process = _started(self._command)
        clock = Timer(self._wall_seconds, self.kill)
        clock.daemon = True
        clock.start()
        try:
            answer = _exchange(process, content)
        finally:
            clock.cancel()
            with self._lock:
                # Not reaped yet, so the number of the group is still the child's.
                self._is_over = True
                _kill_group(process)
            returncode = process.wait()
        return Outcome(
            answer=answer, returncode=returncode, was_killed_by_us=self._was_killed
        )

    def kill(self) -> None:
        """End the child at once, or keep it from beginning."""
        with self._lock:
            if not self._is_over:
                self._is_over = self._process is None
                self._was_killed = True
                if self._process is not None:
                    _kill_group(self._process)


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- our own interpreter, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
        cwd=os.path.abspath(os.sep),
        start_new_session=True,
        bufsize=0,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _exchange(process: subprocess.Popen[bytes], content: bytes) -> bytes:
    """Write all, then read all; a child that answers first waits for the clock's kill."""
    # A child that has refused or died reads no further.
    with suppress(OSError), process.stdin as given:  # type: ignore[union-attr]
        rest = memoryview(content)
        while rest:
            rest = rest[given.write(rest[:_BLOCK]) :]
    answer = bytearray()
    with process.stdout as said:  # type: ignore[union-attr]
        while len(answer) <= MOST_ANSWER and (block := said.read(_BLOCK)):
            answer += block
    return bytes(answer)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()  # its job ends with it
    else:
        # On macOS a group whose last process is a zombie may not be signalled.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _bare_environment() -> dict[str, str]:
    """Return nothing, or the one variable without which Python does not start."""
    if sys.platform == "win32":
        folder = ctypes.create_unicode_buffer(260)
        ctypes.windll.kernel32.GetWindowsDirectoryW(folder, len(folder))
        return {"SYSTEMROOT": folder.value}
    return {}
