"""Paints a row of a list of sources: badge, title, file, state.

Rectangles are computed for a left-to-right row and mirrored one by one through
`QStyle.visualRect`, since delegates do not mirror by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from desktop.style.fonts import text_font
from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Radius, Space, Tone, Type, tone_pair
from desktop.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from desktop.widgets.progress_line import paint_progress
from desktop.widgets.shelf_cell import HEADING_HEIGHT, ROW_HEIGHT, ShelfCell, ShelfMark
from desktop.widgets.writing import direction_of, one_line

_BADGE: Final = 40
_ICON: Final = 13
_SIDE: Final = 18
_State = QStyle.StateFlag


class ShelfDelegate(QStyledItemDelegate):
    """Takes how a row of the model becomes a cell."""

    def __init__(
        self, to_cell: Callable[[Any], ShelfCell], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._to_cell = to_cell

    @override
    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """Ask for a row, or for less where it is a heading."""
        row = index.data(Qt.ItemDataRole.UserRole)
        is_heading = row is not None and self._to_cell(row).is_heading
        return QSize(240, HEADING_HEIGHT if is_heading else ROW_HEIGHT)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row of `index`."""
        row = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        _RowPainter(painter, option, self._to_cell(row)).paint()
        painter.restore()


class _RowPainter:
    """One row being painted: what its parts share for as long as that takes."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, cell: ShelfCell
    ) -> None:
        # The stub of QStyleOption lacks the fields of its C++ struct.
        view_option: Any = option
        self._painter = painter
        self._cell = cell
        self._area: QRect = view_option.rect
        self._direction: Qt.LayoutDirection = view_option.direction
        self._state: QStyle.StateFlag = view_option.state
        self._tokens = current_tokens()
        self._ratio = painter.device().devicePixelRatioF()
        self._left = self._area.left() + _SIDE + _BADGE + 12
        self._right = self._area.right() - _SIDE

    def paint(self) -> None:
        """Paint a heading, or ground, badge, title, subtitle and the line of marks."""
        if self._cell.is_heading:
            self._paint_group()
            return
        self._paint_ground()
        self._paint_badge()
        self._paint_title()
        self._paint_subtitle()
        if self._cell.progress is not None:
            self._paint_progress(self._cell.progress)
        else:
            self._paint_marks()

    def _place(self, left: int, top: int, width: int, height: int) -> QRect:
        wanted = QRect(left, self._area.top() + top, width, height)
        return QStyle.visualRect(self._direction, self._area, wanted)

    def _paint_group(self) -> None:
        left = self._area.left() + _SIDE
        font = text_font(Type.CAPTION, QFont.Weight.DemiBold)
        spot = self._place(left, self._area.height() - 22, self._right - left, 18)
        self._text(spot, self._cell.title, font, self._tokens.muted)

    def _paint_ground(self) -> None:
        tokens, ground = self._tokens, self._tokens.window
        if self._state & _State.State_Selected:
            ground = tokens.selected
        elif self._state & _State.State_MouseOver:
            ground = tokens.hover
        focused = self._state & _State.State_HasFocus
        if ground == tokens.window and not focused:
            return
        pen = QPen(QColor(tokens.focus), 2) if focused else QPen(Qt.PenStyle.NoPen)
        self._painter.setPen(pen)
        self._painter.setBrush(QColor(ground))
        inner = QRectF(self._area).adjusted(9, 3, -9, -3)
        self._painter.drawRoundedRect(inner, 10, 10)

    def _paint_badge(self) -> None:
        pair = tone_pair(self._tokens, self._cell.badge_tone)
        spot = self._place(self._area.left() + _SIDE, 14, _BADGE, _BADGE)
        is_chosen = bool(self._state & _State.State_Selected)
        is_quiet = self._cell.badge_tone in (Tone.ACCENT, Tone.NEUTRAL)
        soft = self._tokens.raised if is_chosen and is_quiet else pair.soft
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(soft))
        self._painter.drawRoundedRect(QRectF(spot), Radius.FIELD, Radius.FIELD)
        if self._cell.icon:
            corner = spot.center()
            mark = pixmap(self._cell.icon, 20, pair.text, self._ratio)
            self._painter.drawPixmap(corner.x() - 9, corner.y() - 9, mark)
            return
        self._painter.setFont(text_font(Type.TINY, QFont.Weight.Bold))
        self._painter.setPen(QColor(pair.text))
        self._painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._cell.badge)

    def _paint_title(self) -> None:
        room = self._right - self._left
        if self._cell.pill:
            width = round(pill_width(self._cell.pill))
            spot = self._place(self._right - width, 12, width, PILL_HEIGHT - 1)
            pair = tone_pair(self._tokens, self._cell.pill_tone)
            paint_pill(self._painter, QRectF(spot), self._cell.pill, pair)
            room -= width + Space.S
        font = text_font(Type.ROW, QFont.Weight.DemiBold)
        colour = self._tokens.muted if self._cell.is_dimmed else self._tokens.text
        self._line(self._cell.title, 11, room, font, colour)

    def _paint_subtitle(self) -> None:
        room = self._right - self._left
        words = self._cell.subtitle
        self._line(words, 31, room, text_font(Type.SMALL), self._tokens.muted)

    def _line(self, words: str, top: int, room: int, font: QFont, colour: str) -> None:
        shown = QFontMetrics(font).elidedText(
            one_line(words, 200), Qt.TextElideMode.ElideRight, room
        )
        self._text(self._place(self._left, top, room, 19), shown, font, colour)

    def _paint_progress(self, part: float) -> None:
        font = text_font(Type.CAPTION)
        words = self._cell.progress_words
        width = QFontMetrics(font).horizontalAdvance(words) + 2
        tone = tone_pair(self._tokens, Tone.ACCENT)
        self._text(self._place(self._left, 51, width, 18), words, font, tone.text)
        left = self._left + width + Space.S + 2
        bar = QRectF(self._place(left, 58, max(20, self._right - left), 4))
        mirrored = self._direction is Qt.LayoutDirection.RightToLeft
        paint_progress(self._painter, bar, part, self._tokens.accent, mirrored=mirrored)

    def _paint_marks(self) -> None:
        left = self._left
        for mark in self._cell.marks:
            words = QFontMetrics(text_font(Type.CAPTION)).horizontalAdvance(mark.words)
            width = _ICON + 4 + words + 2
            if left + width > self._right:
                return
            self._paint_mark(mark, left, words + 2)
            left += width + Space.M

    def _paint_mark(self, mark: ShelfMark, left: int, words: int) -> None:
        colour = tone_pair(self._tokens, mark.tone).text
        spot = self._place(left, 54, _ICON, _ICON)
        self._painter.drawPixmap(spot, pixmap(mark.icon, _ICON, colour, self._ratio))
        rest = self._place(left + _ICON + 4, 51, words, 18)
        self._text(rest, mark.words, text_font(Type.CAPTION), colour)

    def _text(self, spot: QRect, words: str, font: QFont, colour: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        mirrored = self._direction is Qt.LayoutDirection.RightToLeft
        # A title in another script stands where the row's own titles begin.
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self._painter.setLayoutDirection(direction_of(words, self._direction))
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(spot, flags | Qt.TextFlag.TextSingleLine, words)
