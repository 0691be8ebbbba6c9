"""Have pages that are pictures recognised by Tesseract, when this machine has it.

Two children for each page, both confined: one draws the page, one runs the program over
the picture. The program is not ours and is never installed by us.
"""

import shutil
from collections.abc import Mapping, Sequence

from core import paths
from core.knowledge.reading import process
from core.knowledge.reading.child import DRAW, RECOGNISE
from core.knowledge.reading.decoding import clean
from core.knowledge.reading.limits import MB

PROGRAM = "tesseract"
MOST_PAGES = 200
"""At some two seconds a page; the others stay named as pictures."""

_WANTED = ("fra", "eng")
_LONGEST_PAGE = 1 * MB
_FULL_LINE = 0.6
"""A line of at least this part of the widest one goes on in the next."""


async def texts_of(pages: Sequence[int], content: bytes) -> dict[int, str]:
    """Return the texts of the pages on which something was recognised."""
    program = shutil.which(PROGRAM)
    if program is None:
        return {}
    languages = await _languages(program)
    texts = {}
    for page in pages[:MOST_PAGES]:
        drawn = await process.outcome_of((*paths.reading_command(DRAW), str(page)), content)
        if drawn.answer.startswith(b"P5") and languages:
            text = await _recognised(program, languages, drawn.answer)
            if any(char.isalnum() for char in text):
                texts[page] = text
    return texts


def spliced(
    text: str, page_starts: Sequence[int], texts: Mapping[int, str]
) -> tuple[str, list[int]]:
    """Return a text with those of further pages in their places, and where pages begin."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for page, start in enumerate(page_starts):
        starts.append(length)
        end = page_starts[page + 1] if page + 1 < len(page_starts) else len(text)
        piece = text[start:end]
        if page in texts:
            piece = f"{texts[page]}\n\n{piece}"
        parts.append(piece)
        length += len(piece)
    joined = text[: page_starts[0]] + "".join(parts) if page_starts else text
    kept = joined.rstrip("\n")
    return kept, [min(start, len(kept)) for start in starts]


async def _languages(program: str) -> str:
    """Return those of French and English that are there, else whatever comes first."""
    listed = await process.outcome_of(
        (*paths.reading_command(RECOGNISE), program, "--list-langs"), b""
    )
    names = listed.answer.decode("utf-8", errors="replace").split("\n")[1:]
    there = [name.strip() for name in names if name.strip() not in {"", "osd"}]
    return "+".join([name for name in _WANTED if name in there] or there[:1])


async def _recognised(program: str, languages: str, picture: bytes) -> str:
    said = await process.outcome_of(
        (*paths.reading_command(RECOGNISE), program, "-", "-", "-l", languages), picture
    )
    raw = said.answer[:_LONGEST_PAGE].decode("utf-8", errors="replace")
    return reflowed(clean(raw.replace("\f", "")))


def reflowed(text: str) -> str:
    """Join the lines of each paragraph, but leave short lines, as of a table, alone."""
    width = max(map(len, text.split("\n")))
    paragraphs = []
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        joined = "".join(
            line + (" " if len(line) > _FULL_LINE * width else "\n") for line in lines
        )
        paragraphs.append(joined.strip())
    return "\n\n".join(filter(None, paragraphs))
