"""Write a reply out of quoted words: the source's sentences in a polite frame, no more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.assistant.cleaning import visible
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.knowledge.opening import is_timetable
from core.knowledge.quote import Quote

GREETINGS: Mapping[str, str] = {
    "fr": "Bonjour {name}",
    "en": "Hi {name}",
    "es": "Hola {name}",
}
"""The frame a reply is put in, without facts: the guard knows it by these patterns."""

_FIRST_NAME = re.compile(r"[^\W\d_]{2,20}(?:[-'’][^\W\d_]{2,20})?")
_MARKER = re.compile(r"^[ \t]*(?:[-*+•–]|\d{1,3}[.)])[ \t]+")
_HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_TABLE = re.compile(r"^\|.*(?:\n\|.*)*$", re.MULTILINE)
_RULE = re.compile(r"[|\-: ]+")
_WRAP = re.compile(r"(?<=\S)\n(?=[^\s\-*+•–|#\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A suggested reply and the words it stands on."""

    reply: str
    citations: tuple[Citation, ...]


def write(passage: Passage, quote: Quote, language: str, name: str) -> Draft:
    """Return the reply that quotes `passage`, with a greeting where `name` is a first name."""
    citation = Citation(
        title=passage.title,
        name=passage.name,
        quote=quote.text,
        document_id=passage.document_id,
        faq_id=passage.faq_id,
        start_char=quote.start_char,
        end_char=quote.end_char,
    )
    return Draft(
        reply=f"{greeting(language, name)}{as_prose(quote.text)}", citations=(citation,)
    )


def greeting(language: str, name: str) -> str:
    """Return the opening of a reply, empty where we have none or do not know the name.

    A profile's name is a stranger's text: only what looks like a first name is repeated.
    """
    first = (visible(name).split() or [""])[0]
    pattern = GREETINGS.get(language)
    if pattern is None or not _FIRST_NAME.fullmatch(first) or not first[0].isupper():
        return ""
    return f"{pattern.format(name=first)},\n"


def as_prose(quoted: str) -> str:
    """Return quoted words without the marks of the file they stand in."""
    text = _HEADING.sub("", quoted).strip()
    text = _EMPHASIS.sub(r"\2", text)
    text = _TABLE.sub(lambda table: _told(table.group()), text)
    lines = text.split("\n")
    if sum(1 for line in lines if line.strip()) == 1:
        return _MARKER.sub("", text)
    return _WRAP.sub(lambda end: _unless_timetable(end, text), text)


def _unless_timetable(end: re.Match[str], text: str) -> str:
    """Return what takes the place of the end of a line: a space, but in a timetable."""
    line = text[text.rfind("\n", 0, end.start()) + 1 : end.start()]
    return end.group() if is_timetable(line) else " "


def _told(table: str) -> str:
    """Return the rows of a table as a list, each value with the name of its column."""
    lines = table.split("\n")
    rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
    is_named = len(lines) > len(rows) and len(rows) > 1
    names, told = (rows[0], rows[1:]) if is_named else ([], rows)
    mark = "- " if len(told) > 1 else ""
    return "\n".join(f"{mark}{_row(names, cells)}" for cells in told)


def _row(names: Sequence[str], cells: Sequence[str]) -> str:
    values = [
        f"{names[at]} {cell}" if at < len(names) else cell
        for at, cell in enumerate(cells)
        if at and cell
    ]
    return f"{cells[0]}: {', '.join(values)}" if cells[0] and values else ", ".join(cells)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
