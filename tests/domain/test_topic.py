from uuid import UUID

from core.domain.decision import Decision, EscalationReason
from core.domain.ids import DocumentId, FaqId
from core.domain.topic import Source, TopicKind, of_decision, of_key, of_source

ONE = UUID(int=1)
ENTRY = Source(faq_id=FaqId(ONE), question="Do you ship?", category="Delivery ")


def test_reply_goes_by_the_category_of_its_entry_however_it_is_written() -> None:
    topic = of_source(ENTRY)
    other = of_source(
        Source(faq_id=FaqId(UUID(int=2)), question="How?", category="DELIVERY")
    )
    assert (topic.kind, topic.title) == (TopicKind.CATEGORY, "Delivery")
    assert topic.key == other.key == "category:delivery"


def test_entry_without_category_is_its_own_topic_under_any_wording() -> None:
    topic = of_source(Source(faq_id=FaqId(ONE), question="Do you ship?", category=" "))
    assert (topic.kind, topic.title, topic.key) == (
        TopicKind.QUESTION,
        "Do you ship?",
        f"question:{ONE}",
    )


def test_document_is_a_topic_and_a_source_that_is_gone_is_none() -> None:
    topic = of_source(Source(document_id=DocumentId(ONE), title="Terms"))
    assert (topic.kind, topic.title, topic.is_answer) == (TopicKind.DOCUMENT, "Terms", True)
    assert not of_source(Source()).is_answer


def test_key_gives_the_topic_back() -> None:
    topic = of_source(ENTRY)
    assert of_key(topic.key, topic.title) == topic


def _kind(
    decision: Decision,
    sort: str | None = None,
    reason: EscalationReason | None = None,
    rule: str | None = None,
) -> TopicKind:
    topic = of_decision(decision, Source(), sort=sort, reason=reason, matched_rule=rule)
    return topic.kind


def test_what_is_not_answered_goes_by_its_kind() -> None:
    ignore, escalate = Decision.IGNORE, Decision.ESCALATE
    assert _kind(ignore, "courtesy") is TopicKind.COURTESY
    assert _kind(ignore, "question", rule="buy followers") is TopicKind.RULE
    assert _kind(escalate, "complaint") is TopicKind.COMPLAINT
    missing = EscalationReason.MISSING_KNOWLEDGE
    assert _kind(escalate, "question", missing) is TopicKind.NOTHING_KNOWN
    assert (
        _kind(escalate, None, EscalationReason.CUSTOMER_REQUEST) is TopicKind.WANTS_PERSON
    )
    assert _kind(escalate, "question", EscalationReason.POLICY) is TopicKind.OTHER
