"""Apply a mark of the customer's side: all of ours up to a moment has arrived, or was read.

Instagram's marks name a message, whose conversation it is then; Messenger's name only the
customer and a time. One that overtakes the answer to a send is kept until that is recorded.
"""

from datetime import datetime

from core.domain.channel import Channel
from core.domain.ids import ConversationId
from core.domain.incoming import IncomingDeliveryMark, IncomingReadMark
from core.notices import NoticeKind
from core.store import marks, messages
from core.store.marks import MarkKind
from core.store.pool import Unit


async def read(unit: Unit, channel: Channel, mark: IncomingReadMark) -> None:
    """Show as read what the customer has read."""
    conversation = await _conversation(unit, channel, mark)
    if conversation is not None:
        await _heard(unit, conversation, MarkKind.READ, mark.at)


async def delivered(unit: Unit, channel: Channel, mark: IncomingDeliveryMark) -> None:
    """Show as delivered what has reached the customer."""
    conversation = await marks.conversation_with(unit, channel.id, mark.customer_id)
    if conversation is not None:
        await _heard(unit, conversation, MarkKind.DELIVERED, mark.at)


async def catch_up(unit: Unit, conversation: ConversationId) -> None:
    """Apply the marks that overtook the platform's answer to a message of ours."""
    for waiting in await marks.waiting(unit, conversation):
        kind = MarkKind(waiting.kind)
        await _apply(unit, conversation, kind, waiting.at)
        if not await marks.any_in_flight(unit, conversation, waiting.at):
            await marks.forget(unit, conversation, kind, waiting.at)


async def _heard(
    unit: Unit, conversation: ConversationId, kind: MarkKind, at: datetime
) -> None:
    """Apply a mark, and keep it for what is on its way to a customer who may have it."""
    if await marks.lock_in_flight(unit, conversation, at):
        await marks.keep(unit, conversation, kind, at)
    await _apply(unit, conversation, kind, at)


async def _apply(
    unit: Unit, conversation: ConversationId, kind: MarkKind, at: datetime
) -> None:
    if kind is MarkKind.READ:
        changed = await marks.read_up_to(unit, conversation, at)
    else:
        changed = await marks.delivered_up_to(unit, conversation, at)
    if changed:
        await unit.publish(NoticeKind.MESSAGE_CHANGED, conversation)


async def _conversation(
    unit: Unit, channel: Channel, mark: IncomingReadMark
) -> ConversationId | None:
    """Return the conversation of a mark: that of its message, else that of its customer."""
    if mark.platform_message_id is not None:
        message = await messages.locate(unit, channel.id, mark.platform_message_id)
        if message is not None:
            return message.conversation_id
    if mark.customer_id is None:
        return None
    return await marks.conversation_with(unit, channel.id, mark.customer_id)
