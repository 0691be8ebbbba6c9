"""The outbox: what we owe customers, and the sweeper that never lets an item be lost."""

from collections.abc import Sequence
from functools import partial

from core.actions import deliver, reconcile
from core.domain.ids import ChannelId
from core.kit import Kit
from core.loops.errands import Errands, Kind
from core.loops.runner import Wake, WorkList
from core.store import outbox
from core.store.outbox import ClaimedItem

NAME = "outbox"
AT_ONCE = 40
PER_CHANNEL = 10


def work_list(kit: Kit, worker: str, bell: Wake) -> WorkList:
    """Return the loop that sends; `bell` is the one it is woken by."""

    async def claim(limit: int, but: Sequence[ChannelId]) -> list[ClaimedItem]:
        async with kit.database.claim() as unit:
            return await outbox.claim(
                unit, worker=worker, limit=limit, lease=kit.settings.timings.lease, but=but
            )

    kind = Kind(
        name=NAME,
        claim=claim,
        run=partial(deliver.one, kit),
        at_once=AT_ONCE,
        per_channel=PER_CHANNEL,
    )
    sending = Errands(kind, bell)
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
