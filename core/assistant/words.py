"""The words of a message that carry its meaning, and how alike two words are.

Customers inflect, misspell and leave accents out: "livrez" must meet "livraison", and
"somthing" must meet "something". Comparing beginnings and letter triples does that in any
language with an alphabet, without a dictionary.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from core.assistant.lexicon import ASKED_ABOUT, VAGUE
from core.knowledge.kinds import (
    NAMED_BY_ASKING,
    STATED_AS,
    Kind,
    asked_kinds,
    names,
    said_to_ask,
    share_held,
)
from core.knowledge.language import EVERYDAY, unaccented
from core.knowledge.moments import dates
from core.knowledge.topics import folded

ALIKE = 0.5
"""Below this, two words that begin the same are different words."""

_WORD = re.compile(r"[^\W_]+")
_STEM = 4
"""A common beginning of this length can be a stem."""


def telling_words(text: str, language: str) -> list[str]:
    """Return the different words of `text` that say what it is about, folded, in order.

    Where no word does, those that ask for a kind of fact have to: "your opening times?".
    """
    everyday = EVERYDAY.get(language, frozenset()) - ASKED_ABOUT
    found = [
        word
        for word in dict.fromkeys(_WORD.findall(unaccented(text)))
        if (len(word) > 1 or word.isdigit()) and word not in everyday
    ]
    return [word for word in found if word not in VAGUE] or [
        word for word in found if asked_kinds(word)
    ]


def wanted(question: str, language: str) -> list[str]:
    """Return what an answer to a question has to have: its telling words, and facts.

    Words that only ask for what pages state without naming it, such as an address, stand
    for the fact itself, a `Kind`.
    """
    kinds = sorted(asked_kinds(question) & NAMED_BY_ASKING)
    asking = frozenset().union(*(said_to_ask(kind, question) for kind in kinds))
    # The 14 of "14 July" is not found in "at 14:00".
    numbers = frozenset(word for word in of_dates(question) if word[0].isdigit())
    words = [
        word
        for word in telling_words(question, language)
        if word not in asking and word not in numbers
    ]
    return [*kinds, *words]


def looked_up(question: str, language: str) -> str:
    """Return what to search for: the question, and how pages state what alone it asks for.

    "Where are you?" has no word of the page that answers it. A question that names
    something besides is found by that.
    """
    asked = wanted(question, language)
    if not all(isinstance(one, Kind) for one in asked):
        return question
    stated = [STATED_AS[kind].get(language, "") for kind in STATED_AS if kind in asked]
    return "\n".join([question, *filter(None, stated)])


def of_dates(question: str) -> list[str]:
    """Return the words and numbers of the dates in a question."""
    plain = folded(question)
    named = (plain[found.start : found.end] for found in dates(plain))
    return [word for date in named for word in _WORD.findall(date)]


class Vocabulary:
    """The words of some text, ready to be asked how near a word comes to any of them."""

    def __init__(self, text: str) -> None:
        """Fold the text's words and sort them by their first two letters."""
        self._text = text
        self._by_start: dict[str, set[str]] = defaultdict(set)
        for word in _WORD.findall(unaccented(text)):
            self._by_start[word[:2]].add(word)

    def nearness(self, word: str) -> float:
        """Return how alike the nearest word is, 0..1; words alike by chance count 0.

        For a kind of fact it is 1 where the text holds one or speaks of it.
        """
        if isinstance(word, Kind):
            is_there = share_held(frozenset({word}), self._text) or names(word, self._text)
            return float(bool(is_there))
        near = self._by_start.get(word[:2], ())
        best = max((likeness(word, other) for other in near), default=0.0)
        return best if best >= ALIKE else 0.0

    def share_of(self, words: Iterable[str]) -> float:
        """Return which part of `words` is here, 0..1; 0 when there are none."""
        found = [self.nearness(word) for word in words]
        return sum(found) / len(found) if found else 0.0


def likeness(one: str, other: str) -> float:
    """Return how alike two folded words are: 1 for the same, 0 for nothing in common."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    common = _common_start(one, other)
    start = 2 * common / (len(one) + len(other)) if common >= _STEM else 0.0
    return max(start, dice(one, other))


def dice(one: str, other: str) -> float:
    """Return the share of letter triples that two texts have in common, 0..1."""
    first, second = _triples(one), _triples(other)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def _common_start(one: str, other: str) -> int:
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _triples(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
