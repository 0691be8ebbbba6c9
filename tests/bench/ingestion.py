"""How many pages a second become searchable, what that takes, and what a kill costs.

The product's own way: files are added as the window adds them, and indexed by the worker
of the background jobs in this process. Beside it, in the same run and on the same kind of
files, the usual way: one connection, each text embedded by itself when its turn comes, each
row inserted by itself. Then a companion is killed in the middle and another goes on.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from psycopg.conninfo import make_conninfo

from core import paths
from core.actions import teach
from core.config.settings import Settings
from core.engine import Engine, Part, open_engine
from core.knowledge import ingest
from core.knowledge.chunking import chunks
from core.knowledge.reading.reader import read_file
from core.llm.embed import LocalEmbedder
from core.store.embedded import open_embedded
from core.store.embedded_place import place_for
from core.store.pool import Login
from tests.bench import _ingestion_usual as usual
from tests.bench._ingestion_companion import WORKERS
from tests.bench._ingestion_kill import Scene, killed, until_all_is_read_in
from tests.bench._ingestion_pages import File, files
from tests.bench._ingestion_processes import MemoryWatch, processor_seconds
from tests.crash.index import faults
from tests.fixtures.homes import passing_home

PAGES = 1_000
SAMPLE_PAGES = 60
"""Read alone, embedded alone, and indexed the usual way, from which we extrapolate."""
KILLED_PAGES = 200
ADDED_AT_ONCE = 2
SLOWEST = 3.0
"""Pages a second below which we no longer wait."""

Figures = dict[str, Any]


async def run() -> Figures:
    """Measure, compare, kill, and check what is there in the end."""
    sample = list(files(SAMPLE_PAGES, seed=1))
    with MemoryWatch(pause=0.01) as readers:
        reading = await _reading(sample)
    with MemoryWatch(pause=0.5) as memory:
        embedding = await _embedding(sample)
        async with _place() as place:
            theirs = await _usual(place, sample)
        async with _place() as place:
            ours = await _ours(place)
            after_kill = await _killed(place)
    rate = ours["pages_per_second"]
    peaks = readers.peaks_mb | memory.peaks_mb
    peaks["reading_child"] = max(
        each.peaks_mb.get("reading_child", 0.0) for each in (readers, memory)
    )
    return {
        "ours": ours,
        "reading_alone": reading,
        "embedding_alone": embedding,
        "usual_way": {
            **theirs,
            f"seconds_for_{PAGES}_pages": round(PAGES / theirs["pages_per_second"]),
        },
        "peak_mb": peaks,
        "kill": after_kill,
        "verdict": {
            "pages_per_second": rate,
            "on_two_cores_of_our_own": ours["on_two_cores_of_our_own"],
            "times_usual_way": round(rate / theirs["pages_per_second"], 1),
            "worker_mb": peaks.get("embedding_worker"),
            "faults": ours["faults"] + after_kill["faults"],
            "goal": "20 pages/s on 2 cores, worker below 600 MB, no fault after a kill",
        },
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A home of its own with its database, and the owner at work in it."""

    home: Path
    privileged: str
    owner: Engine

    async def add(self, several: Sequence[File]) -> None:
        """Add files as the window does, a few at a time."""
        turn = asyncio.Semaphore(ADDED_AT_ONCE)

        async def add(file: File) -> None:
            async with turn:
                path = self.home / "files" / file.name
                await teach.add_file(self.owner.kit, str(path), file.name)

        (self.home / "files").mkdir(exist_ok=True)
        for file in several:
            (self.home / "files" / file.name).write_bytes(file.content)
        await asyncio.gather(*map(add, several))

    async def faults(self) -> list[str]:
        return await faults(self.privileged, self.owner.kit.member.tenant)


@asynccontextmanager
async def _place() -> AsyncIterator[_Place]:
    with passing_home() as home:
        async with (
            open_engine(Settings(home=home), login=Login.MEMBER) as owner,
            open_embedded(home) as server,
        ):
            superuser = server.conninfo(user=server.superuser, password=server.password)
            yield _Place(
                home=home,
                privileged=make_conninfo(
                    superuser, options="-c search_path=public,extensions"
                ),
                owner=owner,
            )


@asynccontextmanager
async def _local() -> AsyncIterator[LocalEmbedder]:
    """Give an embedder of our own that has its model loaded."""
    async with LocalEmbedder.open(paths.resources_dir() / "models", WORKERS) as embedder:
        await embedder.embed(["it is loaded now"])
        yield embedder


def _rate(several: Sequence[File], started: float) -> Figures:
    seconds = perf_counter() - started
    pages = sum(file.pages for file in several)
    return {
        "pages": pages,
        "seconds": round(seconds, 1),
        "pages_per_second": round(pages / seconds, 1),
    }


async def _reading(sample: Sequence[File]) -> Figures:
    """Return how fast files become text, as many at a time as there are places."""
    started = perf_counter()
    await asyncio.gather(*(read_file(file.name, file.content) for file in sample))
    return _rate(sample, started)


async def _embedding(sample: Sequence[File]) -> Figures:
    """Return how fast texts become vectors, with nothing else going on."""
    texts = [(await read_file(file.name, file.content)).text for file in sample]
    every = [chunk.text for text in texts for chunk in chunks(text)]
    async with _local() as embedder:
        started = perf_counter()
        for at in range(0, len(every), ingest.BATCH):
            await ingest.embedded(embedder, every[at : at + ingest.BATCH])
        return {**_rate(sample, started), "chunks": len(every)}


async def _usual(place: _Place, sample: Sequence[File]) -> Figures:
    async with _local() as embedder:
        started = perf_counter()
        await usual.index(place.privileged, place.owner.kit.member.tenant, embedder, sample)
        return _rate(sample, started)


async def _ours(place: _Place) -> Figures:
    """Index the pages with the worker of the jobs in this process."""
    several = list(files(PAGES, seed=2))
    async with open_engine(
        Settings(home=place.home), frozenset({Part.JOBS}), login=Login.SERVICE
    ):
        data = place_for(place.home).data_dir
        before, started = processor_seconds(data), perf_counter()
        async with asyncio.timeout(PAGES / SLOWEST):
            await place.add(several)
            added = perf_counter() - started
            await until_all_is_read_in(place.owner.kit)
        found = _rate(several, started)
        used = processor_seconds(data)
    costs = {name: 1000 * (used[name] - before[name]) / PAGES for name in used}
    wrong = await place.faults()
    return {
        **found,
        "documents": len(several),
        "seconds_until_all_were_added": round(added, 1),
        "processor_ms_per_page": {name: round(cost, 1) for name, cost in costs.items()},
        "on_two_cores_of_our_own": round(2000 / sum(costs.values()), 1),
        "faults": len(wrong),
        "first_faults": wrong[:5],
    }


async def _killed(place: _Place) -> Figures:
    """Have more pages wait, and two companions after each other index them."""
    several = list(files(KILLED_PAGES, seed=3))
    await place.add(several)
    texts = [(await read_file(file.name, file.content)).text for file in several]
    scene = Scene(
        home=place.home,
        privileged=place.privileged,
        tenant=place.owner.kit.member.tenant,
        owner=place.owner.kit,
        texts=sum(len({chunk.text for chunk in chunks(text)}) for text in texts),
    )
    return await killed(scene, patience=KILLED_PAGES / SLOWEST + 30)
