"""Look at a PDF page as a person does: draw it, and see what is there."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

from core.knowledge.reading.limits import LARGEST_IMAGE
from core.knowledge.reading.pdf_page import Piece

_GRAY = 1
_ANNOTATIONS = 0x01
_WHITE = 0xFFFFFFFF
_LOOK_SCALE = 1.0
_MOST_SUSPECTS = 50
_CONTRAST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page in shades of gray, from its upper left corner."""

    width: int
    height: int
    pixels: bytes


def hides(page: Any, suspects: Sequence[Piece]) -> bool:
    """Tell whether any of the pieces cannot be seen: nothing stands out where it lies."""
    height = pdfium.FPDF_GetPageHeightF(page)
    picture = draw(page, _LOOK_SCALE)
    if picture is None:
        return False
    return any(not _is_seen(piece, picture, height) for piece in suspects[:_MOST_SUSPECTS])


def _is_seen(piece: Piece, picture: Picture, height: float) -> bool:
    left, right = max(int(piece.left), 0), min(int(piece.right) + 1, picture.width)
    top, bottom = max(int(height - piece.top), 0), int(height - piece.bottom) + 1
    rows = [
        picture.pixels[at * picture.width + left : at * picture.width + right]
        for at in range(top, min(bottom, picture.height))
    ]
    shades = [shade for row in rows if row for shade in (min(row), max(row))]
    return bool(shades) and max(shades) - min(shades) > _CONTRAST


def draw(page: Any, scale: float) -> Picture | None:
    """Return a page as a picture, None when it would be too large to be looked at."""
    width = max(int(pdfium.FPDF_GetPageWidthF(page) * scale), 1)
    height = max(int(pdfium.FPDF_GetPageHeightF(page) * scale), 1)
    if width * height > LARGEST_IMAGE:
        return None
    with _bitmap(width, height) as bitmap:
        if not bitmap:
            return None
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, _ANNOTATIONS)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    rows = (raw[at * stride : at * stride + width] for at in range(height))
    return Picture(width=width, height=height, pixels=b"".join(rows))


@contextmanager
def _bitmap(width: int, height: int) -> Iterator[Any]:
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, _GRAY, None, 0)
    try:
        yield bitmap
    finally:
        if bitmap:
            pdfium.FPDFBitmap_Destroy(bitmap)
