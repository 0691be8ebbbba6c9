"""What the knowledge tables hold, and who may touch them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest

from core.domain.errors import Refused
from core.domain.ids import ChunkId, DocumentId, FaqId
from core.store import candidates, chunks, documents, faqs, storage
from core.store.candidates import AskedVector, Candidate, Question
from core.store.chunks import NewChunk, Place, StagedChunk
from core.store.documents import NewVersion
from core.store.faqs import NewFaq, Phrasing
from core.store.pool import Database, Login, Unit, open_database
from tests.fixtures.database import TestDatabase

EMBEDDER = "minilm-l6-v2-int8"
"""The one that a new inbox is searched with; here its vectors are made up."""


def direction(axis: int) -> list[float]:
    """Return a vector of the stored size along one axis."""
    return [1.0 if at == axis else 0.0 for at in range(384)]


def version(name: str = "a.md", title: str = "") -> NewVersion:
    return NewVersion(
        title=title or name,
        name=name,
        content="Le café est torréfié.",
        kind="md",
        lang_code="fr",
        size_bytes=1000,
        sha256=name.encode(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A chunk and the axes along which its vectors lie."""

    chunk: NewChunk
    axis: int
    windows: tuple[int, ...]

    @property
    def staged(self) -> StagedChunk:
        return StagedChunk(
            text_sha256=sha256(self.chunk.content.encode()).digest(),
            whole=direction(self.axis),
            windows=tuple(map(direction, self.windows)),
        )


def chunk(
    index: int, content: str, axis: int, *windows: int, lang_code: str = "fr"
) -> Piece:
    return Piece(
        chunk=NewChunk(
            place=Place(
                id=ChunkId(uuid4()),
                index=index,
                start_char=0,
                end_char=len(content),
                heading="",
                page=None,
                gap="",
            ),
            content=content,
            token_count=len(content.split()),
            lang_code=lang_code,
        ),
        axis=axis,
        windows=windows,
    )


def asked(
    text: str, axis: int, *, embedder: str = EMBEDDER, within: str | None = None
) -> Question:
    return Question(
        text=text,
        told=text,
        telling=text,
        lang_code="fr",
        vectors=(AskedVector(embedder=embedder, vector=direction(axis)),),
        within=within,
    )


@pytest.fixture
async def service(fresh_database: TestDatabase) -> AsyncIterator[Database]:
    async with open_database(fresh_database.service, login=Login.SERVICE) as opened:
        yield opened


@pytest.fixture
async def unit(service: Database, fresh_database: TestDatabase) -> AsyncIterator[Unit]:
    async with service.unit(fresh_database.tenant) as opened:
        yield opened


async def kept(unit: Unit, *new: Piece, name: str = "a.md") -> DocumentId:
    added = DocumentId(uuid4())
    await documents.keep(unit, added, version(name), b"bytes")
    await chunks.stage(unit, added, EMBEDDER, [one.staged for one in new])
    await documents.take_over(unit, added, chunk_count=len(new))
    await chunks.add(unit, added, EMBEDDER, [one.chunk for one in new])
    return added


_STORED = """
select vector_dims(c.embedding), c.tsv::text, w.window_index, c.tsconfig::text,
       vector_dims(v.embedding)
from knowledge_chunks c join knowledge_windows w on w.chunk_id = c.id
join knowledge_vectors v on v.chunk_id = c.id order by 3
"""


async def test_a_chunk_is_stored_padded_with_its_words_and_its_windows(unit: Unit) -> None:
    await kept(unit, chunk(0, "Le café est torréfié", 0, 1, 2))

    stored = await unit.tuples(_STORED)

    assert [(row[0], row[2], row[4]) for row in stored] == [(1536, 0, 384), (1536, 1, 384)]
    assert "'caf':3" in stored[0][1]
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

    assert await candidates.find(unit, asked("zzz", 0, embedder="other"), each=5) == []


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
    await documents.keep(unit, DocumentId(uuid4()), version("a.md"), b"a")
    await documents.keep(unit, DocumentId(uuid4()), version("b.md"), b"b")
    await faqs.keep(unit, EMBEDDER, entry("Où", "Là", 0))

    assert (await storage.of_tenant(unit)).used == 2000 + len("OùLà".encode())


