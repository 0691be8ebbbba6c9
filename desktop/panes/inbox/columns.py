"""List, conversation and customer side by side; where room is short, two of the three."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

_WIDTHS = (372, 668, 290)
_ROOM_FOR_THREE = 1200


class Columns(QSplitter):
    """The customer is shown beside an open conversation only.

    In a narrow window the customer takes the list's place on request, and gives it back.
    """

    narrowed = Signal(bool)
    """Whether there is room for two columns only."""

    def __init__(self, rows: QWidget, thread: QWidget, side: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._rows = rows
        self._side = side
        self._has_customer = False
        self._wants_side = False
        self._is_narrow = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for column in (rows, thread, side):
            self.addWidget(column)
        self.setStretchFactor(1, 1)
        self.setSizes(list(_WIDTHS))
        self._arrange()

    def show_customer(self) -> None:
        """Make room for the customer, from the first conversation that is opened."""
        self._has_customer = True
        self._arrange()

    @Slot()
    def show_side(self) -> None:
        """Bring the customer and the notes into sight, in a narrow window too."""
        self._wants_side = True
        self._arrange()

    @Slot()
    def show_rows(self) -> None:
        """Bring the list into sight again."""
        self._wants_side = False
        self._arrange()

    @Slot()
    def toggle_side(self) -> None:
        """Show the customer in a narrow window, or the list again."""
        self._wants_side = not self._wants_side
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _ROOM_FOR_THREE
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()
            self.narrowed.emit(is_narrow)

    def _arrange(self) -> None:
        takes_turns = self._is_narrow and self._has_customer
        self._rows.setVisible(not (takes_turns and self._wants_side))
        self._side.setVisible(
            self._has_customer and (self._wants_side or not self._is_narrow)
        )
