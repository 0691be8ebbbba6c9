"""The mark of each platform: two letters on its colour.

Letters rather than logos: they need no licence, stay readable at 16 pixels, and a new
platform gets a usable mark before anybody draws one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMark:
    """What is painted for a platform, and how it is read aloud."""

    letters: str
    colour: str
    name: str


_MARKS: Final = {
    "whatsapp": ChannelMark(letters="WA", colour="#12783c", name="WhatsApp"),
    "instagram": ChannelMark(letters="IG", colour="#b8307a", name="Instagram"),
    "facebook": ChannelMark(letters="FB", colour="#1763cf", name="Facebook"),
    "x": ChannelMark(letters="X", colour="#454a54", name="X"),
    "linkedin": ChannelMark(letters="in", colour="#0a5fb4", name="LinkedIn"),
    "sandbox": ChannelMark(letters="SB", colour="#6d4ac4", name="Sandbox"),
}

LETTERS_COLOUR: Final = "#ffffff"


def channel_mark(platform: str) -> ChannelMark:
    """Return the mark of `platform`; one without a mark gets its first two letters."""
    known = _MARKS.get(platform)
    if known is not None:
        return known
    return ChannelMark(
        letters=platform[:2].upper(), colour="#555c6b", name=platform.capitalize()
    )


def known_marks() -> tuple[ChannelMark, ...]:
    """Return every mark that has been drawn, for tests and legends."""
    return tuple(_MARKS.values())
