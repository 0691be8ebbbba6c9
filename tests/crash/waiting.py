"""Wait for what another process does: it announces nothing to this one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(
    check: Callable[[], Awaitable[T | None]], *, patience: float = 30.0, pause: float = 0.05
) -> T:
    """Return what `check` finds, asking until it finds something."""
    async with asyncio.timeout(patience):
        while not (found := await check()):  # noqa: ASYNC110 - it happens elsewhere
            await asyncio.sleep(pause)
    return found
