"""Apply a mark of the customer's side: all of ours up to a moment has arrived, or was read.

Instagram's marks name a message, whose conversation it is then; Messenger's name only the
customer and a time.
"""

from core.domain.channel import Channel
from core.domain.ids import ConversationId
from core.domain.incoming import IncomingDeliveryMark, IncomingReadMark
from core.notices import NoticeKind
from core.store import marks, messages
from core.store.pool import Unit


async def read(unit: Unit, channel: Channel, mark: IncomingReadMark) -> None:
    """Show as read what the customer has read."""
    conversation = await _conversation(unit, channel, mark)
    if conversation is not None and await marks.read_up_to(unit, conversation, mark.at):
        await unit.publish(NoticeKind.MESSAGE_CHANGED, conversation)


async def delivered(unit: Unit, channel: Channel, mark: IncomingDeliveryMark) -> None:
    """Show as delivered what has reached the customer."""
    conversation = await marks.conversation_with(unit, channel.id, mark.customer_id)
    if conversation is None:
        return
    if await marks.delivered_up_to(unit, conversation, mark.at):
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
