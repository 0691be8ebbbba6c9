"""Run PostgreSQL's programs as the right user, in an environment without surprises.

Nobody's PGDATA, PGOPTIONS or bundle library path reaches them. On Linux the kernel stops
them when the keeper dies, however it dies; elsewhere a server that outlives its keeper
is adopted by the next one.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.store.embedded_account import Account
from core.store.postgres_binaries import program

_ENVIRONMENT = None if sys.platform == "win32" else {"PATH": os.defpath, "LC_ALL": "C"}
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """One folder of programs, the account that runs them and where they are run."""

    bin_dir: Path
    major: int
    """The version, as far as it decides which data folders fit."""
    work_dir: Path
    account: Account | None
    """None: as ourselves."""

    def spawn(self, name: str, *arguments: str, output: int) -> subprocess.Popen[str]:
        """Start a program that writes to `output`, a descriptor, and goes with us."""
        return subprocess.Popen(  # noqa: S603 -- our own binaries, no shell
            [str(program(self.bin_dir, name)), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.work_dir,
            env=_ENVIRONMENT,
            user=self.account.user_id if self.account else None,
            group=self.account.group_id if self.account else None,
            extra_groups=[] if self.account else None,
            preexec_fn=_stop_with_parent(),
        )

    def run(self, name: str, *arguments: str) -> tuple[int, str]:
        """Run a program to its end and return its exit code and what it wrote."""
        with self.spawn(name, *arguments, output=subprocess.PIPE) as process:
            output, _ = process.communicate()
            return process.returncode, output.strip()


def _stop_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    control, parent = ctypes.CDLL(None).prctl, os.getpid()

    def arrange() -> None:
        # SIGINT is a fast, clean stop for postgres and makes initdb remove its traces.
        control(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return arrange
