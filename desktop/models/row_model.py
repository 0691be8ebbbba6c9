"""A list of any length, of which the view only ever sees a window.

The model does no I/O. It emits `page_wanted` when the reader nears an edge, and whoever
listens answers with `splice`. Rows far behind the reader are let go, so memory does not
grow with the list. Answers that come late, for a window that has since been thrown away
or moved, are recognised by their ticket and dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from desktop.models.row_window import (
    Cursor,
    Direction,
    Page,
    PageRequest,
    R,
    RowWindow,
    WindowSizes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""`data` under this role is the row itself, for delegates."""

_NOWHERE: Final = QModelIndex()


class RowModel(QAbstractTableModel, Generic[R]):
    """One column of rows keyed by id, newest first, fed page by page."""

    page_wanted = Signal(object)
    """A `PageRequest` that somebody should answer with `splice` or `give_up`."""

    def __init__(
        self,
        *,
        key: Callable[[R], Cursor],
        describe: Callable[[R], str],
        sizes: WindowSizes | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Order rows by `key`, larger first; `describe` is what a screen reader says."""
        super().__init__(parent)
        self._window: RowWindow[R] = RowWindow(key)
        self._describe = describe
        self._sizes = sizes or WindowSizes()
        self._waiting: dict[Direction, PageRequest] = {}
        self._removed_meanwhile: set[Any] = set()
        self._ticket = 0
        self._seen = (0, 0)
        self._changing = 0

    # What the view reads

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many rows are held, not how many there are."""
        return 0 if parent.isValid() else len(self._window.rows)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the single column."""
        return 0 if parent.isValid() else 1

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the row under `ROW_ROLE`, and its description for people."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._describe(row)
        return None

    def row(self, row_id: object) -> R | None:
        """Return the row with that id, if it is held."""
        position = self._window.position(row_id)
        return None if position is None else self._window.rows[position]

    def row_at(self, position: int) -> R | None:
        """Return the row at a position, or None outside the window."""
        held = 0 <= position < len(self._window.rows)
        return self._window.rows[position] if held else None

    def at_newest(self) -> bool:
        """Tell whether the first row held is the newest there is."""
        return self._window.reached[Direction.NEWER]

    # What the pane says

    def reset(self) -> None:
        """Throw the window away and ask for the newest page; late answers are void."""
        self.beginResetModel()
        self._window.clear()
        self._waiting.clear()
        self._removed_meanwhile.clear()
        self._seen = (0, 0)
        self.endResetModel()
        self._ask(Direction.OLDER)

    def look_at(self, first: int, last: int) -> None:
        """Note which rows the reader sees, and ask for what they will want next."""
        self._seen = (first, last)
        if not self._changing:
            self._prefetch()

    def splice(self, page: Page[R]) -> None:
        """Take the answer to a request, unless the window has moved on since."""
        direction = page.request.direction
        if self._waiting.get(direction) != page.request:
            return
        del self._waiting[direction]
        with self._change():
            fresh = self._unknown(page.rows)
            at = 0 if direction is Direction.NEWER else len(self._window.rows)
            self._insert(at, fresh)
            self._window.reached[direction] = page.complete
            if page.request.cursor is None:
                self._window.reached[Direction.NEWER] = True
            self._let_go(self._behind(direction))
        self._settle()

    def give_up(self, request: PageRequest) -> None:
        """Forget a request that failed, so that the next look asks again."""
        if self._waiting.get(request.direction) == request:
            del self._waiting[request.direction]

    def upsert(self, row: R) -> None:
        """Show the new contents of a row, in its new place if its key changed."""
        with self._change():
            self._removed_meanwhile.discard(row.id)
            old = self._window.position(row.id)
            if old is None:
                self._admit(row)
            elif self._window.key(self._window.rows[old]) == self._window.key(row):
                self._window.rows[old] = row
                self.dataChanged.emit(self.index(old, 0), self.index(old, 0))
            else:
                self._move(old, row)
        self._settle()

    def remove(self, row_id: object) -> None:
        """Take a row out, also from a page that is still on its way."""
        if self._waiting:
            self._removed_meanwhile.add(row_id)
        position = self._window.position(row_id)
        if position is None:
            return
        with self._change():
            self._delete(position, 1)
        self._settle()

    # Asking

    def _prefetch(self) -> None:
        first, last = self._seen
        if first < self._sizes.prefetch:
            self._ask(Direction.NEWER)
        if len(self._window.rows) - 1 - last < self._sizes.prefetch:
            self._ask(Direction.OLDER)

    def _ask(self, direction: Direction) -> None:
        if self._window.reached[direction] or direction in self._waiting:
            return
        cursor = self._window.edge(direction)
        if cursor is None and (direction is Direction.NEWER or self._waiting):
            return
        self._ticket += 1
        request = PageRequest(
            direction=direction,
            cursor=cursor,
            limit=self._sizes.page,
            ticket=self._ticket,
        )
        self._waiting[direction] = request
        self.page_wanted.emit(request)

    # Changing the rows

    @contextmanager
    def _change(self) -> Iterator[None]:
        # A view that hears of the insertion reports what it sees at once; asking for
        # more in the middle of a splice would let a synchronous source splice into it.
        self._changing += 1
        try:
            yield
        finally:
            self._changing -= 1

    def _settle(self) -> None:
        if not self._waiting:
            self._removed_meanwhile.clear()
        if not self._changing:
            self._prefetch()

    def _unknown(self, rows: Sequence[R]) -> list[R]:
        known = {row.id for row in self._window.rows} | self._removed_meanwhile
        return [row for row in rows if row.id not in known]

    def _insert(self, at: int, rows: Sequence[R]) -> None:
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        if at < len(self._window.rows):
            self._shift_seen(at, len(rows))
        self._window.rows[at:at] = rows
        self.endInsertRows()

    def _delete(self, at: int, count: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at + count - 1)
        del self._window.rows[at : at + count]
        self._shift_seen(at, -count)
        self.endRemoveRows()

    def _shift_seen(self, at: int, by: int) -> None:
        # What the reader sees keeps its place on the screen and changes its number; a
        # view that decides otherwise says so by `look_at` within the same signal.
        first, last = self._seen
        if at <= first:
            self._seen = (max(0, first + by), max(0, last + by))

    def _admit(self, row: R) -> None:
        at = self._window.place(row)
        if at is not None:
            self._insert(at, [row])
            self._let_go(self._farther_end())

    def _move(self, old: int, row: R) -> None:
        others = RowWindow(
            self._window.key,
            [held for held in self._window.rows if held.id != row.id],
            self._window.reached,
        )
        new = others.place(row)
        if new is None:
            self._delete(old, 1)
            return
        if new != old:
            # Qt names the place in the list as it was, hence one more going down.
            target = new + 1 if new > old else new
            self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), target)
            self._window.rows.insert(new, self._window.rows.pop(old))
            self.endMoveRows()
        self._window.rows[new] = row
        self.dataChanged.emit(self.index(new, 0), self.index(new, 0))

    # Letting go

    @staticmethod
    def _behind(direction: Direction) -> Direction:
        return Direction.OLDER if direction is Direction.NEWER else Direction.NEWER

    def _farther_end(self) -> Direction:
        first, last = self._seen
        below = len(self._window.rows) - last
        return Direction.OLDER if below >= first else Direction.NEWER

    def _let_go(self, end: Direction) -> None:
        """Drop what exceeds the window at `end`, never what the reader is near."""
        first, last = self._seen
        count = len(self._window.rows)
        near = first if end is Direction.NEWER else count - 1 - last
        spare = min(count - self._sizes.held, near - self._sizes.prefetch)
        if spare <= 0:
            return
        self._delete(0 if end is Direction.NEWER else count - spare, spare)
        self._window.reached[end] = False
        # Its answer would no longer touch the edge of the window.
        self._waiting.pop(end, None)
