"""An inbox changes to another embedder, and is searched all the while."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import psycopg
import pytest

from core.actions import embed, ingest, phrase, teach
from core.domain.errors import Conflict, NotSetUp
from core.domain.ids import DocumentId
from core.domain.knowledge import FaqText
from core.kit import Kit
from core.knowledge.ingest import BATCH
from core.llm.base import Embedder
from core.llm.embed import LocalEmbedder
from core.queries import knowledge
from core.store.pool import Login
from tests.crash.index import faults
from tests.doubles.doomed_database import DoomedDatabase, Killed, Reaper, Side
from tests.doubles.embedders import Between, HashedEmbedder, WatchedEmbedder
from tests.fixtures.database import TestDatabase
from tests.knowledge.conftest import Opened

OLD = LocalEmbedder.name
NEW = "openai:test"
WIDE = 1536
ARTICLES = BATCH + 4
ENTRY = FaqText(
    question="Louez-vous des vélos ?",
    answer="Oui. Un vélo de ville se loue 12 € la journée, casque compris. Un vélo électrique"
    " se loue 30 € la journée. Une caution de 150 € est demandée pour chaque vélo loué, et"
    " rendue le jour où il nous revient sans dégâts. Les enfants roulent gratuitement.",
    phrasings=("location de bicyclettes",),
)
HANDBOOK = """# Vélos de la Gare

## Révision

La révision complète coûte 59,90 € et prend deux jours.

## Horaires

