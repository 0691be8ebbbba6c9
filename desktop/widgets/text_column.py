"""The pieces of a long text as a column: heights, of which most are guessed, and layouts."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout

from desktop.style.fonts import text_font
from desktop.style.tokens import Type
from desktop.widgets.preview import text_option
from desktop.widgets.text_pieces import Span, TextPieces
from desktop.widgets.thread_extent import ThreadExtent

HEAD: Final = 30
"""Height of the line over a section."""
FOOT: Final = 18
"""Air under the last line of a section, half of it outside its ground."""
LINE: Final = 22
_BLANK: Final = 9
_CHARACTER: Final = 7.0
_KEPT: Final = 240


class TextColumn:
    """Lays out only what comes into sight."""

    def __init__(self) -> None:
        self.pieces = TextPieces()
        self._extent = ThreadExtent()
        self._layouts: OrderedDict[int, QTextLayout] = OrderedDict()
        self._width = 600.0
        self._font = text_font(Type.BODY)
        metrics = QFontMetricsF(self._font)
        self._base = (LINE - metrics.height()) / 2 + metrics.ascent()
        self.direction = Qt.LayoutDirection.LeftToRight

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self.pieces)

    @property
    def width(self) -> float:
        """Return how wide the lines are."""
        return self._width

    def show(self, pieces: TextPieces) -> None:
        """Show another text."""
        self.pieces = pieces
        self._guess()

    def set_width(self, width: float) -> None:
        """Break the lines elsewhere."""
        if width != self._width:
            self._width = width
            self._guess()

    def total(self) -> int:
        """Return the height of everything."""
        return self._extent.total() if len(self.pieces) else 0

    def top(self, index: int) -> int:
        """Return where a piece begins."""
        return self._extent.top(index)

    def height(self, index: int) -> int:
        """Return the height of a piece, guessed or real."""
        return self._extent.height(index)

    def is_exact(self, index: int) -> bool:
        """Tell whether the height of a piece was measured."""
        return self._extent.is_exact(index)

    def index_at(self, y: float) -> int:
        """Return the piece at a height."""
        return self._extent.index_at(y)

    def head(self, index: int) -> int:
        """Return how much of a piece's height is the head of its section."""
        return HEAD if self.pieces.is_first(index) else 0

    def layout(self, index: int) -> QTextLayout:
        """Return a piece laid out; its height is real from now on."""
        held = self._layouts.get(index)
        if held is not None:
            self._layouts.move_to_end(index)
            return held
        made, height = self._lay_out(index)
        self._layouts[index] = made
        if len(self._layouts) > _KEPT:
            self._layouts.popitem(last=False)
        self._extent.settle(index, height + self._chrome(index))
        return made

    def line_top(self, index: int, span: Span) -> int:
        """Return how far below its top a piece shows the beginning of a span."""
        layout = self.layout(index)
        part = self.pieces.within(index, span)
        line = layout.lineForTextPosition(part[0] if part else 0)
        top = line.y() if line.isValid() else 0.0
        return self.head(index) + int(top)

    def _lay_out(self, index: int) -> tuple[QTextLayout, int]:
        text = self.pieces.shown(index)
        layout = QTextLayout(text, self._font)
        option = text_option(text, self.direction)
        option.setTabStopDistance(28)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            # An emoji or another script is taller, and must not push the lines apart.
            line.setPosition(QPointF(0, y + self._base - line.ascent()))
            y += LINE
        layout.endLayout()
        return layout, (math.ceil(y) if text.strip() else _BLANK)

    def _chrome(self, index: int) -> int:
        foot = FOOT if self.pieces.is_last(index) else 0
        return self.head(index) + foot

    def _guess(self) -> None:
        self._layouts.clear()
        each = _CHARACTER / max(self._width, 1.0)
        heights = [
            (int(length * each) + 1) * LINE if length else _BLANK
            for length in self.pieces.lengths()
        ]
        for number in range(len(self.pieces.sections)):
            heights[self.pieces.first_of(number)] += HEAD + FOOT
        self._extent.guess_all(heights)
