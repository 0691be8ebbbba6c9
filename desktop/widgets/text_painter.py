"""Paints the part of a long text that is in sight: grounds, heads, lines, the mark."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QStyle

from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import Radius, Type
from desktop.widgets.text_column import FOOT, TextColumn
from desktop.widgets.text_pieces import NO_SECTION, Section, Span
from desktop.widgets.writing import direction_of, one_line

MARGIN: Final = 16
TOP: Final = 8
"""Air over the first line."""
PADDING: Final = 18
_BEYOND: Final = 40
"""How far a ground goes out of sight when its section does."""
_BAR: Final = 3


class TextPainter:
    """One paint of the viewport."""

    def __init__(
        self, painter: QPainter, column: TextColumn, area: QRect, scrolled: int
    ) -> None:
        self._painter = painter
        self._column = column
        self._area = area
        self._scrolled = scrolled - TOP
        self._tokens = current_tokens()

    def paint(self, chosen: int | None, marked: Span | None, *, has_focus: bool) -> None:
        """Paint everything."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.fillRect(self._area, QColor(self._tokens.window))
        places = self._in_sight()
        self._paint_grounds(places, chosen, has_focus=has_focus)
        for index in places:
            top = self._column.top(index) - self._scrolled
            if self._column.head(index):
                section = self._column.pieces.section(index)
                self._paint_head(self._column.pieces.sections[section], top)
            self._paint_piece(index, top, marked)

    def _in_sight(self) -> range:
        if not len(self._column):
            return range(0)
        first = self._column.index_at(self._scrolled)
        last = self._column.index_at(self._scrolled + self._area.height())
        return range(first, last + 1)

    def _paint_grounds(self, places: range, chosen: int | None, *, has_focus: bool) -> None:
        runs: dict[int, tuple[int, int]] = {}
        for index in places:
            section = self._column.pieces.section(index)
            if section != NO_SECTION:
                first, _ = runs.get(section, (index, index))
                runs[section] = (first, index)
        for section, (first, last) in runs.items():
            ground = self._ground(first, last)
            self._paint_ground(section, ground, is_chosen=section == chosen)
            if section == chosen and has_focus:
                self._painter.setPen(QPen(QColor(self._tokens.focus), 2))
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                inner = ground.adjusted(1, 1, -1, -1)
                self._painter.drawRoundedRect(inner, Radius.FIELD, Radius.FIELD)

    def _ground(self, first: int, last: int) -> QRectF:
        top = self._column.top(first) - self._scrolled
        bottom = self._column.top(last) + self._column.height(last) - self._scrolled
        if not self._column.pieces.is_first(first):
            top -= _BEYOND
        bottom += -FOOT // 2 + 2 if self._column.pieces.is_last(last) else _BEYOND
        width = round(self._column.width) + 2 * PADDING
        spot = QRect(MARGIN, top, width, bottom - top)
        return QRectF(QStyle.visualRect(self._column.direction, self._area, spot))

    def _paint_ground(self, section: int, ground: QRectF, *, is_chosen: bool) -> None:
        tokens = self._tokens
        colour = tokens.hover if section % 2 == 0 else tokens.sunken
        if is_chosen:
            colour = tokens.accent_soft
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(colour))
        self._painter.drawRoundedRect(ground, Radius.FIELD, Radius.FIELD)
        if is_chosen:
            self._painter.setBrush(QColor(tokens.accent))
            left = ground.left()
            if self._column.direction is Qt.LayoutDirection.RightToLeft:
                left = ground.right() - _BAR
            bar = QRectF(left, ground.top() + 8, _BAR, ground.height() - 16)
            self._painter.drawRoundedRect(bar, 1.5, 1.5)

    def _paint_head(self, section: Section, top: int) -> None:
        """Paint number and heading at the one end, page and length at the other."""
        bold = text_font(Type.CAPTION, QFont.Weight.DemiBold)
        plain = text_font(Type.CAPTION)
        whole = round(self._column.width)
        facts = QFontMetrics(plain).horizontalAdvance(section.facts) + 2
        left = MARGIN + PADDING
        self._word(QRect(left + whole - facts, top + 7, facts, 18), section.facts, plain)
        words = f"{section.number}  {one_line(section.heading)}".rstrip()
        room = whole - facts - PADDING
        shown = QFontMetrics(bold).elidedText(words, Qt.TextElideMode.ElideRight, room)
        self._word(QRect(left, top + 7, room, 18), shown, bold)

    def _word(self, spot: QRect, words: str, font: QFont) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._tokens.muted))
        self._painter.setLayoutDirection(direction_of(words, self._column.direction))
        placed = QStyle.visualRect(self._column.direction, self._area, spot)
        mirrored = self._column.direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(placed, flags, words)

    def _paint_piece(self, index: int, top: int, marked: Span | None) -> None:
        layout = self._column.layout(index)
        part = None if marked is None else self._column.pieces.within(index, marked)
        width = round(self._column.width)
        spot = QRect(MARGIN + PADDING, top + self._column.head(index), width, 1)
        corner = QStyle.visualRect(self._column.direction, self._area, spot).topLeft()
        self._painter.setPen(QColor(self._tokens.text))
        layout.draw(self._painter, QPointF(corner), self._mark(part))

    def _mark(self, part: tuple[int, int] | None) -> list[QTextLayout.FormatRange]:
        if part is None:
            return []
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = part
        form = mark.format
        form.setBackground(QColor(self._tokens.text_selection))
        form.setForeground(QColor(self._tokens.text))
        mark.format = form
        return [mark]
