"""The strip above a bubble's own words: the message that it answers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from desktop.style.fonts import text_font
from desktop.style.tokens import Radius, Type
from desktop.widgets.bubble import Quote

QUOTE_HEIGHT: Final = 44.0
_BAR: Final = 3.0
_INSET: Final = 11.0
_LINE: Final = 17.0
_VEIL: Final = 0.09
_ONE_LINE: Final = (
    Qt.AlignmentFlag.AlignLeading
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextSingleLine
)


def wanted_width(quote: Quote, room: float) -> float:
    """Return how wide a strip would like to be, at most `room`."""
    who = QFontMetricsF(_who_font()).horizontalAdvance(quote.who)
    words = QFontMetricsF(_words_font()).horizontalAdvance(quote.words)
    return min(room, max(who, words) + 2 * _INSET + 2)


def paint_quote(
    painter: QPainter, quote: Quote, rect: QRectF, *, mark: str, quiet: str
) -> None:
    """Paint a strip; `mark` colours its bar and whose words they are, `quiet` the words."""
    veil = QColor(mark)
    veil.setAlphaF(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(rect, Radius.FIELD, Radius.FIELD)
    at_left = painter.layoutDirection() is not Qt.LayoutDirection.RightToLeft
    bar = QRectF(
        rect.left() if at_left else rect.right() - _BAR, rect.top(), _BAR, rect.height()
    )
    painter.setBrush(QColor(mark))
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    line = QRectF(rect.left() + _INSET, rect.top() + 4, rect.width() - 2 * _INSET, _LINE)
    _write(painter, quote.who, line, _who_font(), mark)
    _write(painter, quote.words, line.translated(0, _LINE + 1), _words_font(), quiet)


def _write(painter: QPainter, words: str, rect: QRectF, font: QFont, colour: str) -> None:
    shown = QFontMetricsF(font).elidedText(
        words, Qt.TextElideMode.ElideRight, rect.width() + 1
    )
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, _ONE_LINE, shown)


def _who_font() -> QFont:
    return text_font(Type.CAPTION, QFont.Weight.DemiBold)


def _words_font() -> QFont:
    return text_font(Type.CAPTION)
