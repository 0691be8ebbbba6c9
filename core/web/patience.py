"""How long a caller of ours is kept waiting for the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.domain.errors import DatabaseDown

SECONDS = 5.0
"""Platforms and monitors give up after a few seconds; better they hear "again" in time."""


@asynccontextmanager
async def in_time() -> AsyncIterator[None]:
    """Raise DatabaseDown when the block takes longer than callers wait."""
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except TimeoutError as late:
        raise DatabaseDown("PostgreSQL did not answer in time.") from late
