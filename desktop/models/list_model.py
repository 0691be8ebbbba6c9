"""A whole list that is read again and again, laid over what the view shows.

For lists that fit into one answer. Rows keep their place, their selection and the scroll
position, because only what differs is told to the view: a row that went, came, moved or
has new contents. `RowModel` is its sister for lists without an end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from desktop.models.row_window import R

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""`data` under this role is the row itself, for delegates."""

_NOWHERE: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


def _always(_row: object) -> bool:
    return True


class ListModel(QAbstractTableModel, Generic[R]):
    """One column of rows, in the order in which they are given."""

    def __init__(
        self,
        describe: Callable[[R], str],
        can_choose: Callable[[R], bool] = _always,
        hint: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Take what is said of a row, which can be walked onto, and its tooltip.

        A tooltip may be read as markup, so `hint` makes it safe.
        """
        super().__init__(parent)
        self._rows: list[R] = []
        self._describe = describe
        self._can_choose = can_choose
        self._hint = hint

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the single column."""
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row under `ROW_ROLE`, and its description for people."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._describe(row)
        if role == Qt.ItemDataRole.ToolTipRole and self._hint is not None:
            return self._hint(row) or None
        return None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that headings cannot be walked onto."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or not self._can_choose(row):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    def row_at(self, position: int) -> R | None:
        """Return the row at a position, or None outside the list."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def row(self, row_id: object) -> R | None:
        """Return the row with that id."""
        return next((row for row in self._rows if row.id == row_id), None)

    def position(self, row_id: object) -> int | None:
        """Return where the row with that id stands."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), None)

    def neighbour(self, position: int, step: int) -> int | None:
        """Return the next row in a direction that can be chosen."""
        at = position + step
        while 0 <= at < len(self._rows):
            if self._can_choose(self._rows[at]):
                return at
            at += step
        return None

    def start_over(self, rows: Sequence[R]) -> None:
        """Show another list altogether, from its top."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def lay_over(self, rows: Sequence[R]) -> None:
        """Show a newer reading of the same list."""
        if not self._rows:
            # Told once, where a thousand rows one by one would take a second.
            self.start_over(rows)
            return
        wanted = {row.id for row in rows}
        self._take_out([row.id for row in self._rows if row.id not in wanted])
        for at, row in enumerate(rows):
            self._put(at, row)

    def change(self, row: R) -> None:
        """Show the new contents of one row, if it is here."""
        at = self.position(row.id)
        if at is not None:
            self._replace(at, row)

    def _take_out(self, gone: Sequence[object]) -> None:
        for row_id in gone:
            at = self.position(row_id)
            if at is not None:
                self.beginRemoveRows(_NOWHERE, at, at)
                del self._rows[at]
                self.endRemoveRows()

    def _put(self, at: int, row: R) -> None:
        """Have `row` stand at `at`; all before it stand where they belong already."""
        held = self._rows[at].id if at < len(self._rows) else None
        if held != row.id:
            old = self.position(row.id)
            if old is None:
                self.beginInsertRows(_NOWHERE, at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
                return
            self.beginMoveRows(_NOWHERE, old, old, _NOWHERE, at)
            self._rows.insert(at, self._rows.pop(old))
            self.endMoveRows()
        self._replace(at, row)

    def _replace(self, at: int, row: R) -> None:
        if self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, 0))
