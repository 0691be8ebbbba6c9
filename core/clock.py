"""Time, as something one is given.

Leases, due times and order use the database's clock; this one serves what stays in one
process: what a screen shows, how long a step took, when a file was written.
"""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What asks for the time asks one of these."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...

    def elapsed(self) -> float:
        """Return seconds on a clock that never jumps; only differences mean something."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Return seconds on a clock that never jumps.

        CLOCK_BOOTTIME where it exists: CLOCK_MONOTONIC stops while a laptop sleeps, so
        a deadline measured on it would let a send start hours after it was decided.
        """
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boottime is None else time.clock_gettime(boottime)
