"""Bring a conversation to a person, and back."""

from dataclasses import dataclass
from uuid import uuid4

from core.domain.decision import EscalationReason
from core.domain.errors import AlreadyDecided, NotFound, Refused
from core.domain.ids import (
    ConversationId,
    DecisionId,
    EscalationId,
    MemberId,
    MessageId,
)
from core.domain.storable import require_storable
from core.kit import Kit
from core.notices import NoticeKind
from core.store import conversations, escalations
from core.store.escalations import NewEscalation
from core.store.pool import Unit

MOST_NOTES = 4_000


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
        if why.notes:
            await escalations.add_note(unit, current, why.notes)
            await unit.publish(NoticeKind.ESCALATION_CHANGED, current)
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
    """Escalate a conversation because a member says so; a second note joins the first.

    Raises:
        Refused: the note is too long.
        NotFound: there is no such conversation in this inbox.
    """
    _check_notes(note)
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


async def assign(kit: Kit, escalation: EscalationId, member: MemberId | None) -> None:
    """Give a case and its conversation to a colleague, or back to everybody.

    Raises:
        AlreadyDecided: it is resolved.
        NotFound: there is no such member in this inbox.
    """
    async with kit.mine() as unit:
        conversation = await escalations.assign(unit, escalation, member)
        if conversation is None:
            raise AlreadyDecided("This is resolved already.")
        await conversations.assign(unit, conversation, member)
        await unit.publish(NoticeKind.ESCALATION_CHANGED, escalation)
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def write_notes(kit: Kit, escalation: EscalationId, notes: str) -> None:
    """Keep what the team knows about a case, also after it was resolved.

    Raises:
        Refused: the notes are too long.
        NotFound: there is no such case in this inbox.
    """
    _check_notes(notes)
    async with kit.mine() as unit:
        if not await escalations.set_notes(unit, escalation, notes.strip()):
            raise NotFound("That case is not in this inbox.")
        await unit.publish(NoticeKind.ESCALATION_CHANGED, escalation)


def _check_notes(notes: str) -> None:
    if len(notes) > MOST_NOTES:
        raise Refused(f"A note has at most {MOST_NOTES} characters.", "Shorten it.")
    require_storable(notes, "The note")


async def resolve(kit: Kit, escalation: EscalationId, notes: str = "") -> None:
    """Close an escalation; the assistant may answer the customer's next message.

    Raises:
        Refused: the notes are too long.
        AlreadyDecided: it is resolved already.
    """
    _check_notes(notes)
    async with kit.mine() as unit:
        await _close(unit, escalation, notes.strip())


async def _close(unit: Unit, escalation: EscalationId, notes: str) -> None:
    conversation = await escalations.resolve(unit, escalation, notes)
    if conversation is None:
        raise AlreadyDecided("This is resolved already.")
    await conversations.set_status(unit, conversation, "active")
    await conversations.drop_assistant_state(unit, conversation)
    await unit.publish(NoticeKind.ESCALATION_CHANGED, escalation)
    await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def give_back(kit: Kit, conversation: ConversationId) -> None:
    """Close a conversation's escalation and let the assistant have it again.

    It waits for the customer's next message: what was said before has been in a person's
    hands, and reading it again would hand it over again.

    Raises:
        NotFound: it is not escalated.
        AlreadyDecided: a colleague was faster.
    """
    async with kit.mine() as unit:
        held = await conversations.lock(unit, conversation)
        current = await escalations.open_id(unit, conversation) if held else None
        if held is None or current is None:
            raise NotFound("This conversation is not escalated.")
        await _close(unit, current, "")
