"""The key that makes pressing Send twice one message."""

import secrets
import time
from uuid import UUID


def time_ordered_key() -> UUID:
    """Return a UUID of version 7: milliseconds first, so that keys sort by when."""
    moment = time.time_ns() // 1_000_000
    return UUID(int=moment << 80 | 7 << 76 | secrets.randbits(76) & ~(3 << 62) | 2 << 62)
