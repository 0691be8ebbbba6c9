"""A row of chips of which any number may be on, over as many lines as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget
from typing_extensions import override

_GAP: Final = 6


class ToggleChips(QWidget):
    """Each chip is a button of its own for the keyboard; Space turns it."""

    changed = Signal()

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._chips: dict[str, QPushButton] = {}

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer one chip per (key, label); what was on stays on."""
        if [key for key, _ in choices] == list(self._chips):
            return
        chosen = self.chosen()
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {key: self._chip(label) for key, label in choices}
        self.choose(chosen)
        self._lay_out(self.width())
        self.updateGeometry()

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that are on, in the order of the chips."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, keys: Sequence[str]) -> None:
        """Turn on exactly these; silent."""
        for key, chip in self._chips.items():
            chip.setChecked(key in keys)

    @override
    def hasHeightForWidth(self) -> bool:
        """Tell that fewer pixels across mean more lines."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that fit into `width`."""
        return self._lay_out(width, is_trial=True)

    @override
    def sizeHint(self) -> QSize:
        """Ask for the chips as they lie now."""
        return QSize(240, self._lay_out(max(self.width(), 240), is_trial=True))

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no less than the height."""
        return QSize(80, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay_out(event.size().width())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _lay_out(self, width: int, *, is_trial: bool = False) -> int:
        left = top = 0
        # One height for all: a script with tall letters would make its chip stand out.
        height = min((chip.sizeHint().height() for chip in self._chips.values()), default=0)
        for chip in self._chips.values():
            size = chip.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, top + height + _GAP
            if not is_trial:
                room = QRect(0, 0, width, top + height)
                spot = QRect(left, top, size.width(), height)
                chip.setGeometry(QStyle.visualRect(self.layoutDirection(), room, spot))
            left += size.width() + _GAP
        return top + height

    def _chip(self, label: str) -> QPushButton:
        chip = QPushButton(label, self)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAccessibleName(label)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.clicked.connect(self._on_clicked)
        chip.show()
        return chip

    @Slot()
    def _on_clicked(self) -> None:
        self.changed.emit()
