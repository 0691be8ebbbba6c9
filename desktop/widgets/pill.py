"""A short fact on a rounded ground: a label, a count, a confidence."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import Tone, TonePair, Type, tone_pair
from desktop.widgets.writing import one_line

PILL_HEIGHT: Final = 20
_SIDE: Final = 9.0
_WIDEST: Final = 320.0


def pill_font() -> QFont:
    """Return the font of every pill."""
    return text_font(Type.CAPTION, QFont.Weight.DemiBold)


def pill_width(text: str) -> float:
    """Return how wide the pill of `text` is."""
    wanted = QFontMetricsF(pill_font()).horizontalAdvance(text) + 2 * _SIDE
    return min(wanted + 1, _WIDEST)


def paint_pill(painter: QPainter, rect: QRectF, text: str, pair: TonePair) -> None:
    """Paint `text` on a rounded ground that fills `rect`, elided when it is too long."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pair.soft))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    font = pill_font()
    painter.setFont(font)
    painter.setPen(QColor(pair.text))
    shown = QFontMetricsF(font).elidedText(
        text, Qt.TextElideMode.ElideRight, rect.width() - 2 * _SIDE + 1
    )
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


class Pill(QWidget):
    """The pill as a widget."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: Tone) -> None:
        """Show `text` in `tone`; an empty text leaves no trace of the pill."""
        self._text = one_line(text, 80)
        self._tone = tone
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        """Ask for the text and its rounded sides."""
        if not self._text:
            return QSize(0, PILL_HEIGHT)
        return QSize(round(pill_width(self._text) + 0.5), PILL_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        pair = tone_pair(current_tokens(), self._tone)
        paint_pill(painter, QRectF(self.rect()), self._text, pair)
        painter.end()
