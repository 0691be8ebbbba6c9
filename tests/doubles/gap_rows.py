"""Gaps as the engine gives them, for the page that shows them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.domain.gap import DraftedEntry, Effect, Gap, GapMessage, GapStatus
from core.domain.ids import ConversationId, EscalationId, GapId
from core.domain.knowledge import FaqText
from core.queries.gaps import GapDetail

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ENTRY = FaqText(
    question="Do you sell gift cards?",
    answer="Yes, at the counter and online.",
    language="en",
    phrasings=("gift card available?", "Can I buy a gift card?", "vouchers?", "A present?"),
)


def gap_id(number: int) -> GapId:
    return GapId(UUID(int=700 + number))


def conversation_id(number: int) -> ConversationId:
    return ConversationId(UUID(int=800 + number))


def a_gap(
    number: int = 0, question: str = "Do you sell gift cards?", **changes: Any
) -> Gap:
    gap = Gap(
        id=gap_id(number),
        question=question,
        lang_code="en",
        status=GapStatus.OPEN,
        messages=3,
        replied=1,
        first_at=NOON - timedelta(days=9),
        last_at=NOON,
        faq_id=None,
        effect=None,
    )
    return replace(gap, **changes)


def an_effect(after: int = 7, total: int = 9, before: int | None = 0) -> Effect:
    return Effect(before=before, after=after, total=total, at=NOON)


def a_message(number: int = 0, **changes: Any) -> GapMessage:
    message = GapMessage(
        escalation_id=EscalationId(UUID(int=900 + number)),
        conversation_id=conversation_id(number),
        customer=("Nora", "Tom", "Zoé")[number % 3],
        text=(ENTRY.question, *ENTRY.phrasings)[number % 5],
        reply="Hi! Yes, at the counter and online." if number == 0 else None,
        asked_at=NOON - timedelta(days=number),
        answered_before=None,
        answered_after=None,
    )
    return replace(message, **changes)


def a_detail(gap: Gap | None = None, **changes: Any) -> GapDetail:
    messages = tuple(a_message(number) for number in range(3))
    detail = GapDetail(gap=gap or a_gap(), messages=messages, can_change=True)
    return replace(detail, **changes)


def a_draft(number: int = 0, **changes: Any) -> DraftedEntry:
    draft = DraftedEntry(
        gap_id=gap_id(number), entry=ENTRY, answers=1, has_removed=False, faq_id=None
    )
    return replace(draft, **changes)
