"""Follow the headings of a text, so that a sentence knows what it stands under."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.knowledge.amounts import Found, Kind
from core.knowledge.chunking import HEADING_SEPARATOR, reads_like_title
from core.knowledge.moments import years
from core.knowledge.surroundings import written
from core.knowledge.topics import Term, folded, terms

_MARK = re.compile(r"\s*(#{1,6})\s")
_RULE = re.compile(r"\s*\|?[-=|:\s]+$")
_UNMARKED, _LABEL = 7, 8
"""The levels of a title without marks and of a line that ends in a colon."""
_LABEL_WORDS = 6


@dataclass(slots=True)
class Headings:
    """The headings above the place reached so far, outermost first."""

    _path: list[tuple[int, tuple[Term, ...]]] = field(default_factory=list)

    @classmethod
    def above(cls, heading: str, lang: str) -> "Headings":
        """Begin under a path of headings as `chunking` writes it."""
        path = []
        for level, name in enumerate(heading.split(HEADING_SEPARATOR), start=1):
            plain = folded(name)
            told = [*terms(plain, 0, len(plain), lang), *_dated(years(plain))]
            path.append((level, tuple(told)))
        return cls(path)

    def enter(self, words: str, told: Iterable[Term], values: Sequence[Found]) -> bool:
        """Go under a line if it is a heading, and tell whether it is."""
        level = _level(words, values)
        if level is None:
            return False
        self._path = [(over, names) for over, names in self._path if over < level]
        self._path.append((level, (*told, *_dated(values))))
        return True

    @property
    def nearest(self) -> tuple[Term, ...]:
        """Return the words of the nearest heading that says anything."""
        return next((names for _, names in reversed(self._path) if names), ())

    @property
    def path(self) -> tuple[Term, ...]:
        """Return the words of all headings, the nearest first."""
        return tuple(term for _, names in reversed(self._path) for term in names)


def _level(words: str, values: Sequence[Found]) -> int | None:
    bare = words.strip()
    marked = _MARK.match(bare)
    if marked:
        return len(marked[1])
    if any(each.kind is not Kind.DATE for each in values):
        return None
    if bare.endswith(":") and len(bare.split()) <= _LABEL_WORDS:
        return _LABEL
    return _UNMARKED if _RULE.match(bare) or reads_like_title(bare) else None


def _dated(values: Iterable[Found]) -> list[Term]:
    """Return the dates of a heading as words that narrow what stands under it."""
    return [
        Term(each.start, each.end, f"{each.bound} {written(each)}", "date")
        for each in values
        if each.kind is Kind.DATE
    ]
