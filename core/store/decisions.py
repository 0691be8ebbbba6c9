"""`ai_decisions` and `drafts`: what the assistant thought, and what it suggests."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from core.domain.decision import Citation, Decision, EscalationReason, OpenDraft
from core.domain.ids import (
    ConversationId,
    DecisionId,
    DocumentId,
    DraftId,
    FaqId,
    MessageId,
)
from core.domain.storable import storable
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """A decision with everything needed to replay it."""

    id: DecisionId
    conversation_id: ConversationId
    message_id: MessageId
    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None
    message_text: str
    snapshot: dict[str, Any]
    escalation_reason: EscalationReason | None
    epoch: int
    model: str
    duration_ms: int
    cost_credits: int
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal | None = Decimal(0)
    """None when the model's price is not known."""


_INSERT = """
insert into ai_decisions
    (id, user_id, conversation_id, message_id, decision, confidence, reason, matched_rule,
     message_text, snapshot_json, escalation_reason, epoch, model, duration_ms, cost_credits,
     input_tokens, output_tokens, cost_usd, decided_by)
values (%(id)s, %(tenant)s, %(conversation)s, %(message)s, %(decision)s, %(confidence)s,
        %(reason)s, %(rule)s, left(%(text)s, 500), %(snapshot)s, %(escalation)s, %(epoch)s,
        %(model)s, %(duration)s, %(cost)s, %(input)s, %(output)s, %(usd)s, 'assistant')
"""


async def insert(unit: Unit, new: NewDecision) -> None:
    """Keep a decision; nothing ever changes it.

    A model may say what no text column takes. That would fail the decision, and each retry
    would pay for the same answer again, so its raw answers are kept as far as they can be.
    """
    await unit.execute(
        _INSERT,
        {
            "id": new.id,
            "tenant": unit.tenant,
            "conversation": new.conversation_id,
            "message": new.message_id,
            "decision": new.decision,
            "confidence": round(new.confidence, 3),
            "reason": new.reason,
            "rule": new.matched_rule,
            "text": new.message_text,
            "snapshot": Jsonb(storable(new.snapshot)),
            "escalation": new.escalation_reason,
            "epoch": new.epoch,
            "model": new.model,
            "duration": new.duration_ms,
            "cost": new.cost_credits,
            "input": new.input_tokens,
            "output": new.output_tokens,
            "usd": new.cost_usd,
        },
    )


_DEBIT = """
select app.debit_v1('decision', %(decision)s, %(amount)s::int, 'message_sent')
"""


async def debit(unit: Unit, decision: DecisionId, amount: int) -> None:
    """Charge a decision to the tenant's credits, once, in the decision's own transaction."""
    await unit.value(_DEBIT, {"decision": decision, "amount": amount})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """A suggested reply to put in front of a person."""

    id: DraftId
    conversation_id: ConversationId
    decision_id: DecisionId
    text: str
    citations: tuple[Citation, ...]
    confidence: float
    threshold: float
    epoch: int
    newest_inbound_id: MessageId


_SUPERSEDE = """
update drafts set state = 'superseded', decided_at = now()
 where tenant_id = %(tenant)s and conversation_id = %(conversation)s and state = 'open'
"""
_DRAFT = """
insert into drafts (id, tenant_id, conversation_id, decision_id, text, citations, confidence,
                    threshold, state, epoch, newest_inbound_id)
values (%(id)s, %(tenant)s, %(conversation)s, %(decision)s, %(text)s, %(citations)s,
        %(confidence)s, %(threshold)s, 'open', %(epoch)s, %(newest)s)
"""


