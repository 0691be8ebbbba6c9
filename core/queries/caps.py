"""How far the assistant may go, and how far it has gone."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.cap import Cap, Caps, Used
from core.domain.ids import ConversationId
from core.kit import Kit
from core.store import usage

__all__ = ["Cap", "Caps", "Standing", "Used", "current"]

_NOBODY = ConversationId(UUID(int=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The caps in force, and what the whole inbox has used; a customer's share is left out."""

    caps: Caps
    used: Used


async def current(kit: Kit) -> Standing:
    """Return where this member's inbox stands today and this month (UTC)."""
    async with kit.mine() as unit:
        return Standing(caps=await usage.caps(unit), used=await usage.used(unit, _NOBODY))
