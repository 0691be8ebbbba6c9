"""Score texts by the four-letter pieces they share with a question.

Pieces of words survive typos, endings and missing accents, which whole words do not.
They are only worth their cost on the candidates that the database has put forward.
"""

import re
from collections.abc import Sequence
from math import log

from core.knowledge.language import unaccented

GRAM = 4
_K1 = 1.2
_B = 0.75
_NOT_WORD = re.compile(r"[\W_]+")


def gram_scores(question: str, texts: Sequence[str]) -> list[float]:
    """Return the BM25 of every text for the question, over grams instead of words.

    How telling a gram is gets judged among the given texts alone.
    """
    asked = grams(question)
    folded = [_folded(text) for text in texts]
    mean_length = sum(map(len, folded)) / len(folded) if folded else 1.0
    scores = [0.0] * len(folded)
    for gram in asked:
        counts = [text.count(gram) for text in folded]
        spread = sum(1 for count in counts if count)
        weight = log(1 + (len(folded) - spread + 0.5) / (spread + 0.5))
        for at, count in enumerate(counts):
            if count:
                slack = _K1 * (1 - _B + _B * len(folded[at]) / mean_length)
                scores[at] += weight * count * (_K1 + 1) / (count + slack)
    return scores


def gram_share(asked: str, text: str) -> float:
    """Return the part of the grams of some words that a text has, 0..1."""
    wanted, folded = grams(asked), _folded(text)
    return sum(gram in folded for gram in wanted) / len(wanted) if wanted else 0.0


def grams(text: str) -> list[str]:
    """Return the different grams of a text, in order; a short word is one with its edges."""
    folded = _folded(text)
    found: dict[str, None] = {}
    for word in folded.split():
        padded = f" {word} "
        for at in range(max(1, len(padded) - GRAM + 1)):
            found[padded[at : at + GRAM]] = None
    return list(found)


def _folded(text: str) -> str:
    return f" {_NOT_WORD.sub(' ', unaccented(text)).strip()} "
