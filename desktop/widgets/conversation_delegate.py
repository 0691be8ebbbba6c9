"""Paints a row of the inbox.

Rectangles are computed for a left-to-right row and mirrored one by one through
`QStyle.visualRect`, since delegates do not mirror by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from desktop.style.channels import channel_mark
from desktop.style.fonts import text_font
from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space, Type, tone_pair
from desktop.widgets.avatar import badge_rect, paint_avatar, paint_badge
from desktop.widgets.conversation_cell import (
    ConversationCell,
    Mark,
    ai_mark,
    failed_mark,
    window_mark,
)
from desktop.widgets.pill import PILL_HEIGHT, paint_pill, pill_font, pill_width
from desktop.widgets.preview import Ink, paint_preview
from desktop.widgets.when import short_time
from desktop.widgets.writing import direction_of, one_line

ROW_HEIGHT: Final = 98

_AVATAR: Final = 40
_ICON: Final = 13
_BADGE_COLUMN: Final = 34
_State = QStyle.StateFlag


class ConversationDelegate(QStyledItemDelegate):
    """Who wrote, what, when, what the assistant did, and how long one may answer."""

    def __init__(
        self,
        *,
        to_cell: Callable[[Any], ConversationCell],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        """Take how a row of the model becomes a cell, and the clock for times left."""
        super().__init__(parent)
        self._to_cell = to_cell
        self._now = now

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the one height of every row."""
        return QSize(260, ROW_HEIGHT)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row at `index`."""
        row = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Each text runs as its first strong character says, not as the window does.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        _RowPainter(painter, option, self._to_cell(row), self._now()).paint()
        painter.restore()


class _RowPainter:
    """One row being painted: what its parts share for as long as that takes."""

    def __init__(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        cell: ConversationCell,
        now: datetime,
    ) -> None:
        # The stub of QStyleOption lacks the fields of its C++ struct.
        view_option: Any = option
        self._painter = painter
        self._cell = cell
        self._now = now
        self._area: QRect = view_option.rect
        self._direction: Qt.LayoutDirection = view_option.direction
        self._state: QStyle.StateFlag = view_option.state
        self._tokens = current_tokens()
        self._ratio = painter.device().devicePixelRatioF()
        self._left = self._area.left() + 18 + _AVATAR + 14
        self._right = self._area.right() - 18

    def paint(self) -> None:
        """Paint ground, avatar, name and time, preview, and the line of marks."""
        ground = self._paint_ground()
        self._paint_avatar(ground)
        self._paint_heading()
        self._paint_preview()
        self._paint_marks()

    def _place(self, left: int, top: int, width: int, height: int) -> QRect:
        wanted = QRect(left, self._area.top() + top, width, height)
        return QStyle.visualRect(self._direction, self._area, wanted)

    def _paint_ground(self) -> str:
        tokens = self._tokens
        ground = tokens.window
        if self._state & _State.State_Selected:
            ground = tokens.selected
        elif self._state & _State.State_MouseOver:
            ground = tokens.hover
        inner = QRectF(self._area).adjusted(8, 2, -8, -2)
        focused = self._state & _State.State_HasFocus
        pen = QPen(QColor(tokens.focus), 2) if focused else QPen(Qt.PenStyle.NoPen)
        if ground != tokens.window or focused:
            self._painter.setPen(pen)
            self._painter.setBrush(QColor(ground))
            self._painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 10, 10)
        return ground

    def _paint_avatar(self, ground: str) -> None:
        circle = QRectF(self._place(self._area.left() + 18, 13, _AVATAR, _AVATAR))
        paint_avatar(self._painter, circle, self._cell.name)
        corner = badge_rect(circle, self._direction)
        paint_badge(self._painter, corner, channel_mark(self._cell.platform), ground)

    def _paint_heading(self) -> None:
        tokens, unread = self._tokens, bool(self._cell.unread)
        when = short_time(self._cell.at, self._now)
        time_font = text_font(
            Type.CAPTION, QFont.Weight.DemiBold if unread else QFont.Weight.Normal
        )
        time_width = QFontMetrics(time_font).horizontalAdvance(when) + 2
        self._text(
            self._place(self._right - time_width, 12, time_width, 18),
            when,
            time_font,
            tokens.accent_text if unread else tokens.muted,
        )
        room = self._right - time_width - Space.S - self._left
        if self._cell.draft:
            spot = self._place(self._right - time_width - _ICON - 6, 14, _ICON, _ICON)
            self._icon("edit", spot, tokens.accent_text)
            room -= _ICON + 6
        weight = QFont.Weight.Bold if unread else QFont.Weight.DemiBold
        name_font = text_font(Type.ROW, weight)
        shown = QFontMetrics(name_font).elidedText(
            one_line(self._cell.name, 120), Qt.TextElideMode.ElideRight, room
        )
        self._text(self._place(self._left, 11, room, 19), shown, name_font, tokens.text)

    def _paint_preview(self) -> None:
        left, room = self._left, self._right - self._left - _BADGE_COLUMN
        colour = self._tokens.text if self._cell.unread else self._tokens.muted
        if self._cell.preview_icon is not None:
            self._icon(self._cell.preview_icon, self._place(left, 34, _ICON, _ICON), colour)
            left, room = left + _ICON + 5, room - _ICON - 5
        rect = QRectF(self._place(left, 32, room, 36))
        font = text_font(Type.SMALL)
        words = one_line(self._cell.preview)
        direction = direction_of(words, self._direction)
        paint_preview(self._painter, rect, words, direction, Ink(font, colour))
        if self._cell.unread:
            self._paint_unread()

    def _paint_unread(self) -> None:
        words = "9+" if self._cell.unread > 9 else str(self._cell.unread)
        font = pill_font()
        width = max(19, QFontMetrics(font).horizontalAdvance(words) + 11)
        spot = self._place(self._right - width, 37, width, 19)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._tokens.accent))
        self._painter.drawRoundedRect(QRectF(spot), 9.5, 9.5)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._tokens.on_accent))
        self._painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_marks(self) -> None:
        left, right = self._left, self._right
        if self._cell.reply_until is not None:
            window = window_mark(self._cell.reply_until, self._now)
            right -= self._mark_width(window)
            self._paint_mark(window, right)
            right -= Space.M
        for mark in self._states():
            width = self._mark_width(mark)
            if left + width <= right:
                self._paint_mark(mark, left)
                left += width + Space.S + 2
        if self._cell.label:
            self._paint_label(self._cell.label, left, right)

    def _states(self) -> list[Mark]:
        marks = [failed_mark()] if self._cell.failed else []
        if self._cell.ai is not None:
            marks.append(ai_mark(self._cell.ai))
        return marks

    def _paint_label(self, label: str, left: int, right: int) -> None:
        width = min(round(pill_width(label)), right - left)
        if width < 36:
            return
        spot = QRectF(self._place(left, 70, width, PILL_HEIGHT - 2))
        pair = tone_pair(self._tokens, self._cell.label_tone)
        paint_pill(self._painter, spot, label, pair)

    def _mark_width(self, mark: Mark) -> int:
        words = QFontMetrics(text_font(Type.CAPTION)).horizontalAdvance(mark.word)
        return _ICON + 4 + words + 2

    def _paint_mark(self, mark: Mark, left: int) -> None:
        colour = tone_pair(self._tokens, mark.tone).text
        self._icon(mark.icon, self._place(left, 72, _ICON, _ICON), colour)
        room = self._mark_width(mark) - _ICON - 4
        spot = self._place(left + _ICON + 4, 70, room, 18)
        self._text(spot, mark.word, text_font(Type.CAPTION), colour)

    def _icon(self, name: str, spot: QRect, colour: str) -> None:
        self._painter.drawPixmap(spot, pixmap(name, _ICON, colour, self._ratio))

    def _text(self, spot: QRect, words: str, font: QFont, colour: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        side = (
            Qt.AlignmentFlag.AlignRight
            if self._direction is Qt.LayoutDirection.RightToLeft
            else Qt.AlignmentFlag.AlignLeft
        )
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(spot, flags | Qt.TextFlag.TextSingleLine, words)
