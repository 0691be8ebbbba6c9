"""The assistant's turn: which conversations it is to look at, and what may hold it back.

A customer's message makes a conversation due (`conversations.customer_wrote`); a claim
takes it under a lease and a fence; `considered`, `release` and `look_again` are the three
ways a claim ends.
"""

from dataclasses import dataclass
from uuid import UUID

from core.domain.channel import AssistantMode
from core.domain.decision import Switches
from core.domain.ids import ConversationId, TenantId
from core.store.pool import Unit


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


_STAND_DOWN = """
update conversations
   set assistant_due_at = null, assistant_first_due_at = null, assistant_lease_until = null,
       assistant_attempt = 0
 where user_id = %(tenant)s and id = %(id)s and assistant_fence = %(fence)s
"""


async def stand_down(unit: Unit, conversation: ConversationId, *, fence: int) -> None:
    """End a claim on a conversation that is a person's now; what the list shows stays."""
    params = {"tenant": unit.tenant, "id": conversation, "fence": fence}
    await unit.execute(_STAND_DOWN, params)


_LOOK_AGAIN = """
update conversations
   set assistant_due_at = case when status = 'active'
                               then now() + make_interval(secs => %(delay)s) end,
       assistant_lease_until = null
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
    released_topics: list[str]

    def switches(self) -> Switches:
        """Return the switches as the pure rules want them."""
        return Switches(
            ai_control_enabled=self.ai_control_enabled,
            auto_reply_enabled=self.auto_reply_enabled,
            ai_enabled_for_conversations=self.ai_enabled_for_conversations,
            channel_mode=self.channel_mode,
            conversation_paused=self.conversation_paused,
            released_topics=frozenset(self.released_topics),
        )


_SWITCHES = """
select coalesce(r.ai_control_enabled, true) as ai_control_enabled,
       coalesce(s.auto_reply_enabled, true) as auto_reply_enabled,
       coalesce(s.ai_enabled_for_conversations, true) as ai_enabled_for_conversations,
       a.assistant_mode as channel_mode,
       c.assistant_paused as conversation_paused,
       coalesce(s.auto_reply_threshold, 0.8) as threshold,
       coalesce(k.credits_remaining, 0) as credits_remaining,
       array(select t.topic from released_topics t
              where t.tenant_id = c.user_id and t.channel_id = c.social_account_id
              order by t.topic) as released_topics
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
