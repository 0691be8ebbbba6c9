"""`conversations`: the hot rows of the inbox."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.channel import PlatformName
from core.domain.ids import (
    ChannelId,
    ConversationId,
    CustomerId,
    MemberId,
    MessageId,
)
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A conversation whose row this transaction holds."""

    id: ConversationId
    channel_id: ChannelId
    customer_id: CustomerId
    platform: PlatformName
    status: str
    epoch: int
    assistant_paused: bool
    assistant_fence: int | None
    last_inbound_at: datetime | None


_FIND_OR_CREATE = """
insert into conversations (user_id, social_account_id, customer_id, platform, last_message_at)
values (%(tenant)s, %(channel)s, %(customer)s, %(platform)s, %(at)s)
on conflict (social_account_id, customer_id) do nothing
"""
_LOCK_BY_CUSTOMER = """
select id, social_account_id as channel_id, customer_id, platform, status, epoch,
       assistant_paused, assistant_fence, last_inbound_at
from conversations
where user_id = %(tenant)s and social_account_id = %(channel)s and customer_id = %(customer)s
for update
"""
_LOCK = """
select id, social_account_id as channel_id, customer_id, platform, status, epoch,
       assistant_paused, assistant_fence, last_inbound_at
from conversations where user_id = %(tenant)s and id = %(id)s
for update
"""


async def lock_with(
    unit: Unit,
    channel: ChannelId,
    customer: CustomerId,
    *,
    platform: PlatformName,
    at: datetime,
) -> Locked:
    """Lock the conversation with a customer, begun now if there was none."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "customer": customer,
        "platform": platform,
        "at": at,
    }
    found = await unit.row(Locked, _LOCK_BY_CUSTOMER, params)
    if found is None:
        await unit.tell(_FIND_OR_CREATE, params)
        found = await unit.row(Locked, _LOCK_BY_CUSTOMER, params)
    assert found is not None  # noqa: S101 - inserted by us or by the rival we waited for
    return found


async def lock(unit: Unit, conversation: ConversationId) -> Locked | None:
    """Lock a conversation by its id."""
    return await unit.row(Locked, _LOCK, {"tenant": unit.tenant, "id": conversation})


_CHANNEL_OF = """
select social_account_id from conversations where user_id = %(tenant)s and id = %(id)s
"""


async def channel_of(unit: Unit, conversation: ConversationId) -> ChannelId | None:
    """Return the channel of a conversation; nothing is locked."""
    found = await unit.value(_CHANNEL_OF, {"tenant": unit.tenant, "id": conversation})
    return None if found is None else ChannelId(found)


_CUSTOMER_WROTE = """
update conversations
   set unread_count = unread_count + 1,
       last_preview = case when last_message_at is null or %(at)s >= last_message_at
                           then %(preview)s else last_preview end,
       last_direction = case when last_message_at is null or %(at)s >= last_message_at
                             then 'inbound' else last_direction end,
       last_message_at = greatest(last_message_at, %(at)s),
       last_inbound_at = greatest(last_inbound_at, %(at)s),
       reply_window_ends_at = greatest(reply_window_ends_at, %(window_ends_at)s::timestamptz),
       status = case when status = 'archived' then 'active' else status end,
       snoozed_until = null,
       assistant_first_due_at = case when %(pause)s::float8 is null then assistant_first_due_at
                                     else coalesce(assistant_first_due_at, now()) end,
       assistant_due_at = case when %(pause)s::float8 is null then assistant_due_at
           else least(now() + make_interval(secs => %(pause)s::float8),
                      coalesce(assistant_first_due_at, now())
                      + make_interval(secs => %(cap)s::float8)) end,
       assistant_attempt = case when %(pause)s::float8 is null then assistant_attempt
                                else 0 end,
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """What a customer's message changes about its conversation.

    `at` is the platform's time. With a `pause` the assistant is to look once the customer
    has been quiet for so many seconds. Each further fragment moves the moment, up to `cap`
    seconds after the first one: a burst is answered once, and a customer who never stops
    is answered all the same.
    """

    at: datetime
    preview: str
    window_ends_at: datetime | None
    pause: float | None
    cap: float


async def customer_wrote(unit: Unit, conversation: ConversationId, wrote: Wrote) -> None:
    """Move a conversation up: one more unread, a fresh preview, the reply window restarted.

    An older message that arrives late changes no preview. One write, for the row is hot.
    """
    params = {
        "tenant": unit.tenant,
        "id": conversation,
        "at": wrote.at,
        "preview": wrote.preview,
        "window_ends_at": wrote.window_ends_at,
        "pause": wrote.pause,
        "cap": wrote.cap,
    }
    await unit.tell(_CUSTOMER_WROTE, params)


