"""Paints a channel in the list: its platform's colour, its name, how it is, since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from core.domain.vitality import Ailment
from core.queries.channels import ChannelRow
from desktop.panes.settings.words import ago_words, sentence, state_words, tone_of
from desktop.style.channels import channel_mark
from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space, Tone, Type, tone_pair
from desktop.widgets.avatar import paint_badge
from desktop.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from desktop.widgets.preview import Ink, paint_preview
from desktop.widgets.writing import direction_of, one_line

ROW_HEIGHT: Final = 98
_MARK: Final = 36
_State = QStyle.StateFlag


def describe(row: ChannelRow, now: datetime) -> str:
    """Return what a screen reader says of a row."""
    heard = ago_words(row.last_inbound_at, now)
    return ". ".join(
        (f"{row.name}, {row.title}", state_words(row.ailment), sentence(row, now), heard)
    )


class ChannelDelegate(QStyledItemDelegate):
    """One row of one height; times follow the clock that it is given."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        _RowPainter(painter, option, row, self._now()).paint()
        painter.restore()


class _RowPainter:
    """One row being painted."""

    def __init__(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: ChannelRow,
        now: datetime,
    ) -> None:
        # The stub of QStyleOption lacks the fields of its C++ struct.
        view_option: Any = option
        self._painter = painter
        self._row = row
        self._now = now
        self._area: QRect = view_option.rect
        self._direction: Qt.LayoutDirection = view_option.direction
        self._state: QStyle.StateFlag = view_option.state
        self._tokens = current_tokens()
        self._left = self._area.left() + 18 + _MARK + 14
        self._right = self._area.right() - 18

    def paint(self) -> None:
        """Paint ground, platform, name and time, sentence and state."""
        ground = self._paint_ground()
        spot = self._place(self._area.left() + 18, 14, _MARK, _MARK)
        paint_badge(self._painter, QRectF(spot), channel_mark(self._row.platform), ground)
        self._paint_heading()
        self._paint_sentence()
        self._paint_state()

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
        focused = self._state & _State.State_HasFocus
        if ground != tokens.window or focused:
            pen = QPen(QColor(tokens.focus), 2) if focused else QPen(Qt.PenStyle.NoPen)
            self._painter.setPen(pen)
            self._painter.setBrush(QColor(ground))
            inner = QRectF(self._area).adjusted(9, 3, -9, -3)
            self._painter.drawRoundedRect(inner, 10, 10)
        return ground

    def _paint_heading(self) -> None:
        when = ago_words(self._row.last_inbound_at, self._now)
        font = text_font(Type.CAPTION)
        width = QFontMetrics(font).horizontalAdvance(when) + 2
        spot = self._place(self._right - width, 12, width, 18)
        self._text(spot, when, font, self._tokens.muted)
        room = self._right - width - Space.S - self._left
        name = text_font(Type.ROW, QFont.Weight.DemiBold)
        shown = QFontMetrics(name).elidedText(
            one_line(self._row.name, 120), Qt.TextElideMode.ElideRight, room
        )
        self._text(self._place(self._left, 11, room, 19), shown, name, self._tokens.text)

    def _paint_sentence(self) -> None:
        rect = QRectF(self._place(self._left, 32, self._right - self._left, 36))
        words = sentence(self._row, self._now)
        ink = Ink(text_font(Type.SMALL), self._tokens.muted)
        direction = direction_of(words, self._direction)
        paint_preview(self._painter, rect, words, direction, ink)

    def _paint_state(self) -> None:
        words = state_words(self._row.ailment)
        width = min(round(pill_width(words)), self._right - self._left)
        spot = QRectF(self._place(self._left, 71, width, PILL_HEIGHT - 2))
        pair = tone_pair(self._tokens, tone_of(self._row.ailment))
        paint_pill(self._painter, spot, words, pair)
        if self._row.paused_reason and self._row.ailment is not Ailment.PAUSED:
            self._paint_second(state_words(Ailment.PAUSED), width)

    def _paint_second(self, words: str, after: int) -> None:
        left = self._left + after + Space.S
        width = round(pill_width(words))
        if left + width <= self._right:
            spot = QRectF(self._place(left, 71, width, PILL_HEIGHT - 2))
            pair = tone_pair(self._tokens, Tone.NEUTRAL)
            paint_pill(self._painter, spot, words, pair)

    def _text(self, spot: QRect, words: str, font: QFont, colour: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        is_mirrored = self._direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(spot, flags | Qt.TextFlag.TextSingleLine, words)
