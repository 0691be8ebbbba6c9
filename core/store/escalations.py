"""`support_escalations`: conversations that need a person."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.channel import PlatformName
from core.domain.decision import EscalationReason
from core.domain.ids import (
    ConversationId,
    DecisionId,
    EscalationId,
    MemberId,
    MessageId,
)
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRow:
    """An escalation with what the queue shows of its conversation."""

    id: EscalationId
    conversation_id: ConversationId
    customer_name: str
    platform: PlatformName
    reason: EscalationReason
    status: str
    summary: str
    notes: str
    last_message_preview: str
    assigned_to: MemberId | None
    assigned_name: str | None
    created_at: datetime
    waiting_since: datetime
    confidence: float | None
    decision_id: DecisionId | None = None
    message_id: MessageId | None = None
    """The message that a person is needed for."""
    resolved_at: datetime | None = None
    updated_at: datetime | None = None


_QUEUE = """
select id, conversation_id, customer_name, platform, reason, status, summary, notes,
       last_message_preview, assigned_to, assigned_name, created_at, waiting_since, confidence,
       decision_id, message_id, resolved_at, updated_at
from escalation_rows
where user_id = %(tenant)s
  and (status = %(status)s or (%(status)s = 'open' and status = 'in_progress'))
order by (status = 'in_progress'), waiting_since, id
limit %(limit)s
"""
_OPEN_OF = """
select id, conversation_id, customer_name, platform, reason, status, summary, notes,
       last_message_preview, assigned_to, assigned_name, created_at, waiting_since, confidence,
       decision_id, message_id, resolved_at, updated_at
from escalation_rows
where user_id = %(tenant)s and conversation_id = %(conversation)s and status <> 'resolved'
order by created_at desc limit 1
"""


async def queue(unit: Unit, *, status: str, limit: int) -> list[EscalationRow]:
    """Return escalations, longest waiting first; `open` includes those in progress, last."""
    params = {"tenant": unit.tenant, "status": status, "limit": limit}
    return await unit.rows(EscalationRow, _QUEUE, params)


async def open_of(unit: Unit, conversation: ConversationId) -> EscalationRow | None:
    """Return the unresolved escalation of a conversation."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    return await unit.row(EscalationRow, _OPEN_OF, params)


_OPEN_ID = """
select id from support_escalations
where user_id = %(tenant)s and conversation_id = %(conversation)s and status <> 'resolved'
"""


async def open_id(unit: Unit, conversation: ConversationId) -> EscalationId | None:
    """Return which escalation of a conversation is unresolved; the assistant may ask this."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    found = await unit.value(_OPEN_ID, params)
    return None if found is None else EscalationId(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEscalation:
    """A case for a person, with the hand-over in words."""

    id: EscalationId
    conversation_id: ConversationId
    reason: EscalationReason
    summary: str
    message_id: MessageId | None = None
    decision_id: DecisionId | None = None
    notes: str = ""


_OPEN = """
insert into support_escalations (id, user_id, conversation_id, reason, status, summary,
                                 message_id, decision_id, notes)
values (%(id)s, %(tenant)s, %(conversation)s, %(reason)s, 'open', %(summary)s, %(message)s,
        %(decision)s, %(notes)s)
"""


async def open_new(unit: Unit, new: NewEscalation) -> None:
    """Open an escalation; the caller has checked that none is open."""
    await unit.execute(
        _OPEN,
        {
            "id": new.id,
            "tenant": unit.tenant,
            "conversation": new.conversation_id,
            "reason": new.reason,
            "summary": new.summary,
            "message": new.message_id,
            "decision": new.decision_id,
            "notes": new.notes,
        },
    )


_TAKE = """
update support_escalations
   set status = 'in_progress', assigned_to = %(member)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and status <> 'resolved'
   and (assigned_to is null or assigned_to = %(member)s)
returning conversation_id
"""


async def take(
    unit: Unit, escalation: EscalationId, member: MemberId
) -> ConversationId | None:
    """Give an escalation to a member; None if another has it or it is resolved."""
    params = {"tenant": unit.tenant, "id": escalation, "member": member}
    taken = await unit.value(_TAKE, params)
    return None if taken is None else ConversationId(taken)


_ASSIGN = """
update support_escalations
   set assigned_to = %(member)s, updated_at = now(),
       status = case when %(member)s::uuid is null then 'open' else 'in_progress' end
 where user_id = %(tenant)s and id = %(id)s and status <> 'resolved'
returning conversation_id
"""


async def assign(
    unit: Unit, escalation: EscalationId, member: MemberId | None
) -> ConversationId | None:
    """Give an escalation to a member whoever has it, or back to all; None if it is resolved."""
    params = {"tenant": unit.tenant, "id": escalation, "member": member}
    given = await unit.value(_ASSIGN, params)
    return None if given is None else ConversationId(given)


_SET_NOTES = """
update support_escalations set notes = %(notes)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
returning conversation_id
"""
_ADD_NOTE = """
update support_escalations
   set notes = concat_ws(E'\\n', nullif(notes, ''), %(note)s), updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
   and coalesce(char_length(notes), 0) + char_length(%(note)s) < 20000
"""


async def set_notes(unit: Unit, escalation: EscalationId, notes: str) -> bool:
    """Replace what the team has written about a case; False if there is none."""
    params = {"tenant": unit.tenant, "id": escalation, "notes": notes}
    return await unit.value(_SET_NOTES, params) is not None


async def add_note(unit: Unit, escalation: EscalationId, note: str) -> None:
    """Add a line to what the team has written about a case."""
    await unit.execute(_ADD_NOTE, {"tenant": unit.tenant, "id": escalation, "note": note})


_RESOLVE = """
update support_escalations
   set status = 'resolved', resolved_at = now(), updated_at = now(),
       notes = case when %(notes)s = '' then notes else %(notes)s end
 where user_id = %(tenant)s and id = %(id)s and status <> 'resolved'
returning conversation_id
"""


async def resolve(
    unit: Unit, escalation: EscalationId, notes: str
) -> ConversationId | None:
    """Close an escalation; None if it is closed already."""
    params = {"tenant": unit.tenant, "id": escalation, "notes": notes}
    closed = await unit.value(_RESOLVE, params)
    return None if closed is None else ConversationId(closed)
