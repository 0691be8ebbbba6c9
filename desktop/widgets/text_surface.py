"""A long plain text with its sections marked, which opens and scrolls at once.

Not a text edit: a document of QTextDocument takes seconds for a book, and a mark for each
of a thousand sections as long again. Here a piece is laid out when it comes into sight.
`TextReader` adds the mouse and the keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from desktop.widgets.text_column import TextColumn
from desktop.widgets.text_painter import MARGIN, PADDING, TOP, TextPainter
from desktop.widgets.text_pieces import NO_SECTION, Section, Span, TextPieces

_WIDEST: Final = 780
_ROUNDS: Final = 3
"""Putting guesses right brings others into sight, but ever fewer."""
_RELAY: Final = (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange)


class TextSurface(QAbstractScrollArea):
    """Shows a text, knows which section lies where, and goes to a span."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = TextColumn()
        self._chosen: int | None = None
        self._marked: Span | None = None
        self._wanted: Span | None = None
        """Where to go as soon as the width is known."""
        self._placing = False
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(44)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # What the pane says

    def show_text(self, text: str, sections: Sequence[Section]) -> None:
        """Show another text from its top."""
        self._chosen = None
        self._marked = self._wanted = None
        self._column.show(TextPieces(text, sections))
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._place()

    def show_same_text(self, text: str, sections: Sequence[Section]) -> None:
        """Show a newer reading of the same text, where the reader is."""
        if text == self.text() and tuple(sections) == self._column.pieces.sections:
            return
        value, chosen = self.verticalScrollBar().value(), self._chosen
        self.show_text(text, sections)
        self._chosen = chosen if chosen is not None and chosen < len(sections) else None
        self.verticalScrollBar().setValue(value)

    def show_span(self, span: Span) -> None:
        """Go to a part of the text and mark it."""
        self._marked = self._wanted = span
        if self.isVisible():
            self._go_to_wanted()
        self.viewport().update()

    def choose(self, section: int | None) -> None:
        """Mark a section as the one that is looked at."""
        self._chosen = section
        self.viewport().update()

    # What others read

    def text(self) -> str:
        """Return the whole text."""
        return self._column.pieces.text

    def count(self) -> int:
        """Return how many sections there are."""
        return len(self._column.pieces.sections)

    def current(self) -> int | None:
        """Return the section that is looked at."""
        return self._chosen

    def words_of(self, section: int) -> str:
        """Return the text of a section."""
        found = self._column.pieces.sections[section]
        return self.text()[found.start : found.end]

    def spoken_item(self, section: int) -> str:
        """Return a section as a screen reader says it."""
        found = self._column.pieces.sections[section]
        parts = (found.number, found.heading, found.facts, self.words_of(section))
        return ", ".join(part for part in parts if part)

    def section_at(self, y: float) -> int | None:
        """Return the section at a height of the viewport."""
        if not len(self._column):
            return None
        index = self._column.index_at(y - TOP + self.verticalScrollBar().value())
        section = self._column.pieces.section(index)
        return None if section == NO_SECTION else section

    def marked_words(self) -> list[str]:
        """Return what is marked, as it is laid out, piece by piece."""
        if self._marked is None:
            return []
        pieces, found = self._column.pieces, []
        first, last = self._marked.start, max(self._marked.start, self._marked.end - 1)
        for index in range(pieces.piece_at(first), pieces.piece_at(last) + 1):
            part = pieces.within(index, self._marked)
            if part is not None:
                units = self._column.layout(index).text().encode("utf-16-le")
                cut = units[part[0] * 2 : (part[0] + part[1]) * 2]
                found.append(cut.decode("utf-16-le"))
        return found

    def screen_rect(self, section: int) -> QRect:
        """Return where a section is on the screen, in sight or not."""
        top = self._column.top(self._column.pieces.first_of(section))
        corner = self.viewport().mapToGlobal(
            QPoint(0, top + TOP - self.verticalScrollBar().value())
        )
        return QRect(corner.x(), corner.y(), self.viewport().width(), 60)

    # Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces in sight over the grounds of their sections."""
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        paint = TextPainter(painter, self._column, self.viewport().rect(), top)
        paint.paint(self._chosen, self._marked, has_focus=self.hasFocus())
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines again when the width changes, keeping the reader's place."""
        super().resizeEvent(event)
        at = self._place_of_reader()
        self._fit()
        if at is not None and len(self._column):
            index, part = at
            value = self._column.top(index) + int(part * self._column.height(index))
            self.verticalScrollBar().setValue(value)
        self._place()
        if self._wanted is not None:
            self._go_to_wanted()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Lay out again when the font or the direction changes."""
        super().changeEvent(event)
        if event.type() in _RELAY:
            self._fit()
            self._place()

    # Placing

    @Slot()
    def _on_scrolled(self) -> None:
        # Whoever scrolls has seen the place they were brought to.
        if not self._placing:
            self._wanted = None
        self._place()

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * MARGIN - 2 * PADDING
        self._column.direction = self.layoutDirection()
        self._column.set_width(float(max(120, min(_WIDEST, room))))

    def _place_of_reader(self) -> tuple[int, float] | None:
        if not len(self._column):
            return None
        value = self.verticalScrollBar().value()
        index = self._column.index_at(value)
        height = max(1, self._column.height(index))
        return index, min(1.0, (value - self._column.top(index)) / height)

    def _place(self) -> None:
        """Measure what is in sight; what the reader looks at does not jump meanwhile."""
        if self._placing:
            return
        self._placing = True
        bar = self.verticalScrollBar()
        is_at_end = bar.value() == bar.maximum() > 0
        if len(self._column):
            self._measure_from(bar.value())
        self._update_range()
        if is_at_end and bar.value() != bar.maximum():
            bar.setValue(bar.maximum())
            self._measure_from(bar.value())
            self._update_range()
            bar.setValue(bar.maximum())
        self._placing = False
        self.viewport().update()

    def _measure_from(self, value: int) -> None:
        """Lay out what is in sight from `value` on, and put the guesses right.

        A piece whose height is known stays where it is on the screen, whatever the
        pieces above it turn out to measure: that is how one scrolls up without a jump.
        """
        column, bar = self._column, self.verticalScrollBar()
        for _ in range(_ROUNDS):
            first = column.index_at(value)
            anchor = self._anchor(first, value + self.viewport().height())
            before = column.top(anchor)
            self._lay_out_from(first, value + self.viewport().height())
            shift = column.top(anchor) - before
            if not shift:
                return
            value += shift
            self._update_range()
            bar.setValue(value)

    def _anchor(self, first: int, bottom: int) -> int:
        index = first
        while index < len(self._column) and self._column.top(index) < bottom:
            if self._column.is_exact(index):
                return index
            index += 1
        return first

    def _lay_out_from(self, index: int, bottom: int) -> None:
        # Summed here: asking for each top anew would sum up the whole text each time.
        y = self._column.top(index)
        while index < len(self._column) and y < bottom:
            self._column.layout(index)
            y += self._column.height(index)
            index += 1

    def _update_range(self) -> None:
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self._column.total() + 2 * MARGIN - height))

    def _go_to_wanted(self) -> None:
        if self._wanted is None or not len(self._column):
            return
        self._go_to(self._column.pieces.piece_at(self._wanted.start), self._wanted)

    def _go_to(self, index: int, span: Span) -> None:
        """Bring a piece to the upper third; guesses above it are put right on the way."""
        self._placing = True
        bar = self.verticalScrollBar()
        for _ in range(_ROUNDS):
            below = self._column.line_top(index, span)
            third = self.viewport().height() // 3
            value = max(0, self._column.top(index) + below - third)
            self._measure_from(value)
            self._update_range()
            bar.setValue(max(0, self._column.top(index) + below - third))
        self._placing = False
        self.viewport().update()
