"""Gaps of the knowledge base: what customers ask and nothing answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import ConversationId, EscalationId, FaqId, GapId
from core.domain.knowledge import FaqText


class GapStatus(StrEnum):
    """What has become of a gap."""

    OPEN = "open"
    ANSWERED = "answered"
    """An entry was written; new questions of the kind open the gap again."""
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How many of a gap's messages the assistant answers, before and after an entry.

    `before` is None where nobody measured before.
    """

    before: int | None
    after: int
    total: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A group of messages that ask the same; `question` is the most central of them."""

    id: GapId
    question: str
    lang_code: str
    status: GapStatus
    messages: int
    replied: int
    """In how many of the conversations a person has answered since."""
    first_at: datetime
    last_at: datetime
    faq_id: FaqId | None
    effect: Effect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapMessage:
    """A message of a gap, and what a person answered in its conversation since."""

    escalation_id: EscalationId
    conversation_id: ConversationId
    customer: str
    text: str
    reply: str | None
    asked_at: datetime
    answered_before: bool | None
    answered_after: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedEntry:
    """An entry proposed for a gap; the answer is empty while no person has answered.

    `has_removed` says that something personal was taken out and left a visible hole.
    `faq_id` names the entry that was written for the gap before and would be changed.
    """

    gap_id: GapId
    entry: FaqText
    answers: int
    has_removed: bool
    faq_id: FaqId | None
