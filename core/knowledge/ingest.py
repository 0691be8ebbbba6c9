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
    for chunk in chunks(source.content):
        if known[chunk.text]:
            kept.append(_place(known[chunk.text].pop(), chunk, source.page_starts))
        else:
            missing.append(_new(chunk, source))
    return Plan(kept=tuple(kept), missing=tuple(missing))


def digest(text: str) -> bytes:
    """Return what a text goes by while its vectors are staged."""
    return sha256(text.encode()).digest()


async def embedded(embedder: Embedder, texts: Sequence[str]) -> list[StagedChunk]:
    """Return the vectors of the texts of chunks.

    Raises:
        ModelDown: the embedder does not answer.
    """
    asked = [
        ChunkText(
            text=text, windows=tuple((piece.start, piece.end) for piece in pieces(text))
        )
        for text in texts
    ]
    return [
        StagedChunk(
            text_sha256=digest(text),
            whole=vectors.whole,
            windows=tuple(vectors.windows),
        )
        for text, vectors in zip(texts, await embedder.embed_chunks(asked), strict=True)
    ]


def _new(chunk: TextChunk, source: Source) -> NewChunk:
    return NewChunk(
        place=_place(ChunkId(uuid4()), chunk, source.page_starts),
        content=chunk.text,
        token_count=chunk.token_count,
        lang_code=_language(chunk, source.lang_code),
    )


def _language(chunk: TextChunk, document: str) -> str:
    """Return the chunk's own language: price lists and policies are often bilingual."""
    seen = guess(chunk.text)
    is_telling = chunk.token_count >= TELLING_WORDS and seen.confidence >= CERTAIN
    return seen.code if is_telling else document


def _place(chunk_id: ChunkId, chunk: TextChunk, page_starts: Sequence[int]) -> Place:
    return Place(
        id=chunk_id,
        index=chunk.index,
        start_char=chunk.start_char,
        end_char=chunk.end_char,
        heading=chunk.heading,
        page=max(1, bisect_right(page_starts, chunk.start_char)) if page_starts else None,
    )
