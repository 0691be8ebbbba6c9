"""Paints one laid-out bubble, at the origin of the painter it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextCharFormat,
    QTextLayout,
)

from desktop.style.fonts import text_font
from desktop.style.icons import pixmap
from desktop.style.tokens import Radius, Tokens, Type
from desktop.widgets.bubble import AttachmentKind, Side
from desktop.widgets.bubble_box import (
    DAY_HEIGHT,
    META_ICON,
    META_LINE,
    BubbleBox,
    PlacedAttachment,
    Target,
    TargetKind,
    bubble_font,
    meta_font,
)
from desktop.widgets.bubble_layout import META_SEPARATOR
from desktop.widgets.bubble_quote import paint_quote

Photo = Callable[[str, QSize, float], "QPixmap | None"]
_LEFT: Final = (
    Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.AlignmentFlag.AlignAbsolute
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BubbleState:
    """What the reader is doing with this bubble."""

    selected: tuple[int, int] | None = None
    """Text positions from and to, in UTF-16 units."""
    focused: bool = False
    target: int | None = None
    """The target that the keyboard stands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BubbleColours:
    """The colours of one side."""

    ground: str
    text: str
    link: str
    quiet: str
    selection: str
    selected_text: str
    line: str | None = None


def colours_of(side: Side, tokens: Tokens) -> BubbleColours:
    """Return the colours in which bubbles of `side` are painted."""
    if side is Side.OUTBOUND:
        return BubbleColours(
            ground=tokens.accent,
            text=tokens.on_accent,
            link=tokens.on_accent,
            quiet=tokens.on_accent,
            selection=tokens.text_selection,
            selected_text=tokens.text,
        )
    if side is Side.NOTE:
        return BubbleColours(
            ground=tokens.note,
            text=tokens.note_text,
            link=tokens.note_text,
            quiet=tokens.note_text,
            selection=tokens.text_selection,
            selected_text=tokens.text,
            line=tokens.note_line,
        )
    return BubbleColours(
        ground=tokens.sunken,
        text=tokens.text,
        link=tokens.accent_text,
        quiet=tokens.muted,
        selection=tokens.text_selection,
        selected_text=tokens.text,
    )


