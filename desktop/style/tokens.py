"""Colour, space and type, as one frozen table per theme.

A colour is named after its job, never after its hue, so that the dark table answers the
same names. Every pair of text and background that is really painted is listed in
`TEXT_PAIRS`; a test computes the contrast of each in both themes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Tone(Enum):
    """What a pill, a banner or a toast wants the reader to feel."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme, as `#rrggbb`."""

    is_dark: bool
    window: str
    raised: str
    """Cards and menus, which lie on the window."""
    sunken: str
    """Fields, and the bubbles of customers."""
    hover: str
    selected: str
    line: str
    line_strong: str
    text: str
    muted: str
    """Second-rank text: times, senders, hints."""
    placeholder: str
    disabled: str
    """Text of controls that cannot be used; exempt from the contrast rule."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    """Accent used as the colour of text, on window and selected rows."""
    accent_soft: str
    accent_line: str
    focus: str
    good_soft: str
    good_text: str
    warning: str
    """Fills what is nearly used up; too light for text."""
    warning_soft: str
    warning_text: str
    danger_soft: str
    danger_text: str
    danger: str
    on_danger: str
    note: str
    note_line: str
    note_text: str
    rail: str
    rail_hover: str
    rail_active: str
    rail_text: str
    rail_text_active: str
    toast: str
    toast_text: str
    toast_action: str
    text_selection: str
    scrollbar: str
    scrollbar_hover: str


LIGHT: Final = Tokens(
    is_dark=False,
    window="#ffffff",
    raised="#ffffff",
    sunken="#f1f2f6",
    hover="#f5f6f9",
    selected="#e9ebff",
    line="#e4e6ec",
    line_strong="#cfd3dd",
    text="#15181f",
    muted="#555c6b",
    placeholder="#636a79",
    disabled="#9aa1ae",
    accent="#4338ca",
    accent_hover="#372eb0",
    on_accent="#ffffff",
    accent_text="#4338ca",
    accent_soft="#eef0ff",
    accent_line="#dcdffb",
    focus="#6d63f0",
    good_soft="#dcf5e9",
    good_text="#0a6246",
    warning="#d08409",
    warning_soft="#fdf0d8",
    warning_text="#86470a",
    danger_soft="#fde5e3",
    danger_text="#ab1f17",
    danger="#c0271d",
    on_danger="#ffffff",
    note="#fff6dc",
    note_line="#f0dca4",
    note_text="#33290f",
    rail="#12141b",
    rail_hover="#1d202a",
    rail_active="#2f3340",
    rail_text="#a6adbf",
    rail_text_active="#ffffff",
    toast="#1d212b",
    toast_text="#f2f3f7",
    toast_action="#b3b6ff",
    text_selection="#c9cdfb",
    scrollbar="#d3d7e0",
    scrollbar_hover="#b3b9c6",
)

DARK: Final = Tokens(
    is_dark=True,
    window="#15181f",
    raised="#1b1f28",
    sunken="#20252f",
    hover="#1b1f28",
    selected="#262a41",
    line="#2a2f3a",
    line_strong="#3d4454",
    text="#eef0f5",
    muted="#a5acba",
    placeholder="#9aa1b0",
    disabled="#626978",
    accent="#8187ff",
    accent_hover="#9297ff",
    on_accent="#10121c",
    accent_text="#9aa0ff",
    accent_soft="#22253f",
    accent_line="#373b66",
    focus="#9aa0ff",
    good_soft="#12352a",
    good_text="#5ad8a6",
    warning="#f0ad3d",
    warning_soft="#3d2b10",
    warning_text="#f6bb5c",
    danger_soft="#44191b",
    danger_text="#ff948d",
    danger="#ff8079",
    on_danger="#23090a",
    note="#342d18",
    note_line="#54492a",
    note_text="#f4ead0",
    rail="#0b0d12",
    rail_hover="#171a22",
    rail_active="#2a2e3a",
    rail_text="#a0a7b8",
    rail_text_active="#ffffff",
    toast="#eef0f5",
    toast_text="#1a1d25",
    toast_action="#4338ca",
    text_selection="#3f457d",
    scrollbar="#353b48",
    scrollbar_hover="#4b5364",
)

TEXT_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    ("text", "window"),
    ("text", "raised"),
    ("text", "sunken"),
    ("text", "hover"),
    ("text", "selected"),
    ("text", "accent_soft"),
    ("text", "text_selection"),
    ("muted", "window"),
    ("muted", "raised"),
    ("muted", "sunken"),
    ("muted", "hover"),
    ("muted", "selected"),
    ("muted", "accent_soft"),
    ("placeholder", "sunken"),
    ("placeholder", "window"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "window"),
    ("accent_text", "raised"),
    ("accent_text", "sunken"),
    ("accent_text", "hover"),
    ("accent_text", "selected"),
    ("accent_text", "accent_soft"),
    ("good_text", "good_soft"),
    ("good_text", "window"),
    ("good_text", "selected"),
    ("good_text", "hover"),
    ("warning_text", "warning_soft"),
    ("text", "warning_soft"),
    ("muted", "warning_soft"),
    ("accent_text", "warning_soft"),
    ("text", "danger_soft"),
    ("warning_text", "window"),
    ("warning_text", "selected"),
    ("warning_text", "hover"),
    ("danger_text", "danger_soft"),
    ("danger_text", "window"),
    ("danger_text", "selected"),
    ("danger_text", "hover"),
    ("on_danger", "danger"),
    ("note_text", "note"),
    ("note_text", "text_selection"),
    ("rail_text", "rail"),
    ("rail_text", "rail_hover"),
    ("rail_text_active", "rail_active"),
    ("toast_text", "toast"),
    ("toast_action", "toast"),
)
"""Every (text, background) pair that some widget paints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TonePair:
    """The text and the background of one tone."""

    text: str
    soft: str


def tone_pair(tokens: Tokens, tone: Tone) -> TonePair:
    """Return the colours in which `tone` is painted under `tokens`."""
    pairs = {
        Tone.NEUTRAL: TonePair(text=tokens.muted, soft=tokens.sunken),
        Tone.ACCENT: TonePair(text=tokens.accent_text, soft=tokens.accent_soft),
        Tone.GOOD: TonePair(text=tokens.good_text, soft=tokens.good_soft),
        Tone.WARNING: TonePair(text=tokens.warning_text, soft=tokens.warning_soft),
        Tone.DANGER: TonePair(text=tokens.danger_text, soft=tokens.danger_soft),
    }
    return pairs[tone]


class Space:
    """Distances in device-independent pixels; multiples of four."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24


class Radius:
    """Corner radii in device-independent pixels."""

    FIELD: Final = 8
    CARD: Final = 12
    BUBBLE: Final = 16


class Type:
    """Sizes of text in device-independent pixels."""

    TITLE: Final = 18
    HEADING: Final = 15
    BODY: Final = 14
    ROW: Final = 13
    SMALL: Final = 12
    CAPTION: Final = 11
    TINY: Final = 10


AVATAR_COLOURS: Final = (
    "#7a4fa3",
    "#a3474d",
    "#47699c",
    "#9c4a66",
    "#2f7566",
    "#66702a",
    "#3a6d8c",
    "#8a5a2b",
    "#5a5fb0",
    "#2c754a",
    "#8d4d8e",
    "#6b6374",
)
"""Grounds of avatars, the same in both themes; white initials are readable on each."""

ON_AVATAR: Final = "#ffffff"
