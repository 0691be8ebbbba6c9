"""The demo's café in a real database, for tests that measure the assistant on it."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from core.actions.teach import title_of
from core.assistant import saver
from core.assistant.graph import open_assistant
from core.assistant.state import Case, Phrasings
from core.domain.decision import Proposal
from core.domain.ids import FaqId, TenantId
from core.domain.knowledge import FaqText, Passage
from core.knowledge import faq
from core.knowledge.reading.reader import read_file
from core.knowledge.retrieve import answering, understood
from core.llm.base import Embedder
from core.queries.phrasings import KnownPhrasings
from core.store import faqs
from core.store.pool import Database
from tests.fixtures.knowledge import a_version, embedded, put_version

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
SAMPLES = Path(__file__).parent / "samples"
BETWEEN_FRAGMENTS = " // "


@dataclass(frozen=True, slots=True, kw_only=True)
class Cafe:
    """A tenant that knows what the demo's café knows."""

    database: Database
    tenant: TenantId
    embedder: Embedder

    @property
    def phrasings(self) -> Phrasings:
        """What the assistant learns the FAQ from, as in the engine."""
        return KnownPhrasings(self.database, [self.embedder])

    async def open(self) -> None:
        """Index the documents and the FAQ."""
        for name, content in _files():
            await self.add_document(name, content)
        await self.keep(entries())

    async def considered(self, cases: Iterable[Case]) -> list[Proposal]:
        """Return what the assistant proposes here for each case."""
        async with open_assistant(
            retrieve=self.find,
            embedder=self.embedder,
            checkpointer=saver.in_memory(),
            phrasings=self.phrasings,
        ) as assistant:
            return [
                await assistant.consider(replace(one, tenant=self.tenant)) for one in cases
            ]

    async def add_document(self, name: str, content: bytes) -> None:
        """Index one file."""
        read = await read_file(name, content)
        version = replace(a_version(name, read.text), title=read.title or title_of(name))
        made = await embedded(self.embedder, version)
        async with self.database.unit(self.tenant) as unit:
            await put_version(unit, self.embedder.name, version, made)

    async def keep(self, kept: Iterable[FaqText]) -> None:
        """Add FAQ entries, or put them in place of those with the same question."""
        for entry in kept:
            new = await faq.embedded(self.embedder, entry, FaqId(uuid4()))
            async with self.database.unit(self.tenant) as unit:
                await faqs.keep(unit, self.embedder.name, new)

    async def find(
        self, tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        """Retrieve as the engine does."""
        question = await understood([self.embedder], query, lang=lang)
        if question is None:
            return []
        async with self.database.unit(tenant) as unit:
            return await answering(unit, question, k=k)


def _files() -> list[tuple[str, bytes]]:
    files = sorted((DEMO / "documents").rglob("*.*"))
    return [(file.name, file.read_bytes()) for file in files]


def entries() -> list[FaqText]:
    """Return the FAQ of the demo."""
    return faq.read_csv((DEMO / "faq.csv").read_bytes())


def without(entry: FaqText, phrasing: str) -> FaqText:
    """Return an entry that has never been asked in these words."""
    kept = tuple(one for one in entry.phrasings if one != phrasing)
    return replace(entry, phrasings=kept)


def rows(name: str) -> Sequence[dict[str, str]]:
    """Return the rows of a sample table."""
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def source_of(passage: Passage) -> str:
    """Return a passage's source as the samples name it: the file, or the question."""
    return passage.question or passage.name
