"""Bodies that platforms sent: from `webhook_events` to conversations."""

from core.actions import receive
from core.kit import Kit
from core.loops.runner import WorkList
from core.store import webhook_events

NAME = "inbound"
_BATCH = 50


def work_list(kit: Kit) -> WorkList:
    """Return the loop that reads what arrived."""
    timings = kit.settings.timings

    async def one_round() -> int:
        async with kit.database.claim() as unit:
            claimed = await webhook_events.claim(unit, limit=_BATCH, lease=timings.lease)
        if claimed:
            await receive.events(kit, claimed)
        return len(claimed)

    return WorkList(name=NAME, round=one_round, batch=_BATCH, poll=timings.poll)
