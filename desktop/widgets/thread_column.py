"""The bubbles of one conversation as a column: which are in sight, and where.

Heights start as guesses and become exact when a bubble comes into sight. An `Anchor`
says which bubble stays where while guesses around it are corrected, so that what the
reader sees never jumps.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt

from desktop.widgets.bubble import Bubble
from desktop.widgets.bubble_box import BubbleBox
from desktop.widgets.bubble_layout import guessed_height, lay_out
from desktop.widgets.thread_extent import ThreadExtent
from desktop.widgets.when import day_heading

_BOXES_KEPT: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A bubble, and how far below the top of the view it begins."""

    index: int
    offset: int


class ThreadColumn:
    """Bubbles oldest first, with their days, heights and layouts."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._bubbles: list[Bubble] = []
        self._days: list[str] = []
        self._extent = ThreadExtent()
        self._boxes: OrderedDict[Hashable, BubbleBox] = OrderedDict()
        self._width = 400.0
        self._direction = Qt.LayoutDirection.LeftToRight

    def __len__(self) -> int:
        """Return how many bubbles there are."""
        return len(self._bubbles)

    def bubble(self, index: int) -> Bubble:
        """Return the bubble at a place."""
        return self._bubbles[index]

    def index_of(self, bubble_id: Hashable) -> int | None:
        """Return the place of a bubble; from the end, where changes happen."""
        places = range(len(self._bubbles) - 1, -1, -1)
        return next((i for i in places if self._bubbles[i].id == bubble_id), None)

    # Changing

    def replace_all(self, bubbles: Sequence[Bubble]) -> None:
        """Show another conversation."""
        self._bubbles = list(bubbles)
        self._days = self._days_of(self._bubbles, None)
        self.measure_again(self._width, self._direction)

    def extend(self, bubbles: Sequence[Bubble]) -> None:
        """Add newer bubbles at the end."""
        before = self._bubbles[-1] if self._bubbles else None
        days = self._days_of(bubbles, before)
        self._extent.insert(len(self._bubbles), self._guesses(bubbles, days))
        self._bubbles += bubbles
        self._days += days

    def prepend(self, bubbles: Sequence[Bubble]) -> None:
        """Add older bubbles at the start."""
        if not bubbles:
            return
        days = self._days_of(bubbles, None)
        self._extent.insert(0, self._guesses(bubbles, days))
        self._bubbles[:0] = bubbles
        self._days[:0] = days
        self._refresh_day(len(bubbles))

    def replace(self, bubble: Bubble) -> bool:
        """Show a bubble's new contents in its place; False when it is not here."""
        index = self.index_of(bubble.id)
        if index is None:
            return False
        self._bubbles[index] = bubble
        self._boxes.pop(bubble.id, None)
        self._extent.guess(index, self._extent.height(index))
        return True

    def remove(self, bubble_id: Hashable) -> int | None:
        """Take a bubble out; return where it was."""
        index = self.index_of(bubble_id)
        if index is None:
            return None
        self._boxes.pop(bubble_id, None)
        self._extent.remove(index)
        del self._bubbles[index], self._days[index]
        self._refresh_day(index)
        return index

    def measure_again(self, width: float, direction: Qt.LayoutDirection) -> None:
        """Forget every layout: the width, the font or the language has changed."""
        self._width = width
        self._direction = direction
        self._boxes.clear()
        self._extent.guess_all(self._guesses(self._bubbles, self._days))

    # Geometry

    @property
    def width(self) -> float:
        """Return the width for which bubbles are laid out."""
        return self._width

    def total(self) -> int:
        """Return the height of everything, partly guessed."""
        return self._extent.total()

    def top(self, index: int) -> int:
        """Return where a bubble begins."""
        return self._extent.top(index)

    def box(self, index: int) -> BubbleBox:
        """Return the layout of a bubble, measuring it if need be."""
        bubble = self._bubbles[index]
        box = self._boxes.get(bubble.id)
        if box is None:
            box = lay_out(bubble, self._days[index], self._width, self._direction)
            self._boxes[bubble.id] = box
            while len(self._boxes) > _BOXES_KEPT:
                self._boxes.popitem(last=False)
        self._boxes.move_to_end(bubble.id)
        self._extent.settle(index, box.height)
        return box

    def visible(self, value: int, height: int) -> range:
        """Return which bubbles are in sight when the view begins at `value`."""
        if not self._bubbles:
            return range(0)
        first = self._extent.index_at(value)
        return range(first, self._extent.index_at(value + height - 1) + 1)

    def index_at(self, y: float) -> int:
        """Return the bubble at `y`, or the nearest one."""
        return self._extent.index_at(y)

    def anchor_at(self, value: int) -> Anchor | None:
        """Return the first bubble in sight as an anchor."""
        if not self._bubbles:
            return None
        index = self._extent.index_at(value)
        return Anchor(index=index, offset=self._extent.top(index) - value)

    def settle(self, anchor: Anchor | None, height: int) -> int:
        """Measure what comes into sight and return where the view must begin.

        With an anchor, that bubble ends up at its offset; without one, the last bubble
        is at the bottom. Each round measures at least one bubble more, so it ends.
        """
        while True:
            value = self._value(anchor, height)
            seen = self.visible(value, height)
            fresh = [i for i in seen if not self._extent.is_exact(i)]
            if not fresh:
                return value
            for index in fresh:
                self.box(index)

    def _value(self, anchor: Anchor | None, height: int) -> int:
        bottom = max(0, self._extent.total() - height)
        if anchor is None:
            return bottom
        return max(0, min(bottom, self._extent.top(anchor.index) - anchor.offset))

    # Days

    def _days_of(self, bubbles: Sequence[Bubble], before: Bubble | None) -> list[str]:
        days = []
        now = self._now()
        last = None if before is None else before.at.astimezone().date()
        for bubble in bubbles:
            date = bubble.at.astimezone().date()
            days.append("" if date == last else day_heading(bubble.at, now))
            last = date
        return days

    def _refresh_day(self, index: int) -> None:
        """Say again whether the bubble at `index` begins a day: its neighbour changed."""
        if index >= len(self._bubbles):
            return
        before = self._bubbles[index - 1] if index else None
        bubble = self._bubbles[index]
        self._days[index] = self._days_of([bubble], before)[0]
        self._boxes.pop(bubble.id, None)
        self._extent.guess(index, guessed_height(bubble, self._days[index], self._width))

    def _guesses(self, bubbles: Sequence[Bubble], days: Sequence[str]) -> list[int]:
        width = self._width
        return [guessed_height(b, d, width) for b, d in zip(bubbles, days, strict=True)]
