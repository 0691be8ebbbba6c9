"""A thin bar that fills, painted in rows and shown as a widget."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.theme import current_tokens

_UNKNOWN: Final = 0.28


def paint_progress(
    painter: QPainter, rect: QRectF, part: float, colour: str, *, mirrored: bool
) -> None:
    """Paint a bar of which `part` is filled; a part below zero stands in the middle."""
    tokens = current_tokens()
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(rect, radius, radius)
    filled = QRectF(rect)
    if part < 0:
        filled.setWidth(rect.width() * _UNKNOWN)
        filled.moveCenter(rect.center())
    else:
        filled.setWidth(rect.width() * min(part, 1.0))
        if mirrored:
            filled.moveRight(rect.right())
    if filled.width() > 0:
        filled.setWidth(max(filled.width(), rect.height()))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(filled, radius, radius)


class ProgressLine(QWidget):
    """The bar as a widget; the words beside it say the same."""

    def __init__(
        self, colour: str = "accent", height: int = 6, parent: QWidget | None = None
    ) -> None:
        """Take the name of the token that fills it."""
        super().__init__(parent)
        self._part = 0.0
        self._colour = colour
        self._thick = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float, words: str, colour: str = "") -> None:
        """Fill `part` of the bar; `words` are for screen readers."""
        self._part = part
        self._colour = colour or self._colour
        self.setAccessibleName(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Ask for a thin line."""
        return QSize(80, self._thick)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return QSize(24, self._thick)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = getattr(current_tokens(), self._colour)
        mirrored = self.isRightToLeft()
        paint_progress(painter, QRectF(self.rect()), self._part, colour, mirrored=mirrored)
        painter.end()
