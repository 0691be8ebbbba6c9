"""What adding, replacing and removing does to the index, on a real database."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import psycopg
import pytest

from core.actions import ingest, phrase, teach
from core.domain.errors import BadDocument, BudgetSpent, ModelDown, NotFound, Refused
from core.domain.ids import DocumentId
from core.domain.knowledge import DocumentStatus, FaqText
from core.kit import Kit
from core.llm.base import ChunkText, ChunkVectors
from core.llm.embed import LocalEmbedder
from core.queries import knowledge
from core.store.pool import Login
from tests.fixtures.database import TestDatabase
from tests.knowledge.conftest import Opened

HANDBOOK = """# Vélos de la Gare

## Révision

La révision complète coûte 59,90 € et prend deux jours. 🚲

## Location

Un vélo de ville se loue 12 € la journée, casque compris.
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """A team at work: the owner at a screen, the companion behind."""

    owner: Kit
    companion: Kit
    database: TestDatabase

    async def add(self, name: str, text: str) -> DocumentId:
        """Add a document and run its background job."""
        document = await teach.add_document(self.owner, name, text.encode())
        await self.ingest(document)
        return document

    async def ingest(self, document: DocumentId) -> None:
        await ingest.document(self.companion, self.database.tenant, document)

    async def looked_up(self, query: str) -> list[tuple[object, ...]]:
        """Return what the superuser sees, behind all policies."""
        async with await psycopg.AsyncConnection.connect(self.database.privileged) as line:
            return await (await line.execute(query.encode())).fetchall()


@pytest.fixture
async def shop(fresh_database: TestDatabase, open_kit: Opened) -> AsyncIterator[Shop]:
    async with (
        open_kit(fresh_database.owner, Login.MEMBER) as owner,
        open_kit(fresh_database.service, Login.SERVICE) as companion,
    ):
        yield Shop(owner, companion, fresh_database)


async def test_an_added_document_is_found_and_quoted_at_its_exact_place(shop: Shop) -> None:
    document = await shop.add("guide.md", HANDBOOK)

    (best, *_) = await knowledge.search(shop.owner, "combien coute une revision")
    stored = await knowledge.document(shop.owner, document)

    assert (best.document_id, best.title, best.name) == (
        document,
        "Vélos de la Gare",
        "guide.md",
    )
    assert "59,90 €" in best.quote
    assert stored.content[best.start_char : best.end_char] == best.quote
    assert (stored.document.status, stored.document.chunk_count) == (
        DocumentStatus.INDEXED,
        2,
    )
    assert stored.document.lang_code == best.lang == "fr"


async def test_a_document_waits_for_its_job_and_the_job_is_in_the_queue(shop: Shop) -> None:
    document = await teach.add_document(shop.owner, "guide.md", HANDBOOK.encode())

    waiting = await knowledge.document(shop.owner, document)
    jobs = await shop.looked_up(
        "select task_name, args ->> 'id' from procrastinate.procrastinate_jobs"
    )

    assert waiting.document.status is DocumentStatus.PROCESSING
    assert jobs == [("ingest_document", str(document))]


async def test_the_same_bytes_are_one_document_whatever_they_are_called(shop: Shop) -> None:
    first = await shop.add("guide.md", HANDBOOK)
    again = await teach.add_document(shop.owner, "copy of guide.md", HANDBOOK.encode())

    assert again == first
    assert len(await knowledge.documents(shop.owner)) == 1


async def test_a_new_version_keeps_the_chunks_whose_words_are_the_same(shop: Shop) -> None:
    rows = "select id, content, start_char from knowledge_chunks order by chunk_index"
    document = await shop.add("guide.md", HANDBOOK)
    repair, rental = await shop.looked_up(rows)

    changed = HANDBOOK.replace("deux jours", "un jour").replace(
        "## Révision", "## La révision annuelle"
    )
    same = await shop.add("guide.md", changed)
    new_repair, new_rental = await shop.looked_up(rows)

    assert same == document
    assert new_repair[0] != repair[0]
    assert new_rental[:2] == rental[:2]
    assert new_rental[2] == changed.index("## Location") != rental[2]


async def test_indexing_twice_changes_nothing(shop: Shop) -> None:
    rows = "select id, chunk_id from knowledge_vectors order by id"
    document = await shop.add("guide.md", HANDBOOK)
    before = await shop.looked_up(rows)

    await shop.ingest(document)

    assert before
    assert await shop.looked_up(rows) == before


async def test_a_removed_document_answers_nothing_and_its_late_job_is_harmless(
    shop: Shop,
) -> None:
    document = await shop.add("guide.md", HANDBOOK)

    await teach.remove_document(shop.owner, document)
    await shop.ingest(document)

    assert await knowledge.search(shop.owner, "révision") == []
    with pytest.raises(NotFound):
        await teach.remove_document(shop.owner, document)


class BrokenEmbedder:
    """An embedder on the day its file is damaged."""

    name = LocalEmbedder.name
    dimensions = LocalEmbedder.dimensions

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        raise ModelDown(f"None of {len(texts)} texts can be embedded.")

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        raise ModelDown(f"None of {len(chunks)} texts can be embedded.")


