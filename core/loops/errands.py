"""Calls that run beside a loop, not in it: a slow platform holds back its own channel only.

So many may be under way at once, and so many of one channel. What follows an errand is
free as soon as it has ended, so its end rings the loop's bell.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

from core import logs
from core.domain.errors import Conflict, Unavailable
from core.domain.ids import ChannelId
from core.loops.runner import Wake

_log = logs.logger(__name__)

DRAIN_SECONDS: Final = 25.0
"""How long whoever stops us waits for calls under way: cut short, they would be unknown."""


class Claimed(Protocol):
    """Something that was claimed for a channel."""

    @property
    def channel_id(self) -> ChannelId:
        """Return the channel it belongs to."""
        ...


E = TypeVar("E", bound=Claimed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[E]):
    """One kind of errand: how it is claimed and run, and how many at once.

    `claim` takes how many there is room for and the channels that have their hands full.
    """

    name: str
    claim: Callable[[int, Sequence[ChannelId]], Awaitable[list[E]]]
    run: Callable[[E], Awaitable[None]]
    at_once: int
    per_channel: int


class Errands(Generic[E]):
    """The errands under way, each a task; `bell` is pressed when one ends."""

    def __init__(self, kind: Kind[E], bell: Wake) -> None:
        self._kind = kind
        self._bell = bell
        self._tasks: dict[asyncio.Task[None], ChannelId] = {}

    async def round(self) -> int:
        """Claim as many as there is room for and start on them."""
        room = self._kind.at_once - len(self._tasks)
        if room == 0:
            return 0
        busy = Counter(self._tasks.values())
        full = [channel for channel, n in busy.items() if n >= self._kind.per_channel]
        claimed = await self._kind.claim(min(room, self._kind.per_channel), full)
        for errand in claimed:
            self._start(errand)
        return len(claimed)

    def _start(self, errand: E) -> None:
        task = asyncio.ensure_future(self._kind.run(errand))
        self._tasks[task] = errand.channel_id
        task.add_done_callback(partial(self._ended, errand))

    def _ended(self, errand: E, task: asyncio.Task[None]) -> None:
        """Make room, and say what went wrong; the sweeper deals with the rest."""
        self._tasks.pop(task, None)
        self._bell.press()
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Unavailable | Conflict):
            _log.info("errand.waits", loop=self._kind.name, why=failure.title)
        elif failure is not None:
            _log.error(
                "loop.bug",
                loop=self._kind.name,
                channel_id=str(errand.channel_id),
                exc_info=failure,
            )

    async def close(self) -> None:
        """Let the calls under way end, for a while."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
