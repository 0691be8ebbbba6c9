"""A process that dies while it reads a document in costs at most the batch it was at."""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import psycopg
import pytest

from core.actions import ingest, teach
from core.domain.ids import DocumentId
from core.domain.knowledge import DocumentStatus
from core.kit import Kit
from core.knowledge.chunking import chunks
from core.knowledge.ingest import BATCH
from core.queries import knowledge
from tests.crash.index import faults
from tests.crash.ingester import Orders, Point
from tests.crash.processes import CHECKOUT
from tests.crash.worker import ENDED_ITSELF
from tests.doubles.embedders import HashedEmbedder, WatchedEmbedder
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import KitOf

CHUNKS = 2 * BATCH + 8
TEXT = "\n\n".join(
    f"## Article {number}\n\nL'article {number} coûte {number},50 € et pèse {number} kg."
    f" Il est livré en {number} jours, et repris pendant {number + 14} jours."
    for number in range(1, CHUNKS + 1)
)
TAKES_OVER = 6
"""The sixth transaction puts the new text in place; the third to fifth keep a batch each."""

_STAGED = "select count(*) from staged_chunks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """An owner at a screen, and what runs in the background for them."""

    owner: Kit
    companion: Kit
    database: TestDatabase
    home: Path

    async def read_in_until(self, document: DocumentId, point: Point, time: int) -> None:
        """Have a process read a document in, and wait for its sudden end."""
        orders = Orders(
            database_url=self.database.service,
            home=str(self.home),
            vault_key="a passphrase of crash tests",
            tenant=str(self.database.tenant),
            document=str(document),
            point=point,
            time=time,
        )
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.crash.ingester",
            json.dumps(asdict(orders)),
            cwd=CHECKOUT,
        )
        assert await child.wait() == ENDED_ITSELF

    async def read_in(self, document: DocumentId) -> list[str]:
        """Run the job to its end here; return the texts it had embedded."""
        embedder = WatchedEmbedder(HashedEmbedder())
        kit = replace(self.companion, embedder=embedder)
        await ingest.document(kit, self.database.tenant, document)
        return embedder.indexed

    async def count(self, query: str) -> int:
        """Return a number that only the superuser sees."""
        async with await psycopg.AsyncConnection.connect(self.database.privileged) as line:
            row = await (await line.execute(query.encode())).fetchone()
        return 0 if row is None else int(row[0])


@pytest.fixture
async def team(kit_of: KitOf, fresh_database: TestDatabase, tmp_path: Path) -> Team:
    home = tmp_path / "child"
    home.mkdir()
    return Team(
        owner=await kit_of("owner"),
        companion=await kit_of("service"),
        database=fresh_database,
        home=home,
    )


@pytest.mark.parametrize(
    ("point", "time", "kept"),
    [
        (Point.ASKED, 1, 0),
        (Point.WRITTEN, 3, 0),
        (Point.COMMITTED, 3, BATCH),
        (Point.ASKED, 3, 2 * BATCH),
        (Point.WRITTEN, TAKES_OVER, CHUNKS),
    ],
)
async def test_a_run_goes_on_with_what_the_killed_one_had_kept(
    team: Team, point: Point, time: int, kept: int
) -> None:
    document = await teach.add_document(team.owner, "articles.md", TEXT.encode())
    await team.read_in_until(document, point, time)

    staged = await team.count(_STAGED)
    killed = (await knowledge.document(team.owner, document)).document
    embedded = await team.read_in(document)
    healed = (await knowledge.document(team.owner, document)).document

    assert staged == kept
    assert (killed.status, killed.chunks_done) == (DocumentStatus.PROCESSING, kept)
    assert killed.chunks_total == (CHUNKS if kept else 0)
    assert embedded == [one.text for one in chunks(TEXT)][kept:]
    assert healed.status is DocumentStatus.INDEXED
    assert healed.chunk_count == healed.chunks_done == healed.chunks_total == CHUNKS
    assert await faults(team.database.privileged, team.database.tenant) == []


async def test_a_run_that_dies_after_its_last_commit_leaves_nothing_to_do(
    team: Team,
) -> None:
    document = await teach.add_document(team.owner, "articles.md", TEXT.encode())
    await team.read_in_until(document, Point.COMMITTED, TAKES_OVER)

    assert await team.read_in(document) == []
    assert await faults(team.database.privileged, team.database.tenant) == []


async def test_a_killed_new_version_leaves_the_one_before_it_whole(team: Team) -> None:
    document = await teach.add_document(team.owner, "articles.md", TEXT.encode())
    await team.read_in(document)
    changed = TEXT.replace("est livré", "arrive")

    await teach.add_document(team.owner, "articles.md", changed.encode())
    await team.read_in_until(document, Point.WRITTEN, TAKES_OVER)
    standing = await knowledge.document(team.owner, document)
    embedded = await team.read_in(document)

    assert standing.content == TEXT
    assert [standing.content[one.start_char : one.end_char] for one in standing.chunks] == [
        one.text for one in chunks(TEXT)
    ]
    assert embedded == []
    assert (await knowledge.document(team.owner, document)).content == changed
    assert await faults(team.database.privileged, team.database.tenant) == []
