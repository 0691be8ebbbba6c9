"""Use the lines that are drawn on a PDF page: between two of them lies one row of a table."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium

from core.knowledge.reading.pdf_page import Piece
from core.knowledge.reading.pdf_rows import Row

_MOST_OBJECTS = 2_000
_MOST_RULES = 400
_PATH, _IMAGE = 2, 3
_THIN = 2.5
_SHORTEST = 18.0
_HIGHEST_BOX = 400.0
_HIGHEST_BAND = 160.0
_SAME = 2.0
"""Points: lines nearer than this are one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line, or the upper or lower side of a box."""

    height: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is on a page besides its letters."""

    has_image: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Band:
    top: float
    bottom: float
    left: float
    right: float

    def holds(self, piece: Piece) -> bool:
        middle = (piece.top + piece.bottom) / 2
        across = (piece.left + piece.right) / 2
        return self.bottom < middle < self.top and self.left < across < self.right


def drawn_on(page: Any) -> Drawn:
    """Return the lines of a page, and whether it has pictures."""
    has_image = False
    rules: list[Rule] = []
    sides = tuple(ctypes.c_float() for _ in range(4))
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        has_image = has_image or kind == _IMAGE
        if kind == _PATH and len(rules) < _MOST_RULES:
            pdfium.FPDFPageObj_GetBounds(drawn, *sides)
            rules += _rules(*(side.value for side in sides))
    return Drawn(has_image, tuple(rules))


def _rules(left: float, bottom: float, right: float, top: float) -> list[Rule]:
    if right - left < _SHORTEST or top - bottom > _HIGHEST_BOX:
        return []
    if top - bottom <= _THIN:
        return [Rule((top + bottom) / 2, left, right)]
    return [Rule(top, left, right), Rule(bottom, left, right)]


def banded(rows: Sequence[Row], rules: Sequence[Rule]) -> list[Row]:
    """Return the rows, with those between two lines of a table made one.

    The cells of such a row may have several lines, and stand at any height in it.
    """
    bands = _bands(rules)
    if not bands:
        return list(rows)
    merged: list[Row] = []
    open_band: _Band | None = None
    gathered: list[Row] = []
    for row in rows:
        band = next((b for b in bands if all(map(b.holds, row.pieces))), None)
        if band is None or band != open_band:
            merged += _one_row(gathered, open_band)
            gathered = []
        open_band = band
        gathered.append(row)
    return merged + _one_row(gathered, open_band)


def _bands(rules: Sequence[Rule]) -> list[_Band]:
    """Return the strips between neighbouring lines, of which a table has at least two."""
    lines: list[list[float]] = []
    for rule in sorted(rules, key=lambda rule: -rule.height):
        if lines and lines[-1][0] - rule.height < _SAME:
            lines[-1][1] = min(lines[-1][1], rule.left)
            lines[-1][2] = max(lines[-1][2], rule.right)
        else:
            lines.append([rule.height, rule.left, rule.right])
    bands = [
        _Band(above[0], below[0], max(above[1], below[1]) - 1, min(above[2], below[2]) + 1)
        for above, below in pairwise(lines)
        if above[0] - below[0] < _HIGHEST_BAND
    ]
    return bands if len(bands) > 1 else []


def _one_row(rows: list[Row], band: _Band | None) -> list[Row]:
    """Join the rows of a band: pieces above each other are one cell."""
    if band is None or len(rows) < 2:
        return rows
    cells: list[Piece] = []
    for piece in sorted((p for row in rows for p in row.pieces), key=lambda p: -p.top):
        for cell in cells:
            if piece.left < cell.right and cell.left < piece.right:
                cell.text = f"{cell.text} {piece.text}"
                cell.left = min(cell.left, piece.left)
                cell.right = max(cell.right, piece.right)
                cell.bottom = piece.bottom
                break
        else:
            cells.append(piece)
    if len(cells) < 2:
        return rows
    for cell in cells:
        cell.top, cell.bottom = band.top, band.bottom
    return [Row(sorted(cells, key=lambda cell: cell.left))]
