"""Gather the cells of a table that is read one tag after the other."""

from dataclasses import dataclass, field

_WIDEST = 200
_MOST_ROWS_SPANNED = 1_000


@dataclass(slots=True)
class Grid:
    """A table; a cell over several rows is repeated in each of them."""

    is_layout: bool = False
    cell: list[str] | None = None
    _rows: list[list[str]] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _header_cells: int = 0
    _first_row_is_header: bool = False
    _spans: dict[int, tuple[int, str]] = field(default_factory=dict)
    _columns: int = 1
    _rows_spanned: int = 1

    @property
    def has_header(self) -> bool | None:
        """Return True when the table marks its first row as header, None if it is silent."""
        return True if self._first_row_is_header else None

    @property
    def last_row(self) -> list[str]:
        """Return the row above the one that is open."""
        return self._rows[-1] if self._rows else []

    def put_cell(self, text: str, *, columns: int = 1) -> None:
        """Add a cell whose text is known."""
        self.open_cell(is_header=False, columns=columns)
        if self.cell is not None:
            self.cell.append(text)
        self.end_cell()

    def open_cell(self, *, is_header: bool, columns: int = 1, rows: int = 1) -> None:
        """Begin a cell that covers so many columns and rows."""
        self.end_cell()
        self._fill_spans()
        self.cell = []
        self._header_cells += is_header
        self._columns = max(1, min(columns, _WIDEST - len(self._row)))
        self._rows_spanned = max(1, min(rows, _MOST_ROWS_SPANNED))

    def end_cell(self) -> None:
        """End the cell that is open, if one is."""
        if self.cell is None:
            return
        text = " ".join("".join(self.cell).split())
        self.cell = None
        if len(self._row) >= _WIDEST:
            return
        if self._rows_spanned > 1:
            self._spans[len(self._row)] = (self._rows_spanned, text)
        self._row += [text, *[""] * (self._columns - 1)]

    def end_row(self) -> None:
        """End the row that is open, if it has cells."""
        self.end_cell()
        if not self._row:
            return
        self._fill_spans()
        if not self._rows:
            self._first_row_is_header = self._header_cells >= max(len(self._row) - 1, 1)
        self._rows.append(self._row)
        self._row, self._header_cells = [], 0
        self._spans = {
            at: (left - 1, text) for at, (left, text) in self._spans.items() if left > 1
        }

    def finished(self) -> list[list[str]]:
        """Return the rows so far, and forget them."""
        self.end_row()
        rows, self._rows = self._rows, []
        return rows

    def become_layout(self) -> None:
        """Give up being a table: its cells only arrange other things."""
        self.is_layout = True
        self.cell = None
        self._row = []

    def _fill_spans(self) -> None:
        """Repeat the cells that reach down from rows above."""
        while len(self._row) in self._spans and self._rows:
            left, text = self._spans[len(self._row)]
            if left <= 1 and not text:
                break
            self._row.append(text)
