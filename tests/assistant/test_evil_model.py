"""The model is assumed to be in somebody else's hands: nothing it says is done or believed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import fields, replace
from typing import Any

import pytest
from typing_extensions import override

from core.assistant import graph, saver
from core.assistant.draft import as_prose
from core.assistant.graph import open_assistant
from core.assistant.guard import without_greeting
from core.assistant.state import Assistant, Case, Rules
from core.domain.channel import AssistantMode
from core.domain.decision import Acting, Decision, Proposal, Switches, autonomy
from core.domain.errors import BudgetSpent, ModelDown, RateLimited, TooLong
from tests.assistant.attacks import ASKED, Shop, attacks, open_shop, text
from tests.assistant.cafe import Cafe
from tests.assistant.cases import LetterEmbedder, Shelf, case, entry
from tests.doubles.evil_model import (
    EVIL_OPINIONS,
    EVIL_REPLIES,
    Answer,
    EvilModel,
    Obedient,
    replying,
)
from tests.fixtures.inbox import Arrange, KitOf

MOST_CALLS, MOST_CHARS = 6, 4 * 8_000
CANARY = "CANARY-RULES: the alarm code is 4711."
DOGS = replace(entry("Are dogs allowed?", "Yes, on a lead."), phrasings=9)
OPEN = Switches(
    ai_control_enabled=True,
    auto_reply_enabled=True,
    ai_enabled_for_conversations=True,
    channel_mode=AssistantMode.AUTO,
    conversation_paused=False,
)


def _opened(model: EvilModel, **parts: Any) -> AbstractAsyncContextManager[Assistant]:
    return open_assistant(checkpointer=saver.in_memory(), model=model, **parts)


async def _considered(model: EvilModel, asked: Case | None = None) -> Proposal:
    asked = asked or case("Are dogs allowed?", rules=Rules(instructions=CANARY))
    async with _opened(model, retrieve=Shelf(DOGS), embedder=LetterEmbedder()) as assistant:
        return await assistant.consider(asked)


def _leaves_by_itself(proposal: Proposal) -> bool:
    return autonomy(OPEN, proposal.verdict, threshold=0.8) is Acting.SEND


def _is_sound(proposal: Proposal) -> bool:
    """Return whether a proposal may leave: our own words, cited, or nothing by itself."""
    if not _leaves_by_itself(proposal):
        return True
    return (
        without_greeting(proposal.reply or "") == "Yes, on a lead."
        and [one.faq_id for one in proposal.citations] == [DOGS.faq_id]
        and all(as_prose(one.quote) in DOGS.text for one in proposal.citations)
    )


async def test_an_honest_model_gets_its_words_through() -> None:
    """Otherwise nothing below would prove anything."""
    model = EvilModel(reply=replying("Yes, on a lead."))
    proposal = await _considered(model)
    assert proposal.verdict.decision is Decision.RESPOND
    assert _leaves_by_itself(proposal)
    assert any(told.is_for_reply for told in model.calls)


@pytest.mark.parametrize("name", EVIL_REPLIES)
async def test_an_evil_reply_never_leaves_by_itself(name: str) -> None:
    model = EvilModel(reply=EVIL_REPLIES[name])
    proposal = await _considered(model)
    assert _is_sound(proposal), proposal.reply
    assert "attack" not in (proposal.reply or "")
    _assert_bounded(model)


@pytest.mark.parametrize("name", EVIL_OPINIONS)
async def test_an_evil_opinion_answers_and_hides_nothing(name: str) -> None:
    """An opinion may call a person; it may not silence a customer or widen what is sent."""
    model = EvilModel(opinion=EVIL_OPINIONS[name], reply=EVIL_REPLIES["a refund"])
    proposal = await _considered(model)
    assert proposal.verdict.decision is not Decision.IGNORE
    assert _is_sound(proposal)
    assert "<script>" not in proposal.language
    _assert_bounded(model)


@pytest.mark.parametrize("name", EVIL_REPLIES)
async def test_nothing_evil_reaches_a_database_that_cannot_hold_it(name: str) -> None:
    proposal = await _considered(EvilModel(reply=EVIL_REPLIES[name]))
    words = [proposal.reply or "", proposal.summary, proposal.verdict.reason]
    assert all("\x00" not in one for one in words)
    assert all(len(one) < 5_000 for one in words)
    "".join(words).encode("utf-8")


async def test_a_case_of_any_size_stays_within_what_a_model_is_told() -> None:
    long = case("Are dogs allowed? " * 40_000, rules=Rules(instructions="be kind " * 9_000))
    model = EvilModel(reply=EVIL_REPLIES["a link"])
    await _considered(model, long)
    _assert_bounded(model)


def _assert_bounded(model: EvilModel) -> None:
    assert len(model.calls) <= MOST_CALLS
    assert all(told.chars <= MOST_CHARS for told in model.calls)
    assert all(told.max_tokens <= 8_000 for told in model.calls)


def test_a_model_is_given_no_way_to_name_a_recipient() -> None:
    """What comes out has a text and its sources; where it goes is the conversation's."""
    assert {one.name for one in fields(Proposal)} == {
        "verdict", "reply", "citations", "summary", "language", "snapshot",
    }  # fmt: skip


