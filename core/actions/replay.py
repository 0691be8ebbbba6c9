"""Bodies that were put aside: look at them, and process them again."""

from uuid import UUID

from core.domain.errors import NotFound
from core.kit import Kit
from core.store import webhook_events
from core.store.webhook_events import Parked

__all__ = ["Parked", "parked", "webhook"]


async def parked(kit: Kit, *, limit: int = 100) -> list[Parked]:
    """Return what was put aside and belongs to this engine's reach, newest first."""
    async with kit.database.claim() as unit:
        return await webhook_events.parked(unit, limit=limit)


async def webhook(kit: Kit, event: UUID) -> None:
    """Queue a settled body again.

    Raises:
        NotFound: there is no such body, or it is waiting already.
    """
    async with kit.database.claim() as unit:
        if not await webhook_events.replay(unit, event):
            raise NotFound("There is no settled webhook with that id.")
