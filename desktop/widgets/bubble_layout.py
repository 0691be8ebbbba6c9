"""Lays a bubble out: how tall it is, and where its words, pictures and marks go."""

from __future__ import annotations

import math
from typing import Final, cast

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine

from desktop.widgets.bubble import (
    Attachment,
    AttachmentKind,
    Bubble,
    DeliveryNote,
    Side,
    delivery_note,
    meta_words,
)
from desktop.widgets.bubble_box import (
    DAY_HEIGHT,
    FILE_HEIGHT,
    ITEM_GAP,
    META_GAP,
    META_ICON,
    META_LINE,
    PADDING_X,
    PADDING_Y,
    PART_GAP,
    PHOTO_LIMIT,
    SIDE_MARGIN,
    BubbleBox,
    PlacedAttachment,
    Target,
    TargetKind,
    bubble_font,
    meta_font,
    widest_body,
)
from desktop.widgets.bubble_quote import QUOTE_HEIGHT, wanted_width
from desktop.widgets.links import Link, find_links
from desktop.widgets.preview import text_option
from desktop.widgets.writing import direction_of, with_line_breaks, without_overrides

LINE_PITCH: Final = 20.0
META_SEPARATOR: Final = " · "
_LTR: Final = Qt.LayoutDirection.LeftToRight
_GUESSED_CHARACTER: Final = 7.1
_SMALLEST_PHOTO: Final = QSizeF(120, 80)
_UNKNOWN_PHOTO: Final = QSizeF(240, 180)
_FILE_CHROME: Final = 44.0
_CAPTION_WIDTH: Final = 200.0
"""A photo at least this wide gives its width to the words under it."""


def guessed_height(bubble: Bubble, day: str, width: float) -> int:
    """Return about how tall `bubble` will be, without laying it out."""
    room = widest_body(width) - 2 * PADDING_X
    lines = math.ceil(
        len(bubble.text) * _GUESSED_CHARACTER / max(room, 1.0)
    ) + bubble.text.count("\n")
    height = lines * LINE_PITCH + 2 * PADDING_Y + META_GAP + META_LINE + ITEM_GAP
    for attachment in bubble.attachments:
        height += _attachment_size(attachment, room).height() + PART_GAP
    if bubble.quote is not None:
        height += QUOTE_HEIGHT + PART_GAP
    return math.ceil(height + (DAY_HEIGHT if day else 0.0))


def lay_out(
    bubble: Bubble, day: str, width: float, direction: Qt.LayoutDirection
) -> BubbleBox:
    """Return where everything of `bubble` goes in a column `width` wide."""
    return _Layout(bubble, day, width, direction).box()


