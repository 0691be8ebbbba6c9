"""Rows whose order the person makes, by dragging one over the others."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from desktop.widgets.row_list import ROW_ROLE, RowList

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderList(RowList):
    """The rows make way while one is dragged; Alt with an arrow does the same by keys."""

    moved = Signal(object, int)
    """The row with this id was moved to this position."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(accessible_name, parent)
        self._can_move = True
        self._held: object | None = None
        self._from = QPoint()
        self._is_dragging = False

    def allow_moving(self, *, allowed: bool) -> None:
        """Let rows be moved, or only looked at."""
        self._can_move = allowed

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a row, and hold it in case the mouse moves."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if self._can_move and is_left and index.isValid():
            self._held = getattr(index.data(ROW_ROLE), "id", None)
            self._from = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the held row to where the mouse is."""
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        far = abs(at.y() - self._from.y()) >= QApplication.startDragDistance()
        if not self._is_dragging and far:
            self._is_dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._is_dragging:
            self._move_to(self._row_under(at.y()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the row."""
        super().mouseReleaseEvent(event)
        self._held = None
        self._is_dragging = False
        self.viewport().unsetCursor()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current row with Alt and an arrow."""
        by = _STEPS.get(Qt.Key(event.key()))
        current = self.currentIndex()
        if by is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif self._can_move and current.isValid():
            self._tell(getattr(current.data(ROW_ROLE), "id", None), current.row() + by)

    def _row_under(self, y: int) -> int:
        at = self.rowAt(y)
        if at >= 0:
            return at
        return 0 if y < 0 else self.model().rowCount() - 1

    def _move_to(self, at: int) -> None:
        index = self.model().index(at, 0)
        if getattr(index.data(ROW_ROLE), "id", None) != self._held:
            self._tell(self._held, at)

    def _tell(self, row_id: object | None, at: int) -> None:
        if row_id is not None and 0 <= at < self.model().rowCount():
            self.moved.emit(row_id, at)
