"""Names and values in two columns."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.panes.rules.scores import Line
from desktop.style.tokens import Space
from desktop.widgets.label import PlainLabel, WrappedLabel


class FactTable(QWidget):
    """Built anew for each decision: a dozen lines at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for at, (name, value) in enumerate(lines):
            words = WrappedLabel(role="small")
            words.show_text(value)
            words.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(PlainLabel(name, "small"), at, 0, top)
            self._grid.addWidget(words, at, 1, top)
