"""Rules tried on real messages: what they change, and that they change nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from psycopg.sql import SQL, Identifier
from typing_extensions import override

from core.actions import configure, rehearse
from core.actions.configure import RuleSet
from core.actions.rehearse import Progress, Trial
from core.assistant import saver
from core.assistant.graph import open_assistant
from core.assistant.state import Case
from core.domain.decision import Decision, Proposal
from core.domain.errors import BudgetSpent, ModelDown, NotSetUp, Refused
from core.domain.message import MessageType
from core.domain.rule import Conditions, Hours, Outcome, TriageRule
from core.kit import Kit
from core.store.tenancy import CHECKPOINT_TABLES, TABLES
from tests.assistant import dogs
from tests.assistant.cases import LetterEmbedder, entry
from tests.doubles.scripted_assistant import ScriptedAssistant, silence
from tests.doubles.scripted_model import ScriptedModel, opinion
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.mind import Mind

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")
OFFER = "We sell refurbished chairs to cafés"
SAME = RuleSet(instructions="", ignore_examples=())
AGAINST_OFFERS = RuleSet(instructions="", ignore_examples=(OFFER,))


async def test_only_what_the_new_rules_change_is_shown_with_before_and_after(
    mind: Mind,
) -> None:
    offer = await mind.decides(OFFER, name="Max")
    mind.shelf.passages = [DOGS]
    await mind.decides("Are dogs allowed?")
    await mind.decides("Merci !")
    found = await rehearse.rehearse(mind.owner, AGAINST_OFFERS, days=7)
    assert found.messages == 3
    (change,) = found.changes
    assert (change.decision_id, change.customer, change.text) == (offer, "Max", OFFER)
    assert change.before.decision is Decision.ESCALATE
    assert change.after.decision is Decision.IGNORE
    assert change.after.reason == "Says the same as an example to ignore."


async def test_the_same_rules_and_knowledge_change_nothing(mind: Mind) -> None:
    mind.shelf.passages = [DOGS]
    for text in ("Are dogs allowed?", "Merci !", "Do you sell bicycles?", OFFER):
        await mind.decides("Hello!", text)
    await mind.decides("", types=(MessageType.IMAGE,))
    found = await rehearse.rehearse(mind.owner, SAME, days=7)
    assert (found.messages, found.changes) == (5, ())


async def test_todays_knowledge_answers_with_the_reply_it_would_send(mind: Mind) -> None:
    await mind.decides("Are dogs allowed?")
    mind.shelf.passages = [DOGS]
    (change,) = (await rehearse.rehearse(mind.owner, SAME, days=7)).changes
    assert change.before.reply is None
    assert change.after.reply == "Hi Nora,\nYes, on a lead."


async def test_a_burst_is_one_message_and_what_was_said_before_still_counts(
    mind: Mind,
) -> None:
    mind.shelf.passages = [DOGS]
    conversation = mind.arrange.conversation(unread_count=1)
    mind.arrange.owed(conversation, "Bonjour !")
    mind.arrange.run(
        "update conversation_messages set platform_at = now() - interval '1 hour',"
        " created_at = now() - interval '1 hour'"
    )
    await mind.decides("dogs", "are they allowed?", conversation=conversation)
    seen: list[Case] = []
    found = await rehearse.rehearse(_watching(mind, seen), SAME, days=7)
    assert found.messages == 1
    (case,) = seen
    assert case.fragments == ("dogs", "are they allowed?")
    assert [turn.text for turn in case.history] == ["Bonjour !"]
    assert (case.customer_name, case.platform) == ("Nora", "whatsapp")


async def test_messages_that_were_unsent_are_left_alone(mind: Mind) -> None:
    await mind.decides(OFFER)
    mind.arrange.run("update conversation_messages set text = null, deleted_at = now()")
    found = await rehearse.rehearse(mind.owner, AGAINST_OFFERS, days=7)
    assert (found.messages, found.changes) == (0, ())


async def test_older_messages_and_other_inboxes_are_left_alone(
    mind: Mind, kit_of: KitOf
) -> None:
    await mind.decides(OFFER)
    stranger = replace(await kit_of("stranger"), assistant=mind.owner.assistant)
    assert (await rehearse.rehearse(stranger, AGAINST_OFFERS, days=7)).messages == 0
    mind.arrange.run("update ai_decisions set created_at = now() - interval '8 days'")
    assert (await rehearse.rehearse(mind.owner, AGAINST_OFFERS, days=7)).messages == 0
    assert (await rehearse.rehearse(mind.owner, AGAINST_OFFERS, days=9)).messages == 1


async def test_pages_join_without_a_gap_and_progress_is_told(
    mind: Mind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearse, "PAGE", 2)
    decided = [await mind.decides(OFFER, name=f"N{at}") for at in range(5)]
    told: list[Progress] = []
    found = await rehearse.rehearse(
        mind.owner, AGAINST_OFFERS, days=7, progress=told.append
    )
    assert [change.decision_id for change in found.changes] == decided[::-1]
    assert told == [Progress(done=at, total=5) for at in range(1, 6)]


async def test_a_rehearsal_writes_nothing(mind: Mind) -> None:
    mind.shelf.passages = [DOGS]
    for text in ("Are dogs allowed?", OFFER, "Merci !"):
        await mind.decides(text)
    before = _everything(mind.arrange)
    found = await rehearse.rehearse(mind.owner, AGAINST_OFFERS, days=7)
    assert found.changes
    assert _everything(mind.arrange) == before


async def test_a_rehearsal_cut_short_ends_at_once_and_leaves_nothing(mind: Mind) -> None:
    for at in range(8):
        await mind.decides(OFFER, name=f"N{at}")
    before = _everything(mind.arrange)
    stuck = _Stuck()
    kit = replace(mind.owner, assistant=stuck)
    running = asyncio.create_task(rehearse.rehearse(kit, AGAINST_OFFERS, days=7))
    await stuck.thinking.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)
    assert stuck.under_way == 0
    assert _everything(mind.arrange) == before


async def test_a_model_that_is_away_ends_it_with_its_reason(mind: Mind) -> None:
    await mind.decides(OFFER)
    await mind.decides(OFFER)

    def away(_case: Case) -> Proposal:
        raise ModelDown("The model is away.")

    kit = replace(mind.owner, assistant=ScriptedAssistant(propose=away))
    with pytest.raises(ModelDown, match="The model is away"):
        await rehearse.rehearse(kit, SAME, days=7)


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(dogs.a_model(), id="writes"),
        pytest.param(dogs.a_model(sorting=opinion(decision="escalate")), id="hands over"),
        pytest.param(ScriptedModel("no form at all"), id="says nothing usable"),
        pytest.param(ScriptedModel(BudgetSpent("It is spent.")), id="is paid no longer"),
    ],
)
async def test_a_language_model_is_taken_at_its_word_and_not_asked_again(
    mind: Mind, model: ScriptedModel
) -> None:
    mind.shelf.passages = [dogs.DOGS]
    await mind.decides("Are dogs allowed?", name="Asked without a model")
    async with open_assistant(
        retrieve=mind.shelf,
        embedder=LetterEmbedder(),
        checkpointer=saver.in_memory(),
        model=model,
    ) as assistant:
        modelled = replace(
            mind,
            companion=replace(mind.companion, assistant=assistant),
            owner=replace(mind.owner, assistant=assistant),
        )
        await modelled.decides("Are dogs allowed?")
        asked = len(model.calls)
        assert asked > 0
        found = await rehearse.rehearse(modelled.owner, SAME, days=7)
        assert (found.messages, found.changes) == (2, ())
        assert len(model.calls) == asked

        strict = RuleSet(instructions="", ignore_examples=("Are dogs allowed?",))
        found = await rehearse.rehearse(modelled.owner, strict, days=7)
        assert {one.after.decision for one in found.changes} == {Decision.IGNORE}
        assert len(model.calls) == asked


@pytest.mark.parametrize("days", [0, -1, 367])
async def test_days_that_make_no_sense_are_refused(kit_of: KitOf, days: int) -> None:
    with pytest.raises(Refused, match="1 to 366 days"):
        await rehearse.rehearse(await kit_of("owner"), SAME, days=days)


async def test_rules_that_make_no_sense_are_refused_before_anything_is_read(
    mind: Mind,
) -> None:
    wrong = RuleSet(instructions="", ignore_examples=(), threshold=7.0)
    with pytest.raises(Refused, match="between 0 and 1"):
        await rehearse.rehearse(mind.owner, wrong, days=7)
    with pytest.raises(Refused, match="between 0 and 1"):
        await rehearse.try_message(mind.owner, Trial(fragments=("Hi",)), wrong)


async def test_a_rule_with_conditions_is_held_against_what_was_then(mind: Mind) -> None:
    await mind.decides("Do you sell bicycles?")
    mind.arrange.run(
        "update conversation_messages set platform_at = '2026-01-05 10:00Z'"  # a Monday
    )
    rule = TriageRule(
        id=uuid4(),
        name="Mondays",
        conditions=Conditions(hours=Hours(start=time(9), end=time(12), days=(0,))),
        outcome=Outcome.IGNORE,
    )
    form = RuleSet(instructions="", ignore_examples=(), triage_rules=(rule,))
    (change,) = (await rehearse.rehearse(mind.owner, form, days=7)).changes
    assert change.after.decision is Decision.IGNORE
    assert change.after.reason.startswith("Your rule “Mondays” applies")


async def test_a_process_without_the_assistant_says_so(kit_of: KitOf) -> None:
    with pytest.raises(NotSetUp, match="runs without the assistant"):
        await rehearse.rehearse(await kit_of("owner"), SAME, days=7)


async def test_a_message_can_be_tried_under_rules_that_are_not_saved(mind: Mind) -> None:
    trial = Trial(fragments=(OFFER,))
    assert (await rehearse.try_message(mind.owner, trial)).proposal.verdict.decision is (
        Decision.ESCALATE
    )
    tried = await rehearse.try_message(mind.owner, trial, AGAINST_OFFERS)
    assert tried.proposal.verdict.decision is Decision.IGNORE
    await configure.set_rules(mind.owner, AGAINST_OFFERS)
    tried = await rehearse.try_message(mind.owner, trial, SAME)
    assert tried.proposal.verdict.decision is Decision.ESCALATE


class _Stuck(ScriptedAssistant):
    """Thinks for ever, and counts how many thoughts are under way."""

    under_way = 0

    @override
    async def weigh(self, case: Case) -> Proposal:
        self.cases.append(case)
        self.under_way += 1
        self.thinking.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.under_way -= 1
        return silence()


def _watching(mind: Mind, seen: list[Case]) -> Kit:
    def noted(case: Case) -> Proposal:
        seen.append(case)
        return silence()

    return replace(mind.owner, assistant=ScriptedAssistant(propose=noted))


def _everything(arrange: Arrange) -> dict[str, Sequence[object]]:
    """Return how many rows each table has, and when one of them was last written."""
    tables = [*TABLES, *CHECKPOINT_TABLES]
    counts: dict[str, Sequence[object]] = {}
    for table in tables:
        query = SQL(
            "select count(*), coalesce(sum(hashtext(t::text)::bigint), 0) from {} t"
        ).format(Identifier(table))
        found = arrange.line.execute(query).fetchone()
        assert found is not None
        counts[table] = found
    return counts
