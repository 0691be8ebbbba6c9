"""Cut a document into chunks that a reader would also cut: pure, and exact to the letter.

A chunk is a span of the stored text, so that a citation can be shown in its place. Cuts
fall at headings first, then between paragraphs, list items and table rows, then between
sentences, and inside a sentence only when it is longer than a whole chunk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from core.knowledge.opening import is_timetable
from core.knowledge.sentences import WRAPPED_LINE, Span, sentences, trimmed

SMALL_WORDS = 60
"""Below this a chunk says too little alone: it takes the next paragraph in if it can."""
TARGET_WORDS = 120
MOST_WORDS = 160
PIECE_WORDS = 35
"""Measured on four sets: shorter ones miss context, longer ones blur (DECISIONS 29)."""
HEADING_SEPARATOR = " › "

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\S+")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_UNDERLINE = re.compile(r"(=|-)\1{2,}[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)])[ \t]+\S")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_TITLE_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChunk:
    """One chunk: `text` is the document's text from `start_char` to `end_char`.

    `heading` is the path of headings above it, outermost first, empty when there is none.
    """

    index: int
    text: str
    start_char: int
    end_char: int
    heading: str
    token_count: int


class _Kind(Enum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class _Line:
    kind: _Kind
    start: int
    end: int
    level: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """What must not be cut if it can be helped, with the headings it stands under."""

    span: Span
    words: int
    path: tuple[str, ...]
    is_heading: bool


def chunks(text: str) -> list[TextChunk]:
    """Return the chunks of a document's stored text, in order and without overlap.

    Whatever is not white space is in exactly one chunk.
    """
    cut: list[TextChunk] = []
    for group in _groups(text):
        start, end = group[0].span.start, group[-1].span.end
        cut.append(
            TextChunk(
                index=len(cut),
                text=text[start:end],
                start_char=start,
                end_char=end,
                heading=HEADING_SEPARATOR.join(group[-1].path),
                token_count=word_count(text[start:end]),
            )
        )
    return cut


def pieces(text: str) -> list[Span]:
    """Return a chunk in pieces of a sentence or a few; none when one piece holds it all.

    Each piece is embedded alone. The vector of a long chunk as a whole would be an average
    that can hide the one sentence that answers, and costs as much again to make.
    """
    packed: list[Span] = []
    held = 0
    for span in sentences(text):
        for part in _split(text, span):
            words = word_count(part.of(text))
            if packed and held + words <= PIECE_WORDS:
                packed[-1] = Span(packed[-1].start, part.end)
                held += words
            else:
                packed.append(part)
                held = words
    return packed if len(packed) > 1 else []


def _split(text: str, span: Span) -> list[Span]:
    """Return a sentence, or runs of its words when it is longer than a piece."""
    tokens = list(_TOKEN.finditer(text, span.start, span.end))
    runs = [tokens[at : at + PIECE_WORDS] for at in range(0, len(tokens), PIECE_WORDS)]
    return [Span(run[0].start(), run[-1].end()) for run in runs]


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


def _groups(text: str) -> Iterator[list[_Block]]:
    group: list[_Block] = []
    for block in _blocks(text):
        if group and not _belongs(group, block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _belongs(group: list[_Block], block: _Block) -> bool:
    if all(member.is_heading for member in group):
        return True
    if block.is_heading:
        return False
    words = sum(member.words for member in group)
    limit = MOST_WORDS if words < SMALL_WORDS else TARGET_WORDS
    return words + block.words <= limit


def _blocks(text: str) -> Iterator[_Block]:
    path: list[tuple[int, str]] = []
    for kind, lines in _runs(text):
        span = trimmed(text, lines[0].start, lines[-1].end)
        if kind is _Kind.HEADING:
            level = lines[0].level
            path = [(above, name) for above, name in path if above < level]
            path.append((level, lines[0].title))
        names = tuple(name for _, name in path)
        pieces = [span] if kind is _Kind.HEADING else _bounded(text, span)
        for piece in pieces:
            yield _Block(piece, word_count(piece.of(text)), names, kind is _Kind.HEADING)


def _bounded(text: str, span: Span) -> list[Span]:
    """Return the span, or its sentences when it is longer than a chunk may be."""
    if word_count(span.of(text)) <= MOST_WORDS:
        return [span]
    pieces: list[Span] = []
    for sentence in sentences(span.of(text)):
        pieces += _bounded_sentence(
            text, Span(span.start + sentence.start, span.start + sentence.end)
        )
    return pieces


def _bounded_sentence(text: str, span: Span) -> list[Span]:
    """Return the span, or equal runs of its words when not even a sentence fits."""
    if word_count(span.of(text)) <= MOST_WORDS:
        return [span]
    tokens = list(_TOKEN.finditer(text, span.start, span.end))
    if len(tokens) == 1:
        return [span]
    step = min(TARGET_WORDS, max(1, len(tokens) // 2))
    runs = [tokens[at : at + step] for at in range(0, len(tokens), step)]
    return [
        piece
        for run in runs
        for piece in _bounded_sentence(text, Span(run[0].start(), run[-1].end()))
    ]


def _runs(text: str) -> Iterator[tuple[_Kind, list[_Line]]]:
    """Gather lines into headings, paragraphs, list items, table rows and code."""
    run: list[_Line] = []
    kind = _Kind.BLANK
    for line in _lines(text):
        if run and not _continues(kind, line):
            yield kind, run
            run = []
        if line.kind is _Kind.BLANK:
            continue
        if not run:
            kind = line.kind
        run.append(line)
    if run:
        yield kind, run


def _continues(kind: _Kind, line: _Line) -> bool:
    if kind is _Kind.CODE:
        return line.kind is _Kind.CODE
    return kind in {_Kind.PARAGRAPH, _Kind.ITEM} and line.kind is _Kind.PARAGRAPH


def _lines(text: str) -> Iterator[_Line]:
    raw = _raw_lines(text)
    in_code = False
    at = 0
    while at < len(raw):
        start, end = raw[at]
        line = text[start:end]
        if _FENCE.match(line):
            in_code = not in_code
            yield _Line(_Kind.CODE, start, end)
        elif in_code:
            yield _Line(_Kind.CODE, start, end)
        elif at + 1 < len(raw) and _is_underlined(text, raw[at], raw[at + 1]):
            at += 1
            mark = text[raw[at][0]]
            yield _Line(
                _Kind.HEADING, start, raw[at][1], 1 if mark == "=" else 2, line.strip()
            )
        elif _is_titled(text, raw, at):
            yield _Line(_Kind.HEADING, start, end, 2, line.strip())
        else:
            yield _read_line(line, start, end)
        at += 1


def _raw_lines(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _is_underlined(text: str, line: tuple[int, int], below: tuple[int, int]) -> bool:
    words = text[slice(*line)]
    is_title = bool(words.strip()) and not is_item(words) and words.strip()[0] not in "|#>"
    return is_title and bool(_UNDERLINE.match(text[slice(*below)]))


def _read_line(line: str, start: int, end: int) -> _Line:
    bare = line.strip()
    if not bare:
        return _Line(_Kind.BLANK, start, end)
    heading = _HEADING.match(bare)
    if heading:
        return _Line(_Kind.HEADING, start, end, len(heading[1]), heading[2])
    if _is_shouted(bare):
        return _Line(_Kind.HEADING, start, end, 1, bare)
    if is_row(bare):
        return _Line(_Kind.ROW, start, end)
    if is_item(line):
        return _Line(_Kind.ITEM, start, end)
    return _Line(_Kind.PARAGRAPH, start, end)


def reads_like_title(line: str) -> bool:
    """Tell whether a line could be a heading without any mark: few words, no full stop."""
    bare = line.strip()
    return (
        bare[:1].isupper()
        and word_count(bare) <= _TITLE_WORDS
        and not any(char.isdigit() for char in bare)
        and bare[-1] not in ".!?,;:…|"
        and not is_item(bare)
        and not is_timetable(bare)
    )


def is_item(line: str) -> bool:
    """Tell whether a line is an item of a list."""
    return bool(_ITEM.match(line))


def is_row(line: str) -> bool:
    """Tell whether a line without spaces around it is a row of a table."""
    return line.startswith("|")


def _is_titled(text: str, raw: list[tuple[int, int]], at: int) -> bool:
    """Tell whether a line of a plain text stands as a title above a paragraph."""
    stands_free = at == 0 or not text[slice(*raw[at - 1])].strip()
    below = text[slice(*raw[at + 1])] if at + 1 < len(raw) else ""
    is_above_prose = len(below) >= WRAPPED_LINE and below[:1].isupper()
    return stands_free and is_above_prose and reads_like_title(text[slice(*raw[at])])


def _is_shouted(bare: str) -> bool:
    """Tell whether a line of a plain text is a title in capitals: OPENING HOURS."""
    letters = [char for char in bare if char.isalpha()]
    return len(letters) > 3 and all(map(str.isupper, letters)) and reads_like_title(bare)
