"""What one row of a list of sources shows, and how it is read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.style.tokens import Tone
from desktop.widgets.writing import FIRST_STRONG_ISOLATE, POP_ISOLATE, one_line

ROW_HEIGHT: Final = 78
HEADING_HEIGHT: Final = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfMark:
    """An icon with a few words, on the last line of a row."""

    icon: str
    words: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCell:
    """The contents of a row, already chosen by the pane."""

    title: str
    subtitle: str = ""
    badge: str = ""
    """Up to four letters, such as the kind of a file; or else `icon`."""
    icon: str = ""
    badge_tone: Tone = Tone.NEUTRAL
    pill: str = ""
    pill_tone: Tone = Tone.NEUTRAL
    progress: float | None = None
    """Between 0 and 1 while something goes on; below 0 when nobody knows how far it is."""
    progress_words: str = ""
    marks: tuple[ShelfMark, ...] = ()
    is_heading: bool = False
    """A line over a group of rows: only its title is shown."""
    is_dimmed: bool = False
    """There, but out of use."""


def describe_shelf_cell(cell: ShelfCell) -> str:
    """Return the row as one sentence for a screen reader."""
    parts = [one_line(cell.title, 120), cell.badge, cell.pill, cell.progress_words]
    parts += [one_line(cell.subtitle, 160), *(mark.words for mark in cell.marks)]
    whole = ", ".join(part for part in parts if part)
    return whole.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