Nous ouvrons du mardi au samedi, de 9 h à 18 h 30.
"""
QUERIES = ("combien coûte une révision", "location vélo", "horaires d'ouverture")
_JOBS = """
select count(*), count(distinct args ->> 'tenant') from procrastinate.procrastinate_jobs
where task_name = 'reembed_knowledge'
"""


def catalogue(first: int, last: int) -> str:
    """Return a text of as many chunks as it has articles."""
    return "\n\n".join(
        f"## Article {number}\n\nL'article {number} coûte {number},50 €. Il est livré en"
        f" {number} jours, dans toute la France et sans frais, et repris pendant"
        f" {number + 14} jours, à la seule condition que personne ne s'en soit servi."
        for number in range(first, last + 1)
    )


def wide(behind: Embedder, between: Between | None = None) -> WatchedEmbedder:
    """Return the embedder that settings name from now on."""
    return WatchedEmbedder(behind, name=NEW, dimensions=WIDE, between=between)


@dataclass(frozen=True, slots=True)
class Team:
    """An owner and a companion who begin with the old embedder, which both still have."""

    owner: Kit
    companion: Kit
    database: TestDatabase
    old: Embedder

    def now_with(self, new: Embedder) -> "Team":
        """Return the team once its settings name another embedder."""
        return replace(
            self,
            owner=replace(self.owner, embedder=new, standbys=(self.old,)),
            companion=replace(self.companion, embedder=new, standbys=(self.old,)),
        )

    async def add(self, text: str, name: str = "guide.md") -> DocumentId:
        """Add a document and run its background job."""
        document = await teach.add_document(self.owner, name, text.encode())
        await ingest.document(self.companion, self.database.tenant, document)
        return document

    async def change(self) -> None:
        """Run the job that makes the vectors anew."""
        await embed.change(self.companion, self.database.tenant)

    async def found(self) -> list[list[tuple[str, float]]]:
        """Return what the owner finds for each query, best first, with its chance."""
        return [
            [
                (hit.quote, round(hit.score, 2))
                for hit in await knowledge.search(self.owner, query)
            ]
            for query in QUERIES
        ]

    async def faults(self) -> list[str]:
        return await faults(self.database.privileged, self.database.tenant)

    async def looked_up(self, query: str) -> list[tuple[object, ...]]:
        """Return what the superuser sees, behind all policies."""
        async with await psycopg.AsyncConnection.connect(self.database.privileged) as line:
            return await (await line.execute(query.encode())).fetchall()

    async def searched(self) -> str:
        """Return the embedder that the inbox is searched with."""
        async with self.owner.mine() as unit:
            name = await unit.value(
                "select embedder from ai_settings where user_id = %(tenant)s",
                {"tenant": unit.tenant},
            )
        return str(name)

    async def embedders(self) -> list[tuple[object, ...]]:
        """Return the name and the width of every vector that is searched, once each."""
        return await self.looked_up(
            "select embedder, vector_dims(embedding) from knowledge_vectors"
            " union select embedder, vector_dims(embedding) from knowledge_windows"
            " union select embedder, dimensions from knowledge_chunks order by 1, 2"
        )


@pytest.fixture
async def team(
    fresh_database: TestDatabase, open_kit: Opened, embedder: Embedder
) -> AsyncIterator[Team]:
    """The real model: what is found, and how surely, has to stay the same."""
    async with (
        open_kit(fresh_database.owner, Login.MEMBER) as owner,
        open_kit(fresh_database.service, Login.SERVICE) as companion,
    ):
        yield Team(owner, companion, fresh_database, embedder)


@pytest.fixture
def quick(team: Team) -> Team:
    """Vectors without meaning, where only their number and their place count."""
    old = HashedEmbedder()
    return replace(
        team,
        owner=replace(team.owner, embedder=old),
        companion=replace(team.companion, embedder=old),
        old=old,
    )


async def test_one_job_is_queued_for_an_inbox_however_often_it_is_noticed(
    quick: Team,
) -> None:
    after = quick.now_with(wide(quick.old))

    await embed.notice(quick.companion)
    before = await quick.looked_up(_JOBS)
    await embed.notice(after.companion)
    await embed.notice(after.companion)
    wished = await embed.wish(after.owner)

    assert before == [(0, 0)]
    assert wished
    assert await quick.looked_up(_JOBS) == [(2, 2)]  # there are two inboxes


async def test_nothing_is_queued_once_the_inbox_is_searched_as_set(quick: Team) -> None:
    after = quick.now_with(wide(quick.old))
    await after.change()

    assert not await embed.wish(after.owner)
    assert await after.looked_up(_JOBS) == [(0, 0)]


async def test_an_inbox_is_left_with_an_embedder_that_suits(quick: Team) -> None:
    await quick.add(HANDBOOK)
    content = quick.now_with(wide(quick.old))
    accepted = frozenset({OLD})
    owner, companion = (
        replace(kit, accepted=accepted) for kit in (content.owner, content.companion)
    )

    await embed.notice(companion)
    await embed.change(companion, quick.database.tenant)

    assert not await embed.wish(owner)
    assert await quick.looked_up(_JOBS) == [(0, 0)]
    assert await quick.searched() == OLD


async def test_a_companion_without_an_embedder_notices_nothing(quick: Team) -> None:
    await embed.notice(replace(quick.companion, embedder=None))

    assert await quick.looked_up(_JOBS) == [(0, 0)]


async def test_the_same_is_found_before_during_and_after(team: Team) -> None:
    during: list[tuple[str, object]] = []

    async def look(_call: int) -> None:
        during.append((await after.searched(), await after.found()))

    after = team.now_with(wide(team.old, look))
    await team.add(HANDBOOK)
    await phrase.add_faq(team.owner, ENTRY)
    before = await team.found()
    await after.change()

    assert all(hits for hits in before)
    assert during
    assert all(seen == (OLD, before) for seen in during)
    assert (await after.searched(), await after.found()) == (NEW, before)
    assert await after.embedders() == [(NEW, WIDE)]
    assert await after.faults() == []


async def test_it_can_be_changed_back(team: Team) -> None:
    await team.add(HANDBOOK)
    await phrase.add_faq(team.owner, ENTRY)
    before = await team.found()
    changed = team.now_with(wide(team.old))
    await changed.change()
    back = replace(
        changed,
        owner=replace(team.owner, standbys=changed.owner.embedders[:1]),
        companion=replace(team.companion, standbys=changed.owner.embedders[:1]),
    )

    await back.change()

    assert (await back.searched(), await back.found()) == (OLD, before)
    assert await back.embedders() == [(OLD, 384)]
    assert await back.faults() == []


async def test_what_is_added_meanwhile_is_found_at_once_and_afterwards(team: Team) -> None:
    found: list[str] = []

    async def best() -> list[str]:
        hits = [await knowledge.search(after.owner, query) for query in QUERIES[:2]]
        return [first.quote for first, *_ in hits]

    async def add(call: int) -> None:
        if call == 1:
            await after.add(HANDBOOK)
            await phrase.add_faq(after.owner, ENTRY)
            found.extend(await best())

    after = team.now_with(wide(team.old, add))
    await team.add(catalogue(1, 3), "articles.md")
    await after.change()

    assert "59,90 €" in found[0]
    assert found[1] == ENTRY.answer
    assert await best() == found
    assert await after.embedders() == [(NEW, WIDE)]
    assert await after.faults() == []


async def test_an_entry_gets_the_same_vectors_as_if_it_were_added_now(quick: Team) -> None:
    vectors = """
    select v.embedding::text from knowledge_vectors v
    left join faq_phrasings p on p.id = v.phrasing_id order by p.text nulls first
    """
    after = quick.now_with(wide(quick.old))
    await phrase.add_faq(quick.owner, ENTRY)
    await after.change()
    changed = await after.looked_up(vectors)

    await phrase.add_faq(after.owner, ENTRY)

    assert len(changed) == 3
    assert await after.looked_up(vectors) == changed


@pytest.mark.parametrize("side", list(Side))
async def test_a_change_goes_on_wherever_it_was_killed(quick: Team, side: Side) -> None:
    new = wide(quick.old)
    after = quick.now_with(new)
    await quick.add(catalogue(1, ARTICLES))
    await phrase.add_faq(quick.owner, ENTRY)
    texts = ARTICLES + 3

    deaths = 0
    while True:
        # Later each time: past everything that the run before it came to.
        reaper = Reaper(side, deaths + 1)
        doomed = DoomedDatabase(after.companion.database, reaper)
        try:
            await embed.change(
                replace(after.companion, database=doomed), quick.database.tenant
            )
        except Killed:
            deaths += 1
        else:
            break

    assert deaths >= 3  # among them: between the switch and the tidying up
    twice = len(new.indexed) - texts
    # What is lost with a transaction is one batch at most; nothing that was kept.
    assert twice == 0 if side is Side.COMMITTED else twice <= 2 * BATCH
    assert set(new.indexed) >= {ENTRY.answer, ENTRY.question, *ENTRY.phrasings}
    assert await after.searched() == NEW
    assert await after.faults() == []


async def test_without_anything_to_embed_searches_switch_at_once(quick: Team) -> None:
    new = wide(quick.old)
    after = quick.now_with(new)

    await after.change()

    assert await after.searched() == NEW
    assert new.calls == 0


async def test_two_changes_at_once_do_no_harm(quick: Team) -> None:
    after = quick.now_with(wide(quick.old))
    await quick.add(catalogue(1, ARTICLES))
    await phrase.add_faq(quick.owner, ENTRY)

    ends = await asyncio.gather(after.change(), after.change(), return_exceptions=True)

    assert all(end is None or isinstance(end, Conflict) for end in ends)
    if any(ends):
        await after.change()  # as the queue does after a conflict
    assert await after.searched() == NEW
    assert await after.embedders() == [(NEW, WIDE)]
    assert await after.faults() == []


async def test_a_document_read_in_across_the_switch_is_read_in_again_by_the_new_one(
    quick: Team,
) -> None:
    async def switch(call: int) -> None:
        if call == 2:
            await after.change()

    after = quick.now_with(wide(quick.old))
    slow = WatchedEmbedder(quick.old, between=switch)
    document = await teach.add_document(
        quick.owner, "articles.md", catalogue(1, ARTICLES).encode()
    )
    with pytest.raises(Conflict):
        await ingest.document(
            replace(quick.companion, embedder=slow), quick.database.tenant, document
        )
    nothing_yet = await after.looked_up("select count(*) from knowledge_chunks")
    await ingest.document(after.companion, quick.database.tenant, document)

    assert nothing_yet == [(0,)]
    assert await after.embedders() == [(NEW, WIDE)]
    assert await after.faults() == []


async def test_an_entry_made_across_the_switch_is_refused_with_a_reason(
    quick: Team,
) -> None:
    async def switch(_call: int) -> None:
        await after.change()

    after = quick.now_with(wide(quick.old))
    slow = WatchedEmbedder(quick.old, between=switch)

    with pytest.raises(Conflict, match="another embedder"):
        await phrase.add_faq(replace(quick.owner, embedder=slow), ENTRY)
    assert await knowledge.entries(after.owner) == []


async def test_who_lacks_the_searched_embedder_finds_by_words_and_cannot_teach(
    team: Team,
) -> None:
    await team.add(HANDBOOK)
    await team.now_with(wide(team.old)).change()

    (best, *_) = await knowledge.search(team.owner, "révision complète")

    assert "59,90 €" in best.quote
    with pytest.raises(NotSetUp):
        await phrase.add_faq(team.owner, ENTRY)
