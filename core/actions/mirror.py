"""Show on a message what became of the item that carries it.

A reaction carries no message of its own: what could not be put on the customer's message
is taken off it again, and everything else about its item shows nowhere.
"""

from core.domain.message import DeliveryState
from core.domain.outbox import OutboxItem
from core.domain.rich import ReactionMessage
from core.store import messages, reactions
from core.store.pool import Unit


async def show(
    unit: Unit, item: OutboxItem, state: DeliveryState, *, failure: str | None = None
) -> None:
    """Show how far an item has come."""
    if item.message_id is not None:
        await messages.set_delivery(unit, item.message_id, state, failure=failure)
    elif state is DeliveryState.FAILED and isinstance(item.content, ReactionMessage):
        await reactions.drop_reaction(
            unit,
            item.conversation_id,
            item.content.target_platform_id,
            item.content.emoji,
        )


async def note_platform_id(unit: Unit, item: OutboxItem, platform_id: str) -> None:
    """Remember the id that the platform gave to an item's message."""
    if item.message_id is not None:
        await messages.set_platform_id(unit, item.message_id, platform_id)
