"""The queue of conversations that need a person."""

from core.kit import Kit
from core.store import escalations
from core.store.escalations import EscalationRow

__all__ = ["EscalationRow", "queue"]


async def queue(
    kit: Kit, *, status: str = "open", limit: int = 200
) -> tuple[EscalationRow, ...]:
    """Return escalations, longest waiting first; `open` includes those in progress."""
    async with kit.mine() as unit:
        return tuple(await escalations.queue(unit, status=status, limit=limit))
