"""Draw one page of a PDF as a picture that Tesseract reads."""

import pypdfium2_raw as pdfium

from core.knowledge.reading import pdf_sight
from core.knowledge.reading.pdf import opened

_POINTS_PER_INCH = 72
_FINE = 250 / _POINTS_PER_INCH
_COARSE = 120 / _POINTS_PER_INCH


def draw(content: bytes, number: int) -> bytes:
    """Return a page as a gray PNM picture; nothing when it cannot be drawn."""
    with opened(content) as document:
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            return b""
        picture = pdf_sight.draw(page, _FINE) or pdf_sight.draw(page, _COARSE)
        pdfium.FPDF_ClosePage(page)
    if picture is None:
        return b""
    return b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels
