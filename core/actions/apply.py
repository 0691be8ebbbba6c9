"""Apply one fact from a platform to one inbox, inside the receiver's transaction.

Each kind of fact has one function here, found in `_APPLY`. Facts come in any order and
more than once: a status, edit, deletion or reaction whose message is not here yet waits
for it in `waiting_updates`, and states only ever move up.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from core import queue
from core.actions import hear, mark, news, settle, unsaid_words, waiting
from core.actions.settle import Report
from core.clock import time_ordered_id
from core.domain.channel import Channel
from core.domain.comment import DeedKind
from core.domain.ids import AttachmentId, ConversationId, CustomerId, EventId, MessageId
from core.domain.incoming import (
    Incoming,
    IncomingComment,
    IncomingCommentChange,
    IncomingDeletion,
    IncomingDeliveryMark,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingNotice,
    IncomingReaction,
    IncomingReadMark,
    IncomingRenaming,
    IncomingStatus,
    IncomingTemplate,
    Sender,
)
from core.domain.message import Direction, MessageType, Origin
from core.domain.storable import storable
from core.kit import Kit
from core.notices import NoticeKind
from core.queue import JobName
from core.store import (
    attachments,
    conversations,
    customers,
    deeds,
    messages,
    settlements,
    webhook_events,
)
from core.store.conversations import Locked, Wrote
from core.store.messages import Added, NewMessage, WaitingUpdate
from core.store.pool import Unit
from core.store.rereadings import Reread
from core.store.webhook_events import InboundKey

PREVIEW_LENGTH = 160


async def fact(
    kit: Kit, unit: Unit, channel: Channel, event: EventId, incoming: Incoming
) -> bool:
    """Apply one fact, once: a second delivery of it changes nothing, and is False."""
    if not await webhook_events.first_seen(unit, [key_of(channel, event, incoming)]):
        return False
    await directly(kit, unit, channel, incoming)
    return True


def key_of(channel: Channel, event: EventId, incoming: Incoming) -> InboundKey:
    """Return what a fact is remembered by."""
    return InboundKey(
        channel=channel.id,
        kind=type(incoming).__name__.removeprefix("Incoming").lower(),
        platform_id=incoming.key,
        sub=incoming.sub,
        event=event,
    )


async def directly(kit: Kit, unit: Unit, channel: Channel, incoming: Incoming) -> None:
    """Apply a fact whose repetition is known to change nothing."""
    apply = _APPLY.get(type(incoming))
    if apply is not None:
        await apply(kit, unit, channel, incoming)


async def _message(kit: Kit, unit: Unit, channel: Channel, said: IncomingMessage) -> None:
    """Add a customer's message, move the conversation up and have the assistant look."""
    customer = await _sender(unit, channel, said.sender)
    conversation = await conversations.lock_with(
        unit, channel.id, customer, platform=channel.platform, at=said.at
    )
    added = await _insert(unit, conversation, said, Direction.INBOUND, Origin.CUSTOMER)
    if added is None:
        await _complete(unit, channel, said)
        return
    window = kit.platforms[channel.platform].manifest.reply_window
    timings = kit.settings.timings
    wrote = Wrote(
        at=said.at,
        preview=preview(said.type, said.text),
        window_ends_at=None if window is None else said.at + window,
        pause=timings.burst_pause if _wants_answer(conversation, said) else None,
        cap=timings.burst_cap,
    )
    await conversations.customer_wrote(unit, conversation.id, wrote)
    if added.awaited:
        await waiting.catch_up(unit, channel.id, said.key)
    await unit.publish(NoticeKind.MESSAGE_ARRIVED, conversation.id)


async def _complete(unit: Unit, channel: Channel, said: IncomingMessage) -> None:
    """Add to a call what its second webhook tells; another message that is here is whole."""
    known = await messages.locate(unit, channel.id, said.key)
    if said.type is MessageType.CALL and known is not None:
        await messages.add_details(unit, known.id, storable(dict(said.details)))
        await unit.publish(NoticeKind.MESSAGE_CHANGED, known.conversation_id)