class _Layout:
    """The steps of one layout, from the words outwards."""

    def __init__(
        self, bubble: Bubble, day: str, width: float, direction: Qt.LayoutDirection
    ) -> None:
        self._bubble = bubble
        self._day = day
        self._width = width
        # Customers stand where reading begins, we stand across.
        self._at_left = (bubble.side is Side.INBOUND) == (direction is _LTR)
        self._room = widest_body(width) - 2 * PADDING_X
        self._words = without_overrides(bubble.text)
        self._links = find_links(self._words)
        self._metrics = QFontMetricsF(meta_font())

    def box(self) -> BubbleBox:
        """Measure the content, place the body on its side, then hang the rest below."""
        sizes = [_attachment_size(a, self._room) for a in self._bubble.attachments]
        text = self._wrap(self._text_room(sizes))
        text_size = _text_size(text)
        hosts = self._hosts()
        wide = max(
            [
                text_size.width(),
                self._hosts_width(hosts),
                self._quote_width(sizes),
                *(s.width() for s in sizes),
            ]
        )
        if direction_of(self._words) is not _LTR:
            text = self._wrap(wide)
        body = self._body(wide, text_size.height(), sizes, hosts)
        quote_rect = self._quote_rect(body, wide)
        placed, y = self._place_attachments(body, sizes, quote_rect)
        text_rect = QRectF(body.left() + PADDING_X, y, wide, text_size.height())
        hosts_rect = QRectF(text_rect.left(), text_rect.bottom() + 3, wide, META_LINE)
        note = delivery_note(self._bubble)
        meta_rect = self._meta_rect(body, note)
        note_rect = self._note_rect(meta_rect, note)
        return BubbleBox(
            bubble=self._bubble,
            day=self._day,
            height=math.ceil(max(meta_rect.bottom(), note_rect.bottom()) + ITEM_GAP),
            body=body,
            quote_rect=quote_rect,
            text=text,
            text_at=text_rect.topLeft(),
            text_rect=text_rect,
            links=self._links,
            hosts=hosts,
            hosts_rect=hosts_rect,
            attachments=placed,
            meta=meta_words(self._bubble),
            meta_rect=meta_rect,
            note=note,
            note_rect=note_rect,
            targets=self._targets(quote_rect, text, text_rect, placed, note, note_rect),
        )

    def _text_room(self, sizes: list[QSizeF]) -> float:
        """Return how wide the words may run: under a photo, as wide as the photo."""
        photos = [
            size.width()
            for attachment, size in zip(self._bubble.attachments, sizes, strict=True)
            if attachment.kind is AttachmentKind.PHOTO
        ]
        widest = max(photos, default=0.0)
        return widest if widest >= _CAPTION_WIDTH else self._room

    def _wrap(self, width: float) -> QTextLayout:
        layout = QTextLayout(with_line_breaks(self._words), bubble_font())
        layout.setTextOption(text_option(self._words, _LTR))
        layout.setCacheEnabled(True)
        layout.beginLayout()
        y = 0.0
        while self._words and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            pitch = max(LINE_PITCH, line.height())
            line.setPosition(QPointF(0, y + (pitch - line.height()) / 2))
            y += pitch
        layout.endLayout()
        return layout

    def _hosts(self) -> str:
        hosts = dict.fromkeys(
            link.host for link in self._links if link.url.startswith("http")
        )
        return ", ".join(hosts)

    def _hosts_width(self, hosts: str) -> float:
        if not hosts:
            return 0.0
        wanted = self._metrics.horizontalAdvance(hosts) + META_ICON + 6
        return min(self._room, wanted)

    def _body(self, wide: float, text: float, sizes: list[QSizeF], hosts: str) -> QRectF:
        parts = [size.height() for size in sizes] + ([text] if text else [])
        parts += [QUOTE_HEIGHT] if self._bubble.quote is not None else []
        inside = sum(parts) + PART_GAP * max(0, len(parts) - 1)
        inside += META_LINE + 3 if hosts else 0.0
        top = DAY_HEIGHT if self._day else 0.0
        outer = wide + 2 * PADDING_X
        left = SIDE_MARGIN if self._at_left else self._width - SIDE_MARGIN - outer
        return QRectF(left, top, outer, inside + 2 * PADDING_Y)

    def _quote_width(self, sizes: list[QSizeF]) -> float:
        if self._bubble.quote is None:
            return 0.0
        return wanted_width(self._bubble.quote, self._text_room(sizes))

    def _quote_rect(self, body: QRectF, wide: float) -> QRectF:
        height = 0.0 if self._bubble.quote is None else QUOTE_HEIGHT
        return QRectF(body.left() + PADDING_X, body.top() + PADDING_Y, wide, height)

    def _place_attachments(
        self, body: QRectF, sizes: list[QSizeF], quote: QRectF
    ) -> tuple[tuple[PlacedAttachment, ...], float]:
        y = quote.bottom() + (PART_GAP if quote.height() else 0.0)
        placed = []
        for attachment, size in zip(self._bubble.attachments, sizes, strict=True):
            rect = QRectF(QPointF(body.left() + PADDING_X, y), size)
            placed.append(PlacedAttachment(attachment=attachment, rect=rect))
            y += size.height() + PART_GAP
        return tuple(placed), y

    def _meta_rect(self, body: QRectF, note: DeliveryNote | None) -> QRectF:
        wide = self._metrics.horizontalAdvance(meta_words(self._bubble)) + 2
        if self._bubble.by_assistant:
            wide += META_ICON + 4
        if note is not None and not note.stands_alone:
            wide += self._metrics.horizontalAdvance(META_SEPARATOR + note.words)
            wide += META_ICON + 4
        return self._below(body.bottom() + META_GAP, wide, META_LINE)

    def _note_rect(self, meta: QRectF, note: DeliveryNote | None) -> QRectF:
        if note is None or not note.stands_alone:
            return QRectF(meta.left(), meta.bottom(), 0, 0)
        room = max(80.0, self._width - 2 * SIDE_MARGIN - 8 - META_ICON - 4)
        wrap = Qt.TextFlag.TextWordWrap
        words = self._metrics.boundingRect(QRectF(0, 0, room, 200), wrap, note.words)
        lines = words.height() + (META_LINE if note.action else 0)
        wide = max(words.width(), self._metrics.horizontalAdvance(note.action)) + 2
        return self._below(meta.bottom() + 1, wide + META_ICON + 4, lines + 2)

    def _below(self, top: float, wide: float, high: float) -> QRectF:
        wide = min(wide, self._width - 2 * SIDE_MARGIN - 4)
        inset = SIDE_MARGIN + 4
        left = inset if self._at_left else self._width - inset - wide
        return QRectF(left, top, wide, high)

    def _targets(
        self,
        quote: QRectF,
        text: QTextLayout,
        text_rect: QRectF,
        placed: tuple[PlacedAttachment, ...],
        note: DeliveryNote | None,
        note_rect: QRectF,
    ) -> tuple[Target, ...]:
        targets = []
        if self._bubble.quote is not None and self._bubble.quote.of is not None:
            targets.append(Target(kind=TargetKind.QUOTE, value="", rects=(quote,)))
        targets += [
            Target(kind=TargetKind.ATTACHMENT, value=p.attachment.key, rects=(p.rect,))
            for p in placed
        ]
        targets += [_link_target(text, text_rect.topLeft(), link) for link in self._links]
        if note is not None and note.action:
            row = QRectF(note_rect)
            row.setTop(row.bottom() - META_LINE)
            targets.append(Target(kind=TargetKind.LOOK, value="", rects=(row,)))
        return tuple(targets)


