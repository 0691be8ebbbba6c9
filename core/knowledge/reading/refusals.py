"""Say in plain words why a file is not read, and what its owner can do."""

from pathlib import PurePath

from core.domain.errors import BadDocument
from core.knowledge.reading.limits import LARGEST_BYTES, MB, MOST_PAGES
from core.knowledge.reading.reasons import Reason
from core.knowledge.reading.sniffing import KINDS

_WORDS = {
    Reason.EMPTY: ("The file is empty.", "Check that it is the right one."),
    Reason.TOO_LARGE: (
        f"The file is larger than {LARGEST_BYTES // MB} MB.",
        "Split it into several documents.",
    ),
    Reason.MISLABELLED: (
        "The file is not what its name says.",
        "Give it the right ending, or save it again in the format that its name says.",
    ),
    Reason.NOT_TEXT: ("The file is not a text file.", "Export it as text and add that."),
    Reason.OLD_OFFICE: (
        "The file is in the old format of Office.",
        "Save it as .docx, .xlsx, .pptx or PDF and add that.",
    ),
    Reason.MACROS: (
        "The document carries macros, which are programs.",
        "Save it without macros, or as a PDF.",
    ),
    Reason.ENCRYPTED: (
        "The file is protected with a password.",
        "Save a copy without the password and add that.",
    ),
    Reason.BROKEN: (
        "The file is damaged.",
        "Open it in the program it was made with, save it again and add that.",
    ),
    Reason.BOMB: (
        "The file unpacks to far more than a document holds.",
        "Save it again, or as a PDF, and add that.",
    ),
    Reason.ENTITIES: (
        "The document declares entities, which no office program writes.",
        "Open it, save it again and add that.",
    ),
    Reason.NO_TEXT: ("The file holds no text.", "Check that it is the right one."),
    Reason.SCANNED: (
        "All pages of the document are pictures, so there is no text to read.",
        "Install Tesseract on this machine to have them recognised, or add a text.",
    ),
    Reason.TOO_MANY_PAGES: (
        f"The document has more than {MOST_PAGES:,} pages.",
        "Split it into several documents.",
    ),
    Reason.TOO_SLOW: (
        "Reading the file takes too long.",
        "Split it into several documents, or save it in another format.",
    ),
    Reason.TOO_MUCH_MEMORY: (
        "Reading the file takes too much memory.",
        "Split it into several documents, or save it in another format.",
    ),
    Reason.CRASHED: (
        "The file is damaged in a way that stopped its reader.",
        "Open it in the program it was made with, save it again and add that.",
    ),
}


def refusal(reason: Reason, name: str = "") -> BadDocument:
    """Return the error that tells the owner of a file."""
    if reason is Reason.UNKNOWN_KIND:
        endings = ", ".join(f".{ending}" for ending in sorted(KINDS))
        ending = PurePath(name.replace("\\", "/")).suffix[:12]
        shown = (
            f"Files like “{ending}”" if ending.isprintable() and ending else "Such files"
        )
        return BadDocument(
            f"{shown} cannot be read.", f"Add one of these kinds: {endings}."
        )
    return BadDocument(*_WORDS[reason])
