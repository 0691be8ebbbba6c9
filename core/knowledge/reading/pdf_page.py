"""Read the lines of one PDF page with their places, through pdfium's plain C functions.

A call per letter for its code, and a few calls per word for its place: that is all a
layout needs, and a tenth of what asking everything of every letter costs.
"""

import ctypes
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

MOST_LETTERS = 200_000
"""Of one page. A dense newspaper page has 20,000."""

_CELL_GAP = 1.3
"""In letter heights: what is farther apart than this stands in another column."""
_HYPHENS = frozenset("\x02\ufffe")
"""What pdfium says for the hyphen at the end of a line that goes on in the next.

It says nothing of the new line then: the hyphen ends the line.
"""
_HYPHEN = re.compile("[\x02\ufffe]")
_LINE = re.compile("[^\r\n\x02\ufffe]*[\x02\ufffe]|[^\r\n\x02\ufffe]+")
_WORD = re.compile("[^ \t\xa0\0]+")
_LAM = "\u0644"
_TWISTED = re.compile(f"[\u0622\u0623\u0625\u0627]{_LAM}")
_LAST_LETTER = 0x10FFFF
SOFT_HYPHEN = "\xad"
_UNSEEN_MODE = 3
_WHITE = 245
_TINY = 1.5
_BOLD_WEIGHT = 600
_FONT_NAME = 80


@dataclass(slots=True)
class Piece:
    """Some words side by side: a line, or what of it stands in one column.

    Distances are points from the lower left corner, as PDF counts.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_bold: bool
    gap: tuple[float, float] = (0.0, 0.0)
    """Where the widest space between two of the words begins and ends."""
    gap_at: int = 0
    """The place of that space in the text."""


@dataclass(slots=True)
class Sheet:
    """One page: its lines in the order of the file, each as pieces from left to right."""

    lines: list[list[Piece]]
    suspects: list[Piece]
    """Pieces in white or in no colour at all, which a reader may not see."""
    has_tiny: bool


def read_page(page: Any) -> Sheet:
    """Return what stands on an open page."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Sheet(lines=[], suspects=[], has_tiny=False)
    try:
        return _Reading(text_page).sheet()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reading:
    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._name = ctypes.create_string_buffer(_FONT_NAME)
        self._flags = ctypes.c_int()
        self._suspects: list[Piece] = []
        self._has_tiny = False

    def sheet(self) -> Sheet:
        count = min(pdfium.FPDFText_CountChars(self._text_page), MOST_LETTERS)
        code_at, text_page = pdfium.FPDFText_GetUnicode, self._text_page
        text = self._untwisted(_as_text([code_at(text_page, at) for at in range(count)]))
        lines = [
            pieces
            for line in _LINE.finditer(text)
            if (pieces := self._pieces(text, line.span()))
        ]
        return Sheet(lines=lines, suspects=self._suspects, has_tiny=self._has_tiny)

    def _untwisted(self, text: str) -> str:
        """Put the two letters right that Arabic writes as one, which pdfium turns around."""
        if _LAM not in text:
            return text
        letters = list(text)
        for found in _TWISTED.finditer(text):
            at = found.start()
            if self._place(at) == self._place(at + 1):
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
        return "".join(letters)

    def _pieces(self, page: str, line: tuple[int, int]) -> list[Piece]:
        words = [
            (found[0], found.start(), *self._placed(*found.span()))
            for found in _WORD.finditer(page, *line)
        ]
        if not words:
            return []
        # A bullet often comes from another font, in another size.
        told_by = words[1 if len(words) > 1 and len(words[0][0]) == 1 else 0][1]
        size, is_bold = self._size(told_by), self._is_bold(told_by)
        pieces: list[Piece] = []
        for word, _, *box in words:
            text = _HYPHEN.sub(SOFT_HYPHEN, word) if word[-1] in _HYPHENS else word
            if not pieces or not _goes_on(pieces[-1], text, box):
                left, bottom, right, top = box
                pieces.append(Piece(text, left, right, bottom, top, size, is_bold))
        self._look_closer(words[0][1], size, pieces)
        return pieces

    def _placed(self, start: int, end: int) -> tuple[float, float, float, float]:
        left, bottom, right, top = self._place(start)
        if end - start > 1:
            last = self._place(end - 1)
            # The last letter of an Arabic word stands at its left.
            left, right = min(last[0], left), max(last[2], right)
        return left, bottom, right, top

    def _place(self, at: int) -> tuple[float, float, float, float]:
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._text_page, at, box)
        return box.left, box.bottom, box.right, box.top

    def _size(self, at: int) -> float:
        """Return the size in which a letter is drawn, whatever its font claims."""
        size = pdfium.FPDFText_GetFontSize(self._text_page, at)
        if pdfium.FPDFText_GetMatrix(self._text_page, at, self._matrix):
            size *= (self._matrix.b**2 + self._matrix.d**2) ** 0.5
        return float(min(max(size, 0.1), 500.0))

    def _is_bold(self, at: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._text_page, at) >= _BOLD_WEIGHT:
            return True
        pdfium.FPDFText_GetFontInfo(
            self._text_page, at, self._name, _FONT_NAME, self._flags
        )
        return b"bold" in self._name.value.lower()

    def _look_closer(self, at: int, size: float, pieces: list[Piece]) -> None:
        """Note a line in white, in no colour, or too small to read."""
        if size < _TINY:
            self._has_tiny = True
        red, green, blue, alpha = self._colour
        pdfium.FPDFText_GetFillColor(self._text_page, at, red, green, blue, alpha)
        is_white = min(red.value, green.value, blue.value) >= _WHITE
        if is_white or alpha.value < 20 or self._is_unseen(at):
            self._suspects += pieces

    def _is_unseen(self, at: int) -> bool:
        drawn = pdfium.FPDFText_GetTextObject(self._text_page, at)
        if not drawn:
            return False
        return bool(pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _UNSEEN_MODE)


def _goes_on(piece: Piece, text: str, box: list[float]) -> bool:
    """Add a word to the piece it goes on with; tell whether it does."""
    left, bottom, right, top = box
    is_rightwards = left >= piece.left
    space = left - piece.right if is_rightwards else piece.left - right
    if not -piece.size < space < _CELL_GAP * piece.size:
        return False
    if is_rightwards and space > piece.gap[1] - piece.gap[0]:
        piece.gap, piece.gap_at = (piece.right, left), len(piece.text)
    piece.text += f" {text}"
    piece.left, piece.right = min(piece.left, left), max(piece.right, right)
    piece.bottom, piece.top = min(piece.bottom, bottom), max(piece.top, top)
    return True


def _as_text(codes: list[int]) -> str:
    """Return the letters, one for each code, so that places in both are the same."""
    try:
        return "".join(map(chr, codes))
    except (ValueError, OverflowError):
        return "".join(chr(code) if code <= _LAST_LETTER else "\ufffd" for code in codes)
