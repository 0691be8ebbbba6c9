"""Read an OpenDocument text: headings, paragraphs, lists, tables and notes."""

from typing import Final

from core.knowledge.reading.archive import Archive, Element
from core.knowledge.reading.grid import Grid
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning, Reason, Unreadable

_TYPE: Final = b"application/vnd.oasis.opendocument.text"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MANIFEST: Final = "META-INF/manifest.xml"
_LEFT_OUT: Final = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_TEXT}note",
    }
)
_SPACES: Final = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_MOST_REPEATED: Final = 100


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write an OpenDocument text."""
    archive = Archive(content)
    if "mimetype" not in archive.names or archive.read("mimetype").strip() != _TYPE:
        raise Unreadable(Reason.MISLABELLED)
    manifest = archive.xml_or_none(_MANIFEST)
    if manifest is not None and manifest.find(".//{*}encryption-data") is not None:
        raise Unreadable(Reason.ENCRYPTED)
    _put_title(archive, manuscript)
    root = archive.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Unreadable(Reason.BROKEN)
    _Body(manuscript, _hidden_styles(root), _numbered_lists(archive, root)).blocks(body)


def _put_title(archive: Archive, manuscript: Manuscript) -> None:
    meta = archive.xml_or_none("meta.xml")
    if meta is not None:
        for title in meta.iterfind(".//{http://purl.org/dc/elements/1.1/}title"):
            manuscript.put_title("".join(title.itertext()))


def _hidden_styles(root: Element) -> frozenset[str]:
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style in root.iterfind(f".//{_STYLE}style")
        for words in style.iterfind(f"{_STYLE}text-properties")
        if words.get(f"{_TEXT}display") == "none"
    )


def _numbered_lists(archive: Archive, root: Element) -> frozenset[str]:
    """Return the names of the list styles whose first level is counted."""
    roots = [root, archive.xml_or_none("styles.xml")]
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for each in roots
        if each is not None
        for style in each.iter(f"{_TEXT}list-style")
        if len(style) and style[0].tag == f"{_TEXT}list-level-style-number"
    )


class _Body:
    def __init__(
        self, manuscript: Manuscript, hidden: frozenset[str], numbered: frozenset[str]
    ) -> None:
        self._manuscript = manuscript
        self._hidden = hidden
        self._numbered = numbered
        self._notes: list[str] = []
        self._note_count = 0

    def blocks(self, parent: Element) -> None:
        """Write what stands below an element, in order."""
        for element in parent:
            self._block(element)

    def _block(self, element: Element) -> None:
        tag = element.tag
        if tag in _LEFT_OUT:
            return
        if tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level", "1")
            self._manuscript.heading_line(
                int(level) if level.isdigit() else 1, self._words(element)
            )
        elif tag == f"{_TEXT}p":
            self._manuscript.paragraph(self._words(element))
        elif tag == f"{_TEXT}list":
            self._list(element, 0, is_numbered=self._is_numbered(element))
        elif tag == f"{_TABLE}table":
            self._table(element)
        else:
            self.blocks(element)
        self._put_notes()

    def _is_numbered(self, element: Element) -> bool:
        return element.get(f"{_TEXT}style-name") in self._numbered

    def _list(self, element: Element, depth: int, *, is_numbered: bool) -> None:
        for number, item in enumerate(element, 1):
            for part in item:
                if part.tag == f"{_TEXT}list":
                    self._list(
                        part, depth + 1, is_numbered=is_numbered or self._is_numbered(part)
                    )
                elif part.tag == f"{_TEXT}h":
                    self._block(part)
                else:
                    count = number if is_numbered else None
                    self._manuscript.item(self._words(part), depth, count)

    def _table(self, table: Element) -> None:
        grid = Grid()
        has_header = table.find(f"{_TABLE}table-header-rows") is not None
        for row in table.iter(f"{_TABLE}table-row"):
            if _table_of(row) is not table:
                continue
            for cell in row:
                self._cell(cell, grid)
            grid.end_row()
        self._manuscript.table(grid.finished(), has_header=True if has_header else None)
        for inner in table.iter(f"{_TABLE}table"):
            if inner is not table and _table_of(inner.getparent()) is table:
                self._table(inner)

    def _cell(self, cell: Element, grid: Grid) -> None:
        if not str(cell.tag).endswith("table-cell"):
            return
        text = " ".join(
            self._words(part)
            for part in cell.iter(f"{_TEXT}p", f"{_TEXT}h")
            if _cell_of(part) is cell
        )
        repeated = _count(cell.get(f"{_TABLE}number-columns-repeated"))
        for _ in range(repeated if text else min(repeated, 2)):
            grid.open_cell(
                is_header=False, rows=_count(cell.get(f"{_TABLE}number-rows-spanned"))
            )
            if grid.cell is not None:
                grid.cell.append(text)
            grid.end_cell()

    def _words(self, element: Element) -> str:
        """Return the text of a paragraph without what is hidden or stands elsewhere."""
        if element.get(f"{_TEXT}style-name") in self._hidden:
            if "".join(element.itertext()).strip():
                self._manuscript.warn(ReadWarning.HIDDEN_TEXT)
            return ""
        parts = [element.text or ""]
        for child in element:
            if child.tag in _SPACES:
                parts.append(_SPACES[child.tag])
            elif child.tag == f"{_TEXT}note":
                parts.append(self._note(child))
            elif child.tag not in _LEFT_OUT and not str(child.tag).startswith(_TABLE):
                parts.append(self._words(child))
            parts.append(child.tail or "")
        return "".join(parts)

    def _note(self, note: Element) -> str:
        self._note_count += 1
        body = note.find(f"{_TEXT}note-body")
        words = " ".join(self._words(part) for part in body) if body is not None else ""
        self._notes.append(f"[{self._note_count}] {words}")
        return f" [{self._note_count}]"

    def _put_notes(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            self._manuscript.paragraph(note)


def _table_of(element: Element) -> Element | None:
    while element is not None and element.tag != f"{_TABLE}table":
        element = element.getparent()
    return element


def _cell_of(element: Element) -> Element | None:
    while element is not None and not str(element.tag).endswith("table-cell"):
        element = element.getparent()
    return element


def _count(value: str | None) -> int:
    return min(int(value), _MOST_REPEATED) if value and value.isdigit() else 1
