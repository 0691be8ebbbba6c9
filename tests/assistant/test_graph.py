"""The graph from outside: what it proposes, what it keeps, and how it takes interruptions."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from langgraph.checkpoint.base import BaseCheckpointSaver
from typing_extensions import override

from core.assistant import cleaning, graph, saver
from core.assistant.graph import open_assistant
from core.assistant.state import Case, Rules
from core.domain.decision import Decision, EscalationReason, Proposal
from core.domain.errors import ModelDown
from core.domain.ids import TenantId
from core.domain.knowledge import Passage
from core.domain.message import MessageType
from core.llm.base import Embedder, Speaker, Turn
from tests.assistant.cases import LetterEmbedder, Shelf, case, chunk, entry, wordless

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")


async def test_a_known_question_is_answered_with_a_citation() -> None:
    proposal = await _considered(case("Hello!", "Are dogs allowed?"), Shelf(DOGS))
    assert proposal.verdict.decision is Decision.RESPOND
    assert proposal.reply == "Hi Léa,\nYes, on a lead."
    assert [one.faq_id for one in proposal.citations] == [DOGS.faq_id]


async def test_a_burst_is_looked_up_as_one_question_without_its_courtesies() -> None:
    shelf = Shelf(DOGS)
    await _considered(
        case("hi there", "I have a small dog", "is it allowed?", "thanks"), shelf
    )
    assert shelf.questions == ["I have a small dog\nis it allowed?"]


async def test_only_the_tenants_own_knowledge_is_asked() -> None:
    asked, shelf = case("Are dogs allowed?"), Shelf(DOGS)
    await _considered(asked, shelf)
    assert shelf.asked_for == [(asked.tenant, "en")]


async def test_a_customer_is_greeted_once_per_conversation() -> None:
    met = replace(
        case("Are dogs allowed?"), history=(Turn(speaker=Speaker.ASSISTANT, text="Hello"),)
    )
    proposal = await _considered(met, Shelf(DOGS))
    assert proposal.reply == "Yes, on a lead."


async def test_a_question_nobody_wrote_about_goes_to_a_person_with_a_note() -> None:
    proposal = await _considered(case("Do you sell bicycles?"), Shelf())
    assert proposal.verdict.escalation_reason is EscalationReason.MISSING_KNOWLEDGE
    assert "Do you sell bicycles?" in proposal.summary


async def test_the_note_is_in_the_customers_language() -> None:
    proposal = await _considered(case("Est-ce que vous vendez des vélos ?"), Shelf())
    assert proposal.language == "fr"
    assert proposal.summary.startswith("Demande : « Est-ce que vous vendez des vélos ? »")


async def test_a_passage_in_another_language_is_not_sent_by_itself() -> None:
    foreign = entry("Les chiens sont-ils acceptés ?", "Oui, en laisse.", "fr")
    proposal = await _considered(case("Are dogs allowed in your place?"), Shelf(foreign))
    assert proposal.verdict.decision is Decision.ESCALATE


async def test_a_picture_without_words_is_for_a_persons_eyes() -> None:
    proposal = await _considered(wordless(MessageType.IMAGE), Shelf(DOGS))
    assert proposal.verdict.decision is Decision.ESCALATE
    assert proposal.verdict.escalation_reason is EscalationReason.POLICY


async def test_a_message_this_app_cannot_show_is_for_a_person() -> None:
    proposal = await _considered(wordless(MessageType.UNSUPPORTED), Shelf(DOGS))
    assert proposal.verdict.decision is Decision.ESCALATE


async def test_a_picture_with_a_question_is_answered() -> None:
    asked = replace(case("Are dogs allowed?"), message_types=(MessageType.IMAGE,))
    proposal = await _considered(asked, Shelf(DOGS))
    assert proposal.verdict.decision is Decision.RESPOND


async def test_a_complaint_beats_an_answer_that_is_at_hand() -> None:
    shelf = Shelf(DOGS)
    proposal = await _considered(
        case("Are dogs allowed? Your barista was disgusting about mine"), shelf
    )
    assert proposal.verdict.decision is Decision.ESCALATE
    assert shelf.questions == []


async def test_an_example_of_the_owner_is_named_when_it_applies() -> None:
    rules = Rules(ignore_examples=("Buy our cheap furniture today",), version=9)
    proposal = await _considered(
        case("buy our cheap furniture today!", rules=rules), Shelf()
    )
    assert proposal.verdict.decision is Decision.IGNORE
    assert proposal.verdict.matched_rule == "Buy our cheap furniture today"
    assert proposal.snapshot["rules_version"] == 9


async def test_the_snapshot_holds_what_a_replay_needs_as_json() -> None:
    proposal = await _considered(case("Are dogs allowed?"), Shelf(DOGS))
    kept = json.loads(json.dumps(proposal.snapshot))
    assert kept["model"] == "letters"
    assert kept["rules_version"] == 3
    assert kept["passages"][0]["faq_id"] == str(DOGS.faq_id)
    assert kept["passages"][0]["cosine"] == DOGS.cosine
    assert kept["weights"]
    assert set(kept["evidence"]) > {"cosine", "found", "margin"}
    assert set(kept["timings_ms"]) == {
        "gather", "rules", "triage", "retrieve", "draft", "guard", "verdict",
    }  # fmt: skip


async def test_more_than_a_model_may_read_is_cut_and_the_cut_is_noted() -> None:
    proposal = await _considered(case("Are dogs allowed? " * 4_000), Shelf(DOGS))
    assert proposal.snapshot["reading"]["is_cut"] is True
    assert len(proposal.snapshot["reading"]["said"]) <= cleaning.MOST_CHARS


async def test_a_quote_of_a_document_says_where_it_stands() -> None:
    text = "## Dogs\n\nDogs are welcome on a lead. Cats stay at home."
    shelf = Shelf(chunk(text, title="House rules", start=100))
    proposal = await _considered(case("Are dogs welcome?", threshold=0.3), shelf)
    (citation,) = proposal.citations
    assert citation.start_char is not None
    assert text[citation.start_char - 100 :].startswith(citation.quote)


async def test_a_run_that_was_cut_short_goes_on_where_it_stopped() -> None:
    checkpointer, asked = saver.in_memory(), case("Are dogs allowed?")
    broken = _Broken(DOGS)
    with pytest.raises(ModelDown):
        await _considered(asked, broken, checkpointer=checkpointer)
    proposal = await _considered(asked, broken, checkpointer=checkpointer)
    assert proposal.reply == "Hi Léa,\nYes, on a lead."
    assert broken.questions == ["Are dogs allowed?"] * 2


async def test_a_finished_run_may_run_again_and_says_the_same() -> None:
    checkpointer, asked = saver.in_memory(), case("Are dogs allowed?")
    first = await _considered(asked, Shelf(DOGS), checkpointer=checkpointer)
    again = await _considered(asked, Shelf(DOGS), checkpointer=checkpointer)
    assert (first.verdict, first.reply) == (again.verdict, again.reply)


async def test_a_model_that_takes_too_long_is_a_model_that_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(graph, "MOST_SECONDS", 0.0)
    with pytest.raises(ModelDown, match="too long"):
        await _considered(case("Are dogs allowed?"), Shelf(DOGS))


async def test_an_embedder_that_is_down_is_told_as_such() -> None:
    with pytest.raises(ModelDown):
        await _considered(case("Are dogs allowed?"), Shelf(DOGS), embedder=_Silent())


class _Broken(Shelf):
    """Fails at the first question, as a database that restarts does."""

    @override
    async def __call__(
        self, tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        found = await super().__call__(tenant, query, lang, k)
        if len(self.questions) == 1:
            raise ModelDown("The knowledge base is away.")
        return found


class _Silent(LetterEmbedder):
    @override
    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        raise ModelDown(f"No vectors for {len(texts)} texts.")


async def _considered(
    asked: Case,
    shelf: Shelf,
    *,
    embedder: Embedder | None = None,
    checkpointer: BaseCheckpointSaver[str] | None = None,
) -> Proposal:
    async with open_assistant(
        retrieve=shelf,
        embedder=embedder or LetterEmbedder(),
        checkpointer=checkpointer or saver.in_memory(),
    ) as assistant:
        return await assistant.consider(asked)


async def test_an_entry_known_in_few_ways_is_only_suggested() -> None:
    asked = case("Are dogs allowed?")
    thin = await _considered(asked, Shelf(replace(DOGS, phrasings=2)))
    known = await _considered(asked, Shelf(replace(DOGS, phrasings=5)))
    assert (thin.verdict.needs_review, known.verdict.needs_review) == (True, False)
    assert (
        thin.verdict.reason
        == f"{known.verdict.reason} The entry knows too few ways to ask."
    )


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("Where is my parcel?", "A parcel leaves within two days."),
        ("Do you sell helmets?", "Helmets are included."),
    ],
)
async def test_a_page_that_only_mentions_what_is_wanted_is_looked_at(
    asked: str, page: str
) -> None:
    mentions = await _considered(case(asked, threshold=0.0), Shelf(chunk(page)))
    entered = await _considered(
        case(asked, threshold=0.0), Shelf(replace(entry(asked, page), phrasings=5))
    )
    assert mentions.verdict.needs_review
    assert "maybe not what is wanted" in mentions.verdict.reason
    assert not entered.verdict.needs_review


@pytest.mark.parametrize(
    ("asked", "is_looked_at"),
    [
        ("How long does shipping take?", True),
        ("How long does shipping take to Norway?", False),
        ("Do you ship abroad?", False),
    ],
)
async def test_what_holds_for_one_place_is_looked_at_where_no_place_was_named(
    asked: str, *, is_looked_at: bool
) -> None:
    abroad = chunk("For Norway shipping takes 5 to 8 days, and abroad it is by ship.")
    home = replace(abroad, text="Within France allow 2 days.", chunk_index=1, score=0.1)
    proposal = await _considered(
        case(asked, threshold=0.0), Shelf(replace(abroad, chunk_index=0), home)
    )
    assert "Norway" in (proposal.reply or "")
    assert proposal.verdict.needs_review is is_looked_at


WORKSHOPS = """The tasting workshop costs €45 per person.

Everybody goes home with a bag.

The latte art workshop costs €60 per person."""


@pytest.mark.parametrize(
    ("asked", "page", "is_looked_at"),
    [
        ("How much is a workshop?", WORKSHOPS, True),
        ("How much is the latte art workshop?", WORKSHOPS, False),
        ("How much is a workshop?", "A workshop costs €45. Bring €5 for materials.", False),
        ("Is there a workshop?", WORKSHOPS, False),
    ],
)
async def test_one_of_two_prices_is_looked_at_where_either_may_be_meant(
    asked: str, page: str, *, is_looked_at: bool
) -> None:
    proposal = await _considered(case(asked, threshold=0.0), Shelf(chunk(page)))
    assert proposal.reply is not None
    assert proposal.verdict.needs_review is is_looked_at
    assert ("for another case" in proposal.verdict.reason) is is_looked_at
