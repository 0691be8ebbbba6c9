"""Write the rows of a PDF as headings, paragraphs, lists and tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.knowledge.reading.manuscript import Manuscript, reads_like_header
from core.knowledge.reading.pdf_page import SOFT_HYPHEN
from core.knowledge.reading.pdf_rows import Grid, Row, blocks_of, records_of

_LARGER = 1.1
_LONGEST_HEADING = 140
_LEVELS = 4
_BULLET = re.compile(r"[-–—•●○▪■◦*·‣\uf0b7\uf0a7]\s+(?=\S)|o\s+(?=[A-ZÀ-Ý])")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\D)")
_ENDS_SENTENCE = re.compile(r"[.!?:;…»”\"')\]]$")
_NEW_PARAGRAPH = 0.75
"""In letter heights: a gap wider than this between lines is one that the author made."""
_LEADER = re.compile(r"\s*(?:\.\s?){4,}\s*(?=\S)|\s*(?:…\s?){2,}(?=\S)")
"""The dots between a name and its page or its price."""
_SAME_HEADING = 0.45
_ROOM_OF_A_LINE = 0.5
_ROOM_OF_A_WORD = 0.18
"""Parts of the width of the page that are left empty at the end of a line."""
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of the running text, and the sizes of the headings above it."""

    body: float
    larger: tuple[float, ...]

    @classmethod
    def of(cls, pages: Sequence[Sequence[Row]]) -> "Scale":
        """Measure a document."""
        letters: Counter[float] = Counter()
        for rows in pages:
            for row in rows:
                letters[_rounded(row.size)] += len(row.text)
        body = letters.most_common(1)[0][0] if letters else 10.0
        larger = sorted((size for size in letters if size > body * _LARGER), reverse=True)
        return cls(body, tuple(larger))

    def level(self, row: Row) -> int | None:
        """Return the level of a row that is a heading, None for any other."""
        text = row.text
        if len(text) > _LONGEST_HEADING or not _LETTERS.search(text):
            return None
        if _has_leader(text):
            return None
        size = _rounded(row.size)
        if size in self.larger:
            return min(self.larger.index(size) + 1, _LEVELS)
        return None

    def level_of_bold(self, row: Row) -> int | None:
        """Return the level of a bold line that stands alone."""
        text = row.text
        is_short = len(text) <= _LONGEST_HEADING // 2 and bool(_LETTERS.search(text))
        if row.is_bold and is_short and text[-1] not in ".,;:":
            return min(len(self.larger) + 1, _LEVELS + 1)
        return None


def _rounded(size: float) -> float:
    return round(size * 2) / 2


@dataclass(slots=True)
class _Flow:
    """Rows that may be one paragraph."""

    rows: list[Row] = field(default_factory=list)

    def takes(self, row: Row, width: tuple[float, float], *, is_heading: bool) -> bool:
        """Tell whether a row goes on with the paragraph, or with a heading of two lines."""
        last = self.rows[-1]
        gap = last.bottom - row.top
        if gap < -2 * last.size:
            # The next column: its first line goes on with an open sentence.
            return not _ENDS_SENTENCE.search(last.text)
        if is_heading:
            return gap < _SAME_HEADING * last.size and _are_aligned(last, row)
        if gap > _NEW_PARAGRAPH * last.size or self._differs(row):
            return False
        return not self._has_ended(row, width)

    def _differs(self, row: Row) -> bool:
        last = self.rows[-1]
        if abs(_rounded(row.size) - _rounded(last.size)) > 1 or _is_item(row.text):
            return True
        if _has_leader(last.text) or _has_leader(row.text):
            return True
        return last.is_bold and not row.is_bold and len(self.rows) == 1

    def _has_ended(self, row: Row, width: tuple[float, float]) -> bool:
        """Tell whether the last row was the last of its paragraph."""
        first, last = self.rows[0], self.rows[-1]
        room = (width[1] - last.right) / max(width[1] - width[0], 1.0)
        if _is_item(first.text) and row.left < first.left - row.size / 2:
            return True
        if room > _ROOM_OF_A_LINE and not row.text[:1].islower():
            return True
        is_indented = row.left > last.left + 0.8 * row.size and not _is_item(last.text)
        is_finished = bool(_ENDS_SENTENCE.search(last.text))
        return is_finished and (room > _ROOM_OF_A_WORD or is_indented)


