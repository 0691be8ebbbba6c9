"""Read a workbook: a page for each sheet, and its rows with the names of their columns."""

import io
from collections.abc import Iterator
from time import process_time
from typing import Final

from lxml import etree

from core.knowledge.reading.archive import (
    SAFE_XML,
    Archive,
    Element,
    core_title,
    refuse_entities,
)
from core.knowledge.reading.limits import MOST_PAGES, READING_SECONDS
from core.knowledge.reading.manuscript import Manuscript, reads_like_header
from core.knowledge.reading.reasons import ReadWarning, Reason, Unreadable
from core.knowledge.reading.xlsx_format import Formats

_RELATION: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_WIDEST: Final = 500
_MOST_ROWS: Final = 200_000
_TRUE: Final = {"1", "true"}


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write the sheets of a workbook that are shown."""
    archive = Archive(content)
    if not any(name.startswith("xl/") for name in archive.names):
        raise Unreadable(Reason.MISLABELLED)
    main = archive.main_part()
    root = archive.xml(main)
    relations = archive.relations(main)
    parts = {kind: part for kind, part in relations.values() if kind != "worksheet"}
    core_title(archive, manuscript)
    properties = root.find("{*}workbookPr")
    is_mac = properties is not None and properties.get("date1904") in _TRUE
    formats = Formats(archive, parts.get("styles"), is_mac=is_mac)
    texts = _shared_texts(archive, parts.get("sharedStrings"))
    sheets = list(root.iterfind("{*}sheets/{*}sheet"))
    if len(sheets) > MOST_PAGES:
        raise Unreadable(Reason.TOO_MANY_PAGES)
    for sheet in sheets:
        manuscript.page()
        name = sheet.get(_RELATION[0]) or sheet.get(_RELATION[1]) or ""
        part = relations.get(name, ("", ""))[1]
        if sheet.get("state", "visible") != "visible":
            manuscript.warn(ReadWarning.HIDDEN_TEXT)
        elif part in archive.names:
            if len(sheets) > 1:
                manuscript.heading_line(1, sheet.get("name", ""))
            rows = _Sheet(archive.read(part), texts, formats, manuscript).rows()
            _put(rows, manuscript)


def _shared_texts(archive: Archive, part: str | None) -> list[str]:
    if part is None or part not in archive.names:
        return []
    texts = []
    for entry in _each(archive.read(part), "si"):
        texts.append(_text(entry))
        entry.clear()
    return texts


def _text(entry: Element) -> str:
    """Return a text without the phonetic hints that Japanese ones carry."""
    return "".join(
        text.text or ""
        for text in entry.iter("{*}t")
        if not str(text.getparent().tag).endswith("}rPh")
    )


def _each(content: bytes, tag: str) -> Iterator[Element]:
    """Return the elements of a name one by one, without holding the rest."""
    refuse_entities(content)
    parse = etree.iterparse(
        io.BytesIO(content),
        tag=f"{{*}}{tag}",
        **SAFE_XML,
    )
    try:
        for _, element in parse:
            yield element
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable(Reason.BROKEN) from error


class _Sheet:
    def __init__(
        self, content: bytes, texts: list[str], formats: Formats, manuscript: Manuscript
    ) -> None:
        self._content = content
        self._texts = texts
        self._formats = formats
        self._manuscript = manuscript

    def rows(self) -> list[list[str]]:
        """Return the rows that are shown; an empty one keeps its place as an empty list."""
        rows: list[list[str]] = []
        last = 0
        for element in _each(self._content, "row"):
            number = element.get("r", "")
            at = int(number) if number.isdigit() else last + 1
            if at > last + 1 and rows:
                rows.append([])
            last = at
            cells = self._cells(element)
            if element.get("hidden") in _TRUE:
                if any(cells):
                    self._manuscript.warn(ReadWarning.HIDDEN_TEXT)
            else:
                rows.append(cells if any(cells) else [])
            element.clear()
            if len(rows) >= _MOST_ROWS or process_time() > READING_SECONDS:
                self._manuscript.warn(ReadWarning.TRUNCATED)
                break
        return rows

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            column = _column(cell.get("r", ""), len(cells))
            if column >= _WIDEST:
                self._manuscript.warn(ReadWarning.TRUNCATED)
                break
            cells += [""] * (column - len(cells))
            cells.append(" ".join(self._value(cell).split()))
        return cells

    def _value(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        found = cell.find("{*}v")
        raw = "" if found is None else found.text or ""
        if kind == "s":
            at = int(raw) if raw.isdigit() else -1
            return self._texts[at] if 0 <= at < len(self._texts) else ""
        if kind == "n" and raw:
            return self._formats.shown(raw, cell.get("s"))
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        return "" if kind == "e" else raw


def _column(reference: str, otherwise: int) -> int:
    """Return the column of a reference like "AB12", counted from 0."""
    at = 0
    for letter in reference[:4].upper():
        if not "A" <= letter <= "Z":
            break
        at = at * 26 + ord(letter) - ord("A") + 1
    return max(at - 1, otherwise) if at else otherwise


def _put(rows: list[list[str]], manuscript: Manuscript) -> None:
    """Write a sheet: blocks between empty rows, each with the lone lines above it."""
    block: list[list[str]] = []
    for row in [*rows, []]:
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and not block:
            manuscript.paragraph(filled[0])
        elif row:
            block.append(row)
        else:
            _put_block(block, manuscript)
            block = []


def _put_block(block: list[list[str]], manuscript: Manuscript) -> None:
    if not block:
        return
    first = min(next(at for at, cell in enumerate(row) if cell) for row in block)
    last = max(len(row) for row in block)
    rows = [row[first:] + [""] * (last - len(row)) for row in block]
    manuscript.table(rows, has_header=reads_like_header([_trimmed(rows[0]), *rows[1:]]))


def _trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
