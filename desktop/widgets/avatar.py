"""A person as two letters on a colour of their own, with the channel in the corner."""

from __future__ import annotations

import zlib
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.channels import LETTERS_COLOUR, ChannelMark, channel_mark
from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import AVATAR_COLOURS, ON_AVATAR
from desktop.widgets.writing import initials

_BADGE_SHARE: Final = 0.46
_BADGE_REACH: Final = 0.1


def colour_of(name: str) -> str:
    """Return the colour of `name`, the same on every machine and every day."""
    return AVATAR_COLOURS[
        zlib.crc32(name.strip().casefold().encode()) % len(AVATAR_COLOURS)
    ]


def paint_avatar(painter: QPainter, rect: QRectF, name: str) -> None:
    """Paint the initials of `name` in a circle that fills `rect`."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour_of(name)))
    painter.drawEllipse(rect)
    painter.setFont(text_font(round(rect.height() * 0.37), QFont.Weight.DemiBold))
    painter.setPen(QColor(ON_AVATAR))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))


def paint_portrait(painter: QPainter, rect: QRectF, picture: QPixmap) -> None:
    """Paint a square picture as a circle that fills `rect`."""
    circle = QPainterPath()
    circle.addEllipse(rect)
    painter.save()
    painter.setClipPath(circle)
    painter.drawPixmap(rect, picture, QRectF(picture.rect()))
    painter.restore()


def paint_badge(painter: QPainter, corner: QRectF, mark: ChannelMark, ground: str) -> None:
    """Paint a channel's letters in `corner`, ringed with the colour behind the avatar."""
    painter.setBrush(QColor(mark.colour))
    painter.setPen(QPen(QColor(ground), 2))
    painter.drawEllipse(corner)
    painter.setFont(text_font(round(corner.height() * 0.42), QFont.Weight.Bold))
    painter.setPen(QColor(LETTERS_COLOUR))
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, mark.letters)


def badge_rect(avatar: QRectF, direction: Qt.LayoutDirection) -> QRectF:
    """Return where the badge of `avatar` goes: its lower trailing corner."""
    side = avatar.width() * _BADGE_SHARE
    reach = avatar.width() * _BADGE_REACH
    left = avatar.right() - side + reach
    if direction is Qt.LayoutDirection.RightToLeft:
        left = avatar.left() - reach
    return QRectF(left, avatar.bottom() - side + reach, side, side)


class Avatar(QWidget):
    """The avatar as a widget, for headers and panels."""

    def __init__(self, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = size
        self._name = ""
        self._mark: ChannelMark | None = None
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, platform: str | None = None) -> None:
        """Show `name`, and the mark of `platform` when there is one; a picture goes."""
        self._picture = None
        self._name = name
        self._mark = None if platform is None else channel_mark(platform)
        spoken = name if self._mark is None else f"{name}, {self._mark.name}"
        self.setAccessibleName(spoken)
        self.update()

    def set_picture(self, picture: QPixmap | None) -> None:
        """Show a square picture in place of the initials; None: the initials again."""
        self._picture = picture
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Ask for the circle and the reach of its badge."""
        room = round(self._side * (1 + 2 * _BADGE_REACH))
        return QSize(room, room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, initials and badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = self._side * _BADGE_REACH
        circle = QRectF(margin, margin, self._side, self._side)
        if self._picture is None:
            paint_avatar(painter, circle, self._name)
        else:
            paint_portrait(painter, circle, self._picture)
        if self._mark is not None:
            corner = badge_rect(circle, self.layoutDirection())
            paint_badge(painter, corner, self._mark, current_tokens().window)
        painter.end()