class BubblePainter:
    """Everything needed to paint bubbles of one theme on one painter."""

    def __init__(self, painter: QPainter, tokens: Tokens, photo: Photo) -> None:
        self._painter = painter
        self._tokens = tokens
        self._photo = photo
        self._ratio = painter.device().devicePixelRatioF()
        # Each text runs as its first strong character says, not as the window does.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    def paint(self, box: BubbleBox, width: float, state: BubbleState) -> None:
        """Paint `box` in a column of `width`."""
        colours = colours_of(box.bubble.side, self._tokens)
        if box.day:
            self._paint_day(box.day, width)
        self._paint_body(box, colours, state)
        if box.bubble.quote is not None:
            paint_quote(
                self._painter,
                box.bubble.quote,
                box.quote_rect,
                mark=colours.link,
                quiet=colours.quiet,
            )
        for placed in box.attachments:
            self._paint_attachment(placed, colours)
        self._paint_text(box, colours, state)
        if box.hosts:
            self._paint_hosts(box, colours)
        self._paint_meta(box)
        self._paint_note(box)
        if state.target is not None and state.target < len(box.targets):
            self._paint_target(box.targets[state.target], colours)

    def _paint_day(self, day: str, width: float) -> None:
        painter, tokens = self._painter, self._tokens
        font = text_font(Type.CAPTION, QFont.Weight.DemiBold)
        words = QFontMetricsF(font).horizontalAdvance(day) + 24
        middle = DAY_HEIGHT / 2 - 4
        painter.setPen(QPen(QColor(tokens.line), 1))
        gap = (width - words) / 2
        painter.drawLine(QPointF(24, middle), QPointF(gap, middle))
        painter.drawLine(QPointF(width - gap, middle), QPointF(width - 24, middle))
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            QRectF(gap, middle - 10, words, 20), Qt.AlignmentFlag.AlignCenter, day
        )

    def _paint_body(
        self, box: BubbleBox, colours: BubbleColours, state: BubbleState
    ) -> None:
        painter = self._painter
        if state.focused:
            painter.setPen(QPen(QColor(self._tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = box.body.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(around, Radius.BUBBLE + 2, Radius.BUBBLE + 2)
        pen = (
            QPen(Qt.PenStyle.NoPen)
            if colours.line is None
            else QPen(QColor(colours.line), 1)
        )
        painter.setPen(pen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(box.body, Radius.BUBBLE, Radius.BUBBLE)

    def _paint_text(
        self, box: BubbleBox, colours: BubbleColours, state: BubbleState
    ) -> None:
        formats = [_underlined(link.start, link.end, colours.link) for link in box.links]
        if state.selected is not None:
            formats.append(_highlighted(*state.selected, colours))
        self._painter.setPen(QColor(colours.text))
        box.text.draw(self._painter, box.text_at, formats)

    def _paint_hosts(self, box: BubbleBox, colours: BubbleColours) -> None:
        rect = box.hosts_rect
        self._icon("globe", rect.topLeft() + QPointF(0, 2), colours.quiet)
        words = rect.adjusted(META_ICON + 5, 0, 0, 0)
        self._line(box.hosts, words, meta_font(), colours.quiet)

    def _paint_attachment(self, placed: PlacedAttachment, colours: BubbleColours) -> None:
        if placed.attachment.kind is AttachmentKind.FILE:
            self._paint_named("file", placed, colours)
            return
        size = placed.rect.size().toSize()
        picture = self._photo(placed.attachment.key, size, self._ratio)
        if picture is None:
            self._paint_named("photo", placed, colours)
            return
        shape = QPainterPath()
        shape.addRoundedRect(placed.rect, Radius.FIELD, Radius.FIELD)
        self._painter.save()
        self._painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        self._painter.drawPixmap(placed.rect.topLeft(), picture)
        self._painter.restore()

    def _paint_named(
        self, icon: str, placed: PlacedAttachment, colours: BubbleColours
    ) -> None:
        painter, rect = self._painter, placed.rect
        painter.setPen(QPen(QColor(colours.quiet), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, Radius.FIELD, Radius.FIELD)
        middle = rect.top() + (rect.height() - 18) / 2
        mark = pixmap(icon, 18, colours.quiet, self._ratio)
        painter.drawPixmap(QPointF(rect.left() + 10, middle), mark)
        words = rect.adjusted(36, 0, -7, 0)
        self._line(placed.attachment.name, words, bubble_font(), colours.text)

    def _paint_meta(self, box: BubbleBox) -> None:
        rect, muted = QRectF(box.meta_rect), self._tokens.muted
        metrics = QFontMetricsF(meta_font())
        if box.bubble.by_assistant:
            self._icon("assistant", rect.topLeft() + QPointF(0, 2), muted)
            rect.setLeft(rect.left() + META_ICON + 4)
        self._line(box.meta, rect, meta_font(), muted)
        if box.note is None or box.note.stands_alone:
            return
        rect.setLeft(rect.left() + metrics.horizontalAdvance(box.meta))
        self._line(META_SEPARATOR, rect, meta_font(), muted)
        rect.setLeft(rect.left() + metrics.horizontalAdvance(META_SEPARATOR))
        colour = getattr(self._tokens, box.note.colour)
        self._icon(box.note.icon, rect.topLeft() + QPointF(0, 2), colour)
        rect.setLeft(rect.left() + META_ICON + 4)
        self._line(box.note.words, rect, meta_font(), colour)

    def _paint_note(self, box: BubbleBox) -> None:
        note = box.note
        if note is None or not note.stands_alone:
            return
        colour = getattr(self._tokens, note.colour)
        self._icon(note.icon, box.note_rect.topLeft() + QPointF(0, 1), colour)
        words = box.note_rect.adjusted(META_ICON + 5, 0, 0, 0)
        self._painter.setFont(meta_font())
        self._painter.setPen(QColor(colour))
        self._painter.drawText(words, Qt.TextFlag.TextWordWrap, note.words)
        if note.action:
            font = meta_font()
            font.setUnderline(True)
            font.setWeight(QFont.Weight.DemiBold)
            row = words.adjusted(0, words.height() - META_LINE, 0, 0)
            self._line(note.action, row, font, colour)

    def _paint_target(self, target: Target, colours: BubbleColours) -> None:
        inside = target.kind is not TargetKind.LOOK
        colour = colours.text if inside else self._tokens.focus
        self._painter.setPen(QPen(QColor(colour), 1.5))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in target.rects:
            self._painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 1), 4, 4)

    def _icon(self, name: str, at: QPointF, colour: str) -> None:
        side = int(META_ICON)
        self._painter.drawPixmap(at, pixmap(name, side, colour, self._ratio))

    def _line(self, words: str, rect: QRectF, font: QFont, colour: str) -> None:
        shown = QFontMetricsF(font).elidedText(
            words, Qt.TextElideMode.ElideRight, rect.width() + 1
        )
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(rect, _LEFT | Qt.TextFlag.TextSingleLine, shown)


def _underlined(start: int, end: int, colour: str) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    style.setFontUnderline(True)
    style.setForeground(QColor(colour))
    return _range(start, end, style)


def _highlighted(start: int, end: int, colours: BubbleColours) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    style.setBackground(QColor(colours.selection))
    style.setForeground(QColor(colours.selected_text))
    return _range(start, end, style)


def _range(start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = start
    made.length = end - start
    made.format = style
    return made