def _are_aligned(above: Row, below: Row) -> bool:
    near = max(above.size, below.size)
    middles = (above.left + above.right - below.left - below.right) / 2
    return abs(above.left - below.left) < near or abs(middles) < near


def write(pages: Sequence[list[Row]], manuscript: Manuscript) -> None:
    """Write all pages."""
    scale = Scale.of(pages)
    for rows in pages:
        manuscript.page()
        width = _width(rows)
        flow = _Flow()
        for block in blocks_of(rows):
            if isinstance(block, Grid):
                _put_flow(flow, scale, manuscript)
                flow = _Flow()
                _put_grid(block, manuscript)
            elif flow.rows and _goes_on(flow, block, scale, width):
                flow.rows.append(block)
            else:
                _put_flow(flow, scale, manuscript)
                flow = _Flow([block])
        _put_flow(flow, scale, manuscript)


def _width(rows: Sequence[Row]) -> tuple[float, float]:
    if not rows:
        return (0.0, 0.0)
    rights = sorted(row.right for row in rows)
    return min(row.left for row in rows), rights[int(len(rights) * 0.9)]


def _goes_on(flow: _Flow, row: Row, scale: Scale, width: tuple[float, float]) -> bool:
    """Tell whether a row belongs to the flow: headings go with headings of their size."""
    level = scale.level(row)
    if scale.level(flow.rows[-1]) != level:
        return False
    return flow.takes(row, width, is_heading=level is not None)


def _put_flow(flow: _Flow, scale: Scale, manuscript: Manuscript) -> None:
    if not flow.rows:
        return
    first = flow.rows[0]
    text = joined(row.text for row in flow.rows)
    level = scale.level(first)
    if level is None and len(flow.rows) == 1:
        level = scale.level_of_bold(first)
    if _has_leader(text):
        manuscript.item(_LEADER.sub(": ", text, count=1))
        return
    bullet, number = _BULLET.match(text), _NUMBER.match(text)
    if level is not None and len(text) <= _LONGEST_HEADING:
        manuscript.heading_line(level, text)
    elif bullet:
        manuscript.item(text[bullet.end() :])
    elif number:
        manuscript.item(text[number.end() :], number=int(number[1]))
    else:
        manuscript.paragraph(text)


def _has_leader(text: str) -> bool:
    # Asked of every line, and nearly none has any.
    return (".." in text or ". ." in text or "…" in text) and bool(_LEADER.search(text))


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def joined(lines: Iterator[str]) -> str:
    """Join the lines of a paragraph, and words that were cut at the end of a line."""
    text = ""
    for line in lines:
        if text.endswith(SOFT_HYPHEN) or (text.endswith("-") and line[:1].islower()):
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text.replace(SOFT_HYPHEN, "-")


def _put_grid(grid: Grid, manuscript: Manuscript) -> None:
    """Write a table; below a line that heads a group, its columns keep their names."""
    records = [_plain(record) for record in records_of(grid)]
    rows = [record for record in records if isinstance(record, list)]
    header = rows[:1] if reads_like_header(rows) else []
    group: list[list[str]] = []
    for record in records:
        if isinstance(record, list):
            group += [record] if [record] != header else []
        else:
            manuscript.table([*header, *group] if group else [], has_header=bool(header))
            group = []
            manuscript.paragraph(record)
    manuscript.table([*header, *group] if group else [], has_header=bool(header))


def _plain(record: list[str] | str) -> list[str] | str:
    if isinstance(record, str):
        return record.replace(SOFT_HYPHEN, "")
    return [cell.replace(SOFT_HYPHEN, "") for cell in record]
