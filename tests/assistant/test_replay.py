"""A run again from its snapshot, with nothing there that it could ask."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from core.assistant import replay, saver
from core.assistant.graph import open_assistant
from core.assistant.state import Case, Rules
from core.domain.decision import Decision, Proposal
from core.domain.errors import Refused
from core.domain.knowledge import Passage
from core.domain.message import MessageType
from core.llm.base import Speaker, Turn
from tests.assistant.cases import (
    TENANT,
    LetterEmbedder,
    Shelf,
    case,
    chunk,
    entry,
    wordless,
)

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")
HOUSE = chunk("## Dogs\n\nDogs are welcome on a lead. Cats stay at home.", start=100)
INVENTED = replace(HOUSE, start_char=90)
SPAM = Rules(ignore_examples=("Buy our cheap furniture today",), version=9)

KINDS = {
    "ignored by an example": (case("buy our cheap furniture today!", rules=SPAM), DOGS),
    "a courtesy": (case("Merci beaucoup !"), DOGS),
    "an advertisement": (
        case("Earn $5000 a month with our crypto signals! Join https://win.example now"),
        DOGS,
    ),
    "answered by an entry": (case("Hello!", "Are dogs allowed?"), DOGS),
    "answered by a document": (case("Are dogs welcome?", threshold=0.3), HOUSE),
    "wants a person": (case("I want to speak to a human please"), DOGS),
    "a complaint": (case("Your barista was disgusting, I want a refund!!"), DOGS),
    "a file without words": (wordless(MessageType.IMAGE), DOGS),
    "a message nobody can read": (wordless(MessageType.UNSUPPORTED), DOGS),
    "unanswered": (case("Do you sell bicycles?"), None),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_decision_of_each_kind_comes_out_the_same(kind: str) -> None:
    asked, known = KINDS[kind]
    decided = await _considered(asked, *([known] if known else []))
    again = await replay.replay(_stored(decided))
    assert replace(again, snapshot={}) == replace(decided, snapshot={})


async def test_what_was_said_before_and_the_moment_are_part_of_it() -> None:
    asked = replace(
        case("ok", "dogs allowed"),
        history=(Turn(speaker=Speaker.ASSISTANT, text="Bonjour, que puis-je faire ?"),),
        platform="instagram",
        labels=("vip",),
        at=datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
    )
    decided = await _considered(asked, DOGS)
    told = replay.recorded_case(_stored(decided), TENANT)
    assert told == replace(asked, thread_id="replay")


async def test_the_stored_numbers_decide_and_not_those_of_another_embedder() -> None:
    decided = await _considered(case("Are dogs allowed?"), DOGS)
    snapshot = _stored(decided)
    snapshot["lookups"]["leaning"] = {"human": 0.9, "complaint": 0.0}
    again = await replay.replay(snapshot)
    assert again.verdict.decision is Decision.ESCALATE


async def test_a_snapshot_of_an_earlier_version_is_refused_in_plain_words() -> None:
    with pytest.raises(Refused, match="made by an earlier version"):
        await replay.replay({"model": "letters", "passages": []})


async def test_a_snapshot_of_a_later_version_is_refused_in_plain_words() -> None:
    with pytest.raises(Refused, match="made by a later version"):
        await replay.replay({"format": 99})


@pytest.mark.parametrize("gone", ["case", "passages", "lookups"])
async def test_a_damaged_snapshot_is_refused_in_plain_words(gone: str) -> None:
    snapshot = _stored(await _considered(case("Are dogs allowed?"), DOGS))
    snapshot[gone] = {"nonsense": 1} if gone == "case" else None
    with pytest.raises(Refused, match="its record is damaged"):
        await replay.replay(snapshot)


async def test_a_question_that_was_not_asked_then_is_not_made_up() -> None:
    snapshot = _stored(await _considered(case("Are dogs allowed?"), DOGS))
    del snapshot["lookups"]["leaning"]
    with pytest.raises(Refused, match="holds nothing about “leaning”"):
        await replay.replay(snapshot)


async def test_weighing_leaves_no_checkpoint_and_decides_the_same() -> None:
    checkpointer, asked = saver.in_memory(), case("Are dogs allowed?")
    async with open_assistant(
        retrieve=Shelf(DOGS), embedder=LetterEmbedder(), checkpointer=checkpointer
    ) as opened:
        weighed = await opened.weigh(asked)
        assert [one async for one in checkpointer.alist(None)] == []
        considered = await opened.consider(asked)
    assert replace(weighed, snapshot={}) == replace(considered, snapshot={})


def _stored(proposal: Proposal) -> dict[str, Any]:
    """Return the snapshot as a database gives it back."""
    kept: dict[str, Any] = json.loads(json.dumps(proposal.snapshot))
    return kept


async def _considered(asked: Case, *known: Passage) -> Proposal:
    async with open_assistant(
        retrieve=Shelf(*known), embedder=LetterEmbedder(), checkpointer=saver.in_memory()
    ) as opened:
        return await opened.consider(asked)
