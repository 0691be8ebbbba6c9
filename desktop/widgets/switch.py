"""Something that is on or off, as a switch."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QWidget
from typing_extensions import override

from desktop.style.theme import current_tokens
from desktop.style.tokens import Space

_TRACK: Final = QSize(36, 20)
_EDGE: Final = 3


class Switch(QCheckBox):
    """A check box by nature, for keyboards and screen readers; only its looks differ."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        """Ask for the words, the track, and room for the focus around both."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = words + Space.S + _TRACK.width() + 2 * _EDGE + 2
        return QSize(width, max(28, self.fontMetrics().height() + 2 * _EDGE))

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere on words or track."""
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, then the track with its knob."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.disabled))
        words = self.fontMetrics().horizontalAdvance(self.text()) + 2
        spot = self._place(QRect(_EDGE, 0, words, self.height()))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self.text())
        top = (self.height() - _TRACK.height()) // 2
        left = _EDGE + words + Space.S - 2
        track = QRectF(self._place(QRect(QPoint(left, top), _TRACK)))
        self._paint_track(painter, track)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        tokens = current_tokens()
        ground = tokens.accent if self.isChecked() else tokens.muted
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground if self.isEnabled() else tokens.line_strong))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        radius = track.height() / 2 - _EDGE
        at_end = self.isChecked() is not self.isRightToLeft()
        middle = track.right() - radius - _EDGE if at_end else track.left() + radius + _EDGE
        painter.setBrush(QColor(tokens.window))
        painter.drawEllipse(QPointF(middle, track.center().y()), radius, radius)

    def _place(self, spot: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