async def _sender(unit: Unit, channel: Channel, sender: Sender) -> CustomerId:
    """Return the customer who wrote; one we cannot name is asked for in the background."""
    met = await customers.upsert(unit, channel.id, sender)
    if met.unasked:
        await customers.asked(unit, met.id)
        await queue.put(unit, JobName.FETCH_PROFILE, met.id)
    return met.id


def _wants_answer(conversation: Locked, said: IncomingMessage) -> bool:
    """Return whether the assistant shall look.

    Not at a platform's own remarks, not at calls, which a person returns, and not at what
    people say to each other in a group.
    """
    return (
        conversation.status != "escalated"
        and not conversation.assistant_paused
        and said.type not in (MessageType.SYSTEM, MessageType.CALL)
        and not said.details.get("group")
    )


async def _insert(
    unit: Unit,
    conversation: Locked,
    said: IncomingMessage | IncomingEcho,
    direction: Direction,
    origin: Origin,
) -> Added | None:
    """Add a message and note its files; None if the message is here already."""
    message = MessageId(time_ordered_id())
    files = [(AttachmentId(uuid4()), media) for media in said.media]
    sender = said.sender if isinstance(said, IncomingMessage) else said.customer
    added = await messages.insert(
        unit,
        NewMessage(
            id=message,
            conversation_id=conversation.id,
            direction=direction,
            origin=origin,
            type=said.type,
            text=said.text,
            platform_message_id=said.key,
            sender_id=sender.platform_customer_id,
            at=said.at,
            media_url=f"media:{files[0][0]}" if files else None,
            quoted_platform_id=said.quoted_platform_id,
            metadata=_metadata(said),
        ),
    )
    if added is None:
        return None
    for attachment, media in files:
        await attachments.insert(unit, attachment, message, media)
        await queue.put(unit, JobName.FETCH_MEDIA, attachment)
    return added


def _metadata(said: IncomingMessage | IncomingEcho) -> dict[str, Any]:
    """Return what is kept beside a message: its details, and what nobody could read."""
    kept: dict[str, Any] = {"details": dict(said.details)} if said.details else {}
    if said.type is MessageType.UNSUPPORTED:
        kept["raw"] = dict(said.raw)
    return dict(storable(kept))


async def _echo(_kit: Kit, unit: Unit, channel: Channel, said: IncomingEcho) -> None:
    """Recognise our own message, or show one that was typed in the platform's app."""
    customer = await customers.upsert(unit, channel.id, said.customer)
    conversation = await conversations.lock_with(
        unit, channel.id, customer.id, platform=channel.platform, at=said.at
    )
    if await _is_ours(unit, channel, conversation.id, said):
        return
    origin = await _hand_of(unit, channel, said)
    added = await _insert(unit, conversation, said, Direction.OUTBOUND, origin)
    if added is None:
        return
    shown = preview(said.type, said.text)
    await conversations.we_wrote_elsewhere(unit, conversation.id, at=said.at, preview=shown)
    await settlements.silence_assistant(unit, conversation.id)
    await settle.close_draft(unit, conversation.id)
    if added.awaited:
        await waiting.catch_up(unit, channel.id, said.key)
    await mark.recall(unit, channel, conversation.id, said.customer)
    await unit.publish(NoticeKind.MESSAGE_ARRIVED, conversation.id)


async def _hand_of(unit: Unit, channel: Channel, said: IncomingEcho) -> Origin:
    """Return whose an echo without an item is: the private answer to a comment is a member's."""
    deed = await deeds.by_platform_id(unit, channel.id, said.key, DeedKind.PRIVATE_REPLY)
    return Origin.ELSEWHERE if deed is None else Origin.MEMBER


