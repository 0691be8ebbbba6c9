"""What happens to a document while it is read in, and to what is told about it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import psycopg
import pytest

from core.actions import ingest, teach
from core.domain.errors import NotFound
from core.domain.ids import DocumentId
from core.domain.knowledge import Document, DocumentStatus
from core.kit import Kit
from core.knowledge.chunking import chunks
from core.knowledge.ingest import BATCH
from core.notices import Notice, NoticeKind, Subscription
from core.queries import knowledge
from core.store import wire
from core.store.pool import Login
from tests.crash.index import faults
from tests.doubles.doomed_database import Killed
from tests.doubles.embedders import HashedEmbedder, WatchedEmbedder
from tests.fixtures.database import TestDatabase
from tests.knowledge.conftest import Opened

ARTICLES = 2 * BATCH + 8
PATIENCE = 30.0
_IDS = "select id from knowledge_chunks order by chunk_index"
_ROWS = """
select (select count(*) from knowledge_chunks), (select count(*) from knowledge_vectors),
       (select count(*) from knowledge_windows), (select count(*) from knowledge_words),
       (select count(*) from staged_chunks), (select count(*) from document_versions)
"""


def article(number: int, verb: str = "coûte") -> str:
    """Return a section that makes a chunk of its own."""
    return (
        f"## Article {number}\n\nL'article {number} {verb} {number},50 €. Il est livré en"
        f" {number} jours, dans toute la France et sans frais, et repris pendant"
        f" {number + 14} jours, à la seule condition que personne ne s'en soit servi."
    )


def catalogue(numbers: Sequence[int], verb: str = "coûte") -> str:
    return "\n\n".join(article(number, verb) for number in numbers)


TEXT = catalogue(range(1, ARTICLES + 1))


@dataclass(frozen=True, slots=True)
class Team:
    """An owner at a screen, and the companion behind."""

    owner: Kit
    companion: Kit
    database: TestDatabase

    async def add(self, text: str, name: str = "articles.md") -> DocumentId:
        return await teach.add_document(self.owner, name, text.encode())

    async def read_in(
        self,
        document: DocumentId,
        between: Callable[[int], Awaitable[None]] | None = None,
    ) -> list[str]:
        """Run the job; return the texts it had embedded."""
        embedder = WatchedEmbedder(HashedEmbedder(), between=between)
        kit = replace(self.companion, embedder=embedder)
        await ingest.document(kit, self.database.tenant, document)
        return embedder.indexed

    async def told(self, document: DocumentId) -> Document:
        return (await knowledge.document(self.owner, document)).document

    async def faults(self) -> list[str]:
        return await faults(self.database.privileged, self.database.tenant)

    async def looked_up(self, query: str) -> list[tuple[object, ...]]:
        """Return what the superuser sees, behind all policies."""
        async with await psycopg.AsyncConnection.connect(self.database.privileged) as line:
            return await (await line.execute(query.encode())).fetchall()


@pytest.fixture
async def team(fresh_database: TestDatabase, open_kit: Opened) -> AsyncIterator[Team]:
    async with (
        open_kit(fresh_database.owner, Login.MEMBER) as owner,
        open_kit(fresh_database.service, Login.SERVICE) as companion,
    ):
        yield Team(owner, companion, fresh_database)


@asynccontextmanager
async def hearing(kit: Kit) -> AsyncIterator[Subscription]:
    """Hear the notices of a member's inbox, from when the line stands."""
    relay = asyncio.create_task(wire.relay(kit.database, kit.member.tenant, kit.notices))
    try:
        async with asyncio.timeout(PATIENCE):
            with kit.notices.subscribed() as notices:
                await notices.next()
                yield notices
    finally:
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)


async def test_progress_is_told_after_every_batch(team: Team) -> None:
    seen: list[tuple[DocumentStatus, int, int]] = []

    async def look(_call: int) -> None:
        told = await team.told(document)
        seen.append((told.status, told.chunks_done, told.chunks_total))

    document = await team.add(TEXT)
    async with hearing(team.owner) as notices:
        await team.read_in(document, look)
        heard = [await notices.next() for _ in range(4)]

    working = DocumentStatus.PROCESSING
    assert seen == [
        (working, 0, 0),
        (working, BATCH, ARTICLES),
        (working, 2 * BATCH, ARTICLES),
    ]
    assert heard == [Notice(NoticeKind.DOCUMENT_CHANGED, UUID(str(document)))] * 4
    done = await team.told(document)
    assert (done.status, done.chunks_done, done.chunks_total) == (
        DocumentStatus.INDEXED,
        ARTICLES,
        ARTICLES,
    )
    assert await team.faults() == []


