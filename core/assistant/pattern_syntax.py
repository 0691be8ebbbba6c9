"""Read a pattern as typed: letters, sets, groups, choices and repetitions.

The notation is that of regular expressions everywhere, as far as it can be searched
without trying one way after another; what is left out is refused by its name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntFlag

from core.domain.errors import Refused
from core.knowledge.language import unaccented

MOST_CHARS = 200
MOST_TIMES = 100
_DEEPEST = 20
_SPECIAL = frozenset("\\.^$|?*+()[]{}")


class Spot(IntFlag):
    """A place between two characters that a pattern can ask for."""

    LINE_START = 1
    LINE_END = 2
    WORD_EDGE = 4


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set."""

    singles: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    is_negated: bool = False

    def accepts(self, char: str) -> bool:
        """Return whether a folded character is in the set."""
        found = (
            char in self.singles
            or any(low <= char <= high for low, high in self.ranges)
            or any(_KINDS[kind](char) for kind in self.kinds)
        )
        return found is not self.is_negated


@dataclass(frozen=True, slots=True)
class Boundary:
    """Nothing, at a certain place."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after another."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of several parts."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part again and again; `most` None is without end."""

    part: "Part"
    least: int
    most: int | None


Part = Chars | Boundary | Sequence | Choice | Repeat


def is_word(char: str) -> bool:
    """Return whether a character is a letter, a digit or an underscore."""
    return bool(char) and (char.isalnum() or char == "_")


_KINDS: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "D": lambda char: not char.isdecimal(),
    "w": is_word,
    "W": lambda char: not is_word(char),
    "s": str.isspace,
    "S": lambda char: not char.isspace(),
}
_WRITTEN = {"n": "\n", "t": "\t"}
_ANY = Chars(singles=frozenset("\n"), is_negated=True)
_TIMES: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}


def parsed(pattern: str) -> Part:
    """Return the parts of a pattern.

    Raises:
        Refused: it is too long, or not in this notation; says what to write instead.
    """
    if len(pattern) > MOST_CHARS:
        raise Refused(
            f"The pattern is longer than {MOST_CHARS} characters.",
            "Split it over several rules.",
        )
    reader = _Reader(pattern.removeprefix("(?i)"))
    whole = reader.choice(0)
    if not reader.is_over:
        raise Refused("The pattern closes a “)” that nothing opened.", "Write “\\)”.")
    return whole


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._left = pattern
        self._at = 0

    @property
    def is_over(self) -> bool:
        return self._at >= len(self._left)

    def _next_is(self, what: str) -> bool:
        return self._left.startswith(what, self._at)

    def _took(self, what: str) -> bool:
        if not self._next_is(what):
            return False
        self._at += len(what)
        return True

    def _one(self) -> str:
        if self.is_over:
            raise Refused("The pattern ends too early.", "Complete it.")
        self._at += 1
        return self._left[self._at - 1]

    def choice(self, depth: int) -> Part:
        """Read ways separated by bars."""
        if depth > _DEEPEST:
            raise Refused("The pattern has too many brackets inside brackets.")
        ways = [self._sequence(depth)]
        while self._took("|"):
            ways.append(self._sequence(depth))
        return ways[0] if len(ways) == 1 else Choice(tuple(ways))

    def _sequence(self, depth: int) -> Part:
        parts: list[Part] = []
        while not (self.is_over or self._next_is("|") or self._next_is(")")):
            parts.append(self._repeated(self._single(depth)))
        return Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        times = self._times()
        if times is None:
            return part
        if isinstance(part, Boundary):
            raise Refused("The pattern repeats a place, such as “^” or “\\b”.")
        self._took("?")  # fewest first or most first: whether it is found is the same
        if self._times() is not None:
            raise Refused(
                "The pattern has two repetitions in a row.",
                "Put brackets around the first.",
            )
        return Repeat(part, *times)

    def _times(self) -> tuple[int, int | None] | None:
        for sign, times in _TIMES.items():
            if self._took(sign):
                return times
        return self._counted() if self._took("{") else None

    def _counted(self) -> tuple[int, int | None]:
        inside, closed, _ = self._left[self._at :].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not _is_count(least) or (most and not _is_count(most)):
            raise Refused(
                "The pattern has a “{” without a count.", "Write “\\{” or “{2,5}”."
            )
        self._at += len(inside) + 1
        first = int(least)
        last = (int(most) if most else None) if comma else first
        if first > MOST_TIMES or (last or 0) > MOST_TIMES:
            raise Refused(f"The pattern repeats something more than {MOST_TIMES} times.")
        if last is not None and last < first:
            raise Refused("The pattern has a count that ends before it starts.")
        return first, last

    def _single(self, depth: int) -> Part:
        char = self._one()
        if char == "(":
            return self._group(depth)
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escaped()
        plain: dict[str, Part] = {
            ".": _ANY,
            "^": Boundary(Spot.LINE_START),
            "$": Boundary(Spot.LINE_END),
        }
        if char in plain:
            return plain[char]
        if char in "*+?{":
            raise Refused(
                f"The pattern repeats nothing with “{char}”.", f"Write “\\{char}”."
            )
        return _letters(char)

    def _group(self, depth: int) -> Part:
        if self._next_is("?") and not self._took("?:"):
            raise Refused(
                f"The pattern looks around or names a group with “({self._left[self._at :][:3]}”,"
                " which is not possible here.",
                "Use plain brackets.",
            )
        inner = self.choice(depth + 1)
        if not self._took(")"):
            raise Refused("The pattern opens a “(” that nothing closes.", "Write “\\(”.")
        return inner

    def _escaped(self) -> Part:
        char = self._one()
        if char == "b":
            return Boundary(Spot.WORD_EDGE)
        if char in _KINDS:
            return Chars(kinds=(char,))
        return _letters(self._literal(char))

    def _literal(self, char: str) -> str:
        if char in _WRITTEN:
            return _WRITTEN[char]
        if char.isalnum():
            raise Refused(
                f"The pattern uses “\\{char}”, which is not possible here.",
                "There are \\d, \\w, \\s, \\b and their opposites \\D, \\W, \\S.",
            )
        return char

    def _set(self) -> Chars:
        is_negated = self._took("^")
        singles: set[str] = set()
        ranges: list[tuple[str, str]] = []
        kinds: list[str] = []
        is_first = True
        while is_first or not self._took("]"):
            is_first = False
            char = self._member(kinds)
            if char is None:
                continue
            if self._next_is("-") and not self._next_is("-]"):
                self._took("-")
                ranges.append(_range(char, self._member(kinds)))
            else:
                singles.update(unaccented(char))
        return Chars(frozenset(singles), tuple(ranges), tuple(kinds), is_negated)

    def _member(self, kinds: list[str]) -> str | None:
        """Read one character of a set; None for a kind of characters, which is noted."""
        char = self._one()
        if char != "\\":
            return char
        escaped = self._one()
        if escaped in _KINDS:
            kinds.append(escaped)
            return None
        return self._literal(escaped)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _letters(char: str) -> Part:
    """Return a character as the folded text has it, which may be none, one or several."""
    return Sequence(tuple(Chars(frozenset(one)) for one in unaccented(char)))


def _range(low: str, high: str | None) -> tuple[str, str]:
    first, last = unaccented(low), unaccented(high or "")
    if len(first) != 1 or len(last) != 1 or last < first:
        raise Refused(
            f"The pattern has a range “{low}-{high or ''}” that holds nothing.",
            "Write the lower end first, as in “0-9”.",
        )
    return first, last
