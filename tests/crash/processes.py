"""Child processes that may die or freeze, and what their parent can see and do about it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.clock import SystemClock

CHECKOUT = Path(__file__).parents[2]
_PATIENCE = 30.0
_clock = SystemClock()


class Life(StrEnum):
    """How a child is."""

    RUNNING = "running"
    FROZEN = "frozen"
    DEAD = "dead"


class Child:
    """One process of Python; its log goes to a file, its first line is read as JSON."""

    def __init__(
        self,
        arguments: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        with log.open("ab") as stream:
            self._process = subprocess.Popen(  # noqa: S603 - our own modules
                [sys.executable, *arguments],
                cwd=CHECKOUT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                env=None if environment is None else dict(environment),
            )
        self.log = log
        self.life = Life.RUNNING
        self.frozen_at = 0.0

    async def said(self) -> dict[str, Any]:
        """Return the first line this child prints."""
        stdout = self._process.stdout
        assert stdout is not None
        async with asyncio.timeout(_PATIENCE):
            line = await asyncio.to_thread(stdout.readline)
        assert line, self.log.read_text()
        found: dict[str, Any] = json.loads(line)
        return found

    def look(self) -> Life:
        """Return how the child is; one that has just stopped is noted with the time."""
        if self.life is Life.DEAD:
            return self.life
        pid, status = os.waitpid(self._process.pid, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFSTOPPED(status):
            self.life, self.frozen_at = Life.FROZEN, _clock.elapsed()
        elif pid:
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self._buried()
        return self.life

    @property
    def frozen_seconds(self) -> float:
        """Return how long the child has stood still."""
        return _clock.elapsed() - self.frozen_at

    def thaw(self) -> None:
        """Let a frozen child go on where it stopped."""
        os.kill(self._process.pid, signal.SIGCONT)
        self.life = Life.RUNNING

    def kill(self) -> None:
        """End the child without a warning; also one that is frozen."""
        if self.look() is not Life.DEAD:
            self._process.kill()
            self._process.wait()
            self._buried()

    def _buried(self) -> None:
        self.life = Life.DEAD
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
