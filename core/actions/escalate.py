"""Bring a conversation to a person, and back."""

from dataclasses import dataclass
from uuid import uuid4

from core.domain.decision import EscalationReason
from core.domain.errors import AlreadyDecided, NotFound
from core.domain.ids import ConversationId, DecisionId, EscalationId, MessageId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import conversations, escalations
from core.store.escalations import NewEscalation
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a person is needed, and what they should know."""

    reason: EscalationReason
    summary: str
    message_id: MessageId | None = None
    decision_id: DecisionId | None = None
    notes: str = ""


async def open_for(unit: Unit, conversation: ConversationId, why: Reason) -> EscalationId:
    """Open an escalation unless one is open; the assistant is silent until it is closed.

    The caller holds the conversation's row. Raising its epoch is what silences a run in
    flight and a reply still queued: neither may be sent under an older epoch.
    """
    current = await escalations.open_id(unit, conversation)
    if current is not None:
        return current
    escalation = EscalationId(uuid4())
    await escalations.open_new(
        unit,
        NewEscalation(
            id=escalation,
            conversation_id=conversation,
            reason=why.reason,
            summary=why.summary,
            message_id=why.message_id,
            decision_id=why.decision_id,
            notes=why.notes,
        ),
    )
    await conversations.set_status(unit, conversation, "escalated")
    await unit.publish(NoticeKind.ESCALATION_OPENED, escalation)
    await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)
    return escalation


async def open_by_hand(kit: Kit, conversation: ConversationId, note: str) -> EscalationId:
    """Escalate a conversation because a member says so.

    Raises:
        NotFound: there is no such conversation in this inbox.
    """
    async with kit.mine() as unit:
        if await conversations.lock(unit, conversation) is None:
            raise NotFound("That conversation is not in this inbox.")
        why = Reason(reason=EscalationReason.MANUAL, summary=note, notes=note)
        return await open_for(unit, conversation, why)


async def take(kit: Kit, escalation: EscalationId) -> None:
    """Take an escalation, and with it the conversation.

    Raises:
        AlreadyDecided: a colleague has it, or it is resolved.
    """
    async with kit.mine() as unit:
        conversation = await escalations.take(unit, escalation, kit.member.id)
        if conversation is None:
            raise AlreadyDecided("A colleague has taken this, or it is resolved.")
        await conversations.assign(unit, conversation, kit.member.id)
        await unit.publish(NoticeKind.ESCALATION_CHANGED, escalation)
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def resolve(kit: Kit, escalation: EscalationId, notes: str = "") -> None:
    """Close an escalation; the assistant may answer the customer's next message.

    Raises:
        AlreadyDecided: it is resolved already.
    """
    async with kit.mine() as unit:
        conversation = await escalations.resolve(unit, escalation, notes.strip())
        if conversation is None:
            raise AlreadyDecided("This is resolved already.")
        await conversations.set_status(unit, conversation, "active")
        await conversations.drop_assistant_state(unit, conversation)
        await unit.publish(NoticeKind.ESCALATION_CHANGED, escalation)
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def give_back(kit: Kit, conversation: ConversationId) -> None:
    """Close a conversation's escalation and let the assistant have it again.

    Raises:
        NotFound: it is not escalated.
    """
    async with kit.mine() as unit:
        current = await escalations.open_id(unit, conversation)
    if current is None:
        raise NotFound("This conversation is not escalated.")
    await resolve(kit, current)
