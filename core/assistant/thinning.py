"""Copies of phrasings that lack some words, to learn from beside the phrasings themselves.

A classifier that has seen a handful of ways to ask something leans on each of their words.
Having to tell the copies apart as well, it learns which words carry the meaning.
"""

from collections.abc import Iterator
from zlib import crc32

COPIES = 2
_MISSING = 0.2
"""The share of words that a copy lacks, on average."""
_ALL = 2**32


def thinned(text: str) -> tuple[str, ...]:
    """Return up to `COPIES` copies that lack words; the same text gives the same ones.

    A text that has no word to spare has none.
    """
    words = text.split()
    drawn = (" ".join(_kept(words, text, number)) for number in range(COPIES))
    whole = " ".join(words)
    return tuple(dict.fromkeys(copy for copy in drawn if copy not in ("", whole)))


def _kept(words: list[str], text: str, number: int) -> Iterator[str]:
    for at, word in enumerate(words):
        if (
            crc32(f"{number} {at} {text}".encode("utf-8", "surrogatepass"))
            >= _MISSING * _ALL
        ):
            yield word
