"""`outbox_items`, settled: what became of a send, by whatever road we hear of it.

A status, an echo, the platform's own history, the sweeper or a person: each finds the item
and writes what it proves. Sending itself is in `store.outbox`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.ids import ChannelId, ConversationId, MessageId, OutboxId, TenantId
from core.domain.outbox import OutboxState
from core.store.marks import Marks
from core.store.outbox import ClaimedItem, Enqueued, Failure
from core.store.pool import Unit

_UNKNOWN_ITEMS = """
select tenant_id, outbox_id, channel_id, fence, attempt from app.unknown_outbox_v1(%(limit)s::int)
"""


async def unsettled(unit: Unit, *, limit: int) -> list[ClaimedItem]:
    """Return sends whose outcome nobody knows, longest first; looking claims nothing."""
    return await unit.rows(ClaimedItem, _UNKNOWN_ITEMS, {"limit": limit})


_SENDING_SINCE = """
select coalesce(sending_at, updated_at) from outbox_items
where tenant_id = %(tenant)s and id = %(id)s
"""


async def sending_since(unit: Unit, item: OutboxId) -> datetime:
    """Return when the one try of an item began."""
    since: datetime = await unit.value(_SENDING_SINCE, {"tenant": unit.tenant, "id": item})
    return since


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An item found by what a platform told us about it, locked.

    The marks are its conversation's, and nobody sets newer ones meanwhile.
    """

    id: OutboxId
    conversation_id: ConversationId
    message_id: MessageId | None
    state: OutboxState
    delivered_up_to: datetime | None = None
    read_up_to: datetime | None = None

    @property
    def marks(self) -> Marks:
        """Return up to when the customer's side has received, and read, what we said."""
        return Marks(delivered_up_to=self.delivered_up_to, read_up_to=self.read_up_to)


_BY_OPAQUE_ID = """
select o.id, o.conversation_id, o.message_id, o.state, v.delivered_up_to, v.read_up_to
from outbox_items o
join conversations v on v.user_id = o.tenant_id and v.id = o.conversation_id
where o.tenant_id = %(tenant)s and o.id = %(id)s and o.channel_id = %(channel)s
for update of o for share of v
"""
_BY_PLATFORM_ID = """
select o.id, o.conversation_id, o.message_id, o.state, v.delivered_up_to, v.read_up_to
from outbox_items o
join conversations v on v.user_id = o.tenant_id and v.id = o.conversation_id
where o.tenant_id = %(tenant)s and o.channel_id = %(channel)s
  and o.platform_message_id = %(platform_id)s
for update of o for share of v
"""
_BY_MESSAGE = """
select o.id, o.conversation_id, o.message_id, o.state, v.delivered_up_to, v.read_up_to
from outbox_items o
join conversations v on v.user_id = o.tenant_id and v.id = o.conversation_id
where o.tenant_id = %(tenant)s and o.message_id = %(message)s
for update of o for share of v
"""
_OPEN_WITH_TEXT = """
select o.id, o.conversation_id, o.message_id, o.state, v.delivered_up_to, v.read_up_to
from outbox_items o
join conversations v on v.user_id = o.tenant_id and v.id = o.conversation_id
where o.tenant_id = %(tenant)s and o.conversation_id = %(conversation)s
  and o.state in ('sending', 'unknown', 'needs_human') and coalesce(o.text, '') = %(text)s
  and o.platform_message_id is null
order by o.seq limit 1
for update of o for share of v
"""


async def by_opaque_id(unit: Unit, channel: ChannelId, opaque: str) -> Standing | None:
    """Return the item whose id a platform gave back to us."""
    try:
        item = UUID(opaque)
    except ValueError:
        return None
    params = {"tenant": unit.tenant, "id": item, "channel": channel}
    return await unit.row(Standing, _BY_OPAQUE_ID, params)