_REWORDED = """
update conversations c
   set last_preview = left(regexp_replace(btrim(coalesce(m.text, '')), '\\s+', ' ', 'g'), 160),
       updated_at = now()
  from conversation_messages m
 where c.user_id = %(tenant)s and m.user_id = c.user_id and m.conversation_id = c.id
   and m.id = %(message)s
   and not exists (
       select 1 from conversation_messages later
       where later.user_id = m.user_id and later.conversation_id = m.conversation_id
         and (later.platform_at, later.id) > (m.platform_at, m.id))
"""


async def reworded(unit: Unit, message: MessageId) -> None:
    """Show a changed message in the list too, if it is the last: what was unsent is gone."""
    await unit.execute(_REWORDED, {"tenant": unit.tenant, "message": message})


_WE_WROTE_ELSEWHERE = """
update conversations
   set unread_count = 0,
       last_preview = case when last_message_at is null or %(at)s >= last_message_at
                           then %(preview)s else last_preview end,
       last_direction = case when last_message_at is null or %(at)s >= last_message_at
                             then 'outbound' else last_direction end,
       last_message_at = greatest(last_message_at, %(at)s),
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def we_wrote_elsewhere(
    unit: Unit, conversation: ConversationId, *, at: datetime, preview: str
) -> None:
    """Record that somebody of the team answered in the platform's own app."""
    await unit.execute(
        _WE_WROTE_ELSEWHERE,
        {"tenant": unit.tenant, "id": conversation, "at": at, "preview": preview},
    )


_SET_STATUS = """
update conversations
   set status = %(status)s, epoch = epoch + 1, assistant_due_at = null,
       assistant_first_due_at = null, updated_at = now(),
       unread_count = case when %(status)s = 'archived' then 0 else unread_count end
 where user_id = %(tenant)s and id = %(id)s and status <> %(status)s
"""


async def set_status(unit: Unit, conversation: ConversationId, status: str) -> bool:
    """Move a conversation to active, archived or escalated; runs in flight become stale."""
    params = {"tenant": unit.tenant, "id": conversation, "status": status}
    return await unit.execute(_SET_STATUS, params) == 1


_ASSIGN = """
update conversations set assignee_user_id = %(member)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def assign(unit: Unit, conversation: ConversationId, member: MemberId | None) -> bool:
    """Give a conversation to a member, or to nobody."""
    params = {"tenant": unit.tenant, "id": conversation, "member": member}
    return await unit.execute(_ASSIGN, params) == 1


_MARK_READ = """
update conversations set unread_count = 0, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and unread_count > 0
"""
_MARK_UNREAD = """
update conversations set unread_count = 1, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and unread_count = 0
"""


async def mark_read(unit: Unit, conversation: ConversationId) -> bool:
    """Say that nothing waits to be read; return whether that changed anything."""
    params = {"tenant": unit.tenant, "id": conversation}
    return await unit.execute(_MARK_READ, params) == 1


async def mark_unread(unit: Unit, conversation: ConversationId) -> bool:
    """Make a read conversation stand out; return whether that changed anything."""
    params = {"tenant": unit.tenant, "id": conversation}
    return await unit.execute(_MARK_UNREAD, params) == 1


_SNOOZE = """
update conversations set snoozed_until = %(until)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def snooze(unit: Unit, conversation: ConversationId, until: datetime | None) -> bool:
    """Hide a conversation until a moment, or bring it back with None."""
    params = {"tenant": unit.tenant, "id": conversation, "until": until}
    return await unit.execute(_SNOOZE, params) == 1


_PAUSE_ASSISTANT = """
update conversations
   set assistant_paused = %(paused)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def set_assistant_paused(
    unit: Unit, conversation: ConversationId, *, paused: bool
) -> bool:
    """Keep the assistant out of one conversation, or let it in again."""
    params = {"tenant": unit.tenant, "id": conversation, "paused": paused}
    return await unit.execute(_PAUSE_ASSISTANT, params) == 1


_DROP_STATE = """
update conversations set assistant_state = null, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def drop_assistant_state(unit: Unit, conversation: ConversationId) -> None:
    """Stop showing the assistant's last verdict in the list."""
    await unit.execute(_DROP_STATE, {"tenant": unit.tenant, "id": conversation})
