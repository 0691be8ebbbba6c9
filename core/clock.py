"""Time, as something one is given.

Leases, due times and order use the database's clock; this one serves what stays in one
process: what a screen shows, how long a step took, when a file was written.
"""

import secrets
import time
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID


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


def time_ordered_id() -> UUID:
    """Return a version 7 UUID (RFC 9562): ids made later sort later.

    Platforms stamp messages to the second; within one, the order of arrival is the order
    of the ids. The 12 bits below the millisecond hold its fraction.
    """
    now = time.time_ns()
    milliseconds, rest = divmod(now, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    high = (milliseconds & (2**48 - 1)) << 16 | 0x7000 | fraction
    low = 0b10 << 62 | secrets.randbits(62)
    return UUID(int=high << 64 | low)
