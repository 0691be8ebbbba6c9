"""How far the assistant may go, and how far it has gone."""

from uuid import UUID

from core.domain.cap import Cap, Caps, Used
from core.domain.ids import ConversationId
from core.kit import Kit
from core.store import usage
from core.store.usage import Standing

__all__ = ["Cap", "Caps", "Standing", "Used", "current"]

_NOBODY = ConversationId(UUID(int=0))


async def current(kit: Kit) -> Standing:
    """Return where this member's inbox stands today and this month (UTC).

    What a single customer has used is left out of it.
    """
    async with kit.mine() as unit:
        return await usage.standing(unit, _NOBODY)
