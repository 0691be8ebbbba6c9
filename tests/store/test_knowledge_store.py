"""What the knowledge tables hold, and who may touch them."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from core.domain.errors import Refused
from core.domain.ids import ChunkId, DocumentId, FaqId
from core.store import candidates, chunks, documents, faqs
from core.store.candidates import Candidate, Question
from core.store.chunks import NewChunk, Place
from core.store.documents import NewDocument
from core.store.faqs import NewFaq, Phrasing
from core.store.pool import Database, Login, Unit, open_database
from tests.fixtures.database import TestDatabase

EMBEDDER = "three-directions"


def direction(axis: int) -> list[float]:
    """Return a vector of the stored size along one axis."""
    return [1.0 if at == axis else 0.0 for at in range(384)]


def document(name: str = "a.md") -> NewDocument:
    return NewDocument(
        id=DocumentId(uuid4()),
        title=name,
        name=name,
        content="Le café est torréfié.",
        lang_code="fr",
        size_bytes=1000,
        sha256=name.encode(),
    )


def chunk(index: int, content: str, axis: int, *windows: int) -> NewChunk:
    return NewChunk(
        place=Place(
            id=ChunkId(uuid4()),
            index=index,
            start_char=0,
            end_char=len(content),
            heading="",
        ),
        content=content,
        token_count=len(content.split()),
        lang_code="fr",
        whole=direction(axis),
        windows=tuple(map(direction, windows)),
    )


def asked(text: str, axis: int) -> Question:
    return Question(
        text=text, telling=text, lang_code="fr", vector=direction(axis), embedder=EMBEDDER
    )


@pytest.fixture
async def service(fresh_database: TestDatabase) -> AsyncIterator[Database]:
    async with open_database(fresh_database.service, login=Login.SERVICE) as opened:
        yield opened


@pytest.fixture
async def unit(service: Database, fresh_database: TestDatabase) -> AsyncIterator[Unit]:
    async with service.unit(fresh_database.tenant) as opened:
        yield opened


async def kept(unit: Unit, *new: NewChunk) -> DocumentId:
    added = document()
    await documents.keep(unit, added)
    await chunks.add(unit, added.id, EMBEDDER, new)
    return added.id


_STORED = """
select vector_dims(c.embedding), c.tsv::text, w.window_index, c.tsconfig::text
from knowledge_chunks c join knowledge_windows w on w.chunk_id = c.id order by 3
"""


async def test_a_chunk_is_stored_padded_with_its_words_and_its_windows(unit: Unit) -> None:
    await kept(unit, chunk(0, "Le café est torréfié", 0, 1, 2))

    stored = await unit.tuples(_STORED)

    assert [(row[0], row[2]) for row in stored] == [(1536, -1), (1536, 0), (1536, 1)]
    assert "'caf':2" in stored[0][1]
    assert stored[0][3] == "app.french"


async def test_words_are_found_without_accents_and_meaning_counts_the_best_window(
    unit: Unit,
) -> None:
    await kept(unit, chunk(0, "Le café est torréfié", 0, 1, 2), chunk(1, "Autre chose", 3))

    by_words = _by_text(await candidates.find(unit, asked("cafe torrefie", 9), each=5))
    by_meaning = _by_text(await candidates.find(unit, asked("zzz", 2), each=5))

    assert by_words["Le café est torréfié"].words > 0 == by_words["Autre chose"].words
    assert by_meaning["Le café est torréfié"].cosine == pytest.approx(1.0)
    assert by_meaning["Le café est torréfié"].meaning == pytest.approx(0.5)


def _by_text(found: list[Candidate]) -> dict[str, Candidate]:
    return {one.text: one for one in found}


async def test_a_rarer_word_weighs_more_and_a_shorter_text_with_it_more_still(
    unit: Unit,
) -> None:
    await kept(
        unit,
        chunk(0, "commande commande livraison", 0),
        chunk(1, "commande espresso", 0),
        chunk(2, "commande facture et beaucoup de mots en plus autour de espresso", 0),
        chunk(3, "commande", 0),
    )

    found = _by_text(await candidates.find(unit, asked("commande espresso", 9), each=9))

    order = sorted(found, key=lambda text: -found[text].words)
    assert order[0] == "commande espresso"
    assert order[1].endswith("autour de espresso")


async def test_vectors_of_another_embedder_are_not_compared(unit: Unit) -> None:
    await kept(unit, chunk(0, "Le café", 0))
    question = Question(
        text="zzz", telling="zzz", lang_code="fr", vector=direction(0), embedder="other"
    )

    assert await candidates.find(unit, question, each=5) == []


def entry(question: str, answer: str, *axes: int) -> NewFaq:
    return NewFaq(
        id=FaqId(uuid4()),
        key=question.lower(),
        answer=answer,
        category=None,
        lang_code="fr",
        answer_vector=direction(axes[0]),
        phrasings=tuple(
            Phrasing(text=f"{question}{'?' * at}", vector=direction(axis))
            for at, axis in enumerate(axes)
        ),
    )


async def test_an_entry_has_the_scores_of_its_best_phrasing(unit: Unit) -> None:
    await faqs.keep(unit, EMBEDDER, entry("Louez-vous des vélos", "Oui.", 0, 1, 2))

    (found,) = await candidates.find(unit, asked("louer un velo", 2), each=5)

    assert found.question_cosine == pytest.approx(1.0)
    assert found.question_words > 0
    assert found.cosine == pytest.approx(0.0)
    assert len(found.phrasings) == 3


async def test_keeping_an_entry_again_leaves_no_old_phrasing(unit: Unit) -> None:
    first, was_old = await faqs.keep(unit, EMBEDDER, entry("Louez-vous", "Oui.", 0, 1, 2))
    again, is_old = await faqs.keep(unit, EMBEDDER, entry("Louez-vous", "Non.", 5))

    (stored,) = await faqs.all_of(unit)

    assert (first, was_old, is_old) == (again, False, True)
    assert (stored.answer, stored.phrasings) == ("Non.", ())


async def test_storage_counts_documents_and_entries(unit: Unit) -> None:
    await documents.keep(unit, document("a.md"))
    await documents.keep(unit, document("b.md"))
    await faqs.keep(unit, EMBEDDER, entry("Où", "Là", 0))

    assert (await documents.storage(unit)).used == 2000 + len("OùLà".encode())


async def test_only_services_write_the_index(fresh_database: TestDatabase) -> None:
    for conninfo, login in (
        (fresh_database.owner, Login.MEMBER),
        (fresh_database.assistant, Login.ASSISTANT),
    ):
        async with open_database(conninfo, login=login) as database:
            with pytest.raises(Refused):
                async with database.unit(fresh_database.tenant) as unit:
                    await chunks.add(
                        unit, DocumentId(uuid4()), EMBEDDER, [chunk(0, "Intrus", 0)]
                    )


async def test_the_assistant_reads_the_knowledge_of_its_tenant_alone(
    service: Database, fresh_database: TestDatabase
) -> None:
    async with service.unit(fresh_database.tenant) as unit:
        await kept(unit, chunk(0, "Le café est torréfié", 0))

    async with open_database(fresh_database.assistant, login=Login.ASSISTANT) as reader:
        async with reader.unit(fresh_database.tenant) as unit:
            ours = await candidates.find(unit, asked("café", 0), each=5)
        async with reader.unit(fresh_database.other_tenant) as unit:
            theirs = await candidates.find(unit, asked("café", 0), each=5)

    assert [one.text for one in ours] == ["Le café est torréfié"]
    assert theirs == []
