"""Turn a proposal into what happens: a reply, a draft, silence, or a person's case.

Whoever decides, a person or the owner's standing rule, the decision, its consequence and
its cost are one transaction. That transaction holds the conversation's row, so of two
who answer at once exactly one does, and a human always wins.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4, uuid5

from core.actions import escalate, limit, reply, settle, snapshots
from core.actions.log_match import log_match
from core.domain.decision import (
    MESSAGE_TRIAGE,
    Acting,
    Decision,
    EscalationReason,
    Proposal,
    Switches,
    autonomy,
    may_think,
)
from core.domain.errors import AlreadyDecided, NotFound, StaleDraft
from core.domain.ids import DecisionId, DraftId, MessageId, OutboxId
from core.domain.message import Origin
from core.kit import Kit
from core.notices import NoticeKind
from core.store import (
    attention,
    conversations,
    decisions,
    heard,
    outbox,
    topics,
    uses,
)
from core.store.attention import ClaimedConversation
from core.store.conversations import Locked
from core.store.decisions import DraftRow, NewDecision, NewDraft
from core.store.heard import Fragment
from core.store.outbox import Reply
from core.store.pool import Unit
from core.store.usage import Thought

DECISION_COST = 1
"""Credits a decision costs (SETTLED 13: every decision debits from the start)."""


class Outcome(StrEnum):
    """What became of a run of the assistant."""

    SENT = "sent"
    DRAFTED = "drafted"
    IGNORED = "ignored"
    ESCALATED = "escalated"
    STOOD_DOWN = "stood_down"
    """A person was faster, or a switch was pulled: nothing was written."""
    OVERTAKEN = "overtaken"
    """The customer wrote on: looked at again, with everything they said."""
    TAKEN_OVER = "taken_over"
    """Another worker has the claim now: its result stands."""
    CAPPED = "capped"
    """Others used up what the caps allow while it thought: people were told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A proposal together with what it was based on."""

    claimed: ClaimedConversation
    epoch: int
    fragments: tuple[Fragment, ...]
    text: str
    proposal: Proposal
    threshold: float
    duration_ms: int

    @property
    def newest(self) -> MessageId:
        """Return the last message the assistant had read."""
        return self.fragments[-1].id


async def act(kit: Kit, considered: Considered) -> Outcome:
    """Act on a proposal, if the conversation still is what the assistant saw."""
    claimed = considered.claimed
    async with kit.unit(claimed.tenant_id) as unit:
        await unit.repeat_plans()
        held = await conversations.lock(unit, claimed.conversation_id)
        row = await attention.switches(unit, claimed.conversation_id)
        if held is None or row is None:
            return Outcome.STOOD_DOWN
        thought = await limit.thought_of(unit, considered.proposal)
        over = await limit.note_thought(unit, held.id, thought)
        ended = await _stopped(unit, held, considered, row.switches())
        if ended is None and over is not None:
            await limit.end_over(unit, claimed, over)
            ended = Outcome.CAPPED
        if ended is None:
            ended = await _carry_out(unit, held, considered, row.switches(), thought)
            await attention.considered(
                unit, held.id, fence=claimed.fence, state=_SHOWN[ended]
            )
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, held.id)
    if ended is Outcome.TAKEN_OVER:
        raise StaleDraft("Another worker looked at this conversation meanwhile.")
    return ended


async def _stopped(
    unit: Unit, held: Locked, considered: Considered, switches: Switches
) -> Outcome | None:
    """Return why a proposal may no longer be acted on, the claim ended; None if it may."""
    fence = considered.claimed.fence
    if held.assistant_fence != fence:
        return Outcome.TAKEN_OVER
    if held.status != "active":
        await attention.stand_down(unit, held.id, fence=fence)
        return Outcome.STOOD_DOWN
    if not may_think(switches):
        await attention.considered(unit, held.id, fence=fence, state=None)
        return Outcome.STOOD_DOWN
    if held.epoch != considered.epoch:
        await attention.release(unit, held.id, fence=fence)
        return Outcome.STOOD_DOWN
    now_unanswered = await heard.unanswered(unit, held.id)
    if not now_unanswered or now_unanswered[-1].id != considered.newest:
        await attention.release(unit, held.id, fence=fence)
        return Outcome.OVERTAKEN
    return None


_SHOWN = {
    Outcome.SENT: "answered",
    Outcome.DRAFTED: "drafted",
    Outcome.IGNORED: "ignored",
    Outcome.ESCALATED: "escalated",
}


async def _carry_out(
    unit: Unit,
    held: Locked,
    considered: Considered,
    switches: Switches,
    thought: Thought,
) -> Outcome:
    """Write the decision and what follows from it."""
    verdict = considered.proposal.verdict
    decision = await _keep(unit, considered, thought)
    await log_match(unit, considered.proposal, message=considered.newest, decision=decision)
    await settle.close_draft(unit, held.id)
    await heard.triaged(
        unit,
        [fragment.id for fragment in considered.fragments],
        triage=MESSAGE_TRIAGE[verdict.decision],
        confidence=verdict.confidence,
        decision=decision,
    )
    if verdict.decision is Decision.IGNORE:
        await conversations.mark_read(unit, held.id)
        return Outcome.IGNORED
    if verdict.decision is Decision.ESCALATE:
        await _escalate(unit, held, considered, decision)
        return Outcome.ESCALATED
    about: frozenset[str] = frozenset()
    if switches.released_topics:
        about = await topics.of_citations(unit, considered.proposal.citations)
    acting = autonomy(switches, verdict, threshold=considered.threshold, topics=about)
    if acting is Acting.SEND and await _send(unit, held, considered, decision):
        await conversations.mark_read(unit, held.id)
        return Outcome.SENT
    await _draft(unit, held, considered, decision)
    return Outcome.DRAFTED


async def _keep(unit: Unit, considered: Considered, thought: Thought) -> DecisionId:
    """Store the decision with everything needed to replay it, and charge for it."""
    verdict, proposal = considered.proposal.verdict, considered.proposal
    decision = DecisionId(uuid4())
    await decisions.insert(
        unit,
        NewDecision(
            id=decision,
            conversation_id=considered.claimed.conversation_id,
            message_id=considered.newest,
            decision=verdict.decision,
            confidence=verdict.confidence,
            reason=verdict.reason,
            matched_rule=verdict.matched_rule,
            message_text=considered.text,
            snapshot=await snapshots.put_away(unit, _snapshot(considered)),
            escalation_reason=verdict.escalation_reason,
            epoch=considered.epoch,
            model=str(proposal.snapshot.get("model", "local")),
            duration_ms=considered.duration_ms,
            cost_credits=DECISION_COST,
            input_tokens=thought.input_tokens,
            output_tokens=thought.output_tokens,
            cost_usd=thought.cost_usd,
        ),
    )
    await decisions.debit(unit, decision, DECISION_COST)
    if verdict.decision is Decision.RESPOND:
        await uses.note(unit, decision, proposal.citations)
    return decision


def _snapshot(considered: Considered) -> dict[str, Any]:
    proposal = considered.proposal
    return {
        **proposal.snapshot,
        "fragments": [str(fragment.id) for fragment in considered.fragments],
        "reply": proposal.reply,
        "language": proposal.language,
        "threshold": considered.threshold,
        "citations": [asdict(citation) for citation in proposal.citations],
        "duration_ms": considered.duration_ms,
        "cost_credits": DECISION_COST,
    }


async def _send(
    unit: Unit, held: Locked, considered: Considered, decision: DecisionId
) -> bool:
    """Enqueue the assistant's reply; the key makes a repeated run the same message."""
    key = uuid5(considered.newest, "assistant reply")
    answer = await outbox.enqueue(
        unit,
        Reply(
            id=OutboxId(key),
            conversation_id=held.id,
            message_id=MessageId(uuid5(key, "message")),
            text=considered.proposal.reply or "",
            origin=Origin.ASSISTANT,
            epoch=considered.epoch,
            decision_id=decision,
        ),
    )
    return answer.outcome in ("enqueued", "duplicate")


