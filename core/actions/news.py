"""Apply what a platform says about our account, its templates, and who customers become.

Inside the receiver's transaction, like everything in `apply`.
"""

from datetime import timedelta

from core import logs, queue
from core.clock import time_ordered_id
from core.domain.channel import Channel, ChannelStatus
from core.domain.ids import ConversationId, MessageId
from core.domain.incoming import (
    IncomingNotice,
    IncomingRenaming,
    IncomingTemplate,
    NoticeWeight,
)
from core.domain.message import Direction, MessageType, Origin
from core.kit import Kit
from core.notices import NoticeKind
from core.queue import JobName
from core.store import channels, conversations, customers, messages, templates
from core.store.channels import KeptNotice
from core.store.messages import NewMessage
from core.store.pool import Unit
from core.store.templates import Verdict

_log = logs.logger(__name__)

_FRESH = timedelta(days=1)
"""A stop that is older says nothing about now: webhooks may be a week late, and a channel
that was connected again meanwhile must not be paused by the reason for that."""

_STOPS = (NoticeWeight.STOPPED, NoticeWeight.SIGNED_OUT)


async def notice(kit: Kit, unit: Unit, channel: Channel, said: IncomingNotice) -> None:
    """Keep what is worth a look, and pause a channel that the platform has stopped."""
    if said.weight is NoticeWeight.INFO:
        return
    kept = KeptNotice(
        kind=said.kind, weight=said.weight.value, title=said.title, at=said.at
    )
    await channels.keep_notice(unit, channel.id, kept)
    fresh = kit.clock.now() - said.at < _FRESH
    stops = said.weight in _STOPS and fresh and _is_about(channel, said)
    if stops and await _stopped(unit, channel, said):
        _log.warning("channel.paused", channel_id=str(channel.id), code=said.kind)
    await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


async def _stopped(unit: Unit, channel: Channel, said: IncomingNotice) -> bool:
    """Pause a channel, or sign it out where our permission was taken back; True if news."""
    if said.weight is NoticeWeight.SIGNED_OUT:
        return await channels.sign_out(unit, channel.id, ChannelStatus.REVOKED, said.title)
    return await channels.pause(unit, channel.id, said.title, signed_out=False)


def _is_about(channel: Channel, said: IncomingNotice) -> bool:
    """Return whether a notice about one number is about this channel's.

    Where we do not know our own number, a stop is only shown: sending will tell.
    """
    if said.number is None:
        return True
    shown = str(channel.metadata.get("display_phone_number", ""))
    return "".join(filter(str.isdigit, shown)) == said.number


async def template(_kit: Kit, unit: Unit, channel: Channel, said: IncomingTemplate) -> None:
    """Note a template's new status at once, and have the whole list read again."""
    if said.status:
        verdict = Verdict(
            name=said.name,
            language=said.language,
            status=said.status,
            reason=said.reason,
        )
        await templates.set_status(unit, channel.id, verdict)
    await queue.put_once(unit, JobName.SYNC_TEMPLATES, channel.id)
    await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


async def renaming(_kit: Kit, unit: Unit, channel: Channel, said: IncomingRenaming) -> None:
    """Let a customer go on under another id; conversation and history stay theirs.

    Somebody who has written under the new id already stays a second customer: what two
    people may have said is not mixed on a platform's word alone.
    """
    customer = await customers.find(unit, channel.id, said.customer)
    if customer is None:
        return
    outcome = await customers.rename(unit, channel.id, customer, said)
    if outcome == "taken":
        _log.info("customer.two_of_one", customer_id=str(customer))
    for conversation in await customers.conversations_of(unit, customer):
        await _note(unit, conversation, said)
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def _note(unit: Unit, conversation: ConversationId, said: IncomingRenaming) -> None:
    """Show the platform's words in the thread; nobody has written, so nothing moves up."""
    if not said.note or await conversations.lock(unit, conversation) is None:
        return
    added = await messages.insert(
        unit,
        NewMessage(
            id=MessageId(time_ordered_id()),
            conversation_id=conversation,
            direction=Direction.INBOUND,
            origin=Origin.CUSTOMER,
            type=MessageType.SYSTEM,
            text=said.note,
            platform_message_id=said.key,
            sender_id=said.customer.platform_customer_id,
            at=said.at,
            media_url=None,
            quoted_platform_id=None,
            metadata={"details": {"event": "renamed", "to": said.new_id}},
        ),
    )
    if added:
        await unit.publish(NoticeKind.MESSAGE_ARRIVED, conversation)
