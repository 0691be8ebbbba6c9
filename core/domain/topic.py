"""What a decision was about: the knowledge that it quotes, or else its kind.

A topic is what an owner can say yes to: "delivery may go out by itself". So replies go by
the category of the FAQ entry they quote, by the entry where it has none, or by the
document; what is not answered has no topic of the shop, and goes by its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.decision import Decision, EscalationReason
from core.domain.ids import DocumentId, FaqId


class TopicKind(StrEnum):
    """What sort of topic it is; the last ones have no words of their own."""

    EVERYTHING = "everything"
    """All replies of a channel together."""
    CATEGORY = "category"
    QUESTION = "question"
    DOCUMENT = "document"
    COURTESY = "courtesy"
    ADVERTISEMENT = "advertisement"
    RULE = "rule"
    """The owner's own example or rule decided."""
    COMPLAINT = "complaint"
    WANTS_PERSON = "wants_human"
    NEEDS_EYES = "needs_eyes"
    NOTHING_KNOWN = "nothing_known"
    OTHER = "other"


_ANSWERS = {TopicKind.CATEGORY, TopicKind.QUESTION, TopicKind.DOCUMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic; `key` names it for good, `title` is for reading and may change."""

    kind: TopicKind
    key: str
    title: str = field(default="", compare=False)

    @property
    def is_answer(self) -> bool:
        """Return whether the topic is one that the assistant answers."""
        return self.kind in _ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the first citation of a reply points at, as it stands in the knowledge base."""

    faq_id: FaqId | None = None
    question: str | None = None
    category: str | None = None
    document_id: DocumentId | None = None
    title: str | None = None


def of_source(source: Source) -> Topic:
    """Return the topic of a reply that quotes `source`."""
    category = (source.category or "").strip()
    if category:
        return Topic(
            kind=TopicKind.CATEGORY, key=f"category:{category.casefold()}", title=category
        )
    if source.faq_id is not None:
        return Topic(
            kind=TopicKind.QUESTION,
            key=f"question:{source.faq_id}",
            title=source.question or source.title or "",
        )
    if source.document_id is not None:
        return Topic(
            kind=TopicKind.DOCUMENT,
            key=f"document:{source.document_id}",
            title=source.title or "",
        )
    return of_kind(TopicKind.OTHER)


def of_key(key: str, title: str) -> Topic:
    """Return the topic of the knowledge that a key was made for, with the title it had."""
    return Topic(kind=TopicKind(key.partition(":")[0]), key=key, title=title)


def of_kind(kind: TopicKind) -> Topic:
    """Return the topic that has no words but its kind."""
    return Topic(kind=kind, key=kind.value)


_SORTS = {
    "courtesy": TopicKind.COURTESY,
    "advertisement": TopicKind.ADVERTISEMENT,
    "complaint": TopicKind.COMPLAINT,
    "wants_human": TopicKind.WANTS_PERSON,
    "needs_eyes": TopicKind.NEEDS_EYES,
    "unreadable": TopicKind.NEEDS_EYES,
}
_UNANSWERED = {EscalationReason.MISSING_KNOWLEDGE, EscalationReason.LOW_CONFIDENCE}
_REASONS: Mapping[EscalationReason | None, TopicKind] = {
    EscalationReason.CUSTOMER_REQUEST: TopicKind.WANTS_PERSON,
    **dict.fromkeys(_UNANSWERED, TopicKind.NOTHING_KNOWN),
}


def of_decision(
    decision: Decision,
    source: Source,
    *,
    sort: str | None,
    reason: EscalationReason | None,
    matched_rule: str | None,
) -> Topic:
    """Return what a decision was about.

    `sort` is what triage took the message for, `reason` why a person was asked.
    """
    if decision is Decision.RESPOND:
        return of_source(source)
    if matched_rule:
        return of_kind(TopicKind.RULE)
    if sort in _SORTS:
        return of_kind(_SORTS[sort])
    return of_kind(_REASONS.get(reason, TopicKind.OTHER))
