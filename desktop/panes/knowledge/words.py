"""The pane's words for what the engine says in codes: kinds, languages, warnings, errors."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from core.domain.errors import BudgetSpent, Refused, SocialSyncError
from desktop.bridge.trouble import Trouble, trouble_of
from desktop.panes.knowledge.refusals import in_our_words
from desktop.widgets.writing import one_line

_SIZE: Final = QLocale.DataSizeFormat.DataSizeTraditionalFormat
_KIND_LETTERS: Final = {"markdown": "MD", "html": "HTML", "htm": "HTML", "text": "TXT"}


def kind_letters(kind: str) -> str:
    """Return the kind of a file in up to four letters."""
    return _KIND_LETTERS.get(kind, kind.upper()[:4]) or "?"


def language_name(code: str) -> str:
    """Return a language as its speakers call it; the code for one that Qt lacks."""
    locale = QLocale(code)
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return code
    name = locale.nativeLanguageName()
    # English is "American English" to Qt, and "Language" needs no country here.
    return "English" if code == "en" else name[:1].upper() + name[1:]


def size_words(size: int) -> str:
    """Return a number of bytes as people write it."""
    return str(QLocale().formattedDataSize(size, 1, _SIZE))


def day_words(at: datetime) -> str:
    """Return the day of a moment in the reader's zone."""
    local = at.astimezone().date()
    date = QDate(local.year, local.month, local.day)
    return str(QLocale().toString(date, QLocale.FormatType.ShortFormat))


def knowledge_trouble(error: SocialSyncError) -> Trouble:
    """Return the words for an error; here, what is used up is room and not credits."""
    trouble = trouble_of(error)
    if isinstance(error, BudgetSpent):
        translate = QCoreApplication.translate
        return Trouble(
            title=translate("Knowledge", "The storage of your plan is full"),
            next_step=translate("Knowledge", "Remove documents you no longer need."),
            detail=trouble.detail,
        )
    return trouble


def reason_of(error: SocialSyncError) -> str:
    """Return why a file was not taken; a refusal names what is wrong with this one."""
    if isinstance(error, Refused):
        return one_line(in_our_words(f"{error.title} {error.next_step}"))
    return knowledge_trouble(error).title


def toast_of(error: SocialSyncError) -> str:
    """Return an error as one message, with the engine's own words where they say more."""
    trouble = knowledge_trouble(error)
    if isinstance(error, Refused):
        return one_line(in_our_words(f"{error.title} {error.next_step}"))
    return f"{trouble.title}. {trouble.next_step}"


def warning_words(warning: str) -> str:
    """Return one warning of a document, `code` or `code:details`, as a sentence."""
    code, _, details = warning.partition(":")
    shown = details.replace(",", ", ")
    known = _warnings().get(code)
    if known is None:
        unknown = QCoreApplication.translate("Knowledge", "Something to check: %1")
        return unknown.replace("%1", one_line(warning.replace("_", " ")))
    whole, with_details = known
    return with_details.replace("%1", shown) if shown and with_details else whole


def _warnings() -> dict[str, tuple[str, str]]:
    """Return by code what is said without and with details."""
    translate = QCoreApplication.translate
    return {
        "scanned_pages": (
            translate("Knowledge", "Some pages are pictures and could not be read."),
            translate("Knowledge", "Pages without readable text, likely scans: %1."),
        ),
        "hidden_text": (
            translate("Knowledge", "It holds text that a reader of the file does not see."),
            "",
        ),
        "macros_ignored": (
            translate("Knowledge", "It carries macros, which were ignored."),
            "",
        ),
        "truncated": (
            translate("Knowledge", "It is very long; the end was left out."),
            translate("Knowledge", "It is very long; all after page %1 was left out."),
        ),
        "ocr_pages": (
            translate("Knowledge", "Text was recognised from pictures: check it."),
            translate(
                "Knowledge", "Recognised from pictures, so check the text: pages %1."
            ),
        ),
        "unreadable_pages": (
            translate("Knowledge", "Some pages are damaged and were left out."),
            translate("Knowledge", "Damaged pages, which were left out: %1."),
        ),
        "attachments_ignored": (
            translate("Knowledge", "Other files lie in it; they were not read."),
            "",
        ),
    }
