"""Comments: what we owe them, which posts are due to be read, and the sweeper of both."""

import asyncio
from collections.abc import Sequence
from functools import partial

from core.actions import carry_out, monitor
from core.domain.comment import ClaimedDeed
from core.domain.ids import ChannelId
from core.kit import Kit
from core.loops.errands import Errands, Kind
from core.loops.runner import Wake, WorkList
from core.store import deeds, monitoring

NAME = "comments"
AT_ONCE = 20
PER_CHANNEL = 5
POSTS_AT_ONCE = 4


def work_list(kit: Kit, worker: str, bell: Wake) -> WorkList:
    """Return the loop that answers, hides and removes; `bell` is the one it is woken by."""

    async def claim(limit: int, but: Sequence[ChannelId]) -> list[ClaimedDeed]:
        async with kit.database.claim() as unit:
            return await deeds.claim(
                unit, worker=worker, limit=limit, lease=kit.settings.timings.lease, but=but
            )

    kind = Kind(
        name=NAME,
        claim=claim,
        run=partial(carry_out.one, kit),
        at_once=AT_ONCE,
        per_channel=PER_CHANNEL,
    )
    doing = Errands(kind, bell)
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
