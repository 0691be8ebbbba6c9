"""What the assistant decides about a customer's words, and who may act on it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.channel import AssistantMode
from core.domain.ids import (
    ConversationId,
    DecisionId,
    DocumentId,
    DraftId,
    FaqId,
    MessageId,
)


class Decision(StrEnum):
    """The three answers to "what now?"; stored in `ai_decisions.decision`."""

    RESPOND = "respond"
    IGNORE = "ignore"
    ESCALATE = "escalate"


class EscalationReason(StrEnum):
    """Why a person is needed; stored in `support_escalations.reason`."""

    CUSTOMER_REQUEST = "customer_request"
    LOW_CONFIDENCE = "low_confidence"
    MANUAL = "manual_escalation"
    MISSING_KNOWLEDGE = "missing_knowledge"
    POLICY = "policy"
    TOOL_FAILURE = "tool_failure"
    USAGE_LIMIT = "usage_limit"


MESSAGE_TRIAGE = {
    Decision.RESPOND: "auto_reply",
    Decision.IGNORE: "ignore",
    Decision.ESCALATE: "escalate",
}
"""`conversation_messages.triage` says `auto_reply` where a decision says `respond`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The assistant's opinion. `confidence` is a probability in 0..1 that it is right."""

    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None = None
    escalation_reason: EscalationReason | None = None
    needs_review: bool = False
    """A person has to look before it is sent, however sure the assistant is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The exact words a reply stands on: `quote` is the source's text from start to end.

    Offsets are code points into the document's stored text; both None for a FAQ entry.
    """

    title: str
    name: str
    quote: str
    document_id: DocumentId | None = None
    faq_id: FaqId | None = None
    start_char: int | None = None
    end_char: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """All that comes out of one run of the assistant; it proposes, actions act."""

    verdict: Verdict
    reply: str | None = None
    citations: tuple[Citation, ...] = ()
    summary: str = ""
    """For an escalation: what the customer wants and what to check, for the colleague."""
    language: str = "en"
    snapshot: dict[str, Any] = field(default_factory=dict)
    """Everything needed to replay the run; JSON values only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A suggested reply waiting for a person; a row of `drafts`."""

    id: DraftId
    conversation_id: ConversationId
    decision_id: DecisionId
    text: str
    citations: tuple[Citation, ...]
    confidence: float
    threshold: float
    epoch: int
    newest_inbound_id: MessageId
    created_at: datetime


class Acting(StrEnum):
    """What may be done with a proposal to respond."""

    SEND = "send"
    DRAFT = "draft"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """Every switch that can hold the assistant back, read in the acting transaction."""

    ai_control_enabled: bool
    auto_reply_enabled: bool
    ai_enabled_for_conversations: bool
    channel_mode: AssistantMode
    conversation_paused: bool
    released_topics: frozenset[str] = frozenset()
    """Topics the owner has let go out by themselves on this channel; empty for no limit."""


def may_think(switches: Switches) -> bool:
    """Return whether the assistant may look at a conversation at all."""
    return (
        switches.ai_control_enabled
        and switches.ai_enabled_for_conversations
        and switches.channel_mode is not AssistantMode.OFF
        and not switches.conversation_paused
    )


def autonomous(switches: Switches) -> bool:
    """Return whether what the assistant writes may leave without a person's look."""
    return switches.auto_reply_enabled and switches.channel_mode is AssistantMode.AUTO


def autonomy(
    switches: Switches,
    verdict: Verdict,
    *,
    threshold: float,
    topics: frozenset[str] = frozenset(),
) -> Acting:
    """Return what the owner's switches allow for this verdict.

    The reference's toggles can only veto; only `auto` on the channel lets a reply leave
    by itself, and only when the confidence reaches the owner's threshold. Where the owner
    has listed topics, all `topics` of the reply must be among them: a list, too, only vetoes.
    """
    if verdict.decision is not Decision.RESPOND or not may_think(switches):
        return Acting.NOTHING
    if (
        switches.channel_mode is AssistantMode.AUTO
        and switches.auto_reply_enabled
        and verdict.confidence >= threshold
        and not verdict.needs_review
        and _is_released(switches.released_topics, topics)
    ):
        return Acting.SEND
    return Acting.DRAFT


def _is_released(released: frozenset[str], topics: frozenset[str]) -> bool:
    """Return whether a reply on `topics` may leave; one that has none never may by list."""
    return not released or (bool(topics) and topics <= released)