async def test_a_document_removed_between_two_batches_leaves_nothing(team: Team) -> None:
    async def remove(call: int) -> None:
        if call == 2:
            await teach.remove_document(team.owner, document)

    document = await team.add(TEXT)
    embedded = await team.read_in(document, remove)

    assert len(embedded) == 2 * BATCH
    assert await team.looked_up(_ROWS) == [(0, 0, 0, 0, 0, 0)]
    with pytest.raises(NotFound):
        await team.told(document)


async def test_a_new_document_cancelled_between_two_batches_leaves_nothing(
    team: Team,
) -> None:
    async def cancel(call: int) -> None:
        if call == 2:
            await teach.cancel_document(team.owner, document)

    document = await team.add(TEXT)
    embedded = await team.read_in(document, cancel)

    assert len(embedded) == 2 * BATCH
    assert await team.looked_up(_ROWS) == [(0, 0, 0, 0, 0, 0)]
    assert await knowledge.documents(team.owner) == []


async def test_a_cancelled_new_version_leaves_the_one_before_it_as_it_was(
    team: Team,
) -> None:
    async def cancel(call: int) -> None:
        if call == 2:
            await teach.cancel_document(team.owner, document)

    document = await team.add(TEXT)
    await team.read_in(document)
    before = (await team.looked_up(_IDS), await team.looked_up(_ROWS))
    await team.add(catalogue(range(1, ARTICLES + 1), "vaut"))
    await team.read_in(document, cancel)

    assert (await team.looked_up(_IDS), await team.looked_up(_ROWS)) == before
    told = await team.told(document)
    assert (told.status, told.is_replacing) == (DocumentStatus.INDEXED, False)
    assert await team.faults() == []


async def test_what_a_killed_run_had_kept_goes_with_the_cancelled_version(
    team: Team,
) -> None:
    async def die(call: int) -> None:
        if call == 2:
            raise Killed

    document = await team.add(TEXT)
    await team.read_in(document)
    await team.add(catalogue(range(1, ARTICLES + 1), "vaut"))
    with pytest.raises(Killed):
        await team.read_in(document, die)
    kept = await team.looked_up("select count(*) from staged_chunks")
    await teach.cancel_document(team.owner, document)

    assert await team.read_in(document) == []
    assert kept == [(BATCH,)]
    assert await team.faults() == []


async def test_a_newer_version_stops_the_run_of_the_older_and_uses_what_it_made(
    team: Team,
) -> None:
    newer = catalogue([*range(1, BATCH + 1), 101, 102])

    async def replace_it(call: int) -> None:
        if call == 2:
            assert await team.add(newer) == document

    document = await team.add(TEXT)
    await team.read_in(document, replace_it)
    stopped = await team.told(document)
    embedded = await team.read_in(document)

    assert stopped.status is DocumentStatus.PROCESSING
    assert embedded == [article(101), article(102)]
    assert (await knowledge.document(team.owner, document)).content == newer
    assert await team.faults() == []


async def test_two_runs_of_the_same_document_at_once_make_one_index(team: Team) -> None:
    document = await team.add(TEXT)

    await asyncio.gather(team.read_in(document), team.read_in(document))

    assert await team.faults() == []


async def test_a_text_that_comes_twice_is_embedded_once_and_found_in_both_places(
    team: Team,
) -> None:
    text = catalogue([1, 2, 1, 3, 1])
    document = await team.add(text)

    embedded = await team.read_in(document)

    assert embedded == [article(1), article(2), article(3)]
    assert await team.looked_up("select count(*) from knowledge_chunks") == [(5,)]
    assert await team.faults() == []


async def test_chunks_that_change_places_keep_their_vectors(team: Team) -> None:
    document = await team.add(catalogue([1, 2, 3, 4]))
    await team.read_in(document)
    before = await team.looked_up(_IDS)

    await team.add(catalogue([4, 2, 1, 3]))
    embedded = await team.read_in(document)

    one, two, three, four = before
    assert embedded == []
    assert await team.looked_up(_IDS) == [four, two, one, three]
    assert await team.faults() == []


async def test_chunks_that_stay_are_found_by_the_new_title(team: Team) -> None:
    words = (
        "select count(*) from knowledge_chunks where tsv @@ to_tsquery(tsconfig, 'hiver')"
    )
    document = await team.add(f"# Catalogue\n\n{catalogue([1, 2])}")
    await team.read_in(document)
    before = await team.looked_up(words)

    await team.add(
        f"# Catalogue\n\nHiver.\n\n{catalogue([1, 2])}".replace("Catalogue", "Hiver")
    )
    await team.read_in(document)

    stored = await knowledge.document(team.owner, document)
    assert stored.document.title == "Hiver"
    assert before == [(0,)]
    assert await team.looked_up(words) == [(len(chunks(stored.content)),)]
    assert await team.faults() == []
