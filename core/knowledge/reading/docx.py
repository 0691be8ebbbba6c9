"""Read a Word document: headings by style, lists, tables, links and notes."""

from typing import Final

from core.knowledge.reading.archive import Archive, Element, core_title, parsed
from core.knowledge.reading.docx_styles import (
    STRICT,
    Numbering,
    Style,
    W,
    is_on,
    number,
    read_styles,
    value,
)
from core.knowledge.reading.grid import Grid
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning, Reason, Unreadable

_ALTERNATIVE: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_LEFT_OUT: Final = frozenset(
    {_ALTERNATIVE, f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr"}
)
_BOX: Final = f"{W}txbxContent"
_SMALLEST: Final = 3
"""Half points: nobody reads letters of a point and a half."""
_NO_LIST: Final = "0"


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write a Word document."""
    archive = Archive(content)
    if not any(name.startswith("word/") for name in archive.names):
        raise Unreadable(Reason.MISLABELLED)
    main = archive.main_part()
    parts = dict(archive.relations(main).values())
    core_title(archive, manuscript)
    root = _parsed(archive.read(main))
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable(Reason.BROKEN)
    story = _Story(manuscript, archive, parts)
    story.blocks(body)


def _parsed(content: bytes) -> Element:
    if STRICT[1:-1].encode() in content:
        content = content.replace(STRICT[1:-1].encode(), W[1:-1].encode())
    return parsed(content)


class _Story:
    def __init__(
        self, manuscript: Manuscript, archive: Archive, parts: dict[str, str]
    ) -> None:
        self._manuscript = manuscript
        styles = parts.get("styles")
        self._styles = read_styles(archive.xml_or_none(styles) if styles else None)
        self._numbering = Numbering.of(archive, parts.get("numbering"))
        self._notes = {
            kind: _notes(archive, parts.get(f"{kind}s")) for kind in ("footnote", "endnote")
        }
        self._note_count = 0
        self._waiting_notes: list[str] = []
        self._boxes: list[Element] = []

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs and tables below an element, in order."""
        for element in parent:
            if element.tag in _LEFT_OUT:
                continue
            if element.tag == f"{W}p":
                self._paragraph(element)
                self._put_waiting()
            elif element.tag == f"{W}tbl":
                self._table(element)
                self._put_waiting()
            else:
                self.blocks(element)

    def _put_waiting(self) -> None:
        """Write the notes and the boxes that a block has brought along."""
        notes, self._waiting_notes = self._waiting_notes, []
        for note in notes:
            self._manuscript.paragraph(note)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(f"{W}pPr")
        style = self._styles.get(value(properties, "pStyle") or "", Style())
        text = self._words(element, style)
        level = style.level
        direct = number(value(properties, "outlineLvl"), 9)
        if direct < 9:
            level = direct + 1
        list_id = value(properties, "numPr/numId") or style.list_id
        if style.is_title:
            self._manuscript.put_title(text)
            self._manuscript.heading_line(1, text)
        elif level is not None:
            self._manuscript.heading_line(level, text)
        elif list_id and list_id != _NO_LIST and text.strip():
            depth = number(value(properties, "numPr/ilvl"), style.list_level)
            self._manuscript.item(text, depth, self._numbering.next(list_id, depth))
        else:
            self._manuscript.paragraph(text)

    def _words(self, element: Element, style: Style) -> str:
        """Return the text below an element, without what is hidden or deleted."""
        parts: list[str] = []
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            if tag == f"{W}r":
                parts.append(self._run(child, style))
            elif tag == _BOX:
                self._boxes.append(child)
            else:
                parts.append(self._words(child, style))
        return "".join(parts)

    def _run(self, run: Element, style: Style) -> str:
        properties = run.find(f"{W}rPr")
        parts = [self._piece(child, style) for child in run if child.tag not in _LEFT_OUT]
        text = "".join(parts)
        if text.strip() and self._is_hidden(properties, style):
            self._manuscript.warn(ReadWarning.HIDDEN_TEXT)
            return ""
        if text.strip() and _is_white(run, properties):
            self._manuscript.warn(ReadWarning.HIDDEN_TEXT)
        return text

    def _piece(self, child: Element, style: Style) -> str:
        tag = str(child.tag).removeprefix(W)
        if tag == "t":
            return child.text or ""
        if tag in {"tab", "ptab"}:
            return " "
        if tag in {"br", "cr"}:
            return "\n"
        if tag == "noBreakHyphen":
            return "-"
        if tag in {"footnoteReference", "endnoteReference"}:
            return self._note(tag.removesuffix("Reference"), child.get(f"{W}id", ""))
        return self._words(child, style) if len(child) else ""

    def _is_hidden(self, properties: Element | None, style: Style) -> bool:
        named = self._styles.get(value(properties, "rStyle") or "", Style())
        is_unset = value(properties, "vanish") in {"0", "false", "off"}
        if is_on(properties, "vanish") or is_on(properties, "webHidden"):
            return not is_unset
        if 0 < number(value(properties, "sz"), 0) <= _SMALLEST:
            return True
        return (style.is_hidden or named.is_hidden) and not is_unset

    def _note(self, kind: str, name: str) -> str:
        note = self._notes[kind].get(name)
        if note is None:
            return ""
        self._note_count += 1
        text = " ".join(self._words(paragraph, Style()) for paragraph in note.iter(f"{W}p"))
        self._waiting_notes.append(f"[{self._note_count}] {text.strip()}")
        return f" [{self._note_count}]"

    def _table(self, table: Element) -> None:
        rows = [row for row in table.iter(f"{W}tr") if _above(row, "tbl") is table]
        widest = max((len(row.findall(f"{W}tc")) for row in rows), default=0)
        if widest < 2:
            # A frame around a text, not a table.
            for cell in table.iter(f"{W}tc"):
                if _above(cell, "tbl") is table:
                    self.blocks(cell)
            return
        grid = Grid()
        for row in rows:
            self._row(row, grid)
        marked = bool(rows) and is_on(rows[0].find(f"{W}trPr"), "tblHeader")
        self._manuscript.table(grid.finished(), has_header=marked or None)
        for inner in table.iter(f"{W}tbl"):
            if inner is not table and _above(inner.getparent(), "tbl") is table:
                self._table(inner)

    def _row(self, row: Element, grid: Grid) -> None:
        above = grid.last_row
        at = 0
        for cell in row.iter(f"{W}tc"):
            if _above(cell, "tr") is not row:
                continue
            properties = cell.find(f"{W}tcPr")
            columns = number(value(properties, "gridSpan"), 1)
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            text = above[at] if goes_on and at < len(above) else self._cell(cell)
            grid.put_cell(text, columns=columns)
            at += max(columns, 1)
        grid.end_row()

    def _cell(self, cell: Element) -> str:
        return " ".join(
            self._words(paragraph, Style())
            for paragraph in cell.iter(f"{W}p")
            if _above(paragraph, "tc") is cell and _above(paragraph, "txbxContent") is None
        )


def _notes(archive: Archive, part: str | None) -> dict[str, Element]:
    root = archive.xml_or_none(part) if part else None
    if root is None:
        return {}
    return {note.get(f"{W}id", ""): note for note in root if note.get(f"{W}type") is None}


def _is_white(run: Element, properties: Element | None) -> bool:
    """Tell white letters on white paper: no shade lies behind them, or around them."""
    if (value(properties, "color") or "").upper() != "FFFFFF":
        return False
    at = run
    while at is not None:
        if any(True for _ in at.iterfind(f"{W}*/{W}shd")) or at.tag == f"{W}tbl":
            return False
        at = at.getparent()
    return True


def _above(element: Element | None, name: str) -> Element | None:
    """Return the nearest element of a name, from an element upwards."""
    tag = f"{W}{name}"
    while element is not None and element.tag != tag:
        element = element.getparent()
    return element