def _text_size(layout: QTextLayout) -> QSizeF:
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    wide = max((line.naturalTextWidth() for line in lines), default=0.0)
    high = sum(max(LINE_PITCH, line.height()) for line in lines)
    return QSizeF(math.ceil(wide) + 1 if lines else 0, high)


def _attachment_size(attachment: Attachment, room: float) -> QSizeF:
    if attachment.kind is AttachmentKind.FILE:
        words = QFontMetricsF(bubble_font()).horizontalAdvance(attachment.name)
        return QSizeF(min(room, words + _FILE_CHROME), FILE_HEIGHT)
    known = attachment.width > 0 and attachment.height > 0
    own = QSizeF(attachment.width, attachment.height) if known else _UNKNOWN_PHOTO
    limit = QSizeF(min(room, PHOTO_LIMIT.width()), PHOTO_LIMIT.height())
    fitted = own.scaled(limit, Qt.AspectRatioMode.KeepAspectRatio)
    return fitted.expandedTo(_SMALLEST_PHOTO).boundedTo(limit)


def _link_target(layout: QTextLayout, at: QPointF, link: Link) -> Target:
    rects = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start = max(link.start, line.textStart())
        end = min(link.end, line.textStart() + line.textLength())
        if start < end:
            left, right = sorted((_x_of(line, start), _x_of(line, end)))
            rect = QRectF(left, line.y(), right - left, line.height())
            rects.append(rect.translated(at))
    return Target(kind=TargetKind.LINK, value=link.url, rects=tuple(rects))


def _x_of(line: QTextLine, position: int) -> float:
    # PySide answers with (x, position): the C++ call changes its argument.
    answer = line.cursorToX(position)
    x, _ = cast("tuple[float, int]", answer)
    return x
