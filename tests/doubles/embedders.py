"""Embedders whose work can be counted, and into whose work something can come between."""

import math
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256

from core.llm.base import ChunkText, ChunkVectors, Embedder, Vector
from core.llm.embed import LocalEmbedder
from core.llm.pieces import assembled, pieces_of

Between = Callable[[int], Awaitable[None]]
"""Called with the number of a call for vectors to be indexed, from 1, before it is answered."""


class HashedEmbedder:
    """Knows the words of a text and nothing of their meaning, but needs no model."""

    name = LocalEmbedder.name
    dimensions = LocalEmbedder.dimensions

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        return [self._vector(text) for text in texts]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        return [
            assembled(chunk, [self._vector(piece) for piece in pieces_of(chunk)])
            for chunk in chunks
        ]

    def _vector(self, text: str) -> Vector:
        vector = [0.0] * self.dimensions
        for word in text.lower().split() or [""]:
            digest = sha256(word.encode()).digest()
            vector[int.from_bytes(digest[:4], "big") % self.dimensions] += 1.0
        length = math.hypot(*vector)
        return [part / length for part in vector]


class WatchedEmbedder:
    """Answers with the vectors of another embedder, and notes what it was asked for.

    A wider one has them at the far end of longer vectors: they lie among each other as
    before, and have nothing in common with those of the embedder behind.
    """

    def __init__(
        self,
        behind: Embedder,
        *,
        name: str | None = None,
        dimensions: int | None = None,
        between: Between | None = None,
    ) -> None:
        self.name = name or behind.name
        self.dimensions = dimensions or behind.dimensions
        self.asked: list[str] = []
        self.indexed: list[str] = []
        self.calls = 0
        self._behind = behind
        self._between = between

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.asked += texts
        return [self._moved(vector) for vector in await self._behind.embed(texts)]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        self.calls += 1
        if self._between is not None:
            await self._between(self.calls)
        made = await self._behind.embed_chunks(chunks)
        self.indexed += [chunk.text for chunk in chunks]
        return [
            ChunkVectors(
                whole=self._moved(one.whole), windows=tuple(map(self._moved, one.windows))
            )
            for one in made
        ]

    def _moved(self, vector: Vector) -> Vector:
        return [*[0.0] * (self.dimensions - len(vector)), *vector]
