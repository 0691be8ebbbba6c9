"""Decisions of every kind, made by the whole real path, kept, and made again."""

from dataclasses import dataclass, field, replace
from datetime import time
from uuid import uuid4

import pytest

from core.actions import configure, replay_decision
from core.actions.configure import RuleSet
from core.assistant import draft
from core.assistant.draft import Draft
from core.domain.decision import Decision
from core.domain.errors import NotFound, NotSetUp, Refused
from core.domain.ids import DecisionId
from core.domain.knowledge import Passage
from core.domain.message import MessageType
from core.domain.rule import Conditions, Hours, Outcome, TriageRule
from core.queries import decisions
from core.queries.conversation import detail
from tests.assistant.cases import chunk, entry
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.mind import Mind

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")
HOUSE = chunk("## Dogs\n\nDogs are welcome on a lead. Cats stay at home.", start=100)
OFFER = "We sell refurbished chairs to cafés"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a customer sends, and what it comes to."""

    said: tuple[str, ...]
    decision: Decision
    known: tuple[Passage, ...] = (DOGS,)
    types: tuple[MessageType, ...] = field(default=())


KINDS = {
    "ignored by an example": Kind(said=(OFFER,), decision=Decision.IGNORE),
    "a courtesy": Kind(said=("Merci beaucoup !",), decision=Decision.IGNORE),
    "an advertisement": Kind(
        said=("Earn $5000 a month with our crypto signals! Join https://win.example now",),
        decision=Decision.IGNORE,
    ),
    "answered by an entry": Kind(
        said=("Hello!", "Are dogs allowed?"), decision=Decision.RESPOND
    ),
    "answered by a document": Kind(
        said=("Are dogs welcome on a lead?",), decision=Decision.RESPOND, known=(HOUSE,)
    ),
    "unanswered": Kind(
        said=("Do you sell bicycles?",), decision=Decision.ESCALATE, known=()
    ),
    "wants a person": Kind(
        said=("I want to speak to a human please",), decision=Decision.ESCALATE
    ),
    "a complaint": Kind(
        said=("Your barista was disgusting, I want a refund!!",), decision=Decision.ESCALATE
    ),
    "a file without words": Kind(
        said=("",), decision=Decision.ESCALATE, types=(MessageType.IMAGE,)
    ),
}


@pytest.mark.parametrize("name", KINDS)
async def test_a_decision_of_each_kind_replays_to_the_same(name: str, mind: Mind) -> None:
    kind = KINDS[name]
    mind.shelf.passages = list(kind.known)
    await _ignoring(mind, OFFER)
    decision = await mind.decides(*kind.said, types=kind.types)
    found = await replay_decision.replay(mind.owner, decision)
    assert found.stored.decision is kind.decision
    assert found.again == found.stored == found.today
    assert (found.same, found.differences) == (True, ())


@pytest.mark.parametrize("outcome", Outcome)
async def test_a_decision_by_a_rule_with_conditions_replays_whatever_the_rules_are_now(
    outcome: Outcome, mind: Mind
) -> None:
    mind.shelf.passages = [DOGS]
    rule = TriageRule(
        id=uuid4(),
        name="Dogs by day",
        conditions=Conditions(
            platforms=("whatsapp",),
            keywords=("dogs",),
            hours=Hours(start=time(0), end=time(0), zone="Europe/Paris"),
        ),
        outcome=outcome,
    )
    await configure.set_rules(
        mind.owner, RuleSet(instructions="", ignore_examples=(), triage_rules=(rule,))
    )
    decision = await mind.decides("Are dogs allowed?")
    await configure.set_rules(
        mind.owner, RuleSet(instructions="", ignore_examples=(), triage_rules=())
    )
    found = await replay_decision.replay(mind.owner, decision)
    assert found.same
    assert (await decisions.one(mind.owner, decision)).row.matched_rule == "Dogs by day"
    assert (found.stored == found.today) is (outcome is Outcome.AUTO_REPLY)


async def test_a_reply_that_the_guard_held_back_is_held_back_again(
    mind: Mind, monkeypatch: pytest.MonkeyPatch
) -> None:
    def boastful(*asked: object) -> Draft:
        written = plain(*asked)  # type: ignore[arg-type]
        return replace(written, reply=f"{written.reply} It costs 5 €.")

    plain = draft.write
    monkeypatch.setattr(draft, "write", boastful)
    mind.shelf.passages = [DOGS]
    decision = await mind.decides("Are dogs allowed?")
    found = await replay_decision.replay(mind.owner, decision)
    assert found.stored.reason.startswith("The reply was held back.")
    assert found.same


async def test_whatever_has_changed_since_the_recorded_inputs_decide_again(
    mind: Mind,
) -> None:
    mind.shelf.passages = [DOGS]
    decision = await mind.decides("Are dogs allowed?")
    mind.shelf.passages = []
    await _ignoring(mind, "Are dogs allowed?")
    mind.arrange.run("update conversation_messages set text = null, deleted_at = now()")
    mind.arrange.run("update customers set name = 'Somebody else'")
    found = await replay_decision.replay(mind.owner, decision)
    assert found.same
    assert found.again.reply == "Hi Nora,\nYes, on a lead."
    assert found.today.decision is Decision.IGNORE
    assert "The decision: respond then, ignore today." in found.differences
    assert any("version of the rules" in one for one in found.differences)


async def test_todays_knowledge_answers_what_was_unknown_then(mind: Mind) -> None:
    decision = await mind.decides("Are dogs allowed?")
    mind.shelf.passages = [DOGS]
    found = await replay_decision.replay(mind.owner, decision)
    assert (found.stored.reply, found.again.reply) == (None, None)
    assert found.today.reply == "Hi Nora,\nYes, on a lead."
    assert "The nearest passage: none then, “Are dogs allowed?” today." in found.differences


async def test_a_changed_assistant_is_told_from_a_changed_world(
    mind: Mind, monkeypatch: pytest.MonkeyPatch
) -> None:
    mind.shelf.passages = [DOGS]
    decision = await mind.decides("Are dogs allowed?")
    monkeypatch.setattr(draft, "greeting", lambda _language, _name: "Woof!\n")
    found = await replay_decision.replay(mind.owner, decision)
    assert not found.same
    assert "the assistant has changed" in found.differences[0]


async def test_a_decision_of_an_earlier_version_says_that_it_cannot_be_replayed(
    mind: Mind,
) -> None:
    conversation = mind.arrange.conversation()
    decision = DecisionId(
        mind.arrange.value(
            "insert into ai_decisions (user_id, conversation_id, decision, confidence,"
            " reason, snapshot_json) values (%(tenant)s, %(conversation)s, 'ignore', 0.9,"
            """ 'old', '{"model": "letters", "passages": []}') returning id""",
            conversation=conversation,
        )
    )
    with pytest.raises(Refused, match="made by an earlier version"):
        await replay_decision.replay(mind.owner, decision)


async def test_rules_that_are_gone_are_said_to_be(mind: Mind) -> None:
    decision = await mind.decides("Are dogs allowed?")
    mind.arrange.run("delete from decision_rules")
    with pytest.raises(Refused, match="the rules it was made under are gone"):
        await replay_decision.replay(mind.owner, decision)


async def test_another_inboxs_decision_cannot_be_replayed(
    mind: Mind, kit_of: KitOf
) -> None:
    decision = await mind.decides("Are dogs allowed?")
    stranger = replace(await kit_of("stranger"), assistant=mind.owner.assistant)
    with pytest.raises(NotFound, match="not in this inbox"):
        await replay_decision.replay(stranger, decision)


async def test_a_process_without_the_assistant_says_so(mind: Mind, kit_of: KitOf) -> None:
    decision = await mind.decides("Are dogs allowed?")
    with pytest.raises(NotSetUp, match="runs without the assistant"):
        await replay_decision.replay(await kit_of("admin"), decision)


async def test_the_same_rules_are_kept_once(mind: Mind, arrange: Arrange) -> None:
    mind.shelf.passages = [DOGS]
    first = await mind.decides("Are dogs allowed?")
    await mind.decides("Merci !", name="Max")
    assert arrange.value("select count(*) from decision_rules") == 1
    assert "rules" not in (await decisions.one(mind.owner, first)).snapshot["case"]
    await _ignoring(mind, OFFER)
    await mind.decides("Merci !", name="Zoé")
    assert arrange.value("select count(*) from decision_rules") == 2


async def test_a_snapshot_has_what_it_cost_and_how_long_it_took(mind: Mind) -> None:
    snapshot = (
        await decisions.one(mind.owner, await mind.decides("Are dogs allowed?"))
    ).snapshot
    assert snapshot["cost_credits"] == 1
    assert snapshot["duration_ms"] >= 0
    assert set(snapshot["timings_ms"]) >= {"gather", "rules", "triage", "verdict"}


async def _ignoring(mind: Mind, example: str) -> None:
    await configure.set_rules(
        mind.owner, RuleSet(instructions="", ignore_examples=(example,))
    )


async def test_a_replay_leaves_the_conversation_as_it_is(mind: Mind) -> None:
    conversation = mind.arrange.conversation(unread_count=1)
    decision = await mind.decides("Do you sell bicycles?", conversation=conversation)
    before = await detail(mind.owner, conversation)
    await replay_decision.replay(mind.owner, decision)
    assert await detail(mind.owner, conversation) == before