async def supersede_drafts(unit: Unit, conversation: ConversationId) -> bool:
    """Close the open draft of a conversation, if there is one; return whether there was."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    return await unit.execute(_SUPERSEDE, params) > 0


async def put_draft(unit: Unit, draft: NewDraft) -> None:
    """Make this the conversation's one open draft."""
    await supersede_drafts(unit, draft.conversation_id)
    await unit.execute(
        _DRAFT,
        {
            "id": draft.id,
            "tenant": unit.tenant,
            "conversation": draft.conversation_id,
            "decision": draft.decision_id,
            "text": draft.text,
            "citations": Jsonb([asdict(citation) for citation in draft.citations]),
            "confidence": round(draft.confidence, 3),
            "threshold": round(draft.threshold, 3),
            "epoch": draft.epoch,
            "newest": draft.newest_inbound_id,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft as stored; `citations` are plain JSON."""

    id: DraftId
    conversation_id: ConversationId
    decision_id: DecisionId
    text: str
    citations: list[dict[str, Any]]
    confidence: float
    threshold: float
    state: str
    epoch: int
    newest_inbound_id: MessageId
    created_at: datetime

    def open_draft(self) -> OpenDraft:
        """Return the draft as the window shows it."""
        return OpenDraft(
            id=self.id,
            conversation_id=self.conversation_id,
            decision_id=self.decision_id,
            text=self.text,
            citations=citations_of(self.citations),
            confidence=self.confidence,
            threshold=self.threshold,
            epoch=self.epoch,
            newest_inbound_id=self.newest_inbound_id,
            created_at=self.created_at,
        )


def citations_of(stored: list[dict[str, Any]]) -> tuple[Citation, ...]:
    """Return citations from their stored JSON."""
    return tuple(
        Citation(
            title=one["title"],
            name=one["name"],
            quote=one["quote"],
            document_id=DocumentId(UUID(one["document_id"]))
            if one["document_id"]
            else None,
            faq_id=FaqId(UUID(one["faq_id"])) if one["faq_id"] else None,
            start_char=one["start_char"],
            end_char=one["end_char"],
        )
        for one in stored
    )


_OPEN_DRAFT = """
select id, conversation_id, decision_id, text, citations, confidence, threshold, state, epoch,
       newest_inbound_id, created_at
from drafts where tenant_id = %(tenant)s and conversation_id = %(conversation)s
  and state = 'open'
"""
_LOCK_DRAFT = """
select id, conversation_id, decision_id, text, citations, confidence, threshold, state, epoch,
       newest_inbound_id, created_at
from drafts where tenant_id = %(tenant)s and id = %(id)s for update
"""


async def open_draft(unit: Unit, conversation: ConversationId) -> OpenDraft | None:
    """Return the suggestion that waits in a conversation."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    found = await unit.row(DraftRow, _OPEN_DRAFT, params)
    return None if found is None else found.open_draft()


_CONVERSATION_OF = """
select conversation_id from drafts where tenant_id = %(tenant)s and id = %(id)s
"""


async def conversation_of(unit: Unit, draft: DraftId) -> ConversationId | None:
    """Return where a draft belongs; that never changes."""
    found = await unit.value(_CONVERSATION_OF, {"tenant": unit.tenant, "id": draft})
    return None if found is None else ConversationId(found)


async def lock_draft(unit: Unit, draft: DraftId) -> DraftRow | None:
    """Lock a draft in order to decide about it."""
    return await unit.row(DraftRow, _LOCK_DRAFT, {"tenant": unit.tenant, "id": draft})


_SETTLE_DRAFT = """
update drafts set state = %(state)s, decided_by = %(by)s, decided_at = now()
 where tenant_id = %(tenant)s and id = %(id)s
"""


async def settle_draft(unit: Unit, draft: DraftId, state: str, by: UUID | None) -> None:
    """Record what became of a draft, and by whose hand."""
    params = {"tenant": unit.tenant, "id": draft, "state": state, "by": by}
    await unit.execute(_SETTLE_DRAFT, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision as the window shows it."""

    id: DecisionId
    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None
    created_at: datetime
    citations: list[dict[str, Any]]


_LAST = """
select id, decision, confidence, coalesce(reason, '') as reason, matched_rule, created_at,
       coalesce(snapshot_json -> 'citations', '[]') as citations
from ai_decisions where user_id = %(tenant)s and conversation_id = %(conversation)s
order by created_at desc, id desc limit 1
"""


async def last(unit: Unit, conversation: ConversationId) -> DecisionRow | None:
    """Return the newest decision about a conversation."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    return await unit.row(DecisionRow, _LAST, params)
