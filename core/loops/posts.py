"""Posts whose next step is due, each step a task: a long upload holds back its own channel."""

import asyncio
from collections import Counter
from functools import partial

from core import logs
from core.actions import publish
from core.domain.errors import Conflict, Unavailable
from core.domain.ids import ChannelId
from core.domain.post import ClaimedPost
from core.kit import Kit
from core.loops.runner import Wake, WorkList
from core.store import posts

_log = logs.logger(__name__)

NAME = "posts"
AT_ONCE = 8
PER_CHANNEL = 2
DRAIN_SECONDS = 25.0


class Stepping:
    """The steps under way; `bell` is pressed when one ends, for the next may be due."""

    def __init__(self, kit: Kit, bell: Wake) -> None:
        self._kit = kit
        self._bell = bell
        self._tasks: dict[asyncio.Task[None], ChannelId] = {}

    async def round(self) -> int:
        """Claim as many posts as there is room for and start on their next steps."""
        room = AT_ONCE - len(self._tasks)
        if room == 0:
            return 0
        per_channel = Counter(self._tasks.values())
        full = [channel for channel, count in per_channel.items() if count >= PER_CHANNEL]
        async with self._kit.database.claim() as unit:
            claimed = await posts.claim(
                unit,
                limit=min(room, PER_CHANNEL),
                lease=self._kit.settings.timings.lease,
                but=full,
            )
        for post in claimed:
            self._start(post)
        return len(claimed)

    def _start(self, post: ClaimedPost) -> None:
        task = asyncio.create_task(publish.step(self._kit, post))
        self._tasks[task] = post.channel_id
        task.add_done_callback(partial(self._ended, post))

    def _ended(self, post: ClaimedPost, task: asyncio.Task[None]) -> None:
        """Make room, and say what went wrong; the post is claimed again after its lease."""
        self._tasks.pop(task, None)
        self._bell.press()
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Unavailable | Conflict):
            _log.info("post.waits", post_id=str(post.post_id), why=failure.title)
        elif failure is not None:
            _log.error("loop.bug", loop=NAME, exc_info=failure)

    async def close(self) -> None:
        """Let the steps under way end, for a while."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()


def work_list(kit: Kit, bell: Wake) -> WorkList:
    """Return the loop that publishes; `bell` is the one it is woken by."""
    stepping = Stepping(kit, bell)
    poll = min(kit.settings.timings.poll, 1.0)
    return WorkList(
        name=NAME, round=stepping.round, batch=1, poll=poll, close=stepping.close
    )
