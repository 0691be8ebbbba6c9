"""Read a PDF: its text with headings, lists and tables, page by page."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

import pypdfium2_raw as pdfium

from core.knowledge.reading import pdf_layout, pdf_rules, pdf_sight
from core.knowledge.reading.limits import MOST_PAGES, READING_SECONDS
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.pdf_furniture import without_furniture
from core.knowledge.reading.pdf_page import Sheet, read_page
from core.knowledge.reading.pdf_rows import Row, rows_of
from core.knowledge.reading.reasons import ReadWarning, Reason, Unreadable

_LONGEST_TITLE = 1024
_LOCKED = frozenset({4, 5})
"""What pdfium says for a missing password, and for a lock that it does not know."""


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write the pages of a PDF."""
    with opened(content) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise Unreadable(Reason.TOO_MANY_PAGES)
        if count < 1:
            raise Unreadable(Reason.BROKEN)
        pages = _pages(document, count, manuscript)
        _put_title(document, manuscript)
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            manuscript.warn(ReadWarning.MACROS_IGNORED)
        if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
            manuscript.warn(ReadWarning.ATTACHMENTS_IGNORED)
    pdf_layout.write(without_furniture(pages), manuscript)


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """Open a document; the bytes stay where they are until it is closed."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        is_locked = pdfium.FPDF_GetLastError() in _LOCKED
        raise Unreadable(Reason.ENCRYPTED if is_locked else Reason.BROKEN)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(document: Any, count: int, manuscript: Manuscript) -> list[list[Row]]:
    pages: list[list[Row]] = []
    broken: list[int] = []
    for number in range(count):
        if process_time() > READING_SECONDS:
            manuscript.warn(f"{ReadWarning.TRUNCATED}:{number}")
            break
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            broken.append(number)
            pages.append([])
            continue
        pages.append(_rows(page, number, manuscript))
        pdfium.FPDF_ClosePage(page)
    if len(broken) == count:
        raise Unreadable(Reason.BROKEN)
    if broken:
        manuscript.warn(ReadWarning.UNREADABLE_PAGES.about(broken))
    return pages


def _rows(page: Any, number: int, manuscript: Manuscript) -> list[Row]:
    sheet, drawn = read_page(page), pdf_rules.drawn_on(page)
    if not drawn.has_image:
        _note_hidden(page, sheet, manuscript)
    elif not sheet.lines:
        manuscript.scanned.append(number)
    return pdf_rules.banded(rows_of(sheet.lines), drawn.rules)


def _note_hidden(page: Any, sheet: Sheet, manuscript: Manuscript) -> None:
    """Warn of a text that nobody sees; what lies under a scanned page is its own text."""
    if str(ReadWarning.HIDDEN_TEXT) in manuscript.warnings:
        return
    if sheet.has_tiny or (sheet.suspects and pdf_sight.hides(page, sheet.suspects)):
        manuscript.warn(ReadWarning.HIDDEN_TEXT)


def _put_title(document: Any, manuscript: Manuscript) -> None:
    buffer = ctypes.create_string_buffer(_LONGEST_TITLE)
    size = pdfium.FPDF_GetMetaText(document, b"Title", buffer, _LONGEST_TITLE)
    if 2 < size <= _LONGEST_TITLE:
        title = buffer.raw[: size - 2].decode("utf-16-le", errors="replace")
        if not _is_file_name(title):
            manuscript.put_title(title)


def _is_file_name(title: str) -> bool:
    """Tell the title that a printer driver made up: "Microsoft Word - offer3.doc"."""
    if title.strip("()").casefold() in {"anonymous", "untitled", "unspecified"}:
        return True
    return title.startswith("Microsoft ") or title.lower().endswith(
        (".doc", ".docx", ".pdf", ".indd", ".odt", ".dvi", ".tmp", ".rtf", ".xls", ".xlsx")
    )
