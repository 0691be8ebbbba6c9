"""Where each bubble of a long thread begins, from heights of which most are guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class ThreadExtent:
    """Heights of a column of items; tops are summed again only when one is asked for."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._exact: list[bool] = []
        self._tops: list[int] | None = None

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._heights)

    def guess_all(self, heights: Iterable[int]) -> None:
        """Start again with guessed heights."""
        self._heights = list(heights)
        self._exact = [False] * len(self._heights)
        self._tops = None

    def insert(self, at: int, heights: Iterable[int]) -> None:
        """Put items with guessed heights before the item `at`."""
        guessed = list(heights)
        self._heights[at:at] = guessed
        self._exact[at:at] = [False] * len(guessed)
        self._tops = None

    def remove(self, index: int) -> None:
        """Take an item out."""
        del self._heights[index]
        del self._exact[index]
        self._tops = None

    def guess(self, index: int, height: int) -> None:
        """Replace one height by a guess, because the item changed."""
        self._heights[index] = height
        self._exact[index] = False
        self._tops = None

    def settle(self, index: int, height: int) -> None:
        """Replace one height by the real one."""
        self._exact[index] = True
        if self._heights[index] != height:
            self._heights[index] = height
            self._tops = None

    def is_exact(self, index: int) -> bool:
        """Tell whether the height of an item was measured."""
        return self._exact[index]

    def top(self, index: int) -> int:
        """Return where an item begins; one past the last gives the whole height."""
        return self._summed()[index]

    def height(self, index: int) -> int:
        """Return the height of an item, guessed or real."""
        return self._heights[index]

    def total(self) -> int:
        """Return the height of everything."""
        return self._summed()[-1]

    def index_at(self, y: float) -> int:
        """Return the item at `y`, or the nearest one beyond either end."""
        index = bisect_right(self._summed(), y) - 1
        return max(0, min(index, len(self._heights) - 1))

    def _summed(self) -> list[int]:
        if self._tops is None:
            self._tops = [0, *accumulate(self._heights)]
        return self._tops
