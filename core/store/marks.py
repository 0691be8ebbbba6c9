"""Marks: what a customer's side says of everything of ours up to a moment.

Messenger and Instagram name a time rather than messages. A message counts by when it
began to be sent: one that waited in the outbox while the customer read is not read yet.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import ChannelId, ConversationId
from core.store.pool import Unit

_CONVERSATION_WITH = """
select v.id from conversations v
join customers c on c.user_id = v.user_id and c.id = v.customer_id
where v.user_id = %(tenant)s and v.social_account_id = %(channel)s
  and c.social_account_id = %(channel)s and c.platform_customer_id = %(customer)s
"""


async def conversation_with(
    unit: Unit, channel: ChannelId, platform_customer_id: str
) -> ConversationId | None:
    """Return the conversation with a customer named by the platform, None without one."""
    found = await unit.value(
        _CONVERSATION_WITH,
        {"tenant": unit.tenant, "channel": channel, "customer": platform_customer_id},
    )
    return None if found is None else ConversationId(found)


_ITEMS_READ = """
update outbox_items o
   set state = 'read', settled_at = coalesce(o.settled_at, now()), updated_at = now()
  from conversation_messages m
 where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
   and m.direction = 'outbound' and m.delivery in ('accepted', 'delivered')
   and o.tenant_id = m.user_id and o.message_id = m.id
   and o.state in ('accepted', 'delivered') and o.sending_at <= %(at)s
"""
_READ = """
update conversation_messages m
   set delivery = 'read', read_at = coalesce(read_at, %(at)s),
       delivered_at = coalesce(delivered_at, %(at)s), updated_at = now()
 where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
   and m.direction = 'outbound' and m.delivery in ('accepted', 'delivered')
   and coalesce((select o.sending_at from outbox_items o
                  where o.tenant_id = m.user_id and o.message_id = m.id),
                m.platform_at) <= %(at)s
"""


async def read_up_to(unit: Unit, conversation: ConversationId, at: datetime) -> int:
    """Mark everything we said up to `at` as read; return how many that were.

    Items before messages, as everywhere: who locked them the other way round would wait
    for us while we wait for them.
    """
    params = {"tenant": unit.tenant, "conversation": conversation, "at": at}
    await unit.execute(_ITEMS_READ, params)
    return await unit.execute(_READ, params)


_ITEMS_DELIVERED = """
update outbox_items o
   set state = 'delivered', settled_at = coalesce(o.settled_at, now()), updated_at = now()
  from conversation_messages m
 where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
   and m.direction = 'outbound' and m.delivery = 'accepted'
   and o.tenant_id = m.user_id and o.message_id = m.id
   and o.state = 'accepted' and o.sending_at <= %(at)s
"""
_DELIVERED = """
update conversation_messages m
   set delivery = 'delivered', delivered_at = coalesce(delivered_at, %(at)s),
       updated_at = now()
 where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
   and m.direction = 'outbound' and m.delivery = 'accepted'
   and coalesce((select o.sending_at from outbox_items o
                  where o.tenant_id = m.user_id and o.message_id = m.id),
                m.platform_at) <= %(at)s
"""


async def delivered_up_to(unit: Unit, conversation: ConversationId, at: datetime) -> int:
    """Mark everything we said up to `at` as delivered; return how many that were."""
    params = {"tenant": unit.tenant, "conversation": conversation, "at": at}
    await unit.execute(_ITEMS_DELIVERED, params)
    return await unit.execute(_DELIVERED, params)


class MarkKind(StrEnum):
    """What a mark says; the value is how one that waits is filed."""

    READ = "read_mark"
    DELIVERED = "delivery_mark"


_LOCK_IN_FLIGHT = """
select id from outbox_items
where tenant_id = %(tenant)s and conversation_id = %(conversation)s
  and state in ('sending', 'unknown', 'needs_human') and sending_at <= %(at)s
order by seq for update
"""
_IN_FLIGHT = """
select exists (
    select 1 from outbox_items
     where tenant_id = %(tenant)s and conversation_id = %(conversation)s
       and state in ('sending', 'unknown', 'needs_human') and sending_at <= %(at)s)
"""


async def lock_in_flight(unit: Unit, conversation: ConversationId, at: datetime) -> bool:
    """Hold what was sent up to `at` and has not been answered; return whether there is any.

    Whoever records an answer waits for us, and then finds the mark that we keep; or we wait
    for them, and find their item accepted.
    """
    params = {"tenant": unit.tenant, "conversation": conversation, "at": at}
    return bool(await unit.tuples(_LOCK_IN_FLIGHT, params))


async def any_in_flight(unit: Unit, conversation: ConversationId, at: datetime) -> bool:
    """Return whether something that was sent up to `at` has not been answered."""
    params = {"tenant": unit.tenant, "conversation": conversation, "at": at}
    found: bool = await unit.value(_IN_FLIGHT, params)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMark:
    """A mark that may be about a message whose sending has not been answered."""

    kind: str
    at: datetime


_RENEW = """
update waiting_updates set at = greatest(at, %(at)s)
 where tenant_id = %(tenant)s and target_platform_id = %(target)s and kind = %(kind)s
   and channel_id = (select v.social_account_id from conversations v
                      where v.user_id = %(tenant)s and v.id = %(conversation)s)
"""
_KEEP = """
insert into waiting_updates (id, tenant_id, channel_id, target_platform_id, kind, payload, at)
select gen_random_uuid(), v.user_id, v.social_account_id, %(target)s, %(kind)s, '{}', %(at)s
  from conversations v where v.user_id = %(tenant)s and v.id = %(conversation)s
"""
_WAITING = """
select w.kind, max(w.at) as at
from conversations v
join waiting_updates w on w.tenant_id = v.user_id and w.channel_id = v.social_account_id
                      and w.target_platform_id = %(target)s
where v.user_id = %(tenant)s and v.id = %(conversation)s
group by w.kind order by w.kind
"""
_FORGET = """
delete from waiting_updates
 where tenant_id = %(tenant)s and target_platform_id = %(target)s and kind = %(kind)s
   and at <= %(at)s
   and channel_id = (select v.social_account_id from conversations v
                      where v.user_id = %(tenant)s and v.id = %(conversation)s)
"""


async def keep(
    unit: Unit, conversation: ConversationId, kind: MarkKind, at: datetime
) -> None:
    """Keep a mark for what is in flight; of several of a kind, the latest says it all."""
    params = _params(unit, conversation, kind, at)
    if await unit.execute(_RENEW, params) == 0:
        await unit.execute(_KEEP, params)


async def waiting(unit: Unit, conversation: ConversationId) -> list[WaitingMark]:
    """Return the marks that wait in a conversation, the latest of each kind."""
    params = {
        "tenant": unit.tenant,
        "conversation": conversation,
        "target": _target(conversation),
    }
    return await unit.rows(WaitingMark, _WAITING, params)


async def forget(
    unit: Unit, conversation: ConversationId, kind: MarkKind, at: datetime
) -> None:
    """Forget a mark that nothing is left for."""
    await unit.execute(_FORGET, _params(unit, conversation, kind, at))


def _params(
    unit: Unit, conversation: ConversationId, kind: MarkKind, at: datetime
) -> dict[str, object]:
    return {
        "tenant": unit.tenant,
        "conversation": conversation,
        "target": _target(conversation),
        "kind": kind.value,
        "at": at,
    }


def _target(conversation: ConversationId) -> str:
    """Return the name marks wait under, which no platform gives to a message."""
    return f"marks:{conversation}"
