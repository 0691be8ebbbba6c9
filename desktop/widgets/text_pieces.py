"""A long text cut into pieces that are small enough to be laid out one by one.

A piece ends with its line, with the section it belongs to, or where a line is longer than
anybody lays out at once. Offsets are code points, as everywhere but inside Qt.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.widgets.writing import utf16_length

LONGEST: Final = 2_000
"""Characters of a piece; a book without a line break still opens at once."""
NO_SECTION: Final = -1

_SILENT: Final = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\r\x0b\x0c"), "\u200b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A marked part of a text, from `start` to `end`."""

    start: int
    end: int
    number: str
    heading: str = ""
    facts: str = ""
    """Page, length, language: what stands at the other end of its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of a text, in code points."""

    start: int
    end: int


class TextPieces:
    """Where the pieces of a text begin, and to which section each belongs."""

    def __init__(self, text: str = "", sections: Sequence[Section] = ()) -> None:
        self.text = text
        self.sections = tuple(sections)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._section: list[int] = []
        for start, end, section in self._stretches():
            self._cut(start, end, section)

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self._starts)

    def lengths(self) -> list[int]:
        """Return how many characters each piece has."""
        return [end - start for start, end in zip(self._starts, self._ends, strict=True)]

    def shown(self, index: int) -> str:
        """Return a piece as it is laid out: one character for each, none of them hostile."""
        return self.text[self._starts[index] : self._ends[index]].translate(_SILENT)

    def section(self, index: int) -> int:
        """Return the section of a piece, or `NO_SECTION`."""
        return self._section[index]

    def is_first(self, index: int) -> bool:
        """Tell whether a piece begins its section."""
        section = self._section[index]
        if section == NO_SECTION:
            return False
        return index == 0 or self._section[index - 1] != section

    def is_last(self, index: int) -> bool:
        """Tell whether a piece ends its section, or the text between two."""
        at_end = index + 1 == len(self._section)
        return at_end or self._section[index + 1] != self._section[index]

    def piece_at(self, position: int) -> int:
        """Return the piece that holds a position of the text."""
        return max(0, bisect_right(self._starts, position) - 1)

    def first_of(self, section: int) -> int:
        """Return the piece that begins a section."""
        return self.piece_at(self.sections[section].start)

    def within(self, index: int, span: Span) -> tuple[int, int] | None:
        """Return which part of a piece a span covers, counted as Qt counts; None for none.

        Qt counts an emoji as two: what stands before it in the piece decides.
        """
        start, end = self._starts[index], self._ends[index]
        first, last = max(start, span.start), min(end, span.end)
        if first >= last:
            return None
        before = utf16_length(self.text[start:first])
        return before, utf16_length(self.text[first:last])

    def _stretches(self) -> list[tuple[int, int, int]]:
        """Return start, end and section of every part; sections may overlap or leave gaps."""
        found: list[tuple[int, int, int]] = []
        at = 0
        for number, section in enumerate(self.sections):
            start = max(at, section.start)
            if start > at:
                found.append((at, start, NO_SECTION))
            following = self.sections[number + 1 : number + 2]
            end = min(section.end, following[0].start) if following else section.end
            if end > start:
                found.append((start, min(end, len(self.text)), number))
                at = end
        if at < len(self.text):
            found.append((at, len(self.text), NO_SECTION))
        return found

    def _cut(self, start: int, end: int, section: int) -> None:
        if section == NO_SECTION and self.text[start:end].isspace():
            return
        find = self.text.find
        while start < end:
            line_end = find("\n", start, end)
            stop = end if line_end < 0 else line_end
            after = end if line_end < 0 else line_end + 1
            if stop - start > LONGEST:
                stop = after = self._break_before(start, start + LONGEST)
            self._starts.append(start)
            self._ends.append(stop)
            self._section.append(section)
            start = after

    def _break_before(self, start: int, limit: int) -> int:
        space = self.text.rfind(" ", start, limit)
        return space + 1 if space > start else limit
