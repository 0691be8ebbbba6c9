"""A customer's words on a fixed number of lines, ending in an ellipsis."""

from __future__ import annotations

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
        # Cut by width even when it would fit: more text follows than is shown.
        broken[-1] = elide(broken[-1], Qt.TextElideMode.ElideRight, width)
    return broken


def paint_preview(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str
) -> None:
    """Paint as many lines of `text` as fit into `rect`."""
    height = QFontMetricsF(font).lineSpacing()
    lines = max(1, int(rect.height() // height))
    direction = direction_of(text, painter.layoutDirection())
    painter.setPen(QColor(colour))
    top = rect.top()
    for words in preview_lines(text, font, rect.width(), lines):
        layout = QTextLayout(words, font)
        option = text_option(words, direction)
        if direction is not option.textDirection():
            # A second line that begins with a Latin word is still Arabic text.
            option = text_option("", direction)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        layout.draw(painter, QPointF(rect.left(), top))
        top += height
