"""Drop what every page of a PDF repeats: running titles and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from core.knowledge.reading.pdf_rows import Row

_EDGE_ROWS = 3
_FEWEST_PAGES = 3
_SHARE = 0.4
"""Left and right pages may differ, and chapters begin without."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–— ]*(?:(?:page|seite|pág(?:ina|\.)?|p\.|صفحة)\s*)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|sur|de|von|من)\s*\d{1,4})?[-–— ]*",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the rows of all pages without what belongs to the paper, not to the text."""
    if len(pages) < 2:
        return list(pages)
    seen = Counter(key for rows in pages for key in {_key(row) for row in _edges(rows)})
    filled = sum(1 for rows in pages if rows)
    fewest = max(_FEWEST_PAGES, filled * _SHARE)
    return [_kept(rows, {key for key, n in seen.items() if n >= fewest}) for rows in pages]


def _kept(rows: list[Row], repeated: set[str]) -> list[Row]:
    outermost = {id(row) for row in _outermost(rows)}
    edges = {id(row) for row in _edges(rows)}
    return [
        row
        for row in rows
        if not (id(row) in edges and _key(row) in repeated)
        and not (id(row) in outermost and _PAGE_NUMBER.fullmatch(row.text))
    ]


def _edges(rows: Sequence[Row]) -> list[Row]:
    by_height = sorted(rows, key=lambda row: -row.top)
    return by_height[:_EDGE_ROWS] + by_height[-_EDGE_ROWS:]


def _outermost(rows: Sequence[Row]) -> list[Row]:
    if len(rows) < 2:
        return list(rows)
    by_height = sorted(rows, key=lambda row: -row.top)
    return [by_height[0], by_height[-1]]


def _key(row: Row) -> str:
    return f"{_DIGITS.sub('#', row.text.casefold())}@{round(row.top / 12)}"
