"""The outbox: what we owe customers, and the sweeper that never lets an item be lost."""

from core.actions import deliver, reconcile
from core.kit import Kit
from core.loops.runner import WorkList
from core.store import outbox

NAME = "outbox"
_BATCH = 20


def work_list(kit: Kit, worker: str) -> WorkList:
    """Return the loop that sends."""
    timings = kit.settings.timings

    async def one_round() -> int:
        async with kit.database.claim() as unit:
            claimed = await outbox.claim(
                unit, worker=worker, limit=_BATCH, lease=timings.lease
            )
        if claimed:
            await deliver.batch(kit, claimed)
        return len(claimed)

    # After a send the conversation's next item is free at once, without any notice.
    return WorkList(name=NAME, round=one_round, batch=1, poll=min(timings.poll, 1.0))


def sweeper(kit: Kit) -> WorkList:
    """Return the loop that frees what dead workers held and settles what is unknown."""

    async def one_round() -> int:
        await reconcile.sweep(kit)
        return 0

    return WorkList(
        name="outbox sweep", round=one_round, batch=1, poll=kit.settings.timings.sweep
    )
