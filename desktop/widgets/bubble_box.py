"""The geometry of one bubble at one width.

Everything is measured from the top of the item, day heading included, in a column that
is `width` wide. Laying out is the dear part of showing a message, so it is done only for
bubbles in sight; the others live on `guessed_height`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QTextLayout

from desktop.style.fonts import text_font
from desktop.style.tokens import Type
from desktop.widgets.bubble import (
    Attachment,
    Bubble,
    DeliveryNote,
)
from desktop.widgets.links import Link
from desktop.widgets.writing import utf16_length

SIDE_MARGIN: Final = 24.0
PADDING_X: Final = 15.0
PADDING_Y: Final = 10.0
DAY_HEIGHT: Final = 44.0
META_GAP: Final = 5.0
META_LINE: Final = 17.0
ITEM_GAP: Final = 13.0
PART_GAP: Final = 6.0
META_ICON: Final = 13.0
FILE_HEIGHT: Final = 36.0
PHOTO_LIMIT: Final = QSizeF(280, 240)
_WIDEST: Final = 560.0
_SHARE: Final = 0.74
_NARROWEST: Final = 44.0


class TargetKind(Enum):
    """What happens when a part of a bubble is clicked."""

    LINK = "link"
    ATTACHMENT = "attachment"
    LOOK = "look"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A part of a bubble that can be opened: its rectangles and what it stands for."""

    kind: TargetKind
    value: str
    rects: tuple[QRectF, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAttachment:
    """An attachment and where it is drawn."""

    attachment: Attachment
    rect: QRectF


@dataclass(frozen=True, slots=True, kw_only=True)
class BubbleBox:
    """Where everything of one bubble is."""

    bubble: Bubble
    day: str
    height: int
    """Whole pixels, so that scroll values of the same place are the same number."""
    body: QRectF
    quote_rect: QRectF
    text: QTextLayout
    text_at: QPointF
    text_rect: QRectF
    links: tuple[Link, ...]
    hosts: str
    hosts_rect: QRectF
    attachments: tuple[PlacedAttachment, ...]
    meta: str
    meta_rect: QRectF
    note: DeliveryNote | None
    note_rect: QRectF
    targets: tuple[Target, ...]

    def position_at(self, point: QPointF) -> int:
        """Return the text position, in UTF-16 units, nearest to `point`."""
        local = point - self.text_at
        if local.y() < 0 or not self.text.lineCount():
            return 0
        for number in range(self.text.lineCount()):
            line = self.text.lineAt(number)
            if local.y() < line.y() + line.height():
                return line.xToCursor(local.x())
        return self.text_length()

    def text_length(self) -> int:
        """Return how many positions the text has, counted as Qt counts."""
        return utf16_length(self.text.text())

    def target_at(self, point: QPointF) -> Target | None:
        """Return what can be opened at `point`."""
        for target in self.targets:
            if any(rect.contains(point) for rect in target.rects):
                return target
        return None


def bubble_font() -> QFont:
    """Return the font of messages."""
    return text_font(Type.BODY)


def meta_font() -> QFont:
    """Return the font of what stands under a message."""
    return text_font(Type.CAPTION)


def widest_body(width: float) -> float:
    """Return how wide a bubble may be in a column of `width`."""
    room = max(_NARROWEST, width - 2 * SIDE_MARGIN)
    return max(_NARROWEST, min(_WIDEST, room * _SHARE))
