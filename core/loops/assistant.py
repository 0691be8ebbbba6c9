"""Conversations whose customer has been quiet long enough: have the assistant look."""

import asyncio

from core import logs
from core.actions import decide, triage
from core.domain.errors import Conflict, Unavailable
from core.kit import Kit
from core.loops.runner import WorkList
from core.store import attention

_log = logs.logger(__name__)

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
    """Look at one; losing a race leaves the conversation to whoever won it.

    A bug of ours must not keep a customer waiting for ever: it is logged, tried again after
    the lease, and after some tries a person takes over.
    """
    try:
        await triage.conversation(kit, claimed)
    except Conflict:
        return
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - logged; this conversation alone waits
        _log.exception("loop.bug", loop=NAME, conversation_id=str(claimed.conversation_id))
        if claimed.attempt >= triage.MAX_TRIES:
            await decide.hand_over(kit, claimed, "The assistant failed at this message.")