async def _draft(
    unit: Unit, held: Locked, considered: Considered, decision: DecisionId
) -> None:
    proposal = considered.proposal
    await decisions.put_draft(
        unit,
        NewDraft(
            id=DraftId(uuid4()),
            conversation_id=held.id,
            decision_id=decision,
            text=proposal.reply or "",
            citations=proposal.citations,
            confidence=proposal.verdict.confidence,
            threshold=considered.threshold,
            epoch=held.epoch,
            newest_inbound_id=considered.newest,
        ),
    )
    await unit.publish(NoticeKind.DRAFT_READY, held.id)


async def _escalate(
    unit: Unit, held: Locked, considered: Considered, decision: DecisionId | None
) -> None:
    proposal = considered.proposal
    await escalate.open_for(
        unit,
        held.id,
        escalate.Reason(
            reason=proposal.verdict.escalation_reason or EscalationReason.LOW_CONFIDENCE,
            summary=proposal.summary,
            message_id=considered.newest,
            decision_id=decision,
        ),
    )


async def out_of_credits(unit: Unit, claimed: ClaimedConversation) -> None:
    """Hand a conversation to people when the credits are used up; the inbox goes on."""
    await escalate.open_for(
        unit,
        claimed.conversation_id,
        escalate.Reason(
            reason=EscalationReason.USAGE_LIMIT,
            summary="The assistant has no credits left.",
        ),
    )
    await attention.considered(
        unit, claimed.conversation_id, fence=claimed.fence, state="escalated"
    )


