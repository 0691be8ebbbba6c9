"""The right passage first: a small bilingual knowledge base, asked as customers ask."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.knowledge import FaqText, Passage
from core.knowledge import faq
from core.knowledge.quote import quote
from core.knowledge.retrieve import answering, understood
from core.knowledge.support import answers, is_near
from core.llm.embed import LocalEmbedder
from core.store import candidates, documents, faqs
from core.store.candidates import Candidate
from core.store.pool import Database, Login, open_database
from tests.fixtures.database import TestDatabase
from tests.fixtures.knowledge import a_version, embedded, put_version
from tests.knowledge.corpus import DOCUMENTS, ENTRIES, fresh_faq_id


@pytest.fixture
async def database(
    shared_database: TestDatabase, embedder: LocalEmbedder
) -> AsyncIterator[Database]:
    """A pool over the module's database; its first test teaches it."""
    taught = shared_database
    async with open_database(taught.service, login=Login.SERVICE, max_size=2) as opened:
        async with opened.unit(taught.tenant) as unit:
            is_new = not await documents.all_of(unit)
        if is_new:
            await _teach(opened, taught, embedder)
        yield opened


async def _teach(database: Database, taught: TestDatabase, embedder: LocalEmbedder) -> None:
    for name, text in DOCUMENTS.items():
        version = a_version(name, text)
        made = await embedded(embedder, version)
        async with database.unit(taught.tenant) as unit:
            await put_version(unit, embedder.name, version, made)
    for question, answer in ENTRIES.items():
        entry = FaqText(question=question, answer=answer)
        ready = await faq.embedded(embedder, entry, fresh_faq_id())
        async with database.unit(taught.tenant) as unit:
            await faqs.keep(unit, embedder.name, ready)


class Asking:
    """Asks the taught knowledge base."""

    def __init__(
        self, database: Database, taught: TestDatabase, embedder: LocalEmbedder
    ) -> None:
        self._database = database
        self._taught = taught
        self.embedder = embedder

    async def __call__(
        self, query: str, k: int = 8, languages: tuple[str, ...] = ()
    ) -> list[Passage]:
        question = await understood([self.embedder], query, lang=None)
        if question is None:
            return []
        async with self._database.unit(self._taught.tenant) as unit:
            return await answering(unit, question, k=k, languages=languages)

    async def candidates(self, query: str) -> list[Candidate]:
        """Return what the database puts forward, near or not."""
        question = await understood([self.embedder], query, lang=None)
        assert question is not None
        async with self._database.unit(self._taught.tenant) as unit:
            return await candidates.find(unit, question, each=5)


@pytest.fixture
def ask(
    database: Database, shared_database: TestDatabase, embedder: LocalEmbedder
) -> Asking:
    return Asking(database, shared_database, embedder)


@pytest.mark.parametrize(
    ("query", "source", "words"),
    [
        ("À quelle heure fermez-vous le samedi ?", "horaires.md", "17 h"),
        ("vous etes ouvert le dimanche", "horaires.md", "fermé"),
        ("c ouvert le lundi ou pas", "horaires.md", "fermé"),
        ("prix d'une révision complète", "tarifs.md", "59,90 €"),
        ("combien coute le remplacement d une chaine", "tarifs.md", "24,50 €"),
        ("changment de chaine prix", "tarifs.md", "24,50 €"),
        ("je peux rendre un velo achete il y a une semaine ?", "retours.md", "14 jours"),
        ("How long is the warranty on the frame?", "warranty.md", "five years"),
        ("is the batery covered by waranty", "warranty.md", "two years"),
        ("can I rent a bike with a child seat", "rental.md", "4 euros"),
        ("do i need to leave a deposit", "rental.md", "150 euros"),
        ("what happens if I bring the bike back late", "rental.md", "8 euros"),
        ("Do you ship bikes abroad?", "Do you ship bikes to other countries?", "Belgium"),
        ("acceptez vous les cheques vacances", "Prenez-vous les chèques-vacances ?", "Oui"),
    ],
)
async def test_the_best_passage_and_its_quote_hold_the_answer(
    ask: Asking, query: str, source: str, words: str
) -> None:
    (best, *_) = await ask(query)

    quoted = await quote(ask.embedder, best, query)

    assert (best.question or best.name) == source
    assert words in quoted.text.replace("\u00a0", " ")
    assert answers(best, query)


async def test_bare_and_mistyped_words_find_the_passage_and_are_not_sure_enough(
    ask: Asking,
) -> None:
    (best, *_) = await ask("remboursment delai")

    quoted = await quote(ask.embedder, best, "remboursment delai")

    assert "10 jours" in quoted.text
    assert is_near(best)
    assert not answers(best, "remboursment delai")


@pytest.mark.parametrize(
    "query",
    [
        "What is the capital of Mongolia?",
        "Recette de la blanquette de veau",
        "asdf qwer zxcv",
    ],
)
async def test_what_the_knowledge_base_does_not_know_is_recognised(
    ask: Asking, query: str
) -> None:
    assert not any(answers(passage, query) for passage in await ask(query, k=1))


async def test_a_quote_is_the_stored_text_at_its_place(ask: Asking) -> None:
    query = "prix d'une révision complète"
    (best, *_) = await ask(query)

    quoted = await quote(ask.embedder, best, query)

    assert quoted.text == DOCUMENTS["tarifs.md"][quoted.start_char : quoted.end_char]


async def test_the_quote_of_an_entry_has_no_place_in_a_document(ask: Asking) -> None:
    (best, *_) = await ask("Do you ship bikes abroad?")

    quoted = await quote(ask.embedder, best, "Do you ship bikes abroad?")

    assert (quoted.start_char, quoted.end_char) == (None, None)
    assert quoted.text == best.text


async def test_the_same_query_gets_the_same_order_and_scores_fall(ask: Asking) -> None:
    first = await ask("location vélo prix", k=20)
    again = await ask("location vélo prix", k=20)

    scores = [passage.score for passage in first]
    assert again == first
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert all(-1.0 <= passage.cosine <= 1.0 for passage in first)


async def test_no_more_passages_come_back_than_asked_for(ask: Asking) -> None:
    assert len(await ask("vélo", k=3)) == 3


@pytest.mark.parametrize("query", ["", "  ", "👍🎉", "?!…", "\x00"])
async def test_a_query_without_words_finds_nothing(ask: Asking, query: str) -> None:
    assert await ask(query) == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    query=st.text(alphabet=st.sampled_from("ab'\"\\|&!:*()<->% \x00éñ1€😀\n"), max_size=30)
)
async def test_no_query_is_read_as_syntax(ask: Asking, query: str) -> None:
    assert await ask.candidates(f"{query} vélo")


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("en", "fr"), ("fr", "fr")])
async def test_answers_come_from_the_languages_that_are_named(
    ask: Asking, languages: tuple[str, ...]
) -> None:
    found = await ask("Livrez-vous en Belgique ?", k=20, languages=languages)
    assert {passage.lang_code for passage in found} == set(languages)
    assert len({(one.chunk_id, one.faq_id) for one in found}) == len(found)


async def test_naming_every_language_changes_no_order(ask: Asking) -> None:
    asked = "How long does delivery to Belgium take?"
    everywhere = [(one.chunk_id, one.faq_id) for one in await ask(asked)]
    named = await ask(asked, languages=("fr", "en"))
    assert [(one.chunk_id, one.faq_id) for one in named][:3] == everywhere[:3]


async def test_a_language_nobody_wrote_in_has_no_answer(ask: Asking) -> None:
    assert await ask("Livrez-vous en Belgique ?", languages=("ja",)) == []
