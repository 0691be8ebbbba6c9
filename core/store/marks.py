"""Marks: what a customer's side says of everything of ours up to a moment.

Messenger and Instagram name a time rather than messages. A message counts by when it
began to be sent: one that waited in the outbox while the customer read is not read yet.
The newest marks stay with the conversation: a message that is known to have left only
afterwards had arrived all the same.
"""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ChannelId, ConversationId
from core.store.pool import Params, Unit

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


_NOTE_READ = """
update conversations set read_up_to = greatest(read_up_to, %(at)s)
 where user_id = %(tenant)s and id = %(conversation)s
"""
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
    """Mark everything we said up to `at` as read; return how many that were."""
    params = {"tenant": unit.tenant, "conversation": conversation, "at": at}
    await unit.execute(_NOTE_READ, params)
    return await _read(unit, params)


async def _read(unit: Unit, params: Params) -> int:
    """Mark as read: items before messages, as everywhere.

    Who locked them the other way round would wait for us while we wait for them.
    """
    await unit.execute(_ITEMS_READ, params)
    return await unit.execute(_READ, params)


_NOTE_DELIVERED = """
update conversations set delivered_up_to = greatest(delivered_up_to, %(at)s)
 where user_id = %(tenant)s and id = %(conversation)s
"""
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
    await unit.execute(_NOTE_DELIVERED, params)
    return await _delivered(unit, params)


async def _delivered(unit: Unit, params: Params) -> int:
    await unit.execute(_ITEMS_DELIVERED, params)
    return await unit.execute(_DELIVERED, params)


_STANDING = """
select delivered_up_to, read_up_to from conversations
where user_id = %(tenant)s and id = %(conversation)s for share
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Up to when the customer's side has received, and read, what we said."""

    delivered_up_to: datetime | None
    read_up_to: datetime | None


async def standing(unit: Unit, conversation: ConversationId) -> Marks | None:
    """Return the newest marks of a conversation, and let nobody set newer ones meanwhile."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    return await unit.row(Marks, _STANDING, params)


async def repeat(unit: Unit, conversation: ConversationId, marks: Marks | None) -> None:
    """Apply the marks that were there before a message was known to have left."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    if marks is not None and marks.read_up_to is not None:
        await _read(unit, {**params, "at": marks.read_up_to})
    if marks is not None and marks.delivered_up_to is not None:
        await _delivered(unit, {**params, "at": marks.delivered_up_to})
