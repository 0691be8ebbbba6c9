"""Turn a stored text into chunks with vectors, outside any transaction.

A document that is added again in a new version keeps the vectors of the chunks whose
words are the same: embedding is what takes the time.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from core.domain.ids import ChunkId
from core.knowledge.chunking import TextChunk, chunks, windows
from core.knowledge.language import CERTAIN, guess
from core.llm.base import Embedder
from core.store.chunks import IndexedChunk, NewChunk, Place

TELLING_WORDS = 30
"""A chunk shorter than this does not overrule the language of its document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the index must hold for a text: chunks that stay, and chunks to embed."""

    kept: tuple[Place, ...]
    missing: tuple[TextChunk, ...]


def plan(text: str, indexed: Sequence[IndexedChunk]) -> Plan:
    """Compare a text with the chunks that are in the index already."""
    known: dict[str, list[ChunkId]] = defaultdict(list)
    for old in reversed(indexed):
        known[old.content].append(old.id)
    kept: list[Place] = []
    missing: list[TextChunk] = []
    for chunk in chunks(text):
        if known[chunk.text]:
            kept.append(_place(known[chunk.text].pop(), chunk))
        else:
            missing.append(chunk)
    return Plan(kept=tuple(kept), missing=tuple(missing))


async def embedded(
    embedder: Embedder, missing: Sequence[TextChunk], lang_code: str
) -> list[NewChunk]:
    """Return the chunks with their vectors.

    Raises:
        ModelDown: the embedder does not answer.
    """
    return [await _embedded(embedder, chunk, lang_code) for chunk in missing]


async def _embedded(embedder: Embedder, chunk: TextChunk, lang_code: str) -> NewChunk:
    whole, *parts = await embedder.embed([chunk.text, *windows(chunk.text)])
    return NewChunk(
        place=_place(ChunkId(uuid4()), chunk),
        content=chunk.text,
        token_count=chunk.token_count,
        lang_code=_language(chunk, lang_code),
        whole=whole,
        windows=tuple(parts),
    )


def _language(chunk: TextChunk, document: str) -> str:
    """Return the chunk's own language: price lists and policies are often bilingual."""
    seen = guess(chunk.text)
    is_telling = chunk.token_count >= TELLING_WORDS and seen.confidence >= CERTAIN
    return seen.code if is_telling else document


def _place(chunk_id: ChunkId, chunk: TextChunk) -> Place:
    return Place(
        id=chunk_id,
        index=chunk.index,
        start_char=chunk.start_char,
        end_char=chunk.end_char,
        heading=chunk.heading,
    )
