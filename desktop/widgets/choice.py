"""A list that unfolds, with its arrow in the colours of the theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens

_ICON: Final = 14
_EDGE: Final = 10


class Choice(QComboBox):
    """One of several; never changed by a wheel that was meant for the page."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setMinimumHeight(36)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the arrow that the stylesheet cannot tint."""
        super().paintEvent(event)
        tokens = current_tokens()
        colour = tokens.muted if self.isEnabled() else tokens.disabled
        left = _EDGE if self.isRightToLeft() else self.width() - _ICON - _EDGE
        painter = QPainter(self)
        mark = pixmap("chevron-down", _ICON, colour, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - _ICON) // 2, mark)
        painter.end()
