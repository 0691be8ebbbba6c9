"""What the reader is doing in a thread: where the keyboard is, and what is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.widgets.bubble import Bubble, meta_words
from desktop.widgets.writing import utf16_length, utf16_slice, without_overrides


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in the thread: a bubble, and a position in its text in UTF-16 units."""

    index: int
    position: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Text between two places; the caret is the end that moves."""

    anchor: Place
    caret: Place

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing lies between the two ends."""
        return self.anchor == self.caret

    def part(self, index: int, length: int) -> tuple[int, int] | None:
        """Return which positions of the bubble `index` are selected, if any are."""
        first, last = sorted((self.anchor, self.caret))
        if not first.index <= index <= last.index:
            return None
        start = first.position if index == first.index else 0
        end = last.position if index == last.index else length
        return (start, end) if start < end else None

    def shifted(self, by: int) -> Selection:
        """Return the same selection after `by` bubbles were put before it."""
        return Selection(
            replace(self.anchor, index=self.anchor.index + by),
            replace(self.caret, index=self.caret.index + by),
        )


@dataclass(slots=True)
class Reading:
    """The reader's state. A thread without focus has no current bubble."""

    current: int | None = None
    target: int | None = None
    selection: Selection | None = None

    def forget(self) -> None:
        """Begin anew, for another conversation."""
        self.current = self.target = self.selection = None

    def walk(self, by: int, count: int) -> None:
        """Move to a neighbour; the first step of all goes to the newest bubble."""
        if count == 0:
            return
        wanted = count - 1 if self.current is None else self.current + by
        self.current = max(0, min(wanted, count - 1))
        self.target = None

    def next_target(self, by: int, count: int) -> None:
        """Move along the things that can be opened in the current bubble."""
        if count:
            start = -1 if by > 0 else count
            place = (start if self.target is None else self.target) + by
            self.target = max(0, min(place, count - 1))

    def shift(self, by: int) -> None:
        """Follow `by` bubbles that were put before everything."""
        if self.current is not None:
            self.current += by
        if self.selection is not None:
            self.selection = self.selection.shifted(by)


def copied_text(selection: Selection, bubble_at: Callable[[int], Bubble]) -> str:
    """Return the selected text; with several messages, each says who wrote it and when."""
    first, last = sorted((selection.anchor, selection.caret))
    several = last.index > first.index
    pieces = []
    for index in range(first.index, last.index + 1):
        bubble = bubble_at(index)
        words = without_overrides(bubble.text)
        part = selection.part(index, utf16_length(words))
        if part is None:
            continue
        piece = utf16_slice(words, *part)
        pieces.append(f"[{meta_words(bubble)}] {piece}" if several else piece)
    return "\n".join(pieces)
