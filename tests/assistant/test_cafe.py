"""The whole assistant over the demo's knowledge: a real database and the real model."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.assistant.state import Case, Rules
from core.domain.decision import Proposal
from core.domain.message import MessageType
from tests.assistant.cafe import BETWEEN_FRAGMENTS, DEMO, Cafe, rows
from tests.assistant.cases import case


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A case and what a person would have had the assistant do."""

    case: Case
    decision: str
    source: str = ""
    must_contain: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


async def test_the_forty_scripted_conversations_end_as_the_script_says(cafe: Cafe) -> None:
    wrong = await _misjudged(cafe, list(_scripted()))
    assert len(wrong) <= 2, "\n".join(wrong)


async def test_messages_nobody_tuned_on_are_mostly_decided_as_people_would(
    cafe: Cafe,
) -> None:
    expected = list(_held_out())
    wrong = await _misjudged(cafe, expected)
    assert len(wrong) <= len(expected) * 0.08, "\n".join(wrong)


async def test_no_reply_that_leaves_by_itself_is_wrong_more_than_once_in_twenty(
    cafe: Cafe,
) -> None:
    expected = [*_scripted(), *_held_out()]
    sent: Counter[bool] = Counter()
    proposals = await cafe.considered([one.case for one in expected])
    for one, proposal in zip(expected, proposals, strict=True):
        by_itself = proposal.reply and not proposal.verdict.needs_review
        if by_itself and proposal.verdict.confidence >= one.case.threshold:
            sent[_difference(one, proposal) == ""] += 1
    assert sent[True] >= 45
    assert sent[False] <= sent.total() / 20


async def test_a_question_that_is_only_near_what_is_known_is_looked_at_by_a_person(
    cafe: Cafe,
) -> None:
    near = "Bonjour, on peut privatiser le café pour un anniversaire en mars ?"
    (proposal,) = await cafe.considered([case(near)])
    assert proposal.verdict.decision == "escalate" or proposal.verdict.needs_review


async def test_what_every_shop_is_asked_is_answered_with_the_fact_asked_for(
    cafe: Cafe,
) -> None:
    facts = {
        "What are your opening hours?": "8 am to 7 pm",
        "Quels sont vos horaires ?": "8 h à 19 h",
        "How much is a subscription?": "€12",
        "How much are the workshops?": "€45",
        "How long does delivery take?": "2 to 3 working days",
        "When can I collect my order?": "within 2 hours",
        "Are you closed on public holidays?": "25 December",
    }
    said = await cafe.considered([case(question) for question in facts])
    for (question, fact), proposal in zip(facts.items(), said, strict=True):
        assert fact in (proposal.reply or ""), question


async def test_a_reply_without_the_fact_asked_for_does_not_leave_by_itself(
    cafe: Cafe,
) -> None:
    questions = ["What is your address?", "Quelle est votre adresse ?"]
    said = await cafe.considered([case(question) for question in questions])
    for question, proposal in zip(questions, said, strict=True):
        is_answered = "12 quai" in (proposal.reply or "")
        assert is_answered or proposal.verdict.needs_review, question


async def _misjudged(cafe: Cafe, expected: list[Expectation]) -> list[str]:
    proposals = await cafe.considered([one.case for one in expected])
    differences = [
        (one, _difference(one, proposal))
        for one, proposal in zip(expected, proposals, strict=True)
    ]
    return [f"{one.case.fragments}: {why}" for one, why in differences if why]


def _difference(expected: Expectation, proposal: Proposal) -> str:
    """Return how a proposal differs from what was expected; empty when it does not."""
    verdict = proposal.verdict
    if verdict.decision.value != expected.decision:
        return f"{verdict.decision.value} at {verdict.confidence:.2f}: {verdict.reason}"
    if expected.reasons and str(verdict.escalation_reason) not in expected.reasons:
        return f"for {verdict.escalation_reason}"
    if expected.source and expected.source not in _sources(proposal):
        return f"from {_sources(proposal)}"
    said = (proposal.reply or "").lower()
    missing = [words for words in expected.must_contain if words.lower() not in said]
    return f"without {missing}: {proposal.reply}" if missing else ""


def _sources(proposal: Proposal) -> set[str]:
    return {name for one in proposal.citations for name in (one.name, one.title)}


def _rules() -> Rules:
    own = json.loads((DEMO / "rules.json").read_text("utf-8"))
    return Rules(
        instructions=own["instructions"],
        ignore_examples=tuple(own["ignore_examples"]),
        version=1,
    )


def _scripted() -> Iterator[Expectation]:
    for script in json.loads((DEMO / "conversations.json").read_text("utf-8")):
        messages = script["messages"]
        texts = [message["text"] for message in messages if message.get("text")]
        types = tuple(
            MessageType.IMAGE if message.get("picture") else MessageType.TEXT
            for message in messages
        )
        yield Expectation(
            case=replace(
                case(*texts, rules=_rules()),
                message_types=types,
                customer_name=script["customer"]["name"],
            ),
            decision=script["expected"],
            source=script.get("expected_source", ""),
            must_contain=tuple(script.get("must_contain", ())),
            reasons=tuple(script.get("expected_reasons", ())),
        )


def _held_out() -> Iterator[Expectation]:
    for row in rows("held_out.tsv"):
        yield Expectation(
            case=case(*row["message"].split(BETWEEN_FRAGMENTS), rules=_rules()),
            decision=row["decision"],
            source=row["source"],
            must_contain=(row["must_contain"],) if row["must_contain"] else (),
        )
