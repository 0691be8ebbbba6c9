"""One conversation: its thread, and everything that stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.attachment import MediaKind, MediaRule
from core.domain.channel import Channel
from core.domain.customer import Customer
from core.domain.decision import Citation, Decision, OpenDraft
from core.domain.errors import NotFound
from core.domain.ids import (
    AttachmentId,
    ChannelId,
    ConversationId,
    DecisionId,
    MemberId,
)
from core.domain.message import Message
from core.domain.rich import RichKind
from core.domain.text_unit import TextUnit
from core.kit import Kit
from core.platforms.base import Ability
from core.store import attachments, channels, customers, decisions, escalations, threads
from core.store.escalations import EscalationRow
from core.store.pool import Unit
from core.store.threads import MessageCursor, NoteRow, ThreadRow

__all__ = [
    "ConversationDetail",
    "DecisionRow",
    "EscalationRow",
    "MessageCursor",
    "NoteRow",
    "ThreadPage",
    "detail",
    "media",
    "thread",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """The assistant's last decision here, with the words it stood on."""

    id: DecisionId
    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None
    created_at: datetime
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationDetail:
    """Everything a pane shows of a conversation but its messages."""

    id: ConversationId
    customer: Customer
    channel: Channel
    status: str
    assignee_id: MemberId | None
    assignee_name: str | None
    window_ends_at: datetime | None
    text_limit: int
    text_limit_unit: TextUnit
    can_reply: bool
    cannot_reply_reason: str
    assistant_paused: bool
    assistant_state: str | None
    epoch: int
    draft: OpenDraft | None
    escalation: EscalationRow | None
    last_decision: DecisionRow | None
    notes: tuple[NoteRow, ...]
    composer_text: str
    customer_since: datetime
    message_count: int
    media: Mapping[MediaKind, MediaRule] = field(default_factory=dict)
    """Which files may be sent here, by kind."""
    rich: frozenset[RichKind] = frozenset()
    """Which other kinds of message may be sent here."""
    can_quote: bool = False
    """Whether a reply may show above itself what it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """Messages oldest first; `has_more` says that earlier ones exist."""

    messages: tuple[Message, ...]
    has_more: bool


async def detail(kit: Kit, conversation: ConversationId) -> ConversationDetail:
    """Return a conversation's surroundings.

    Raises:
        NotFound: it is not in this inbox.
    """
    async with kit.mine() as unit:
        row = await threads.row(unit, conversation, kit.member.id)
        customer = await customers.of_conversation(unit, conversation)
        channel = (
            None if row is None else await channels.get(unit, ChannelId(row.channel_id))
        )
        if row is None or customer is None or channel is None:
            raise NotFound("That conversation is not in this inbox.")
        manifest = kit.platforms[channel.platform].manifest
        reason = _cannot_reply(kit, row)
        return ConversationDetail(
            id=row.id,
            customer=customer,
            channel=channel,
            status=row.status,
            assignee_id=row.assignee_id,
            assignee_name=row.assignee_name,
            window_ends_at=row.window_ends_at,
            text_limit=manifest.text_limit,
            text_limit_unit=manifest.text_unit,
            can_reply=not reason,
            cannot_reply_reason=reason,
            assistant_paused=row.assistant_paused,
            assistant_state=row.assistant_state,
            epoch=row.epoch,
            draft=await decisions.open_draft(unit, conversation),
            escalation=await escalations.open_of(unit, conversation),
            last_decision=await _last_decision(unit, conversation),
            notes=tuple(await threads.notes(unit, conversation)),
            composer_text=row.composer_text,
            customer_since=row.customer_since,
            message_count=row.message_count,
            media=manifest.media,
            rich=manifest.rich,
            can_quote=Ability.QUOTE in manifest.can,
        )


def _cannot_reply(kit: Kit, row: ThreadRow) -> str:
    """Return why nothing can be written now, empty if it can."""
    if row.window_ends_at is not None and row.window_ends_at <= kit.clock.now():
        return "window_closed"
    return ""


async def _last_decision(unit: Unit, conversation: ConversationId) -> DecisionRow | None:
    found = await decisions.last(unit, conversation)
    if found is None:
        return None
    return DecisionRow(
        id=found.id,
        decision=found.decision,
        confidence=found.confidence,
        reason=found.reason,
        matched_rule=found.matched_rule,
        created_at=found.created_at,
        citations=decisions.citations_of(found.citations),
    )


async def thread(
    kit: Kit,
    conversation: ConversationId,
    *,
    before: MessageCursor | None = None,
    limit: int = 50,
) -> ThreadPage:
    """Return the last messages, or the ones before a place."""
    async with kit.mine() as unit:
        found = await threads.page(unit, conversation, before, limit + 1)
    return ThreadPage(messages=tuple(found[-limit:]), has_more=len(found) > limit)


async def media(kit: Kit, attachment: AttachmentId) -> bytes:
    """Return the bytes of a stored file.

    Raises:
        NotFound: it is not stored, or not in this inbox.
    """
    async with kit.mine() as unit:
        found = await attachments.read(unit, attachment)
    if found is None:
        raise NotFound("That file is not here.")
    return found.content
