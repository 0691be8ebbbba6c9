"""A strangers' text with some of its words in bold, over as many lines as there is room."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import Type
from desktop.widgets.preview import text_option
from desktop.widgets.writing import (
    one_line,
    utf16_length,
    with_line_breaks,
    without_overrides,
)

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 3
_STEM: Final = 4
"""Letters that two words must share at their beginning to be forms of one word."""
_EVERYDAY: Final = frozenset(
    [
        "the",
        "and",
        "you",
        "your",
        "our",
        "does",
        "much",
        "many",
        "how",
        "what",
        "when",
        "where",
        "which",
        "are",
        "can",
        "for",
        "with",
        "have",
        "has",
        "this",
        "that",
        "from",
        "les",
        "des",
        "une",
        "que",
        "qui",
        "quoi",
        "vous",
        "nous",
        "votre",
        "notre",
        "vos",
        "nos",
        "pour",
        "dans",
        "avec",
        "est",
        "sont",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "comment",
        "combien",
        "quand",
        "par",
        "sur",
        "der",
        "die",
        "das",
        "und",
        "sie",
        "wie",
        "was",
        "wann",
        "ist",
        "fur",
        "mit",
        "ein",
        "eine",
        "los",
        "las",
        "una",
        "para",
        "como",
        "con",
        "che",
        "per",
        "del",
        "della",
    ]
)
"""Words of questions in general, which say nothing of this one."""
_LINE: Final = 1.4
_MOST: Final = 4_000


def plain_word(word: str) -> str:
    """Return a word in lower case without accents, for comparing."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def matching_words(text: str, query: str) -> list[tuple[int, int]]:
    """Return where `text` has words of `query`, or other forms of them; code points."""
    asked = {plain_word(word) for word in _WORD.findall(query)}
    asked = {
        word
        for word in asked
        if word.isdigit() or (len(word) >= _SHORTEST and word not in _EVERYDAY)
    }
    found = _WORD.finditer(text)
    return [each.span() for each in found if _is_one_of(plain_word(each[0]), asked)]


def _is_one_of(word: str, asked: Iterable[str]) -> bool:
    return any(word == each or _are_forms(word, each) for each in asked)


def _are_forms(one: str, other: str) -> bool:
    shared = max(_STEM, min(len(one), len(other)) - 2)
    return min(len(one), len(other)) >= _STEM and one[:shared] == other[:shared]


class MarkedWords(QWidget):
    """Literal text; a screen reader gets all of it."""

    def __init__(self, lines: int = 6, colour: str = "text", size: int = Type.ROW) -> None:
        """Take how many lines are shown at most and the name of the token of the ink."""
        super().__init__()
        self._text = ""
        self._ranges: list[tuple[int, int]] = []
        self._lines = lines
        self._colour = colour
        self._font = text_font(size)
        metrics = QFontMetricsF(self._font)
        self._pitch = math.ceil(metrics.height() * _LINE)
        self._base = (self._pitch - metrics.height()) / 2 + metrics.ascent()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, text: str, marked: Sequence[tuple[int, int]]) -> None:
        """Show `text` with the stretches `marked`, in code points, in bold."""
        shown = text[:_MOST]
        self._ranges = [
            (utf16_length(shown[:start]), utf16_length(shown[start:end]))
            for start, end in marked
            if end <= len(shown)
        ]
        self._text = with_line_breaks(shown)
        self.setAccessibleName(one_line(without_overrides(text), _MOST))
        self.updateGeometry()
        self.update()

    def bold_words(self) -> list[str]:
        """Return what is painted in bold."""
        units = self._text.encode("utf-16-le")
        return [
            units[at * 2 : (at + length) * 2].decode("utf-16-le")
            for at, length in self._ranges
        ]

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that are shown."""
        return max(1, len(self._laid_out(width)[1])) * self._pitch

    @override
    def hasHeightForWidth(self) -> bool:
        """Tell that narrow means tall."""
        return True

    @override
    def sizeHint(self) -> QSize:
        """Ask for a comfortable width."""
        return QSize(420, self.heightForWidth(max(420, self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for a line."""
        return QSize(120, self._pitch)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setPen(QColor(getattr(current_tokens(), self._colour)))
        layout, cuts = self._laid_out(self.width())
        if cuts:
            painter.setClipRect(0, 0, self.width(), len(cuts) * self._pitch)
            layout.draw(painter, QPointF(0, 0))
        painter.end()

    def _laid_out(self, width: int) -> tuple[QTextLayout, list[int]]:
        """Return the layout and where its lines begin; the last one may be cut short."""
        layout, starts, is_whole = self._attempt(self._text, width)
        if is_whole:
            return layout, starts
        # Leave room for the dots; Qt elides a text, but not one with formats.
        units = self._text.encode("utf-16-le")
        last, end = starts[-1], self._end_of_last(layout)
        kept = units[: max(last + 1, end - 3) * 2].decode("utf-16-le", "ignore")
        shorter, again, _ = self._attempt(f"{kept.rstrip()}…", width)
        return shorter, again

    def _attempt(self, text: str, width: int) -> tuple[QTextLayout, list[int], bool]:
        layout = QTextLayout(text, self._font)
        layout.setTextOption(text_option(text, self.layoutDirection()))
        layout.setFormats([self._bold(*each) for each in self._ranges])
        layout.beginLayout()
        starts: list[int] = []
        is_whole = True
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(
                QPointF(0, len(starts) * self._pitch + self._base - line.ascent())
            )
            if len(starts) == self._lines:
                is_whole = False
                break
            starts.append(line.textStart())
        layout.endLayout()
        return layout, starts, is_whole

    def _end_of_last(self, layout: QTextLayout) -> int:
        line = layout.lineAt(self._lines - 1)
        return line.textStart() + line.textLength()

    @staticmethod
    def _bold(start: int, length: int) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, length
        form = made.format
        form.setFontWeight(QFont.Weight.Bold)
        made.format = form
        return made
