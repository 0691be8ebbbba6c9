"""Read a presentation: a page for each slide, its title as heading."""

from collections.abc import Iterator
from typing import Final

from core.knowledge.reading.archive import Archive, Element, core_title
from core.knowledge.reading.docx_styles import number
from core.knowledge.reading.grid import Grid
from core.knowledge.reading.limits import MOST_PAGES
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning, Reason, Unreadable

_TITLES: Final = frozenset({"title", "ctrTitle"})
_LEFT_OUT: Final = frozenset({"dt", "ftr", "sldNum", "hdr"})
_RELATION: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write the slides of a presentation that are shown."""
    archive = Archive(content)
    if not any(name.startswith("ppt/") for name in archive.names):
        raise Unreadable(Reason.MISLABELLED)
    core_title(archive, manuscript)
    slides = list(_slides(archive))
    if len(slides) > MOST_PAGES:
        raise Unreadable(Reason.TOO_MANY_PAGES)
    for slide in slides:
        manuscript.page()
        if slide.get("show") in {"0", "false"}:
            manuscript.warn(ReadWarning.HIDDEN_TEXT)
        else:
            _put_slide(slide, manuscript)


def _slides(archive: Archive) -> Iterator[Element]:
    main = archive.main_part()
    relations = archive.relations(main)
    for entry in archive.xml(main).iterfind("{*}sldIdLst/{*}sldId"):
        target = relations.get(entry.get(_RELATION[0]) or entry.get(_RELATION[1]) or "")
        if target is not None and target[1] in archive.names:
            yield archive.xml(target[1])


def _put_slide(slide: Element, manuscript: Manuscript) -> None:
    tree = slide.find("{*}cSld/{*}spTree")
    if tree is None:
        return
    shapes = list(_shapes(tree, manuscript))
    titles = [shape for shape in shapes if _role(shape) in _TITLES]
    for shape in titles:
        words = " ".join(_words(p) for p in shape.iterfind("{*}txBody/{*}p"))
        manuscript.heading_line(1, words)
    for shape in shapes:
        if shape not in titles:
            _put_shape(shape, manuscript)


def _shapes(tree: Element, manuscript: Manuscript) -> Iterator[Element]:
    """Return the shapes with text and the tables, also those in groups."""
    for child in tree:
        tag = str(child.tag).rpartition("}")[2]
        if tag in {"sp", "graphicFrame", "grpSp"} and _is_hidden(child):
            manuscript.warn(ReadWarning.HIDDEN_TEXT)
        elif tag == "grpSp":
            yield from _shapes(child, manuscript)
        elif tag in {"sp", "graphicFrame"} and _role(child) not in _LEFT_OUT:
            yield child


def _is_hidden(shape: Element) -> bool:
    named = shape.find("*/{*}cNvPr")
    return named is not None and named.get("hidden") in {"1", "true"}


def _role(shape: Element) -> str:
    place = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return "" if place is None else str(place.get("type", "body"))


def _put_shape(shape: Element, manuscript: Manuscript) -> None:
    for table in shape.iterfind("{*}graphic/{*}graphicData/{*}tbl"):
        _put_table(table, manuscript)
    paragraphs = [p for p in shape.iterfind("{*}txBody/{*}p") if _words(p).strip()]
    is_list = _role(shape) in {"body", "obj"} and len(paragraphs) > 1
    for paragraph in paragraphs:
        properties = paragraph.find("{*}pPr")
        depth = 0 if properties is None else number(properties.get("lvl"))
        if _is_item(properties, is_list=is_list):
            manuscript.item(_words(paragraph), depth)
        else:
            manuscript.paragraph(_words(paragraph))


def _is_item(properties: Element | None, *, is_list: bool) -> bool:
    if properties is None:
        return is_list
    if properties.find("{*}buNone") is not None:
        return False
    has_mark = any(
        properties.find(f"{{*}}{mark}") is not None for mark in ("buChar", "buAutoNum")
    )
    return has_mark or is_list


def _words(paragraph: Element) -> str:
    parts = []
    for child in paragraph:
        tag = str(child.tag).rpartition("}")[2]
        if tag in {"r", "fld"}:
            parts += [text.text or "" for text in child.iterfind("{*}t")]
        elif tag == "br":
            parts.append("\n")
    return "".join(parts)


def _put_table(table: Element, manuscript: Manuscript) -> None:
    grid = Grid()
    for row in table.iterfind("{*}tr"):
        above = grid.last_row
        for at, cell in enumerate(row.iterfind("{*}tc")):
            if cell.get("vMerge") in {"1", "true"} and at < len(above):
                text = above[at]
            else:
                text = " ".join(_words(p) for p in cell.iterfind("{*}txBody/{*}p"))
            grid.put_cell(text)
        grid.end_row()
    properties = table.find("{*}tblPr")
    has_header = properties is not None and properties.get("firstRow") in {"1", "true"}
    manuscript.table(grid.finished(), has_header=has_header or None)
