"""Conversations whose customer has been quiet long enough: have the assistant look."""

import asyncio

from core.actions import triage
from core.domain.errors import Conflict
from core.kit import Kit
from core.loops.runner import WorkList
from core.store import attention

NAME = "assistant"
_BATCH = 8


def work_list(kit: Kit) -> WorkList:
    """Return the loop that answers."""
    timings = kit.settings.timings

    async def one_round() -> int:
        async with kit.database.claim() as unit:
            claimed = await attention.claim_due(unit, limit=_BATCH, lease=timings.lease)
        await asyncio.gather(*(_look(kit, one) for one in claimed))
        return len(claimed)

    # Due times pass without a notice, so the net is finer here than elsewhere.
    poll = min(timings.poll, max(0.2, timings.burst_pause / 4))
    return WorkList(name=NAME, round=one_round, batch=_BATCH, poll=poll)


async def _look(kit: Kit, claimed: attention.ClaimedConversation) -> None:
    """Look at one; losing a race leaves the conversation to whoever won it."""
    try:
        await triage.conversation(kit, claimed)
    except Conflict:
        return
