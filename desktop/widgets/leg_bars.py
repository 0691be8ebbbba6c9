"""Small bars that say why something was found, one for each way of looking for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget
from typing_extensions import override

from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import Type
from desktop.widgets.progress_line import paint_progress

_HEIGHT: Final = 18
_BAR: Final = 46
_SHORTEST: Final = 12
_GAP: Final = 6
_BETWEEN: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One way of looking: its name, what it gave from 0 to 1, and that in words."""

    name: str
    part: float
    words: str


class LegBars(QWidget):
    """On one line: name, bar, percent; and the same in words for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._legs: tuple[Leg, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_legs(self, legs: Sequence[Leg]) -> None:
        """Show what each leg gave."""
        self._legs = tuple(legs)
        self.setAccessibleName(", ".join(f"{leg.name} {leg.words}" for leg in legs))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Ask for every leg on one line."""
        widths = sum(self._width(leg) + _BETWEEN for leg in self._legs)
        return QSize(max(0, widths - _BETWEEN), _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the first leg; where it is narrow the others are cut off."""
        return QSize(80, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the legs from the leading side on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(Type.CAPTION))
        left, bar = 0, self._bar()
        for leg in self._legs:
            self._paint_leg(painter, leg, left, bar)
            left += self._width(leg) - _BAR + bar + _BETWEEN
        painter.end()

    def _bar(self) -> int:
        """Return how long each bar is: shorter where all legs would not fit."""
        missing = self.sizeHint().width() - self.width()
        each = max(0, missing) // max(1, len(self._legs))
        return max(_SHORTEST, _BAR - each - (missing > 0))

    def _paint_leg(self, painter: QPainter, leg: Leg, left: int, wide: int) -> None:
        tokens, metrics = current_tokens(), QFontMetrics(text_font(Type.CAPTION))
        name, words = metrics.horizontalAdvance(leg.name), self._words(leg)
        painter.setPen(QColor(tokens.muted))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(self._place(left, 0, name + 2, _HEIGHT), middle, leg.name)
        left += name + 2 + _GAP
        bar = QRectF(self._place(left, _HEIGHT // 2 - 2, wide, 4))
        paint_progress(painter, bar, leg.part, tokens.accent, mirrored=self.isRightToLeft())
        left += wide + _GAP
        painter.setPen(QColor(tokens.text))
        painter.drawText(self._place(left, 0, words, _HEIGHT), middle, leg.words)

    def _width(self, leg: Leg) -> int:
        metrics = QFontMetrics(text_font(Type.CAPTION))
        return metrics.horizontalAdvance(leg.name) + 2 + _BAR + 2 * _GAP + self._words(leg)

    @staticmethod
    def _words(leg: Leg) -> int:
        return QFontMetrics(text_font(Type.CAPTION)).horizontalAdvance(leg.words) + 2

    def _place(self, left: int, top: int, width: int, height: int) -> QRect:
        spot = QRect(left, top, width, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
