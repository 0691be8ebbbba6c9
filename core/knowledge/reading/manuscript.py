"""The text of a document while it is read: blocks in, one exact text out.

Every reader writes into a `Manuscript`, so that headings, lists and tables look the same
whatever file they come from, and so that the place where a page begins is known to the
letter.
"""

import re
from collections.abc import Sequence

from core.knowledge.reading.decoding import TAG_LETTERS, clean
from core.knowledge.reading.limits import LONGEST_TEXT
from core.knowledge.reading.reasons import ReadWarning

_SPACES = re.compile(r"[^\S\n]+")
_BLANKS = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_DEEPEST = 6
_INDENT = "  "

Row = Sequence[str]


class Full(Exception):
    """The text has reached the length that is stored."""


class Manuscript:
    """Collects the blocks of a document in reading order."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.warnings: list[str] = []
        self.scanned: list[int] = []
        self._parts: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self._waiting_pages = 0
        self._is_close = False
        self._first_heading: str | None = None

    @property
    def text(self) -> str:
        """Return what has been written so far."""
        return "".join(self._parts)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been written."""
        return not self._parts

    @property
    def page_starts(self) -> list[int]:
        """Return where each page begins; an empty one begins where the next one does."""
        return self._page_starts + [self._length] * self._waiting_pages

    @property
    def heading(self) -> str | None:
        """Return the first heading."""
        return self._first_heading

    def warn(self, warning: ReadWarning | str) -> None:
        """Remember something the owner should know, once."""
        if str(warning) not in self.warnings:
            self.warnings.append(str(warning))

    def page(self) -> None:
        """Begin a page: what is written next stands on it."""
        self._waiting_pages += 1
        self._is_close = False

    def put_title(self, title: str) -> None:
        """Keep the title that the document gives itself, if it says anything."""
        self.title = self.title or self._line(title)[:300] or None

    def heading_line(self, level: int, text: str) -> None:
        """Write a heading; the levels below the sixth are written as the sixth."""
        line = self._line(text)
        if line:
            self._first_heading = self._first_heading or line
            self._put(f"{'#' * max(1, min(level, _DEEPEST))} {line}", is_close=False)

    def paragraph(self, text: str) -> None:
        """Write a paragraph; line breaks in it stay."""
        self._note_hidden(text)
        lines = (_SPACES.sub(" ", line).strip() for line in clean(text).split("\n"))
        self._put("\n".join(line for line in lines if line), is_close=False)

    def item(self, text: str, depth: int = 0, number: int | None = None) -> None:
        """Write a list item, numbered or not; items that follow stand close together."""
        line = self._line(text)
        if line:
            mark = "-" if number is None else f"{number}."
            self._put(f"{_INDENT * min(depth, 8)}{mark} {line}", is_close=True)

    def verbatim(self, text: str) -> None:
        """Write a text that has its form already; only empty lines are made one."""
        self._note_hidden(text)
        self._put(_EMPTY_LINES.sub("\n\n", clean(text)).strip("\n"), is_close=False)

    def table(self, rows: Sequence[Row], *, has_header: bool | None = None) -> None:
        """Write every row as a line that can be read alone.

        Without a word from the document, the first row counts as the header when it reads
        like one.
        """
        filled = [row for row in ([self._line(c) for c in row] for row in rows) if any(row)]
        if not filled:
            return
        if has_header is None:
            has_header = reads_like_header(filled)
        self._is_close = False
        if not has_header or len(filled) == 1:
            for row in filled:
                self._put(_loose_line(row), is_close=True)
        else:
            header, *records = filled
            for record in records:
                self._put(record_line(header, record), is_close=True)
        self._is_close = False

    def _put(self, block: str, *, is_close: bool) -> None:
        if not block:
            return
        if self._parts:
            self._add("\n" if is_close and self._is_close else "\n\n")
        self._page_starts += [self._length] * self._waiting_pages
        self._waiting_pages = 0
        self._is_close = is_close
        room = LONGEST_TEXT - self._length
        self._add(block[: max(room, 0)])
        if len(block) > room:
            self.warn(ReadWarning.TRUNCATED)
            raise Full

    def _add(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)

    def _line(self, text: str) -> str:
        self._note_hidden(text)
        return _BLANKS.sub(" ", clean(text)).strip()

    def _note_hidden(self, text: str) -> None:
        if not text.isascii() and TAG_LETTERS.search(text):
            self.warn(ReadWarning.HIDDEN_TEXT)


def record_line(header: Row, record: Row) -> str:
    """Write a row with the names of its columns: "- Product: Espresso; Price: 2,20 €"."""
    names = [*header, *[""] * (len(record) - len(header))]
    cells = (
        f"{name.rstrip(' :')}: {value}" if name and name != value else value
        for name, value in zip(names, record, strict=False)
        if value
    )
    return "- " + "; ".join(cells)


def _loose_line(row: Row) -> str:
    """Write a row of a table without header; of two cells the first names the second."""
    cells = [cell for cell in row if cell]
    if len(row) == 2 and len(cells) == 2 and len(cells[0]) <= 60:
        return f"- {cells[0].rstrip(' :')}: {cells[1]}"
    return "- " + "; ".join(cells)


def reads_like_header(rows: Sequence[Row]) -> bool:
    """Tell whether the first row names columns: it has words, no numbers, short ones.

    The first cell may be empty, as above the names of the rows.
    """
    first = rows[0] if rows else ()
    if len(rows) < 2 or len(first) < 2 or not all(first[1:]):
        return False
    if len(set(first)) < len(first):
        return False
    is_prose = any(
        len(cell) > 60 or any(map(str.isdigit, cell)) or cell.endswith(".")
        for cell in first
    )
    return not is_prose and _differs(first, rows[1:])


def _differs(first: Row, others: Sequence[Row]) -> bool:
    """Tell a header from the first of many like rows.

    Two columns of words are names and what they stand for; below a header there are figures.
    """
    if len(first) > 2:
        return True
    figures = sum(any(map(str.isdigit, row[-1])) for row in others)
    return not first[0].endswith(":") and figures * 2 > len(others)
