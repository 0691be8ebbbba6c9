"""Read how large a JPEG picture is, from its header alone (ITU T.81, annex B)."""

from typing import Final

_START: Final = b"\xff\xd8"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start-of-frame markers; the three left out are tables."""
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment behind them."""


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, None when this is no JPEG picture."""
    if content[:2] != _START:
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAMES:
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            width = int.from_bytes(content[at + 7 : at + 9], "big")
            return (width, height) if width and height else None
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
