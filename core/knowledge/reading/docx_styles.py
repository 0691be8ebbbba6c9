"""What the styles and numberings of a Word document mean for its paragraphs."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from core.knowledge.reading.archive import Archive, Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
"""The namespace of "strict" documents, which are renamed before they are read."""

_HEADING = re.compile(
    r"(?:heading|titre|überschrift|título|titolo|kop)\s*([1-9])", re.IGNORECASE
)
_LIST_NAME = re.compile(r"^list \w+ ([2-9])$", re.IGNORECASE)
"""Word's own styles for deeper lists are lists of one level, drawn further in."""
_TITLES = frozenset({"title", "titre", "titel", "título"})
_OFF = frozenset({"0", "false", "off", "none"})
_LONGEST_CHAIN = 20
_NO_LEVEL = 9


@dataclass(slots=True)
class Style:
    """What a paragraph inherits from its style."""

    level: int | None = None
    is_title: bool = False
    is_hidden: bool = False
    list_id: str | None = None
    list_level: int = 0


def is_on(parent: Element | None, name: str) -> bool:
    """Tell whether a property that is there or not is there."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def value(parent: Element | None, path: str) -> str | None:
    """Return the value of a property."""
    found = (
        parent.find("/".join(f"{W}{step}" for step in path.split("/")))
        if (parent is not None)
        else None
    )
    return None if found is None else found.get(f"{W}val")


def number(text: str | None, otherwise: int = 0) -> int:
    """Return a small whole number."""
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


def read_styles(root: Element | None) -> dict[str, Style]:
    """Return the styles by their ids, each with what it takes from those it is based on."""
    if root is None:
        return {}
    elements = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    return {name: _inherited(name, elements) for name in elements}


def _inherited(name: str, elements: dict[str, Element]) -> Style:
    style = Style()
    at: str | None = name
    for _ in range(_LONGEST_CHAIN):
        element = elements.get(at or "")
        if element is None:
            break
        _add(style, element)
        at = value(element, "basedOn")
    return style


def _add(style: Style, element: Element) -> None:
    """Fill in what a style does not say itself."""
    properties = element.find(f"{W}pPr")
    name = value(element, "name") or ""
    level = number(value(properties, "outlineLvl"), _NO_LEVEL)
    named = _HEADING.match(name)
    if style.level is None and (level < _NO_LEVEL or named):
        style.level = int(named[1]) if named else level + 1
    style.is_title = style.is_title or name.casefold() in _TITLES
    style.is_hidden = style.is_hidden or is_on(element.find(f"{W}rPr"), "vanish")
    if style.list_id is None and (list_id := value(properties, "numPr/numId")):
        style.list_id = list_id
        deeper = _LIST_NAME.search(name)
        level = int(deeper[1]) - 1 if deeper else 0
        style.list_level = number(value(properties, "numPr/ilvl"), level)


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    formats: dict[str, dict[int, str]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, archive: Archive, part: str | None) -> "Numbering":
        """Read the part that holds the lists."""
        root = archive.xml_or_none(part) if part else None
        if root is None:
            return cls()
        abstract = {
            each.get(f"{W}abstractNumId"): {
                number(level.get(f"{W}ilvl")): value(level, "numFmt") or "decimal"
                for level in each.iterfind(f"{W}lvl")
            }
            for each in root.iterfind(f"{W}abstractNum")
        }
        return cls(
            {
                each.get(f"{W}numId", ""): abstract.get(value(each, "abstractNumId"), {})
                for each in root.iterfind(f"{W}num")
            }
        )

    def next(self, list_id: str, level: int) -> int | None:
        """Count an item; return its number, None when the list has bullets."""
        if self.formats.get(list_id, {}).get(level, "bullet") in {"bullet", "none"}:
            return None
        counts = self._counts[list_id]
        counts[level] = counts.get(level, 0) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        return counts[level]
