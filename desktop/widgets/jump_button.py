"""The button over a thread that leads back to the newest message."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from desktop.style.icons import icon
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space


class JumpButton(QPushButton):
    """Hidden until something arrived out of sight; says how many messages did."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._missed = 0
        self._area = QRect()
        self.setProperty("role", "jump")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(14, 14))
        self.hide()
        self._tint()

    def count(self, arrived: int) -> None:
        """Add `arrived` messages to those that were missed."""
        self._missed += arrived
        if not self._missed:
            return
        self.setText(self.tr("%n new message(s)", "", self._missed))
        self.setAccessibleName(self.text())
        self.show()
        self.place_in(self._area)

    def forget(self) -> None:
        """Nothing is missed any more."""
        self._missed = 0
        self.hide()

    def missed(self) -> int:
        """Return how many messages arrived out of sight."""
        return self._missed

    def place_in(self, area: QRect) -> None:
        """Stand at the bottom of `area`, in its middle."""
        self._area = area
        size = self.sizeHint()
        left = area.left() + (area.width() - size.width()) // 2
        self.setGeometry(
            left, area.bottom() - size.height() - Space.M, size.width(), size.height()
        )
        self.raise_()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the arrow again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(icon("arrow-down", current_tokens().toast_text, 14))
