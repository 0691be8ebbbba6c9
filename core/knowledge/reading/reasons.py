"""Why a file is not read, and what its owner should know of one that is.

The child names a reason by its code and nothing more: what a hostile file makes of the
child, it cannot put words into our mouth.
"""

from enum import StrEnum


class Reason(StrEnum):
    """Why a file is refused."""

    UNKNOWN_KIND = "unknown_kind"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    MISLABELLED = "mislabelled"
    NOT_TEXT = "not_text"
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    BOMB = "bomb"
    ENTITIES = "entities"
    NO_TEXT = "no_text"
    SCANNED = "scanned"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    CRASHED = "crashed"


class ReadWarning(StrEnum):
    """What the owner is told about a document that was read; details follow a colon.

    Pages are counted from 1, as a viewer shows them.
    """

    SCANNED_PAGES = "scanned_pages"
    """`scanned_pages:3,4`: these pages are pictures, and their text is missing."""
    OCR_PAGES = "ocr_pages"
    """`ocr_pages:3,4`: these pages are pictures whose text was recognised, with errors."""
    UNREADABLE_PAGES = "unreadable_pages"
    """`unreadable_pages:3,4`: these pages are broken; the others are there."""
    HIDDEN_TEXT = "hidden_text"
    """There is text that a reader of the document does not see."""
    MACROS_IGNORED = "macros_ignored"
    """The document would run a program of its own; it was not run."""
    ATTACHMENTS_IGNORED = "attachments_ignored"
    """Other files lie in this one; they were not read."""
    TRUNCATED = "truncated"
    """`truncated` or `truncated:120`: the text ends early (after this page)."""

    def about(self, pages: list[int]) -> str:
        """Return the warning with the pages it is about, which are counted from 0 here."""
        return f"{self}:{','.join(str(page + 1) for page in pages)}"


class Unreadable(Exception):
    """The file is refused, for a reason that the parent puts into words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
