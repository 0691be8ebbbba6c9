"""Patterns an owner may type: regular expressions whose search can never hang.

Python's `re` tries one way after another, and for an innocent-looking `(\\w+\\s?)+!` there
are more ways than anybody can wait for. Here all ways are followed at once (Thompson, 1968):
the time grows with the text and not with the number of ways. So there is nothing to forbid
but what cannot be searched like that: references to what was matched before, and looking
ahead or behind.

Case and accents are ignored, `^` and `$` are the ends of any line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from core.assistant import pattern_syntax
from core.assistant.pattern_syntax import (
    Boundary,
    Chars,
    Choice,
    Part,
    Repeat,
    Sequence,
    Spot,
)
from core.domain.errors import Refused
from core.knowledge.language import unaccented

K = TypeVar("K")

MOST_STEPS = 250
"""How large a pattern may be with its repetitions written out."""
READ_CHARS = 8_000
"""A message is searched up to here; platforms carry shorter ones."""
_MOST_KEPT = 2_000
"""How many states of a search are remembered before they are worked out again."""


@lru_cache(maxsize=128)
def compiled(pattern: str) -> "Pattern":
    """Return a pattern, ready to be searched.

    Raises:
        Refused: it is no pattern, or one that finds something in every message.
    """
    found = Pattern(pattern_syntax.parsed(pattern))
    if found.is_in(""):
        raise Refused(
            "The pattern also matches nothing at all, so it would hold for every message.",
            "Make at least one part of it compulsory, for example with “+” for “*”.",
        )
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """One place of the machine: read a character, or pass where a condition holds."""

    reads: Chars | None = None
    passes: Boundary | None = None
    onward: tuple[int, ...] = ()


class Pattern:
    """A machine made of steps; sets of its places are the bits of a number."""

    def __init__(self, whole: Part) -> None:
        """Lay the steps out, the last one being the end.

        Raises:
            Refused: the pattern is too large.
        """
        self._steps: list[_Step] = [_Step()]
        self._start = self._laid(whole, 0)
        self._end = 1
        self._closed: dict[tuple[int, int], int] = {}
        self._moved: dict[tuple[int, str], int] = {}

    def is_in(self, text: str) -> bool:
        """Return whether the pattern is found anywhere in the first part of a text."""
        start, places = 1 << self._start, 0
        for char, seams in _read(text[:READ_CHARS]):
            reached = self._reach(places | start, seams)
            if reached & self._end:
                return True
            places = self._move(reached, char)
        return False

    def _reach(self, places: int, seams: int) -> int:
        """Return all places that are reached without reading anything."""
        key = (places, seams)
        known = self._closed.get(key)
        if known is not None:
            return known
        reached, waiting = places, list(_bits(places))
        while waiting:
            step = self._steps[waiting.pop()]
            if step.reads is not None or not _holds(step.passes, seams):
                continue
            for onward in step.onward:
                if not reached >> onward & 1:
                    reached |= 1 << onward
                    waiting.append(onward)
        _keep(self._closed, key, reached)
        return reached

    def _move(self, places: int, char: str) -> int:
        """Return the places after reading a character."""
        key = (places, char)
        known = self._moved.get(key)
        if known is not None:
            return known
        moved = 0
        for at in _bits(places):
            step = self._steps[at]
            if step.reads is not None and step.reads.accepts(char):
                moved |= 1 << step.onward[0]
        _keep(self._moved, key, moved)
        return moved

    def _laid(self, part: Part, then: int) -> int:
        """Add a part that goes on at `then`; return where it begins."""
        if isinstance(part, Chars):
            return self._add(_Step(reads=part, onward=(then,)))
        if isinstance(part, Boundary):
            return self._add(_Step(passes=part, onward=(then,)))
        if isinstance(part, Sequence):
            for one in reversed(part.parts):
                then = self._laid(one, then)
            return then
        if isinstance(part, Choice):
            ways = tuple(self._laid(one, then) for one in part.parts)
            return self._add(_Step(onward=ways))
        return self._repeated(part, then)

    def _repeated(self, repeat: Repeat, then: int) -> int:
        if repeat.most is None:
            again = self._add(_Step())
            inner = self._laid(repeat.part, again)
            self._steps[again] = _Step(onward=(inner, then))
            then = again
        else:
            last = then
            for _ in range(repeat.most - repeat.least):
                then = self._add(_Step(onward=(self._laid(repeat.part, then), last)))
        for _ in range(repeat.least):
            then = self._laid(repeat.part, then)
        return then

    def _add(self, step: _Step) -> int:
        if len(self._steps) > MOST_STEPS:
            raise Refused(
                "The pattern is too large with its repetitions written out.",
                f"Keep it under {MOST_STEPS} characters and repetitions in all.",
            )
        self._steps.append(step)
        return len(self._steps) - 1


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[tuple[str, int], ...]:
    """Return the folded characters, each with what lies before it, and the end of the text.

    Remembered because one message is searched for many patterns.
    """
    folded = (*unaccented(text), "")
    return tuple(
        (char, _seams(before, char))
        for before, char in zip(("", *folded), folded, strict=False)
    )


def _bits(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


def _seams(before: str, after: str) -> int:
    """Return what lies between two characters, as bits of `Spot`."""
    seams = 0
    if before in ("", "\n"):
        seams |= Spot.LINE_START
    if after in ("", "\n"):
        seams |= Spot.LINE_END
    if pattern_syntax.is_word(before) != pattern_syntax.is_word(after):
        seams |= Spot.WORD_EDGE
    return seams


def _holds(passes: Boundary | None, seams: int) -> bool:
    return passes is None or bool(seams & passes.spot)


def _keep(kept: dict[K, int], key: K, value: int) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value
