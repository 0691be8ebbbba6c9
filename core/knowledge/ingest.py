"""Turn a stored text into chunks with vectors, outside any transaction.

A document that is added again in a new version keeps the chunks whose words are the same,
with their vectors: embedding is what takes the time. So does a run that starts again after
a kill: what was staged before is not embedded twice.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from core.domain.ids import ChunkId
from core.knowledge.chunking import TextChunk, chunks, pieces
from core.knowledge.language import CERTAIN, guess
from core.llm.base import ChunkText, Embedder
from core.store.chunks import IndexedChunk, NewChunk, Place, StagedChunk
from core.store.documents import Source

TELLING_WORDS = 30
"""A chunk shorter than this does not overrule the language of its document."""
BATCH = 16
"""Chunks embedded between two looks at whether they are still wanted: about a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the index must hold for a text: chunks that stay, and chunks that are new."""

    kept: tuple[Place, ...]
    missing: tuple[NewChunk, ...]

    @property
    def total(self) -> int:
        """Return how many chunks the text has."""
        return len(self.kept) + len(self.missing)

    def batches(self, staged: set[bytes]) -> list[list[str]]:
        """Return the texts that are still to be embedded, each once, some at a time."""
        texts = dict.fromkeys(
            chunk.content for chunk in self.missing if digest(chunk.content) not in staged
        )
        left = list(texts)
        return [left[at : at + BATCH] for at in range(0, len(left), BATCH)]


def plan(source: Source, indexed: Sequence[IndexedChunk]) -> Plan:
    """Compare a text with the chunks that are in the index already."""
    known: dict[str, list[ChunkId]] = defaultdict(list)
    for old in reversed(indexed):
        known[old.content].append(old.id)
    kept: list[Place] = []
    missing: list[NewChunk] = []
    cut = chunks(source.content)
    ends = [*(following.start_char for following in cut[1:]), len(source.content)]
    for chunk, end in zip(cut, ends, strict=True):
        gap = source.content[chunk.end_char : end]
        if known[chunk.text]:
            kept.append(_place(known[chunk.text].pop(), chunk, source, gap))
        else:
            missing.append(_new(chunk, source, gap))
    return Plan(kept=tuple(kept), missing=tuple(missing))


def digest(text: str) -> bytes:
    """Return what a text goes by while its vectors are staged."""
    return sha256(text.encode()).digest()


async def embedded(embedder: Embedder, texts: Sequence[str]) -> list[StagedChunk]:
    """Return the vectors of texts, whole and in pieces.

    Raises:
        ModelDown: the embedder does not answer.
    """
    if not texts:
        return []
    asked = [
        ChunkText(text=text, windows=tuple((one.start, one.end) for one in pieces(text)))
        for text in texts
    ]
    return [
        StagedChunk(
            text_sha256=digest(one.text),
            whole=vectors.whole,
            windows=tuple(vectors.windows),
        )
        for one, vectors in zip(asked, await embedder.embed_chunks(asked), strict=True)
    ]


def _new(chunk: TextChunk, source: Source, gap: str) -> NewChunk:
    return NewChunk(
        place=_place(ChunkId(uuid4()), chunk, source, gap),
        content=chunk.text,
        token_count=chunk.token_count,
        lang_code=_language(chunk, source.lang_code),
    )


def _language(chunk: TextChunk, document: str) -> str:
    """Return the chunk's own language: price lists and policies are often bilingual."""
    if chunk.token_count < TELLING_WORDS:
        return document
    seen = guess(chunk.text)
    return seen.code if seen.confidence >= CERTAIN else document


def _place(chunk_id: ChunkId, chunk: TextChunk, source: Source, gap: str) -> Place:
    starts = source.page_starts
    return Place(
        id=chunk_id,
        index=chunk.index,
        start_char=chunk.start_char,
        end_char=chunk.end_char,
        heading=chunk.heading,
        page=max(1, bisect_right(starts, chunk.start_char)) if starts else None,
        gap=gap,
    )
