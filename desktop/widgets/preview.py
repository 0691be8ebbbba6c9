"""A customer's words on a fixed number of lines, ending in an ellipsis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from desktop.widgets.writing import direction_of, utf16_slice

_WRAP: Final = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def text_option(text: str, otherwise: Qt.LayoutDirection) -> QTextOption:
    """Return how `text` runs: its own direction, from the side where that begins."""
    direction = direction_of(text, otherwise)
    side = (
        Qt.AlignmentFlag.AlignRight
        if direction is Qt.LayoutDirection.RightToLeft
        else Qt.AlignmentFlag.AlignLeft
    )
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(direction)
    option.setWrapMode(_WRAP)
    return option


def preview_lines(text: str, font: QFont, width: float, lines: int) -> list[str]:
    """Break `text` into at most `lines` lines, the last one elided if more would follow."""
    layout = QTextLayout(text, font)
    layout.setTextOption(text_option(text, Qt.LayoutDirection.LeftToRight))
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= lines:
        line: QTextLine = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    shown = starts[:lines]
    cuts = [*shown[1:], None]
    broken = [utf16_slice(text, a, b).strip() for a, b in zip(shown, cuts, strict=True)]
    if len(starts) > lines:
        elide = QFontMetricsF(font).elidedText
        # The rest of the text is longer than the line, or there would be no next one.
        cut = elide(broken[-1], Qt.TextElideMode.ElideRight, width)
        broken[-1] = f"{cut.rstrip('… ')}…"
    return broken


@dataclass(frozen=True, slots=True)
class Ink:
    """The font and the colour of a text."""

    font: QFont
    colour: str


def paint_preview(
    painter: QPainter, rect: QRectF, text: str, direction: Qt.LayoutDirection, ink: Ink
) -> None:
    """Paint as many lines of `text` as fit into `rect`, each in the same direction.

    The direction is that of the whole text: a second line of Arabic that happens to
    begin with a Latin word is still Arabic.
    """
    font = ink.font
    height = QFontMetricsF(font).lineSpacing()
    lines = max(1, int(rect.height() // height))
    painter.setPen(QColor(ink.colour))
    top = rect.top()
    for words in preview_lines(text, font, rect.width(), lines):
        layout = QTextLayout(words, font)
        option = text_option("", direction)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        layout.draw(painter, QPointF(rect.left(), top))
        top += height
