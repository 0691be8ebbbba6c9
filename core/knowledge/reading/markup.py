"""Read HTML as a person sees it: no scripts, no navigation, nothing that is hidden."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from core.knowledge.reading import sniffing
from core.knowledge.reading.grid import Grid
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE
)
_HEAD = 4096
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "nav",
        "noscript",
        "template",
        "iframe",
        "svg",
        "math",
        "object",
        "embed",
        "applet",
        "canvas",
        "audio",
        "video",
        "button",
        "select",
        "textarea",
        "input",
        "map",
        "area",
        "frameset",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "address",
        "blockquote",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "body",
        "center",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "hr",
        "pre",
        "table",
        "caption",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "legend",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|"
    r"opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_WHITE = re.compile(r"\s+")
_DEEPEST_LIST = 8


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write a web page."""
    write(sniffing.written("html", _as_utf8(content)), manuscript)


def _as_utf8(content: bytes) -> bytes:
    """Return the bytes in UTF-8 when the page names another encoding that is known."""
    named = _CHARSET.search(content, 0, _HEAD)
    if named is None or content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return content
    try:
        return content.decode(named[1].decode("ascii"), errors="replace").encode()
    except (LookupError, UnicodeError):
        return content


def write(text: str, manuscript: Manuscript) -> None:
    """Write the blocks of an HTML text into a manuscript."""
    walker = _Walker(manuscript)
    parser = etree.HTMLParser(
        target=walker,
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    # The parser takes an empty text for an error.
    if text.strip():
        etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    walker.flush()


@dataclass(slots=True)
class _List:
    """A list that is open; `number` counts its items when it is numbered."""

    number: int | None = None


@dataclass(slots=True)
class _Block:
    """The block whose text is being gathered."""

    level: int = 0
    is_item: bool = False
    is_pre: bool = False
    parts: list[str] = field(default_factory=list)


class _Walker:
    """Takes the parser's events, without a tree, so that depth costs nothing."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._block = _Block()
        self._lists: list[_List] = []
        self._tables: list[Grid] = []
        self._skipped = 0
        self._is_hidden = False
        self._title: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        if self._skipped:
            self._skipped += 1
            return
        hidden = _is_hidden(attributes)
        if tag in _SKIPPED or hidden or attributes.get("role") == "navigation":
            self._skipped, self._is_hidden = 1, hidden
        elif tag == "title":
            self._title = []
        elif tag == "br":
            self._block.parts.append("\n")
        elif tag in _BLOCKS:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._skipped:
            self._skipped -= 1
        elif tag == "title" and self._title is not None:
            self._manuscript.put_title("".join(self._title))
            self._title = None
        elif tag in _BLOCKS:
            self._close(tag)

    def data(self, text: str) -> None:
        """Take some text."""
        if self._skipped:
            if self._is_hidden and text.strip():
                self._manuscript.warn(ReadWarning.HIDDEN_TEXT)
        elif self._title is not None:
            self._title.append(text)
        elif self._cell is not None:
            self._cell.append(text)
        else:
            self._block.parts.append(text if self._block.is_pre else _WHITE.sub(" ", text))

    def comment(self, _text: str) -> None:
        """Leave a comment out."""

    def close(self) -> None:
        """Take the end of the page."""
        while self._tables:
            self._close_table()
        self.flush()

    @property
    def _cell(self) -> list[str] | None:
        return self._tables[-1].cell if self._tables else None

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._open_table()
        elif self._tables and not self._tables[-1].is_layout and tag in {"tr", *_CELLS}:
            self._open_cell(tag, attributes)
        elif self._cell is not None:
            self._cell.append(" ")
        else:
            self.flush()
            self._open_block(tag)

    def _open_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(_List(0 if tag == "ol" else None))
        elif tag == "li":
            self._block = _Block(is_item=True)
            if self._lists and self._lists[-1].number is not None:
                self._lists[-1].number += 1
        elif tag == "dd":
            self._block = _Block(is_item=True)
        else:
            self._block = _Block(
                level=_HEADINGS.get(tag, 0),
                is_item=self._block.is_item and tag in {"p", "div"},
                is_pre=tag == "pre",
            )

    def _close(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self._close_table()
        elif self._tables and not self._tables[-1].is_layout:
            if tag in _CELLS:
                self._tables[-1].end_cell()
            elif tag == "tr":
                self._tables[-1].end_row()
        else:
            self.flush()
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()

    def _open_table(self) -> None:
        if self._tables and not self._tables[-1].is_layout:
            # A table in a cell: the outer one only arranges what the page shows.
            outer = self._tables[-1]
            self._put(outer)
            self._manuscript.paragraph(
                " ".join(_WHITE.sub(" ", "".join(outer.cell or [])).split())
            )
            outer.become_layout()
        self.flush()
        self._tables.append(Grid())

    def _open_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        grid = self._tables[-1]
        if tag == "tr":
            grid.end_row()
        else:
            grid.open_cell(
                is_header=tag == "th",
                columns=_number(attributes.get("colspan")),
                rows=_number(attributes.get("rowspan")),
            )

    def _close_table(self) -> None:
        grid = self._tables.pop()
        if grid.is_layout:
            self.flush()
        else:
            self._put(grid)

    def _put(self, grid: Grid) -> None:
        rows = grid.finished()
        if max(map(len, rows), default=0) > 1:
            self._manuscript.table(rows, has_header=grid.has_header)
        else:
            for row in rows:
                self._manuscript.paragraph(" ".join(row))

    def flush(self) -> None:
        """Write the block that has been gathered."""
        block, self._block = self._block, _Block()
        text = "".join(block.parts)
        if not text.strip():
            self._block.is_item = block.is_item
            return
        if block.level:
            self._manuscript.heading_line(block.level, text)
        elif block.is_item:
            innermost = self._lists[-1] if self._lists else _List()
            depth = min(max(len(self._lists) - 1, 0), _DEEPEST_LIST)
            self._manuscript.item(text, depth, innermost.number)
        elif block.is_pre:
            self._manuscript.verbatim(text)
        else:
            self._manuscript.paragraph(text)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 1