async def by_platform_id(
    unit: Unit, channel: ChannelId, platform_id: str
) -> Standing | None:
    """Return the item the platform gave this id to."""
    params = {"tenant": unit.tenant, "channel": channel, "platform_id": platform_id}
    return await unit.row(Standing, _BY_PLATFORM_ID, params)


async def by_message(unit: Unit, message: MessageId) -> Standing | None:
    """Return the item that carries a message."""
    return await unit.row(
        Standing, _BY_MESSAGE, {"tenant": unit.tenant, "message": message}
    )


async def open_with_text(
    unit: Unit, conversation: ConversationId, text: str
) -> Standing | None:
    """Return the first unsettled send of this text: what an echo without our id matches."""
    params = {"tenant": unit.tenant, "conversation": conversation, "text": text}
    return await unit.row(Standing, _OPEN_WITH_TEXT, params)


_SETTLE = """
update outbox_items
   set state = %(state)s, platform_message_id = coalesce(platform_message_id, %(platform_id)s),
       lease_until = null, settled_at = coalesce(settled_at, now()), updated_at = now(),
       error_code = %(code)s, error_title = %(title)s
 where tenant_id = %(tenant)s and id = %(id)s
"""


async def settle(
    unit: Unit,
    item: OutboxId,
    state: OutboxState,
    *,
    platform_id: str | None = None,
    why: Failure | None = None,
) -> None:
    """Write what a platform's report proves; the caller holds the row and knows the table."""
    params = {
        "tenant": unit.tenant,
        "id": item,
        "state": state,
        "platform_id": platform_id,
        "code": why.code if why else None,
        "title": why.title if why else None,
    }
    await unit.execute(_SETTLE, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """An item the sweeper moved."""

    tenant_id: TenantId
    outbox_id: OutboxId
    conversation_id: ConversationId
    state: OutboxState


_SWEEP = """
select tenant_id, outbox_id, conversation_id, state
from app.sweep_outbox_v1(%(after)s::int, %(fast)s::int)
"""


async def sweep(unit: Unit, *, after: float, fast: float) -> list[Swept]:
    """Free what dead workers held and hand to people what stayed unknown too long."""
    return await unit.rows(Swept, _SWEEP, {"after": int(after), "fast": int(fast)})


_SILENCE_ASSISTANT = "select app.silence_assistant_v1(%(conversation)s)"


async def silence_assistant(unit: Unit, conversation: ConversationId) -> None:
    """Raise the epoch, and cancel what the assistant has queued in a conversation."""
    await unit.value(_SILENCE_ASSISTANT, {"conversation": conversation})


_CANCEL = "select app.cancel_reply_v1(%(message)s)"
_RELEASE = "select app.release_reply_v1(%(message)s)"
_SETTLE_UNCERTAIN = "select app.settle_uncertain_v1(%(message)s, %(state)s)"


async def cancel(unit: Unit, message: MessageId) -> str:
    """Take back a message that has not left; returns cancelled, too_late or not_found."""
    return str(await unit.value(_CANCEL, {"message": message}))


async def release(unit: Unit, message: MessageId) -> str:
    """Send a held message as a person's; returns released, too_late or not_found."""
    return str(await unit.value(_RELEASE, {"message": message}))


async def settle_uncertain(unit: Unit, message: MessageId, state: OutboxState) -> str:
    """Settle an uncertain message by hand; returns the state, too_late or not_found."""
    params = {"message": message, "state": state}
    return str(await unit.value(_SETTLE_UNCERTAIN, params))


_RESEND = """
select outcome, message_id, seq, epoch
from app.resend_reply_v1(%(old)s, %(outbox)s, %(fresh)s)
"""


async def resend(
    unit: Unit, old: MessageId, *, item: OutboxId, fresh: MessageId
) -> Enqueued:
    """Queue an uncertain or failed message again as a new one that names the old."""
    params = {"old": old, "outbox": item, "fresh": fresh}
    answer = await unit.row(Enqueued, _RESEND, params)
    assert answer is not None  # noqa: S101 - the function always returns one row
    return answer
