"""Comments: what we owe them, which posts are due to be read, and the sweeper of both."""

import asyncio
from collections import Counter
from functools import partial

from core import logs
from core.actions import carry_out, monitor
from core.domain.comment import ClaimedDeed
from core.domain.errors import Conflict, Unavailable
from core.domain.ids import ChannelId
from core.kit import Kit
from core.loops.runner import Wake, WorkList
from core.store import deeds, monitoring

_log = logs.logger(__name__)

NAME = "comments"
AT_ONCE = 20
PER_CHANNEL = 5
POSTS_AT_ONCE = 4
DRAIN_SECONDS = 25.0


class Doing:
    """The deeds under way, each a task: a slow platform holds back its own channel only."""

    def __init__(self, kit: Kit, worker: str, bell: Wake) -> None:
        self._kit = kit
        self._worker = worker
        self._bell = bell
        self._tasks: dict[asyncio.Task[None], ChannelId] = {}

    async def round(self) -> int:
        """Claim as many deeds as there is room for and start on them."""
        room = AT_ONCE - len(self._tasks)
        if room == 0:
            return 0
        per_channel = Counter(self._tasks.values())
        full = [channel for channel, count in per_channel.items() if count >= PER_CHANNEL]
        async with self._kit.database.claim() as unit:
            claimed = await deeds.claim(
                unit,
                worker=self._worker,
                limit=min(room, PER_CHANNEL),
                lease=self._kit.settings.timings.lease,
                but=full,
            )
        for deed in claimed:
            self._start(deed)
        return len(claimed)

    def _start(self, deed: ClaimedDeed) -> None:
        task = asyncio.create_task(carry_out.one(self._kit, deed))
        self._tasks[task] = deed.channel_id
        task.add_done_callback(partial(self._ended, deed))

    def _ended(self, deed: ClaimedDeed, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        self._bell.press()
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Unavailable | Conflict):
            _log.info("deed.waits", deed_id=str(deed.deed_id), why=failure.title)
        elif failure is not None:
            _log.error("loop.bug", loop=NAME, exc_info=failure)

    async def close(self) -> None:
        """Let the calls under way end, for a while."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()


def work_list(kit: Kit, worker: str, bell: Wake) -> WorkList:
    """Return the loop that answers, hides and removes; `bell` is the one it is woken by."""
    doing = Doing(kit, worker, bell)
    poll = min(kit.settings.timings.poll, 1.0)
    return WorkList(name=NAME, round=doing.round, batch=1, poll=poll, close=doing.close)


def reader(kit: Kit) -> WorkList:
    """Return the loop that reads posts whose next look is due."""

    async def one_round() -> int:
        async with kit.database.claim() as unit:
            claimed = await monitoring.claim(
                unit, limit=POSTS_AT_ONCE, lease=kit.settings.timings.lease
            )
        await asyncio.gather(*(monitor.read_post(kit, one) for one in claimed))
        return len(claimed)

    return WorkList(
        name="posts to read",
        round=one_round,
        batch=POSTS_AT_ONCE,
        poll=kit.settings.timings.poll,
    )


def sweeper(kit: Kit) -> WorkList:
    """Return the loop that frees what dead workers held and settles what is unknown."""

    async def one_round() -> int:
        await carry_out.sweep(kit)
        return 0

    return WorkList(
        name="comments sweep", round=one_round, batch=1, poll=kit.settings.timings.sweep
    )