_FREQUENCIES = """
select l.key, l.spread from knowledge_lexemes l where l.tenant_id = %(tenant)s order by 1
"""
_COUNTED = """
select k, count(*) from knowledge_words w, unnest(w.keys) as k
where w.tenant_id = %(tenant)s group by 1 order by 1
"""
_SIZES = """
select field, language, texts, words from knowledge_sizes
where tenant_id = %(tenant)s and texts > 0 order by 1, 2
"""


async def test_frequencies_are_those_of_the_words_whatever_came_and_went(
    service: Database, fresh_database: TestDatabase
) -> None:
    async with service.unit(fresh_database.tenant) as unit:
        gone = await kept(unit, chunk(0, "Le café du matin", 0), chunk(1, "Un thé", 1))
        await kept(unit, chunk(0, "Le café du soir, café fort", 2), name="b.md")
        await faqs.keep(unit, EMBEDDER, entry("Louez-vous", "Le vélo.", 0, 1))
        await faqs.keep(unit, EMBEDDER, entry("Louez-vous", "Le café.", 0))
    with psycopg.connect(fresh_database.privileged) as behind:
        behind.execute("delete from knowledge_documents where id = %s", (gone,))
        tenant = {"tenant": fresh_database.tenant}
        kept_counts = behind.execute(_FREQUENCIES, tenant).fetchall()
        assert kept_counts == behind.execute(_COUNTED, tenant).fetchall()
        assert len(kept_counts) == 8
        assert behind.execute(_SIZES, tenant).fetchall() == [
            ("question", "fr", 1, 2),
            ("text", "fr", 2, 9),
        ]


async def test_a_chunk_is_found_by_the_title_of_its_document(unit: Unit) -> None:
    added = DocumentId(uuid4())
    one = chunk(0, "Douze euros", 0)
    await documents.keep(unit, added, version("a.md", title="Crevaison"), b"")
    await chunks.stage(unit, added, EMBEDDER, [one.staged])
    await documents.take_over(unit, added, chunk_count=1)
    await chunks.add(unit, added, EMBEDDER, [one.chunk])

    (found,) = await candidates.find(unit, asked("crevaison", 9), each=5)

    assert found.words > 0


async def test_an_entry_that_is_off_is_not_found_until_it_is_on_again(unit: Unit) -> None:
    faq, _ = await faqs.keep(unit, EMBEDDER, entry("Louez-vous", "Oui.", 0))

    await faqs.disable(unit, faq)
    off = await candidates.find(unit, asked("louez", 0), each=5)
    await faqs.enable(unit, faq)
    on = await candidates.find(unit, asked("louez", 0), each=5)

    assert (len(off), len(on)) == (0, 1)


async def test_a_search_within_a_language_leaves_the_others_out(unit: Unit) -> None:
    await kept(
        unit,
        chunk(0, "Le café est torréfié", 0),
        chunk(1, "The café is open", 0, lang_code="en"),
    )

    found = await candidates.find(unit, asked("café", 0, within="en"), each=5)

    assert [one.text for one in found] == ["The café is open"]


async def test_words_of_another_tenant_cannot_be_asked_for(
    fresh_database: TestDatabase,
) -> None:
    with (
        psycopg.connect(fresh_database.stranger) as stranger,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        stranger.execute(
            "select * from app.find_words_v1(%s, 'a', 'a', 'fr', null, 5, '{}')",
            (fresh_database.tenant,),
        )


async def test_only_services_write_the_index(fresh_database: TestDatabase) -> None:
    for conninfo, login in (
        (fresh_database.owner, Login.MEMBER),
        (fresh_database.assistant, Login.ASSISTANT),
    ):
        async with open_database(conninfo, login=login) as database:
            with pytest.raises(Refused):
                async with database.unit(fresh_database.tenant) as unit:
                    await chunks.stage(
                        unit, DocumentId(uuid4()), EMBEDDER, [chunk(0, "Intrus", 0).staged]
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
