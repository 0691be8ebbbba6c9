"""The pages of the pane as a column of names, one of them in sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.style.tokens import Space
from desktop.widgets.label import PlainLabel
from desktop.widgets.nav_button import NavButton

_WIDTH = 212


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page as it is listed."""

    key: str
    title: str
    icon: str


class Navigation(QWidget):
    """Walked with the arrows up and down, as any list."""

    chosen = Signal(str)
    """The person went to the page with this key."""

    def __init__(
        self, title: str, entries: Sequence[Entry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setFixedWidth(_WIDTH)
        self.setProperty("role", "sunken")
        # A plain QWidget paints the ground of its role only when it is told to.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._keys = [entry.key for entry in entries]
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.L, Space.M, Space.L)
        column.setSpacing(2)
        head = PlainLabel(title, "title")
        head.setContentsMargins(Space.S, 0, 0, Space.S)
        column.addWidget(head)
        for entry in entries:
            button = NavButton(entry.title, entry.icon)
            self._buttons[entry.key] = button
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch()
        self._group.buttonClicked.connect(self._on_clicked)

    def current(self) -> str:
        """Return the key of the page in sight."""
        return next(key for key in self._keys if self._buttons[key].isChecked())

    def mark(self, key: str) -> None:
        """Show which page is in sight; silent."""
        self._buttons[key].setChecked(True)

    def step(self, by: int) -> None:
        """Go to the page below or above."""
        at = (self._keys.index(self.current()) + by) % len(self._keys)
        self.go_to(self._keys[at])

    def go_to(self, key: str) -> None:
        """Go to a page, as a click does."""
        self._buttons[key].click()

    def show_mark(self, key: str, words: str) -> None:
        """Mark a page with a dot that says `words`; empty takes it away."""
        self._buttons[key].show_mark(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.step(step)
        self._buttons[self.current()].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.current())
