"""A fast list of equal rows: a table with one column and nothing else of a table.

QTableView because it alone opens a million equal rows in milliseconds. The row on top
of the view is its anchor: whatever is spliced in or let go around it, it stays under the
reader's eyes. Moving through the list by mouse or keys is told by `chosen`; rows that
come, go or move never are, so a conversation does not open because another one arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

ROW_ROLE: Final = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _always() -> bool:
    return True


class RowList(QTableView):
    """Rows of one height, walked with arrows or j and k."""

    chosen = Signal(object)
    """The person moved to the row with this id."""
    opened = Signal(object)
    """The person pressed Enter or double-clicked on the row with this id."""
    menu_wanted = Signal(object, QPoint)
    """A context menu is wanted for the row with this id, at this screen position."""
    range_shown = Signal(int, int)
    """First and last visible position, after every scroll, resize or change."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self._at_newest: Callable[[], bool] = _always
        self._chosen_id: object | None = None
        self._anchor = QPersistentModelIndex()
        self._anchor_offset = 0
        self._pinned = False
        self._quiet = False
        self._strip_table()
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_rows(
        self, model: QAbstractItemModel, at_newest: Callable[[], bool] = _always
    ) -> None:
        """Show `model`; `at_newest` tells whether its first row is really the first.

        Only then does a reader at the very top see new rows come in; in the middle of a
        long list the rows spliced in above stay above.
        """
        self._at_newest = at_newest
        self.setModel(model)
        for about in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved):
            about.connect(self._on_about_to_change)
        model.rowsAboutToBeMoved.connect(self._on_about_to_move)
        for done in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            done.connect(self._on_changed)
        model.modelReset.connect(self._on_reset)

    def set_row_delegate(self, delegate: QAbstractItemDelegate, height: int) -> None:
        """Paint every row with `delegate` in `height` pixels."""
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(height)

    def select(self, row_id: object | None) -> None:
        """Mark the row `row_id` as current, now or when it is next held; silent."""
        self._chosen_id = row_id
        self._mark_chosen()

    def chosen_id(self) -> object | None:
        """Return the id of the current row, also while it is outside the window."""
        return self._chosen_id

    # Qt

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell of a move that the person made."""
        super().currentChanged(current, previous)
        row_id = self._id_at(current)
        if self._quiet or row_id is None or row_id == self._chosen_id:
            return
        self._chosen_id = row_id
        self.chosen.emit(row_id)

    @override
    def rowsAboutToBeRemoved(self, parent: _Index, start: int, end: int) -> None:
        """Keep Qt from walking to a neighbour when the current row is let go."""
        self._quiet = True
        if start <= self.currentIndex().row() <= end:
            self.setCurrentIndex(QModelIndex())
        super().rowsAboutToBeRemoved(parent, start, end)
        self._quiet = False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without choosing: Qt would make the first row current."""
        self._quiet = True
        super().focusInEvent(event)
        self._quiet = False
        if self._row_count():
            self._mark_chosen()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with j and k besides the arrows; open with Enter."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        if plain and key in _STEPS:
            self._step(_STEPS[key])
        elif key in _OPENING and self.currentIndex().isValid():
            self.opened.emit(self._id_at(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row under the mouse."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self._id_at(index))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the mouse, or on the current row for the menu key."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        at = event.pos() if by_mouse else self.visualRect(index).center()
        self.menu_wanted.emit(self._id_at(index), self.viewport().mapToGlobal(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer rows, and say so."""
        super().resizeEvent(event)
        self._tell_range()

    # Anchor

    @Slot()
    def _on_about_to_change(self) -> None:
        bar = self.verticalScrollBar()
        self._pinned = bar.value() == 0 and self._at_newest()
        top = self.indexAt(QPoint(1, 0))
        self._anchor = QPersistentModelIndex(top)
        self._anchor_offset = -self.visualRect(top).top() if top.isValid() else 0

    @Slot(QModelIndex, int, int)
    def _on_about_to_move(self, _parent: QModelIndex, start: int, _end: int) -> None:
        self._on_about_to_change()
        if self._anchor.row() == start:
            # The anchor itself is leaving: hold on to the row that takes its place.
            self._anchor = QPersistentModelIndex(self.model().index(start + 1, 0))

    @Slot()
    def _on_changed(self) -> None:
        # The table lays itself out late; the bar must know its new range now.
        self.updateGeometries()
        if self._anchor.isValid() and not self._pinned:
            height = self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(
                self._anchor.row() * height + self._anchor_offset
            )
        self._mark_chosen()
        self._tell_range()

    @Slot()
    def _on_reset(self) -> None:
        self._anchor = QPersistentModelIndex()
        self._tell_range()

    @Slot()
    def _on_scrolled(self) -> None:
        self._tell_range()

    # Details

    def _strip_table(self) -> None:
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)

    def _step(self, by: int) -> None:
        current = self.currentIndex()
        row = current.row() + by if current.isValid() else 0
        index = self.model().index(row, 0)
        if index.isValid():
            self.setCurrentIndex(index)

    def _mark_chosen(self) -> None:
        model = self.model()
        if self._id_at(self.currentIndex()) == self._chosen_id:
            return
        rows = range(model.rowCount())
        ids = (self._id_at(model.index(row, 0)) for row in rows)
        found = next((row for row, held in enumerate(ids) if held == self._chosen_id), -1)
        self._quiet = True
        # Marking must not move what the reader looks at.
        self.setAutoScroll(False)
        self.setCurrentIndex(model.index(found, 0))
        self.setAutoScroll(True)
        self._quiet = False

    def _row_count(self) -> int:
        # The stub promises a model; before `set_rows` there is none.
        model: QAbstractItemModel | None = self.model()
        return model.rowCount() if model is not None else 0

    def _id_at(self, index: _Index) -> object | None:
        return getattr(index.data(ROW_ROLE), "id", None) if index.isValid() else None

    def _tell_range(self) -> None:
        rows = self._row_count()
        if not rows:
            return
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        self.range_shown.emit(first, last if last >= 0 else rows - 1)
