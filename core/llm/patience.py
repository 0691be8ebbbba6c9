"""How long a call to a model's server may take, and how often it is made again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from core.domain.errors import Unavailable

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a call may take, and the pauses before it is made again."""

    seconds: float
    pauses: tuple[float, ...]
    longest_pause: float
    """A server that wants to be left alone for longer is left to whoever asked."""


async def patiently(
    call: Callable[[], Awaitable[T]], patience: Patience, sleep: Sleep
) -> T:
    """Return what `call` returns, made again after a pause while the server is away.

    Raises what the last call raised.
    """
    for pause in patience.pauses:
        try:
            return await call()
        except Unavailable as away:
            wanted = pause if away.retry_after is None else away.retry_after
            if wanted > patience.longest_pause:
                raise
            await sleep(wanted)
    return await call()
