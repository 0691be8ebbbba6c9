"""How a message looks, in a few numbers: advertisements shout, count and link."""

import re

from core.assistant import lexicon
from core.knowledge.language import straightened

READ_CHARS = 1000

_LINK = re.compile(r"https?://|\bwww\.|\.(?:com|net|co|org|info|biz|example)\b")
_LONG_NUMBER = re.compile(r"\d{5,}")
_MONEY = re.compile(r"[£$€] ?\d|\d ?[£$€]")
_DIGIT = re.compile(r"\d")
_LOUD = frozenset("£$€!")


def marks(text: str) -> tuple[float, ...]:
    """Return the marks of a text, each about 0..1."""
    read = text[:READ_CHARS]
    words, letters = read.split(), [char for char in read if char.isalpha()]
    folded = straightened(read)
    capitals = sum(char.isupper() for char in letters) / max(1, len(letters))
    signs = {match.group() for match in lexicon.PROMOTION.finditer(folded)}
    return (
        min(1.0, 5 * sum(char.isdigit() for char in read) / max(1, len(read))),
        float(bool(_LINK.search(folded))),
        min(1.0, 3 * capitals) if len(letters) > 3 else 0.0,
        min(1.0, sum(char in _LOUD for char in read) / 3),
        float(bool(_LONG_NUMBER.search(read))),
        min(1.2, len(read) ** 0.25 / 4),
        min(1.0, len(signs) / 3),
        min(1.0, sum(len(word) > 1 and word.isupper() for word in words) / 3),
        float(bool(_MONEY.search(read))),
        min(1.0, sum(bool(_DIGIT.search(word)) for word in words) / 4),
        float("?" in read),
    )
