"""The engine's reasons against a file, said in the reader's language.

The engine writes them in English, also into the row of a document that failed; each
sentence is its own key here. One that is not known yet is shown as it is.
"""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

SENTENCES: Final = tuple(
    str(sentence)
    for sentence in (
        QT_TRANSLATE_NOOP("Refusal", "The file is empty."),
        QT_TRANSLATE_NOOP("Refusal", "Check that it is the right one."),
        QT_TRANSLATE_NOOP("Refusal", "Split it into several documents."),
        QT_TRANSLATE_NOOP("Refusal", "The file is not what its name says."),
        QT_TRANSLATE_NOOP(
            "Refusal",
            "Give it the right ending, or save it again in the format that its name says.",
        ),
        QT_TRANSLATE_NOOP("Refusal", "The file is not a text file."),
        QT_TRANSLATE_NOOP("Refusal", "Export it as text and add that."),
        QT_TRANSLATE_NOOP("Refusal", "The file is in the old format of Office."),
        QT_TRANSLATE_NOOP("Refusal", "Save it as .docx, .xlsx, .pptx or PDF and add that."),
        QT_TRANSLATE_NOOP("Refusal", "The document carries macros, which are programs."),
        QT_TRANSLATE_NOOP("Refusal", "Save it without macros, or as a PDF."),
        QT_TRANSLATE_NOOP("Refusal", "The file is protected with a password."),
        QT_TRANSLATE_NOOP("Refusal", "Save a copy without the password and add that."),
        QT_TRANSLATE_NOOP("Refusal", "The file is damaged."),
        QT_TRANSLATE_NOOP(
            "Refusal",
            "Open it in the program it was made with, save it again and add that.",
        ),
        QT_TRANSLATE_NOOP("Refusal", "The file unpacks to far more than a document holds."),
        QT_TRANSLATE_NOOP("Refusal", "Save it again, or as a PDF, and add that."),
        QT_TRANSLATE_NOOP(
            "Refusal", "The document declares entities, which no office program writes."
        ),
        QT_TRANSLATE_NOOP("Refusal", "Open it, save it again and add that."),
        QT_TRANSLATE_NOOP("Refusal", "The file holds no text."),
        QT_TRANSLATE_NOOP(
            "Refusal",
            "All pages of the document are pictures, so there is no text to read.",
        ),
        QT_TRANSLATE_NOOP(
            "Refusal",
            "Install Tesseract on this machine to have them recognised, or add a text.",
        ),
        QT_TRANSLATE_NOOP("Refusal", "Reading the file takes too long."),
        QT_TRANSLATE_NOOP(
            "Refusal",
            "Split it into several documents, or save it in another format.",
        ),
        QT_TRANSLATE_NOOP("Refusal", "Reading the file takes too much memory."),
        QT_TRANSLATE_NOOP(
            "Refusal", "The file is damaged in a way that stopped its reader."
        ),
        QT_TRANSLATE_NOOP("Refusal", "The file cannot be opened."),
        QT_TRANSLATE_NOOP("Refusal", "Check that it is still there, and yours to read."),
        QT_TRANSLATE_NOOP("Refusal", "The file could not be written."),
        QT_TRANSLATE_NOOP("Refusal", "This document has been removed."),
        QT_TRANSLATE_NOOP("Refusal", "This entry has been removed."),
        QT_TRANSLATE_NOOP(
            "Refusal", "The original file of this document is not kept here."
        ),
        QT_TRANSLATE_NOOP("Refusal", "Add it again."),
    )
)


def in_our_words(text: str) -> str:
    """Return what the engine says, sentence by sentence where they are known."""
    for sentence in sorted(SENTENCES, key=len, reverse=True):
        if sentence in text:
            text = text.replace(sentence, QCoreApplication.translate("Refusal", sentence))
    return text
