"""Turn texts into rows of numbers by the letters and word pairs they are made of.

Pieces of words survive typing errors and endings, which whole words do not. They are
hashed into a fixed number of columns, so that a row costs the same whatever is read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.knowledge.language import unaccented

Numbers = NDArray[np.float32]

COLUMNS = 4096
"""A message has some 200 pieces, so that few share a column by chance."""
READ_CHARS = 600
"""What a text is about stands in its beginning; the rest only costs time."""
_SIZES = (3, 4, 5)
_NOT_WORD = re.compile(r"[\W_]+")


class Letters:
    """How telling each column is, learnt from the texts it was made with."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count in how many texts each column occurs."""
        spread = np.zeros(COLUMNS)
        for text in texts:
            columns = list(counted(text))
            spread[columns] += 1
        self._telling = np.log((1 + len(texts)) / (1 + spread)) + 1

    def rows(self, texts: Sequence[str]) -> Numbers:
        """Return one row of length one per text; a text without words gives zeros."""
        rows = np.zeros((len(texts), COLUMNS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            counts = counted(text)
            if counts:
                columns = list(counts)
                row[columns] = 1 + np.log(list(counts.values()))
                row *= self._telling
                row /= np.linalg.norm(row)
        return rows


def counted(text: str) -> Counter[int]:
    """Return how often each column occurs in a text."""
    return Counter(crc32(piece.encode()) % COLUMNS for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    words = _NOT_WORD.sub(" ", unaccented(text[:READ_CHARS])).split()
    for word in words:
        edged = f" {word} "
        for size in _SIZES:
            for at in range(len(edged) - size + 1):
                yield edged[at : at + size]
    for first, second in pairwise(words):
        yield f"{first}_{second}"