async def test_a_failure_is_written_on_the_document_and_the_next_run_heals_it(
    shop: Shop,
) -> None:
    document = await teach.add_document(shop.owner, "guide.md", HANDBOOK.encode())
    broken = replace(shop.companion, embedder=BrokenEmbedder())

    with pytest.raises(ModelDown):
        await ingest.document(broken, shop.database.tenant, document)
    failed = await knowledge.document(shop.owner, document)
    await shop.ingest(document)
    healed = await knowledge.document(shop.owner, document)

    assert (failed.document.status, failed.document.error) == (
        DocumentStatus.FAILED,
        "None of 2 texts can be embedded.",
    )
    assert (healed.document.status, healed.document.error) == (DocumentStatus.INDEXED, None)


async def test_a_file_that_cannot_be_read_leaves_no_document(shop: Shop) -> None:
    with pytest.raises(BadDocument):
        await teach.add_document(shop.owner, "menu.pdf", b"%PDF-1.7")

    assert await knowledge.documents(shop.owner) == []


async def test_the_storage_of_the_plan_is_a_limit(shop: Shop) -> None:
    async with await psycopg.AsyncConnection.connect(shop.database.privileged) as line:
        await line.execute("update user_subscriptions set storage_limit_mb = 0.0001")

    with pytest.raises(BudgetSpent):
        await teach.add_document(shop.owner, "guide.md", HANDBOOK.encode())


async def test_an_agent_may_search_but_not_teach(shop: Shop, open_kit: Opened) -> None:
    document = await shop.add("guide.md", HANDBOOK)

    async with open_kit(shop.database.agent, Login.MEMBER) as agent:
        assert await knowledge.search(agent, "location de vélo")
        with pytest.raises(Refused):
            await teach.add_document(agent, "mine.txt", b"something else")
        with pytest.raises(Refused):
            await teach.remove_document(agent, document)


async def test_another_tenant_finds_nothing_of_ours(shop: Shop, open_kit: Opened) -> None:
    document = await shop.add("guide.md", HANDBOOK)
    await phrase.add_faq(
        shop.owner, FaqText(question="Louez-vous ?", answer="Oui, des vélos.")
    )

    async with open_kit(shop.database.stranger, Login.MEMBER) as stranger:
        assert await knowledge.search(stranger, "révision location vélo") == []
        assert await knowledge.entries(stranger) == []
        with pytest.raises(NotFound):
            await knowledge.document(stranger, document)


async def test_an_entry_is_found_by_each_of_its_phrasings(shop: Shop) -> None:
    entry = await phrase.add_faq(
        shop.owner,
        FaqText(
            question="Do you repair punctures?",
            answer="Yes, while you wait: 15 minutes and 9 euros.",
            phrasings=("flat tyre", "my wheel lost its air"),
        ),
    )
    await shop.add("guide.md", HANDBOOK)

    for query in ("puncture repair", "i have a flat tire", "there is no air in my wheel"):
        (best, *_) = await knowledge.passages(shop.owner, query)
        assert (best.faq_id, best.question) == (entry, "Do you repair punctures?")


async def test_the_same_question_again_replaces_its_answer(shop: Shop) -> None:
    first = await phrase.add_faq(
        shop.owner, FaqText(question="Où êtes-vous ?", answer="Gare.")
    )
    again = await phrase.add_faq(
        shop.owner, FaqText(question="ou etes vous?", answer="Quai.")
    )

    (entry,) = await knowledge.entries(shop.owner)

    assert again == first == entry.id
    assert (entry.question, entry.answer) == ("ou etes vous?", "Quai.")


async def test_a_disabled_entry_is_silent_until_it_is_enabled(shop: Shop) -> None:
    entry = await phrase.add_faq(
        shop.owner, FaqText(question="Louez-vous ?", answer="Oui.")
    )

    await phrase.disable_faq(shop.owner, entry)
    silent = await knowledge.search(shop.owner, "louez vous")
    await phrase.enable_faq(shop.owner, entry)

    assert silent == []
    assert [hit.quote for hit in await knowledge.search(shop.owner, "louez vous")] == [
        "Oui."
    ]


async def test_a_removed_entry_is_gone(shop: Shop) -> None:
    entry = await phrase.add_faq(
        shop.owner, FaqText(question="Louez-vous ?", answer="Oui.")
    )

    await phrase.remove_faq(shop.owner, entry)

    assert await knowledge.entries(shop.owner) == []
    with pytest.raises(NotFound):
        await phrase.remove_faq(shop.owner, entry)


async def test_a_table_is_imported_whole_and_importing_it_again_replaces(
    shop: Shop,
) -> None:
    table = b"question,answer,phrasings\nLouez-vous ?,Oui.,location\nDo you sell?,No.,\n"

    first = await phrase.import_faq_csv(shop.owner, table)
    again = await phrase.import_faq_csv(shop.owner, table)

    assert (first.added, first.replaced) == (2, 0)
    assert (again.added, again.replaced) == (0, 2)
    assert [entry.question for entry in await knowledge.entries(shop.owner)] == [
        "Do you sell?",
        "Louez-vous ?",
    ]


async def test_a_table_with_a_bad_line_imports_nothing(shop: Shop) -> None:
    with pytest.raises(BadDocument):
        await phrase.import_faq_csv(shop.owner, b"question,answer\nOne?,Yes.\nTwo?,\n")

    assert await knowledge.entries(shop.owner) == []
