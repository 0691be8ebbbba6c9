"""A row of filters of which exactly one is on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from desktop.style.tokens import Space


class FilterChips(QWidget):
    """Exclusive chips, walked with the left and right arrows."""

    chosen = Signal(str)
    """The person chose the chip with this key."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._chips: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S - 2)
        self._row.addStretch()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show one chip per (key, label); the first is on unless one was chosen."""
        current = self.current()
        for chip in self._chips.values():
            self._group.removeButton(chip)
            chip.deleteLater()
        self._chips = {}
        for place, (key, label) in enumerate(choices):
            self._chips[key] = self._make_chip(label)
            self._row.insertWidget(place, self._chips[key])
        if self._chips:
            self.choose(current if current in self._chips else next(iter(self._chips)))

    def set_label(self, key: str, label: str) -> None:
        """Change the words of one chip, for counts that come later."""
        self._chips[key].setText(label)
        self._chips[key].setAccessibleName(label)

    def choose(self, key: str) -> None:
        """Switch to the chip `key` without telling anybody."""
        self._chips[key].setChecked(True)

    def current(self) -> str:
        """Return the key of the chip that is on, or nothing when there are none."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, as in any group of exclusive buttons."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._chips:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        keys = list(self._chips)
        place = (keys.index(self.current()) + step) % len(keys)
        self._chips[keys[place]].setFocus()
        self._chips[keys[place]].click()

    def _make_chip(self, label: str) -> QPushButton:
        chip = QPushButton(label, self)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAccessibleName(label)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        self._group.addButton(chip)
        return chip

    @Slot(QAbstractButton)
    def _on_clicked(self, _chip: QAbstractButton) -> None:
        self.chosen.emit(self.current())
