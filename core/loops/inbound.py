"""Bodies that platforms sent: from `webhook_events` to conversations."""

from core.actions import receive
from core.kit import Kit
from core.loops.runner import WorkList
from core.store import webhook_events

NAME = "inbound"
_BATCH = 100
_LONGEST_LEASE = 15.0
"""Bodies take milliseconds, and applying one twice changes nothing: what a dead worker
held can go on soon."""


def work_list(kit: Kit) -> WorkList:
    """Return the loop that reads what arrived."""
    timings = kit.settings.timings
    lease = min(timings.lease, _LONGEST_LEASE)

    async def one_round() -> int:
        async with kit.database.claim() as unit:
            claimed = await webhook_events.claim(unit, limit=_BATCH, lease=lease)
        if claimed:
            await receive.events(kit, claimed)
        return len(claimed)

    return WorkList(name=NAME, round=one_round, batch=_BATCH, poll=timings.poll)
