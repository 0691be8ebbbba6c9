"""Small drawings for customers to send: real PNG bytes without a file or a library."""

import struct
import zlib
from collections.abc import Callable, Mapping

Colour = tuple[int, int, int]
Painter = Callable[[float, float], Colour]

SIDE = 192

TABLE: Colour = (214, 184, 148)
PORCELAIN: Colour = (246, 243, 238)
COFFEE: Colour = (74, 44, 26)
CREMA: Colour = (181, 126, 74)
KRAFT: Colour = (168, 120, 74)
LABEL: Colour = (239, 228, 208)
INK: Colour = (52, 40, 34)
TEAR: Colour = (120, 32, 28)


def draw(name: str) -> bytes:
    """Return the drawing called `name` as a PNG; KeyError when there is none."""
    painter = DRAWINGS[name]
    rows = bytearray()
    for row in range(SIDE):
        rows.append(0)  # PNG's filter byte: this row is stored as it is
        for column in range(SIDE):
            rows.extend(painter((column + 0.5) / SIDE, (row + 0.5) / SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _cup(x: float, y: float) -> Colour:
    """Paint a cup from above, with the crema's lighter ring and a handle."""
    radius = ((x - 0.47) ** 2 + (y - 0.5) ** 2) ** 0.5
    handle = ((x - 0.84) ** 2 + (y - 0.5) ** 2) ** 0.5
    for limit, colour in ((0.17, COFFEE), (0.27, CREMA), (0.33, PORCELAIN)):
        if radius < limit:
            return colour
    return PORCELAIN if 0.06 < handle < 0.11 else TABLE


def _bag(x: float, y: float) -> Colour:
    """Paint a standing coffee bag with its label."""
    if not (0.25 < x < 0.75 and 0.12 < y < 0.92):
        return TABLE
    if y < 0.2:
        return INK
    if 0.33 < x < 0.67 and 0.42 < y < 0.72:
        return INK if 0.5 < y < 0.53 or 0.6 < y < 0.62 else LABEL
    return KRAFT


def _torn_bag(x: float, y: float) -> Colour:
    """Paint the same bag, torn open from one side, with beans on the table."""
    if 0.45 < x < 0.8 and abs(y - 0.3 - 0.35 * (x - 0.45)) < 0.025:
        return TEAR
    if y > 0.84 and (int(x * 14) + int(y * 22)) % 3 == 0:
        return COFFEE
    return _bag(x, y)


DRAWINGS: Mapping[str, Painter] = {"cup": _cup, "bag": _bag, "torn-bag": _torn_bag}
