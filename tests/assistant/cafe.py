"""The demo's café in a real database, for tests that measure the assistant on it."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from core.domain.ids import DocumentId, FaqId, TenantId
from core.domain.knowledge import Passage
from core.knowledge import extract, faq, ingest
from core.knowledge.faq import FaqText
from core.knowledge.language import detect
from core.knowledge.retrieve import answering, understood
from core.llm.base import Embedder
from core.store import chunks, documents, faqs
from core.store.documents import NewDocument
from core.store.pool import Database

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

    async def open(self) -> None:
        """Index the documents and the FAQ."""
        for name, content in _files():
            await self._add_document(name, content)
        await self.keep(entries())

    async def _add_document(self, name: str, content: bytes) -> None:
        text = extract.read_text(name, content)
        plan = ingest.plan(text, [])
        new = await ingest.embedded(self.embedder, plan.missing, detect(text))
        document = DocumentId(uuid4())
        async with self.database.unit(self.tenant) as unit:
            await documents.keep(
                unit,
                NewDocument(
                    id=document,
                    title=extract.title_of(name, text),
                    name=name,
                    content=text,
                    lang_code=detect(text),
                    size_bytes=len(text),
                    sha256=sha256(text.encode()).digest(),
                ),
            )
            await chunks.add(unit, document, self.embedder.name, new)
            await documents.mark_indexed(unit, document, chunk_count=len(new))

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
        question = await understood(self.embedder, query, lang=lang)
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
