"""`outbox_items`: what we owe customers, and the fences that keep it from leaving twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from core.domain.channel import PlatformName
from core.domain.ids import (
    ChannelId,
    ConversationId,
    DecisionId,
    MessageId,
    OutboxId,
    TenantId,
)
from core.domain.message import Origin
from core.domain.outbox import OutboundMedia, OutboxItem
from core.store.pool import Unit
from core.store.rich import restored


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueued:
    """What the door answered; `outcome` is enqueued, duplicate, or why not."""

    outcome: str
    message_id: MessageId | None
    seq: int | None
    epoch: int | None


_ENQUEUE = """
select outcome, message_id, seq, epoch
from app.enqueue_reply_v1(%(conversation)s, %(outbox)s, %(message)s, %(text)s, %(origin)s,
                          %(epoch)s::bigint, %(decision)s, %(payload)s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply to enqueue; the same `id` twice is one reply.

    `epoch` is what the writer saw: required of the assistant, ignored for people.
    """

    id: OutboxId
    conversation_id: ConversationId
    message_id: MessageId
    text: str
    origin: Origin
    epoch: int | None = None
    decision_id: DecisionId | None = None
    payload: dict[str, Any] | None = None


async def enqueue(unit: Unit, reply: Reply) -> Enqueued:
    """Write a message and the item that will carry it, or learn why not."""
    params = {
        "conversation": reply.conversation_id,
        "outbox": reply.id,
        "message": reply.message_id,
        "text": reply.text,
        "origin": reply.origin,
        "epoch": reply.epoch,
        "decision": reply.decision_id,
        "payload": Jsonb(reply.payload or {}),
    }
    answer = await unit.row(Enqueued, _ENQUEUE, params)
    assert answer is not None  # noqa: S101 - the function always returns one row
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedItem:
    """An item under a lease."""

    tenant_id: TenantId
    outbox_id: OutboxId
    channel_id: ChannelId
    fence: int
    attempt: int


_CLAIM = """
select tenant_id, outbox_id, channel_id, fence, attempt
from app.claim_outbox_v1(%(worker)s, %(limit)s::int, %(lease)s::int, %(but)s::uuid[])
"""


async def claim(
    unit: Unit, *, worker: str, limit: int, lease: float, but: Sequence[ChannelId] = ()
) -> list[ClaimedItem]:
    """Take the next due item of as many conversations as `limit`, passing by some channels."""
    params = {"worker": worker, "limit": limit, "lease": int(lease), "but": list(but)}
    return await unit.rows(ClaimedItem, _CLAIM, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ItemRow:
    id: OutboxId
    tenant: TenantId
    conversation_id: ConversationId
    message_id: MessageId | None
    channel_id: ChannelId
    platform: PlatformName
    account_id: str
    recipient: str
    text: str
    origin: Origin
    seq: int
    attempt: int
    fence: int
    payload: dict[str, Any]

    def item(self) -> OutboxItem:
        media, content = self.payload.get("media"), self.payload.get("content")
        return OutboxItem(
            id=self.id,
            tenant=self.tenant,
            conversation_id=self.conversation_id,
            message_id=self.message_id,
            channel_id=self.channel_id,
            platform=self.platform,
            account_id=self.account_id,
            recipient=self.recipient,
            text=self.text,
            origin=self.origin,
            seq=self.seq,
            attempt=self.attempt,
            fence=self.fence,
            media=_media(media) if media else None,
            quoted_platform_id=self.payload.get("quoted"),
            content=restored(content) if content else None,
        )


def _media(stored: dict[str, str]) -> OutboundMedia:
    return OutboundMedia(
        attachment_id=UUID(stored["attachment_id"]),
        kind=stored["kind"],
        mime_type=stored["mime_type"],
        file_name=stored["file_name"],
    )


_LOAD = """
select o.id, o.tenant_id as tenant, o.conversation_id, o.message_id, o.channel_id, a.platform,
       a.account_id, c.platform_customer_id as recipient, coalesce(o.text, '') as text,
       o.origin, o.seq, o.attempt, o.fence, coalesce(o.payload, '{}') as payload
from outbox_items o
join social_accounts a on a.user_id = o.tenant_id and a.id = o.channel_id
join conversations v on v.user_id = o.tenant_id and v.id = o.conversation_id
join customers c on c.user_id = v.user_id and c.id = v.customer_id
where o.tenant_id = %(tenant)s and o.id = %(id)s and o.fence = %(fence)s
"""


async def load(unit: Unit, claimed: ClaimedItem) -> OutboxItem | None:
    """Return all a sender needs to know, or None if the claim was lost."""
    params = {"tenant": unit.tenant, "id": claimed.outbox_id, "fence": claimed.fence}
    found = await unit.row(_ItemRow, _LOAD, params)
    return None if found is None else found.item()


_MARK_SENDING = """
select app.mark_sending_v1(%(tenant)s, %(id)s, %(fence)s::bigint, %(margin)s::int)
"""


async def mark_sending(unit: Unit, item: OutboxItem, *, margin: float) -> str:
    """Take the last step before the socket; only the answer `sending` allows the call."""
    params = {
        "tenant": unit.tenant,
        "id": item.id,
        "fence": item.fence,
        "margin": int(margin),
    }
    answer: str = await unit.value(_MARK_SENDING, params)
    return answer


_ACCEPTED = """
update outbox_items
   set state = 'accepted', platform_message_id = coalesce(platform_message_id, %(platform_id)s),
       lease_until = null, settled_at = now(), updated_at = now(), error_code = null,
       error_title = null
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s
   and state in ('sending', 'unknown', 'needs_human')
"""
_NOTED_ID = """
update outbox_items set platform_message_id = %(platform_id)s, updated_at = now()
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s
   and state in ('accepted', 'delivered', 'read') and platform_message_id is null
"""


async def accepted(unit: Unit, item: OutboxItem, platform_id: str | None) -> bool:
    """Record that the platform took the message; False if it was settled already."""
    params = {
        "tenant": unit.tenant,
        "id": item.id,
        "fence": item.fence,
        "platform_id": platform_id,
    }
    if await unit.execute(_ACCEPTED, params) == 1:
        return True
    await unit.execute(_NOTED_ID, params)
    return False


_BACK = """
update outbox_items
   set state = 'queued', lease_until = null, updated_at = now(),
       due_at = now() + make_interval(secs => %(delay)s),
       attempt = greatest(0, attempt - %(forgiven)s), error_code = %(code)s,
       error_title = %(title)s
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s and state = 'sending'
"""
_FAILED = """
update outbox_items
   set state = 'failed', lease_until = null, settled_at = now(), updated_at = now(),
       error_code = %(code)s, error_title = %(title)s, error_next = %(next)s
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s
   and state in ('claimed', 'sending')
"""
_UNKNOWN = """
update outbox_items
   set state = 'unknown', lease_until = null, unknown_at = now(), updated_at = now(),
       error_code = %(code)s, error_title = %(title)s
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s and state = 'sending'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a send did not end well, in words for the row."""

    code: str | None
    title: str
    next_step: str = ""


async def back_to_queue(
    unit: Unit, item: OutboxItem, why: Failure, *, delay: float, forgiven: int
) -> bool:
    """Queue an item that surely was not sent; `forgiven` attempts are not counted."""
    params = {
        "tenant": unit.tenant,
        "id": item.id,
        "fence": item.fence,
        "delay": delay,
        "forgiven": forgiven,
        "code": why.code,
        "title": why.title,
    }
    return await unit.execute(_BACK, params) == 1


async def failed(unit: Unit, item: OutboxItem, why: Failure) -> bool:
    """End an item that will never be sent as it is."""
    params = {
        "tenant": unit.tenant,
        "id": item.id,
        "fence": item.fence,
        "code": why.code,
        "title": why.title,
        "next": why.next_step,
    }
    return await unit.execute(_FAILED, params) == 1


async def unknown(unit: Unit, item: OutboxItem, why: Failure) -> bool:
    """Record that nobody knows whether it was sent."""
    params = {
        "tenant": unit.tenant,
        "id": item.id,
        "fence": item.fence,
        "code": why.code,
        "title": why.title,
    }
    return await unit.execute(_UNKNOWN, params) == 1


_UNCLAIM = """
update outbox_items
   set state = 'queued', lease_until = null, attempt = greatest(0, attempt - 1),
       updated_at = now()
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s and state = 'claimed'
"""


async def unclaim(unit: Unit, item: OutboxItem) -> None:
    """Give back an item that was claimed and not tried."""
    params = {"tenant": unit.tenant, "id": item.id, "fence": item.fence}
    await unit.execute(_UNCLAIM, params)