async def _is_ours(
    unit: Unit, channel: Channel, conversation: ConversationId, said: IncomingEcho
) -> bool:
    """Settle the item an echo belongs to; return whether there is one."""
    standing = None
    if said.opaque_id:
        standing = await settlements.by_opaque_id(unit, channel.id, said.opaque_id)
    if standing is None:
        known = await messages.locate(unit, channel.id, said.key)
        if known is not None:
            return known.direction is Direction.OUTBOUND
        standing = await settlements.open_with_text(unit, conversation, said.text)
    if standing is None:
        return False
    await settle.report(unit, standing, Report.arrived_at_platform(said.key, said.at))
    await waiting.catch_up(unit, channel.id, said.key)
    return True


async def _status(_kit: Kit, unit: Unit, channel: Channel, status: IncomingStatus) -> None:
    """Raise a message of ours to what the platform reports."""
    await waiting.report(unit, channel.id, status.key, settle.report_of(status))


async def _read_mark(
    _kit: Kit, unit: Unit, channel: Channel, said: IncomingReadMark
) -> None:
    """Mark what the customer has read: up to one message, or up to a moment."""
    if said.platform_message_id is not None:
        read = Report.read(said.platform_message_id, said.at)
        await waiting.report(unit, channel.id, said.platform_message_id, read)
    await mark.read(unit, channel, said)


async def _delivery_mark(
    _kit: Kit, unit: Unit, channel: Channel, said: IncomingDeliveryMark
) -> None:
    """Mark what has reached the customer, up to a moment."""
    await mark.delivered(unit, channel, said)


async def _edit(_kit: Kit, unit: Unit, channel: Channel, edit: IncomingEdit) -> None:
    """Show the later text; without one the old stays until the platform has been asked."""
    if edit.text is None:
        unsaid = Reread(
            channel_id=channel.id, target_platform_id=edit.target_id, at=edit.at
        )
        await unsaid_words.ask(unit, channel, unsaid)
        return
    change = WaitingUpdate(kind="edit", payload={"text": edit.text}, at=edit.at)
    await waiting.change(unit, channel.id, edit.target_id, change)


async def reread(
    kit: Kit,
    unit: Unit,
    channel: Channel,
    told: IncomingMessage | IncomingEcho,
    *,
    at: datetime,
) -> None:
    """Apply a message that its platform told when asked; `at` is when it was changed.

    One that is not here yet arrives now, whatever becomes of its webhook.
    """
    if await messages.locate(unit, channel.id, told.key) is None:
        await _APPLY[type(told)](kit, unit, channel, told)
    elif told.text:
        change = WaitingUpdate(kind="edit", payload={"text": told.text}, at=at)
        await waiting.change(unit, channel.id, told.key, change)


async def _deletion(
    _kit: Kit, unit: Unit, channel: Channel, gone: IncomingDeletion
) -> None:
    change = WaitingUpdate(kind="deletion", payload={}, at=gone.at)
    await waiting.change(unit, channel.id, gone.target_id, change)


async def _reaction(_kit: Kit, unit: Unit, channel: Channel, put: IncomingReaction) -> None:
    payload = {"emoji": put.emoji, "own": put.own}
    change = WaitingUpdate(kind="reaction", payload=payload, at=put.at)
    await waiting.change(unit, channel.id, put.target_id, change)


def preview(kind: MessageType, text: str) -> str:
    """Return the one line a list shows; a file without words is shown by its kind."""
    line = " ".join(text.split())
    return line[:PREVIEW_LENGTH] if line else f"[{kind}]"


_Apply = Callable[[Kit, Unit, Channel, Any], Awaitable[object]]
_APPLY: dict[type[Incoming], _Apply] = {
    IncomingMessage: _message,
    IncomingEcho: _echo,
    IncomingStatus: _status,
    IncomingReadMark: _read_mark,
    IncomingDeliveryMark: _delivery_mark,
    IncomingEdit: _edit,
    IncomingDeletion: _deletion,
    IncomingReaction: _reaction,
    IncomingComment: hear.comment,
    IncomingCommentChange: hear.change,
    IncomingRenaming: news.renaming,
    IncomingNotice: news.notice,
    IncomingTemplate: news.template,
}
"""Facts without an entry stay in `webhook_events` as they came."""
