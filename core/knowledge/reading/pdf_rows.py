"""Put the pieces of a PDF page together: what stands at one height is one row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from core.knowledge.reading.pdf_page import Piece

_LOOK_BACK = 8
"""A cell of several lines comes before the next cell of its row: so far a row is sought."""
_MARK = re.compile(r"(?:[-–—•●○▪■◦*·‣\uf0b7\uf0a7o]|\(?\w{1,3}[.)])$")
_SPLIT_GAP = 0.45
"""In letter heights: wider than the spaces of most lines, narrower than between columns."""
_NEAR = 1.9
"""Line heights between the rows of one table, at most; a blank line ends it."""


@dataclass(slots=True)
class Row:
    """The pieces at one height, from left to right."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return min(piece.bottom for piece in self.pieces)

    @property
    def top(self) -> float:
        return max(piece.top for piece in self.pieces)

    @property
    def size(self) -> float:
        return self.pieces[0].size

    @property
    def is_bold(self) -> bool:
        return all(piece.is_bold for piece in self.pieces)


@dataclass(slots=True)
class Grid:
    """Rows whose pieces stand in columns."""

    rows: list[Row]
    columns: list[tuple[float, float]]

    def cells(self, row: Row) -> list[str]:
        """Return the texts of a row, one for each column."""
        texts = [""] * len(self.columns)
        for piece in row.pieces:
            at = _column_of(piece, self.columns)
            texts[at] = f"{texts[at]} {piece.text}".strip()
        return texts


def rows_of(lines: Sequence[list[Piece]]) -> list[Row]:
    """Return the rows of a page in reading order."""
    rows: list[Row] = []
    for line in lines:
        row = _row_beside(rows, line)
        if row is None:
            rows.append(Row(list(line)))
        else:
            row.pieces = sorted([*row.pieces, *line], key=lambda piece: piece.left)
    for row in rows:
        _join_mark(row)
    return rows


def _row_beside(rows: list[Row], line: list[Piece]) -> Row | None:
    """Return the late row at whose height a line stands, without covering any of it."""
    first, last = line[0], line[-1]
    middle = (first.bottom + first.top) / 2
    for row in reversed(rows[-_LOOK_BACK:]):
        if row.bottom < middle < row.top and abs(row.size - first.size) < first.size / 2:
            covers = any(
                piece.left < last.right and first.left < piece.right for piece in row.pieces
            )
            return None if covers else row
    return None


def _join_mark(row: Row) -> None:
    """Put a bullet or a number and the item it belongs to into one piece."""
    if len(row.pieces) > 1 and _MARK.match(row.pieces[0].text):
        mark, item = row.pieces[:2]
        if item.left - mark.right < 6 * mark.size:
            item.text = f"{mark.text} {item.text}"
            item.left = mark.left
            row.pieces = row.pieces[1:]


def blocks_of(rows: Sequence[Row]) -> Iterator[Row | Grid]:
    """Return single rows and tables, in order; text in columns comes column by column."""
    at = 0
    while at < len(rows):
        end = _end_of_grid(rows, at)
        grid = _grid(rows[at:end]) if end - at > 1 else None
        if grid is None:
            yield rows[at]
            at += 1
        else:
            if _is_prose(grid):
                yield from _column_by_column(grid)
            else:
                yield grid
            at = end


def _end_of_grid(rows: Sequence[Row], at: int) -> int:
    """Return the row after the last that may belong to a table which begins at `at`."""
    if len(rows[at].pieces) < 2:
        return at + 1
    end = last_full = at + 1
    while end < len(rows) and _follows(rows[end - 1], rows[end]):
        _split(rows[end], rows[at])
        if len(rows[end].pieces) > 1:
            last_full = end + 1
        elif end - last_full >= 3:
            break
        end += 1
    # Lines that only go on with a cell of the last row stay with it.
    while last_full < end and rows[last_full].left > rows[at].left + rows[at].size:
        last_full += 1
    return last_full


def _split(row: Row, first: Row) -> None:
    """Cut a row where a column of the table begins, if only a narrow space is there."""
    if len(row.pieces) > 1:
        return
    piece = row.pieces[0]
    begins = any(
        abs(piece.gap[1] - other.left) < 0.3 * other.size for other in first.pieces[1:]
    )
    if begins and piece.gap[1] - piece.gap[0] > _SPLIT_GAP * piece.size:
        rest = replace(piece, text=piece.text[piece.gap_at + 1 :], left=piece.gap[1])
        piece.text, piece.right = piece.text[: piece.gap_at], piece.gap[0]
        row.pieces = [piece, rest]


def _follows(above: Row, below: Row) -> bool:
    gap = above.bottom - below.top
    height = max(above.size, below.size)
    return -height < gap < _NEAR * height


def _grid(rows: Sequence[Row]) -> Grid | None:
    full = [row for row in rows if len(row.pieces) > 1]
    if len(full) < 2:
        return None
    most = max(len(row.pieces) for row in full)
    telling = [row for row in full if len(row.pieces) >= max(2, most - 1)]
    columns: list[tuple[float, float]] = []
    for piece in sorted(
        (piece for row in telling for piece in row.pieces), key=lambda piece: piece.left
    ):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    fits = 2 <= len(columns) <= most + 1
    return Grid(list(rows), columns) if fits else None


def _column_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """Return the column that a piece covers most, or the nearest."""

    def nearness(at: int) -> float:
        left, right = columns[at]
        return min(piece.right, right) - max(piece.left, left)

    return max(range(len(columns)), key=nearness)


def _is_prose(grid: Grid) -> bool:
    """Tell text set in columns from a table: nearly every line fills its column."""
    lengths = [
        [
            len(piece.text)
            for row in grid.rows
            for piece in row.pieces
            if _column_of(piece, grid.columns) == at
        ]
        for at in range(len(grid.columns))
    ]
    return (
        len(grid.rows) > 4
        and len(grid.columns) <= 3
        and all(column and median(column) > 28 for column in lengths)
    )


def _column_by_column(grid: Grid) -> Iterator[Row]:
    for at in range(len(grid.columns)):
        for row in grid.rows:
            pieces = [p for p in row.pieces if _column_of(p, grid.columns) == at]
            if pieces:
                yield Row(pieces)


def records_of(grid: Grid) -> Iterator[list[str] | str]:
    """Return the rows of a table as cells, and lines between them as a text.

    A row without a first cell goes on with the row above. So does a lone first cell that
    stands closer to its row than rows stand to each other; else it heads a group.
    """
    gaps = [
        above.bottom - below.top
        for above, below in zip(grid.rows, grid.rows[1:], strict=False)
        if len(below.pieces) > 1
    ]
    usual = median(gaps) if gaps else 0.0
    waiting: list[str] | None = None
    above: Row | None = None
    for row in grid.rows:
        cells = grid.cells(row)
        lone = bool(cells[0]) and not any(cells[1:])
        gap = above.bottom - row.top if above is not None else 0.0
        is_close = gap < usual - 0.15 * row.size
        if waiting is not None and (not cells[0] or (lone and is_close)):
            waiting = [f"{a} {b}".strip() for a, b in zip(waiting, cells, strict=True)]
        else:
            if waiting is not None:
                yield waiting
            waiting = None if lone else cells
            if lone:
                yield cells[0]
        above = row
    if waiting is not None:
        yield waiting
