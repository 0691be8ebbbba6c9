"""Apply a mark of the customer's side: all of ours up to a moment has arrived, or was read.

Instagram's marks name a message, whose conversation it is then; Messenger's name only the
customer and a time. One that comes before there is a conversation waits for it.
"""

from datetime import datetime
from typing import Final

from core.domain.channel import Channel
from core.domain.ids import ConversationId
from core.domain.incoming import IncomingDeliveryMark, IncomingReadMark, Sender
from core.notices import NoticeKind
from core.store import marks, messages
from core.store.messages import WaitingUpdate
from core.store.pool import Unit

_DELIVERED: Final = "delivery_mark"
_READ: Final = "read_mark"


async def read(unit: Unit, channel: Channel, mark: IncomingReadMark) -> None:
    """Show as read what the customer has read."""
    conversation = await _conversation(unit, channel, mark)
    if conversation is None:
        if mark.customer_id is not None:
            await _keep(unit, channel, mark.customer_id, (_READ, mark.at))
    elif await marks.read_up_to(unit, conversation, mark.at):
        await unit.publish(NoticeKind.MESSAGE_CHANGED, conversation)


async def delivered(unit: Unit, channel: Channel, mark: IncomingDeliveryMark) -> None:
    """Show as delivered what has reached the customer."""
    conversation = await marks.conversation_with(unit, channel.id, mark.customer_id)
    if conversation is None:
        await _keep(unit, channel, mark.customer_id, (_DELIVERED, mark.at))
    elif await marks.delivered_up_to(unit, conversation, mark.at):
        await unit.publish(NoticeKind.MESSAGE_CHANGED, conversation)


async def recall(
    unit: Unit, channel: Channel, conversation: ConversationId, customer: Sender
) -> None:
    """Apply to a message of ours that has just become known what was marked before."""
    told = await messages.take_waiting(
        unit, channel.id, _key(customer.platform_customer_id)
    )
    for update in told:
        note = marks.read_up_to if update.kind == _READ else marks.delivered_up_to
        await note(unit, conversation, update.at)
    await marks.repeat(unit, conversation, await marks.standing(unit, conversation))


async def _keep(
    unit: Unit, channel: Channel, customer_id: str, told: tuple[str, datetime]
) -> None:
    kind, at = told
    update = WaitingUpdate(kind=kind, payload={}, at=at)
    await messages.keep_waiting(unit, channel.id, _key(customer_id), update)


def _key(customer_id: str) -> str:
    return f"customer:{customer_id}"


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
