"""Posts whose next step is due: a long upload holds back its own channel only.

A step that came to nothing needs no sweeper: its lease runs out and the post is due again.
"""

from collections.abc import Sequence
from functools import partial

from core.actions import publish
from core.domain.ids import ChannelId
from core.domain.post import ClaimedPost
from core.kit import Kit
from core.loops.errands import Errands, Kind
from core.loops.runner import Wake, WorkList
from core.store import posts

NAME = "posts"
AT_ONCE = 8
PER_CHANNEL = 2


def work_list(kit: Kit, bell: Wake) -> WorkList:
    """Return the loop that publishes; `bell` is the one it is woken by."""

    async def claim(limit: int, but: Sequence[ChannelId]) -> list[ClaimedPost]:
        async with kit.database.claim() as unit:
            return await posts.claim(
                unit, limit=limit, lease=kit.settings.timings.lease, but=but
            )

    kind = Kind(
        name=NAME,
        claim=claim,
        run=partial(publish.step, kit),
        at_once=AT_ONCE,
        per_channel=PER_CHANNEL,
    )
    stepping = Errands(kind, bell)
    poll = min(kit.settings.timings.poll, 1.0)
    return WorkList(
        name=NAME, round=stepping.round, batch=1, poll=poll, close=stepping.close
    )
