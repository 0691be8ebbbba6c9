"""How sure a counted share is, against the bar that it has to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.theme import current_tokens
from desktop.style.tokens import Tone, tone_pair

_HEIGHT: Final = 24
_THICK: Final = 8
_DOT: Final = 4.5
_EDGE: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Limits, share and bar from 0 to 1, and the same in words; no share, only a line."""

    low: float
    high: float
    share: float | None
    bar: float
    words: str

    @property
    def tone(self) -> Tone:
        """Return whether the bar is reached, may be reached, or cannot be."""
        if self.share is None:
            return Tone.NEUTRAL
        if self.low >= self.bar:
            return Tone.GOOD
        return Tone.WARNING if self.high >= self.bar else Tone.DANGER


class IntervalBar(QWidget):
    """A line from nothing to all, a band between the limits, a dot, and a tick at the bar."""

    def __init__(self, interval: Interval, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interval = interval
        self.setAccessibleName(interval.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        """Ask for room in which a few percent can be told apart."""
        return QSize(220, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return QSize(90, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the band, the tick and the dot, in this order."""
        tokens, shown = current_tokens(), self._interval
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(self._band(0.0, 1.0), _THICK / 2, _THICK / 2)
        pair = tone_pair(tokens, shown.tone)
        if shown.share is not None:
            colour = QColor(pair.text)
            colour.setAlphaF(0.38)
            painter.setBrush(colour)
            painter.drawRoundedRect(
                self._band(shown.low, shown.high), _THICK / 2, _THICK / 2
            )
        tick = self._at(shown.bar)
        painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawLine(QPointF(tick, 3), QPointF(tick, _HEIGHT - 3))
        if shown.share is not None:
            painter.setPen(QPen(QColor(tokens.window), 1.5))
            painter.setBrush(QColor(pair.text))
            middle = QPointF(self._at(shown.share), _HEIGHT / 2)
            painter.drawEllipse(middle, _DOT, _DOT)
        painter.end()

    def _band(self, low: float, high: float) -> QRectF:
        one, other = sorted((self._at(low), self._at(high)))
        width = max(other - one, float(_THICK))
        return QRectF(one, (_HEIGHT - _THICK) / 2, width, _THICK)

    def _at(self, share: float) -> float:
        room = self.width() - 2 * _EDGE
        return _EDGE + room * (1 - share if self.isRightToLeft() else share)
