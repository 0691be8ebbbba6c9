"""Cut a text into sentences without touching it: every sentence is a span of the text.

Quotes shown to customers are cut here, so a price ("4,90 €"), a title ("M. Morel"), a
list marker or a line of opening hours must come out whole.
"""

import re
from dataclasses import dataclass

_STOP = re.compile(r"[.!?…。！？]+[\"'»“”’)\]*_]*(?=\s|$)")
_BREAK = re.compile(r"\n[ \t]*\n\s*|\n")
_MARKED_LINE = re.compile(r"[ \t]*(?:[-*+•–]\s|\d{1,3}[.)]\s|#{1,6}\s|\||>)")
_LAST_WORD = re.compile(r"[\w.'’]+$")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*\d{1,3}$")

WRAPPED_LINE = 45
"""A line shorter than this was ended on purpose; longer ones may be wrapped prose."""

_ABBREVIATIONS = (
    # titles, addresses, references and units of the seven languages we detect
    "m mm mme mlle me dr pr prof st ste mr mrs ms jr sr sra srta dra d dña av bd boul "
    "art al ex p pp ch env tel tél fig vol no nr nº num núm etc cf vs approx max min "
    "e.g i.e p.ex c.-à-d z.b d.h u.a bzw ca inkl exkl zzgl str hr fr sig sigg dott ing "
    "avv ecc ej pág págs aprox ud uds vd vds ltd inc co corp jan feb fév févr mar avr apr "
    "jun juil jul aug sep sept oct okt nov dec déc dic dez bijv o.a m.b.t evt"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, by code points: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words themselves."""
        return text[self.start : self.end]


def sentences(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them."""
    edges = sorted({*_full_stops(text), *_line_ends(text), len(text)})
    spans: list[Span] = []
    start = 0
    for edge in edges:
        span = trimmed(text, start, edge)
        if span.start < span.end:
            spans.append(span)
        start = edge
    return spans


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends; empty when it is all space."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, max(start + lead, start + len(piece.rstrip())))


def _full_stops(text: str) -> list[int]:
    return [match.end() for match in _STOP.finditer(text) if _ends_sentence(text, match)]


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    rest = text[stop.end() :].lstrip()
    if rest[:1].islower():
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    before = text[max(0, stop.start() - 24) : stop.start()]
    if _LIST_NUMBER.search(before):
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word.group()
    is_initial = len(last) == 1 and last.isupper() and rest[:1].isupper()
    return not is_initial and last.lower() not in ABBREVIATIONS


def _line_ends(text: str) -> list[int]:
    edges: list[int] = []
    line_start = 0
    for match in _BREAK.finditer(text):
        line = text[line_start : match.start()].strip()
        is_paragraph = match.group().count("\n") > 1
        if (
            is_paragraph
            or len(line) < WRAPPED_LINE
            or _MARKED_LINE.match(text, match.end())
            or line.startswith(("#", "|"))
        ):
            edges.append(match.end())
        line_start = match.end()
    return edges