async def hand_over(kit: Kit, claimed: ClaimedConversation, why: str) -> None:
    """Hand a conversation to people when the assistant keeps failing."""
    async with kit.unit(claimed.tenant_id) as unit:
        await escalate.open_for(
            unit,
            claimed.conversation_id,
            escalate.Reason(
                reason=EscalationReason.TOOL_FAILURE,
                summary=why,
                message_id=await heard.newest_inbound(unit, claimed.conversation_id),
            ),
        )
        await attention.considered(
            unit, claimed.conversation_id, fence=claimed.fence, state="escalated"
        )


async def approve(kit: Kit, draft: DraftId) -> MessageId:
    """Send a suggested reply as it stands.

    Raises:
        AlreadyDecided: somebody was faster.
        StaleDraft: the customer wrote again since.
        WindowClosed: the platform's reply window has ended.
    """
    return await _approve(kit, draft, None)


async def approve_edited(
    kit: Kit, draft: DraftId, text: str, *, quoting: MessageId | None = None
) -> MessageId:
    """Send a suggested reply with a person's changes; raises as `approve` does.

    `quoting` is a message of the same conversation that it shows above itself.

    Raises:
        Refused: the platform shows no quotes above messages from here.
    """
    return await _approve(kit, draft, text, quoting=quoting)


async def _approve(
    kit: Kit, draft: DraftId, text: str | None, *, quoting: MessageId | None = None
) -> MessageId:
    async with kit.mine() as unit:
        open_draft = await _lock_open(unit, draft)
        newest = await heard.newest_inbound(unit, open_draft.conversation_id)
        if text is None and newest != open_draft.newest_inbound_id:
            raise StaleDraft(
                "The customer has written again since this suggestion.",
                "Read the new message; a fresh suggestion follows.",
            )
        words = open_draft.text if text is None else text
        state = "approved" if text is None or text == open_draft.text else "edited"
        await decisions.settle_draft(unit, draft, state, kit.member.id)
        conversation = open_draft.conversation_id
        quoted = await reply.quotable(kit, unit, conversation, quoting)
        key = uuid5(draft, "approved")
        message = await reply.enqueue_text(
            kit, unit, conversation, words, key=key, quoted=quoted
        )
        await unit.publish(NoticeKind.DRAFT_SETTLED, open_draft.conversation_id)
        return message


async def dismiss(kit: Kit, draft: DraftId) -> None:
    """Put a suggestion aside; the assistant keeps quiet until the customer writes again.

    Raises:
        AlreadyDecided: somebody was faster.
    """
    async with kit.mine() as unit:
        open_draft = await _lock_open(unit, draft)
        await decisions.settle_draft(unit, draft, "dismissed", kit.member.id)
        await conversations.drop_assistant_state(unit, open_draft.conversation_id)
        await unit.publish(NoticeKind.DRAFT_SETTLED, open_draft.conversation_id)


async def _lock_open(unit: Unit, draft: DraftId) -> DraftRow:
    """Lock a draft that waits, its conversation first: the order everybody locks in."""
    conversation = await decisions.conversation_of(unit, draft)
    if conversation is not None:
        await conversations.lock(unit, conversation)
    found = await decisions.lock_draft(unit, draft)
    if found is None:
        raise NotFound("That suggestion no longer exists.")
    if found.state != "open":
        raise AlreadyDecided("This suggestion has been decided already.")
    return found
