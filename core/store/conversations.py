"""`conversations`: the hot rows of the inbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.channel import AssistantMode, PlatformName
from core.domain.decision import Switches
from core.domain.ids import (
    ChannelId,
    ConversationId,
    CustomerId,
    MemberId,
    MessageId,
    TenantId,
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
    last_inbound_at: datetime | None


_FIND_OR_CREATE = """
insert into conversations (user_id, social_account_id, customer_id, platform, last_message_at)
values (%(tenant)s, %(channel)s, %(customer)s, %(platform)s, %(at)s)
on conflict (social_account_id, customer_id) do nothing
"""
_LOCK_BY_CUSTOMER = """
select id, social_account_id as channel_id, customer_id, platform, status, epoch,
       assistant_paused, last_inbound_at
from conversations
where user_id = %(tenant)s and social_account_id = %(channel)s and customer_id = %(customer)s
for update
"""
_LOCK = """
select id, social_account_id as channel_id, customer_id, platform, status, epoch,
       assistant_paused, last_inbound_at
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
        await unit.execute(_FIND_OR_CREATE, params)
        found = await unit.row(Locked, _LOCK_BY_CUSTOMER, params)
    assert found is not None  # noqa: S101 - inserted by us or by the rival we waited for
    return found


async def lock(unit: Unit, conversation: ConversationId) -> Locked | None:
    """Lock a conversation by its id."""
    return await unit.row(Locked, _LOCK, {"tenant": unit.tenant, "id": conversation})


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
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def customer_wrote(
    unit: Unit,
    conversation: ConversationId,
    *,
    at: datetime,
    preview: str,
    window_ends_at: datetime | None,
) -> None:
    """Move a conversation up: one more unread, a fresh preview, the reply window restarted.

    `at` is the platform's time; an older message that arrives late changes no preview.
    """
    await unit.execute(
        _CUSTOMER_WROTE,
        {
            "tenant": unit.tenant,
            "id": conversation,
            "at": at,
            "preview": preview,
            "window_ends_at": window_ends_at,
        },
    )


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


_ASK_ASSISTANT = """
update conversations
   set assistant_first_due_at = coalesce(assistant_first_due_at, now()),
       assistant_due_at = least(
           now() + make_interval(secs => %(pause)s),
           coalesce(assistant_first_due_at, now()) + make_interval(secs => %(cap)s)),
       assistant_attempt = 0
 where user_id = %(tenant)s and id = %(id)s
"""


async def ask_assistant(
    unit: Unit, conversation: ConversationId, *, pause: float, cap: float
) -> None:
    """Have the assistant look once the customer has been quiet for `pause` seconds.

    Each further fragment moves the moment, up to `cap` seconds after the first one: a
    burst is answered once, and a customer who never stops is answered all the same.
    """
    params = {"tenant": unit.tenant, "id": conversation, "pause": pause, "cap": cap}
    await unit.execute(_ASK_ASSISTANT, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedConversation:
    """A conversation the assistant shall look at, under a lease."""

    tenant_id: TenantId
    conversation_id: ConversationId
    fence: int
    attempt: int


_CLAIM = """
select tenant_id, conversation_id, fence, attempt
from app.claim_conversations_v1(%(limit)s::int, %(lease)s::int)
"""


async def claim_due(unit: Unit, *, limit: int, lease: float) -> list[ClaimedConversation]:
    """Take conversations whose quiet time is over."""
    params = {"limit": limit, "lease": int(lease)}
    return await unit.rows(ClaimedConversation, _CLAIM, params)


_CONSIDERED = """
update conversations
   set assistant_due_at = null, assistant_first_due_at = null, assistant_lease_until = null,
       assistant_state = %(state)s, assistant_attempt = 0, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and assistant_fence = %(fence)s
"""


async def considered(
    unit: Unit, conversation: ConversationId, *, fence: int, state: str | None
) -> bool:
    """End a claim with its outcome; return False if the claim was lost meanwhile."""
    params = {"tenant": unit.tenant, "id": conversation, "fence": fence, "state": state}
    return await unit.execute(_CONSIDERED, params) == 1


_RELEASE = """
update conversations set assistant_lease_until = null
 where user_id = %(tenant)s and id = %(id)s and assistant_fence = %(fence)s
"""


async def release(unit: Unit, conversation: ConversationId, *, fence: int) -> None:
    """End a claim that came to nothing; what became due meanwhile stays due."""
    params = {"tenant": unit.tenant, "id": conversation, "fence": fence}
    await unit.execute(_RELEASE, params)


_LOOK_AGAIN = """
update conversations
   set assistant_due_at = now() + make_interval(secs => %(delay)s), assistant_lease_until = null
 where user_id = %(tenant)s and id = %(id)s and assistant_fence = %(fence)s
"""


async def look_again(
    unit: Unit, conversation: ConversationId, *, fence: int, delay: float
) -> None:
    """End a claim without an outcome and come back in `delay` seconds."""
    params = {"tenant": unit.tenant, "id": conversation, "fence": fence, "delay": delay}
    await unit.execute(_LOOK_AGAIN, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchRow:
    """Every switch over one conversation, and the owner's threshold."""

    ai_control_enabled: bool
    auto_reply_enabled: bool
    ai_enabled_for_conversations: bool
    channel_mode: AssistantMode
    conversation_paused: bool
    threshold: float
    credits_remaining: int

    def switches(self) -> Switches:
        """Return the switches as the pure rules want them."""
        return Switches(
            ai_control_enabled=self.ai_control_enabled,
            auto_reply_enabled=self.auto_reply_enabled,
            ai_enabled_for_conversations=self.ai_enabled_for_conversations,
            channel_mode=self.channel_mode,
            conversation_paused=self.conversation_paused,
        )


_SWITCHES = """
select coalesce(r.ai_control_enabled, true) as ai_control_enabled,
       coalesce(s.auto_reply_enabled, true) as auto_reply_enabled,
       coalesce(s.ai_enabled_for_conversations, true) as ai_enabled_for_conversations,
       a.assistant_mode as channel_mode,
       c.assistant_paused as conversation_paused,
       coalesce(s.auto_reply_threshold, 0.8) as threshold,
       coalesce(k.credits_remaining, 0) as credits_remaining
from conversations c
join social_accounts a on a.user_id = c.user_id and a.id = c.social_account_id
left join ai_rules r on r.user_id = c.user_id
left join ai_settings s on s.user_id = c.user_id
left join user_credits k on k.user_id = c.user_id
where c.user_id = %(tenant)s and c.id = %(id)s
"""


async def switches(unit: Unit, conversation: ConversationId) -> SwitchRow | None:
    """Return what may hold the assistant back in this conversation, as of now."""
    return await unit.row(SwitchRow, _SWITCHES, {"tenant": unit.tenant, "id": conversation})


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


_THREAD_OF = """
insert into assistant_threads (thread_id, tenant_id, conversation_id)
values (%(fresh)s, %(tenant)s, %(conversation)s)
"""


async def new_assistant_thread(
    unit: Unit, conversation: ConversationId, fresh: UUID
) -> str:
    """Bind a random checkpointer thread to this tenant before the graph writes to it."""
    thread = str(fresh)
    params = {"fresh": thread, "tenant": unit.tenant, "conversation": conversation}
    await unit.execute(_THREAD_OF, params)
    return thread


_DROP_STATE = """
update conversations set assistant_state = null, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def drop_assistant_state(unit: Unit, conversation: ConversationId) -> None:
    """Stop showing the assistant's last verdict in the list."""
    await unit.execute(_DROP_STATE, {"tenant": unit.tenant, "id": conversation})
