"""Read a chunk piece by piece: its windows each alone, and the whole as their sum.

A pass over the whole text would cost as much again and find no more (DECISIONS 29), and a
model that reads 256 tokens would cut a long chunk where nothing of it is lost here.
"""

import math
from collections.abc import Sequence

from core.llm.base import ChunkText, ChunkVectors, Vector


def pieces_of(chunk: ChunkText) -> list[str]:
    """Return the texts that are read for a chunk."""
    return [chunk.text[start:end] for start, end in chunk.windows] or [chunk.text]


def assembled(chunk: ChunkText, pieces: Sequence[Vector]) -> ChunkVectors:
    """Return the vectors of a chunk, given those of its pieces."""
    if not chunk.windows:
        return ChunkVectors(whole=pieces[0], windows=())
    return ChunkVectors(whole=_direction_of_sum(pieces), windows=tuple(pieces))


def _direction_of_sum(vectors: Sequence[Vector]) -> Vector:
    total = [sum(column) for column in zip(*vectors, strict=True)]
    length = math.sqrt(sum(part * part for part in total))
    # Opposites that cancel each other out have no direction in common.
    return [part / length for part in total] if length else vectors[0]
