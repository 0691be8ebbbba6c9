"""Runs of the assistant under the owner's rules with conditions."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import uuid4

from core.assistant import saver
from core.assistant.graph import open_assistant
from core.assistant.state import Case, Rules
from core.domain.decision import Decision, EscalationReason, Proposal
from core.domain.message import MessageType
from core.domain.rule import Conditions, Hours, Outcome, Sentiment, TriageRule
from tests.assistant.cases import LetterEmbedder, Shelf, case, entry, wordless

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")


def rule(name: str, outcome: Outcome, **asked: object) -> TriageRule:
    """Return a rule with some conditions."""
    conditions = Conditions(**asked)  # type: ignore[arg-type]
    return TriageRule(id=uuid4(), name=name, conditions=conditions, outcome=outcome)


def ruled(asked: Case, *rules: TriageRule, **more: object) -> Case:
    """Return a case under some rules."""
    own = Rules(triage_rules=rules, version=3, **more)  # type: ignore[arg-type]
    return replace(asked, rules=own)


async def considered(asked: Case, shelf: Shelf) -> Proposal:
    """Return what a run proposes."""
    async with open_assistant(
        retrieve=shelf, embedder=LetterEmbedder(), checkpointer=saver.in_memory()
    ) as assistant:
        return await assistant.consider(asked)


async def test_a_message_that_a_rule_ignores_is_not_looked_at_further() -> None:
    shelf = Shelf(DOGS)
    spam = rule("Raffles", Outcome.IGNORE, keywords=("raffle",))
    proposal = await considered(ruled(case("Are dogs in the raffle?"), spam), shelf)
    verdict = proposal.verdict
    assert (verdict.decision, verdict.matched_rule) == (Decision.IGNORE, "Raffles")
    assert verdict.reason == "Your rule “Raffles” applies: “raffle”."
    assert shelf.questions == []
    assert proposal.snapshot["sorted"] is None


async def test_a_message_that_a_rule_escalates_comes_with_a_note() -> None:
    night = rule(
        "Night",
        Outcome.ESCALATE,
        hours=Hours(start=time(9), end=time(18), zone="Europe/Paris", outside=True),
    )
    late = replace(case("Are dogs allowed?"), at=datetime(2026, 6, 1, 20, tzinfo=UTC))
    proposal = await considered(ruled(late, night), Shelf(DOGS))
    verdict = proposal.verdict
    assert (verdict.decision, verdict.matched_rule) == (Decision.ESCALATE, "Night")
    assert verdict.escalation_reason is EscalationReason.POLICY
    assert "your rule “Night”" in proposal.summary
    early = replace(case("Are dogs allowed?"), at=datetime(2026, 6, 1, 10, tzinfo=UTC))
    proposal = await considered(ruled(early, night), Shelf(DOGS))
    assert proposal.verdict.decision is Decision.RESPOND


async def test_rules_come_before_the_owners_examples() -> None:
    resellers = rule("Resellers", Outcome.ESCALATE, keywords=("furniture",))
    asked = ruled(
        case("Buy our cheap furniture today"),
        resellers,
        ignore_examples=("Buy our cheap furniture today",),
    )
    proposal = await considered(asked, Shelf())
    assert proposal.verdict.matched_rule == "Resellers"
    assert proposal.verdict.decision is Decision.ESCALATE


async def test_a_rule_to_answer_answers_what_would_be_ignored() -> None:
    shelf = Shelf(entry("Thank you", "You are welcome, see you soon."))
    asked = case("Thank you!", threshold=0.1)
    assert (await considered(asked, shelf)).verdict.decision is Decision.IGNORE
    polite = rule("Polite", Outcome.AUTO_REPLY, sentiment=Sentiment.POSITIVE)
    proposal = await considered(ruled(asked, polite), shelf)
    assert proposal.verdict.matched_rule == "Polite"
    assert proposal.verdict.decision is not Decision.IGNORE
    assert shelf.questions == ["Thank you!"]


async def test_a_rule_to_answer_escalates_what_nothing_answers() -> None:
    polite = rule("Polite", Outcome.AUTO_REPLY, sentiment=Sentiment.POSITIVE)
    proposal = await considered(ruled(case("Thank you!"), polite), Shelf())
    assert proposal.verdict.decision is Decision.ESCALATE
    assert proposal.verdict.matched_rule == "Polite"


async def test_a_rule_to_answer_outweighs_an_example_to_ignore() -> None:
    dogs = rule("Dogs", Outcome.AUTO_REPLY, keywords=("dogs",))
    asked = ruled(case("Are dogs allowed?"), dogs, ignore_examples=("Are dogs allowed?",))
    proposal = await considered(asked, Shelf(DOGS))
    assert proposal.verdict.decision is Decision.RESPOND
    assert proposal.verdict.matched_rule == "Dogs"


async def test_a_rule_to_answer_does_not_keep_a_wish_for_a_person_from_a_person() -> None:
    everywhere = rule("All", Outcome.AUTO_REPLY, platforms=("whatsapp",))
    for said, why in (
        ("I want to talk to a human", EscalationReason.CUSTOMER_REQUEST),
        ("Your barista was disgusting about my dog", EscalationReason.POLICY),
    ):
        asked = replace(case(said), platform="whatsapp")
        proposal = await considered(ruled(asked, everywhere), Shelf(DOGS))
        assert proposal.verdict.decision is Decision.ESCALATE
        assert proposal.verdict.escalation_reason is why
        assert proposal.verdict.matched_rule == "All"


async def test_a_rule_to_answer_does_not_lower_the_owners_threshold() -> None:
    dogs = rule("Dogs", Outcome.AUTO_REPLY, keywords=("dogs",))
    plain, under_rule = case("Are dogs allowed?"), ruled(case("Are dogs allowed?"), dogs)
    one = (await considered(plain, Shelf(DOGS))).verdict
    other = (await considered(under_rule, Shelf(DOGS))).verdict
    assert (one.confidence, one.needs_review) == (other.confidence, other.needs_review)


async def test_a_picture_can_fall_under_a_rule_too() -> None:
    stories = rule("Stories", Outcome.IGNORE, platforms=("instagram",))
    sent = replace(wordless(MessageType.IMAGE), platform="instagram")
    proposal = await considered(ruled(sent, stories), Shelf())
    assert proposal.verdict.decision is Decision.IGNORE


async def test_a_sticker_under_a_rule_to_answer_goes_to_a_person() -> None:
    everywhere = rule("All", Outcome.AUTO_REPLY, platforms=("whatsapp",))
    sent = replace(wordless(MessageType.STICKER), platform="whatsapp")
    proposal = await considered(ruled(sent, everywhere), Shelf())
    assert proposal.verdict.decision is Decision.ESCALATE


async def test_the_snapshot_names_the_rule_and_what_held() -> None:
    vip = rule("VIP", Outcome.ESCALATE, labels=("vip",), languages=("en",))
    asked = replace(case("Are dogs allowed?"), labels=("VIP",))
    proposal = await considered(ruled(asked, vip), Shelf())
    assert json.loads(json.dumps(proposal.snapshot))["rule"] == {
        "id": str(vip.id),
        "name": "VIP",
        "outcome": "escalate",
        "because": ["en", "label “vip”"],
    }
