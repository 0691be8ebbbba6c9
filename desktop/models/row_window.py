"""The part of a long list that is held: a stretch of rows between two cursors.

Plain Python, without Qt: it knows the order, the two ends and what may be thrown away.
`RowModel` wraps it in the signals that views need. Newest comes first; a cursor is
whatever the key function gives, larger meaning newer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar


class Row(Protocol):
    """What a row must have: an identity that stays when its contents change."""

    @property
    def id(self) -> Any:
        """Who it is, hashable."""


R = TypeVar("R", bound=Row)
Cursor = Any


class Direction(Enum):
    """Which way a page extends the window."""

    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSizes:
    """How much is held, how much is asked for, and how early."""

    held: int = 500
    page: int = 100
    prefetch: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """A page to be read: `limit` rows beyond `cursor`, or the newest without one."""

    direction: Direction
    cursor: Cursor | None
    limit: int
    ticket: int
    """Tells this request from every other one, so that late answers are recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[R]):
    """The answer to a request: its rows, newest first, whichever way it went."""

    request: PageRequest
    rows: Sequence[R]
    complete: bool
    """True when nothing lies further in that direction."""


@dataclass(slots=True)
class RowWindow(Generic[R]):
    """Rows held in order, and whether each end of the list has been reached."""

    key: Callable[[R], Cursor]
    rows: list[R] = field(default_factory=list)
    reached: dict[Direction, bool] = field(
        default_factory=lambda: dict.fromkeys(Direction, False)
    )

    def clear(self) -> None:
        """Forget every row and both ends."""
        self.rows = []
        self.reached = dict.fromkeys(Direction, False)

    def position(self, row_id: object) -> int | None:
        """Return where the row `row_id` is held. A scan: the window is small."""
        return next((i for i, row in enumerate(self.rows) if row.id == row_id), None)

    def edge(self, direction: Direction) -> Cursor | None:
        """Return the cursor of the outermost row on that side."""
        if not self.rows:
            return None
        return self.key(self.rows[0 if direction is Direction.NEWER else -1])

    def place(self, row: R) -> int | None:
        """Return where `row` belongs, or None when that lies beyond the window.

        Beyond an end that was not reached there are rows we do not hold; putting one
        next to ours would hide them.
        """
        wanted = self.key(row)
        index = sum(1 for held in self.rows if self.key(held) > wanted)
        if index == 0 and not self.reached[Direction.NEWER]:
            return None
        if index == len(self.rows) and not self.reached[Direction.OLDER]:
            return None
        return index
