"""The outbox: what we owe customers, and the sweeper that never lets an item be lost.

Sends run beside the loop, not in it: a platform that takes its time holds back its own
channel and nobody else's. So many may be under way at once, and so many of one channel.
"""

import asyncio
from collections import Counter
from functools import partial

from core import logs
from core.actions import deliver, reconcile
from core.domain.errors import Conflict, Unavailable
from core.domain.ids import ChannelId
from core.kit import Kit
from core.loops.runner import Wake, WorkList
from core.store import outbox
from core.store.outbox import ClaimedItem

_log = logs.logger(__name__)

NAME = "outbox"
AT_ONCE = 40
PER_CHANNEL = 10
DRAIN_SECONDS = 25.0
"""How long whoever stops us waits for calls under way: cut short, they would be unknown."""


class Sending:
    """The sends under way, each a task; `bell` is pressed when one ends.

    A conversation's next item is free as soon as the one before it has ended.
    """

    def __init__(self, kit: Kit, worker: str, bell: Wake) -> None:
        self._kit = kit
        self._worker = worker
        self._bell = bell
        self._tasks: dict[asyncio.Task[None], ChannelId] = {}

    async def round(self) -> int:
        """Claim as many items as there is room for and start sending them."""
        room = AT_ONCE - len(self._tasks)
        if room == 0:
            return 0
        per_channel = Counter(self._tasks.values())
        full = [channel for channel, count in per_channel.items() if count >= PER_CHANNEL]
        async with self._kit.database.claim() as unit:
            claimed = await outbox.claim(
                unit,
                worker=self._worker,
                limit=min(room, PER_CHANNEL),
                lease=self._kit.settings.timings.lease,
                but=full,
            )
        for item in claimed:
            self._start(item)
        return len(claimed)

    def _start(self, item: ClaimedItem) -> None:
        task = asyncio.create_task(deliver.one(self._kit, item))
        self._tasks[task] = item.channel_id
        task.add_done_callback(partial(self._ended, item))

    def _ended(self, item: ClaimedItem, task: asyncio.Task[None]) -> None:
        """Make room, and say what went wrong; the sweeper deals with the item itself."""
        self._tasks.pop(task, None)
        self._bell.press()
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Unavailable | Conflict):
            _log.info("outbox.waits", outbox_id=str(item.outbox_id), why=failure.title)
        elif failure is not None:
            _log.error("loop.bug", loop=NAME, exc_info=failure)

    async def close(self) -> None:
        """Let the calls under way end, for a while."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()


def work_list(kit: Kit, worker: str, bell: Wake) -> WorkList:
    """Return the loop that sends; `bell` is the one it is woken by."""
    sending = Sending(kit, worker, bell)
    poll = min(kit.settings.timings.poll, 1.0)
    return WorkList(name=NAME, round=sending.round, batch=1, poll=poll, close=sending.close)


def sweeper(kit: Kit) -> WorkList:
    """Return the loop that frees what dead workers held and settles what is unknown."""

    async def one_round() -> int:
        await reconcile.sweep(kit)
        return 0

    return WorkList(
        name="outbox sweep", round=one_round, batch=1, poll=kit.settings.timings.sweep
    )
