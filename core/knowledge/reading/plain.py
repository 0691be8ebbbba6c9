"""Read what is text already: notes, Markdown, and tables of comma-separated values."""

import csv
import io

from core.knowledge.reading import sniffing
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning

_MOST_COLUMNS = 1_000
_HEADING = "# "


def read_note(content: bytes, manuscript: Manuscript) -> None:
    """Write a plain text as it is."""
    manuscript.verbatim(sniffing.written("txt", content))


def read_markdown(content: bytes, manuscript: Manuscript) -> None:
    """Write a Markdown text as it is; its first heading is its title."""
    text = sniffing.written("md", content)
    for line in text.split("\n"):
        if line.startswith(_HEADING):
            manuscript.put_title(line[len(_HEADING) :].strip(" #"))
            break
    manuscript.verbatim(text)


def read_table(content: bytes, manuscript: Manuscript) -> None:
    """Write every row of a table with the names of its columns."""
    text = sniffing.written("csv", content)
    # One field may be as long as the file; the default of 128 KB would refuse a note.
    csv.field_size_limit(len(text) + 1)
    rows = []
    for row in csv.reader(io.StringIO(text), _dialect(text)):
        if len(row) > _MOST_COLUMNS:
            manuscript.warn(ReadWarning.TRUNCATED)
        if any(map(str.strip, row)):
            rows.append(row[:_MOST_COLUMNS])
    if len(rows) < 2:
        manuscript.verbatim(text[:100_000])
    else:
        manuscript.table(rows, has_header=True)


def _dialect(text: str) -> type[csv.Dialect] | csv.Dialect:
    """Return how the table is written, told by its first lines."""
    lines = text[:4096].split("\n")
    try:
        return csv.Sniffer().sniff("\n".join(lines[:20]), delimiters=",;\t|")
    except csv.Error:
        return csv.excel