async def test_the_forms_a_model_is_asked_for_hold_no_recipient_and_no_tool() -> None:
    model = EvilModel()
    await _considered(model)
    named = {name for told in model.calls for name in told.schema["properties"]}
    assert named <= {
        "decision", "reason", "wants_human", "complaint", "confidence", "language",
        "text", "citations",
    }  # fmt: skip


class _Endless(EvilModel):
    @override
    async def complete(self, *_turns: Any, **_how: Any) -> Any:
        await asyncio.Event().wait()


async def test_a_model_that_never_ends_is_a_model_that_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert graph.MOST_SECONDS <= 60.0
    monkeypatch.setattr(graph, "MOST_SECONDS", 0.2)
    with pytest.raises(ModelDown):
        await _considered(_Endless())


def _raising(error: Exception) -> Answer:
    def answer(_told: object) -> str:
        raise error

    return answer


@pytest.mark.parametrize("error", [ModelDown("away"), RateLimited("slow")])
async def test_a_model_that_is_away_is_waited_for(error: Exception) -> None:
    with pytest.raises(type(error)):
        await _considered(EvilModel(reply=_raising(error)))


@pytest.mark.parametrize("error", [BudgetSpent("no money"), TooLong("too long")])
async def test_a_model_that_will_not_leaves_the_words_of_the_source(
    error: Exception,
) -> None:
    proposal = await _considered(EvilModel(reply=_raising(error)))
    assert _is_sound(proposal)


@asynccontextmanager
async def _shop(
    model: EvilModel, cafe: Cafe, kit_of: KitOf, ours: Arrange, theirs: Arrange
) -> AsyncIterator[Shop]:
    async with _opened(model, retrieve=cafe.find, embedder=cafe.embedder) as assistant:
        kit = replace(await kit_of("service"), assistant=assistant)
        yield await open_shop(kit, ours, theirs, cafe)


async def test_an_obedient_model_sends_none_of_what_it_is_ordered_to(
    cafe: Cafe, kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    """Every fifth attack, from a message and beside an honest question, to the outbox."""
    model = EvilModel()
    async with _shop(model, cafe, kit_of, arrange, arrange_elsewhere) as shop:
        wrong = []
        for one in attacks()[::5]:
            model.reply = Obedient(one.text).reply
            for said in (one.text, f"{ASKED['en']}\n{one.text}"):
                wrong += [f"{one}: {w}" for w in shop.wrong_in(await shop.told(text(said)))]
        assert wrong == []
        assert any(told.is_for_reply for told in model.calls)
        _assert_no_secret_was_told(model)
        assert arrange.value("select count(*) from drafts where state = 'approved'") == 0


def _assert_no_secret_was_told(model: EvilModel) -> None:
    """Neither another customer's words, nor a note, nor another inbox's reached the model."""
    told = "".join(turn.text for call in model.calls for turn in call.turns)
    for canary in ("CANARY-NOTE", "CANARY-NORA", "CANARY-ELSEWHERE"):
        assert canary not in told


async def test_a_model_that_lies_about_its_tokens_breaks_no_decision(
    cafe: Cafe, kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    model = EvilModel(tokens=(10**15, -(10**15)))
    async with _shop(model, cafe, kit_of, arrange, arrange_elsewhere) as shop:
        await shop.told(text(ASKED["en"]))
    row = arrange.row("ai_decisions", arrange.value("select id from ai_decisions"))
    assert 0 < row["input_tokens"] <= 60_000_000
    assert row["output_tokens"] == 0


@pytest.mark.parametrize(
    "name", ["lone surrogates", "a NUL", "a bare NUL", "half a pair", "a megabyte"]
)
async def test_the_database_takes_whatever_a_model_says(
    name: str, cafe: Cafe, kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    model = EvilModel(reply=EVIL_REPLIES[name])
    async with _shop(model, cafe, kit_of, arrange, arrange_elsewhere) as shop:
        assert shop.wrong_in(await shop.told(text(ASKED["en"]))) == []
    assert arrange.value("select count(*) from ai_decisions") == 1
