"""`conversation_messages` as the assistant reads them: what a customer said, and what before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.ids import ConversationId, DecisionId, MessageId
from core.domain.message import Direction, MessageType
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """An inbound message the assistant has not answered yet."""

    id: MessageId
    type: MessageType
    text: str
    has_media: bool
    at: datetime
    """When it was written, by the platform's clock."""


_UNANSWERED = """
select id, message_type as type, coalesce(text, '') as text,
       media_url is not null as has_media, platform_at as at
from conversation_messages m
where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
  and m.direction = 'inbound' and m.deleted_at is null and m.triage is null
  and m.message_type <> 'system'
  and not exists (
      select 1 from conversation_messages o
      where o.user_id = m.user_id and o.conversation_id = m.conversation_id
        and o.direction = 'outbound' and o.created_at > m.created_at)
  and m.created_at > coalesce(
      (select max(e.resolved_at) from support_escalations e
        where e.user_id = %(tenant)s and e.conversation_id = %(conversation)s
          and e.status = 'resolved'), '-infinity')
order by m.platform_at desc, m.id desc
limit 20
"""


async def unanswered(unit: Unit, conversation: ConversationId) -> list[Fragment]:
    """Return what the customer said since we last spoke or decided, oldest first.

    "Since" goes by arrival, on our clock: WhatsApp's stamps are cut to the second, and a
    message that came just after our reply would seem to stand before it. What was said
    while a person had the conversation stays that person's: read again afterwards, an old
    "I want a human" would hand over the customer's next, harmless message.
    """
    params = {"tenant": unit.tenant, "conversation": conversation}
    return list(reversed(await unit.rows(Fragment, _UNANSWERED, params)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One earlier message, for context."""

    direction: Direction
    text: str


_EARLIER = """
select direction, text from (
    select direction, left(text, 1000) as text, platform_at, id from conversation_messages
    where user_id = %(tenant)s and conversation_id = %(conversation)s
      and coalesce(text, '') <> '' and deleted_at is null and not (id = any (%(except)s::uuid[]))
    order by platform_at desc, id desc limit %(limit)s) latest
order by platform_at, id
"""


async def earlier(
    unit: Unit, conversation: ConversationId, *, but: list[UUID], limit: int
) -> list[Said]:
    """Return the beginnings of the last messages before the unanswered ones, oldest first.

    They are context: they tell the language and the subject, and are kept with a decision.
    """
    params = {
        "tenant": unit.tenant,
        "conversation": conversation,
        "except": but,
        "limit": limit,
    }
    return await unit.rows(Said, _EARLIER, params)


_TRIAGED = """
update conversation_messages
   set triage = %(triage)s, confidence = %(confidence)s, ai_decision_id = %(decision)s,
       updated_at = now()
 where user_id = %(tenant)s and id = any (%(ids)s::uuid[])
"""


async def triaged(
    unit: Unit,
    messages: list[MessageId],
    *,
    triage: str,
    confidence: float,
    decision: DecisionId,
) -> None:
    """Write the verdict on the messages it was about."""
    params = {
        "tenant": unit.tenant,
        "ids": messages,
        "triage": triage,
        "confidence": round(confidence, 3),
        "decision": decision,
    }
    await unit.execute(_TRIAGED, params)


_NEWEST_INBOUND = """
select id from conversation_messages
where user_id = %(tenant)s and conversation_id = %(conversation)s and direction = 'inbound'
order by platform_at desc, id desc limit 1
"""


async def newest_inbound(unit: Unit, conversation: ConversationId) -> MessageId | None:
    """Return the last thing the customer said."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    found = await unit.value(_NEWEST_INBOUND, params)
    return None if found is None else MessageId(found)
