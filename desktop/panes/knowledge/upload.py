"""One file on its way into the knowledge base, and how far it has come."""

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QCoreApplication, QLocale

from core.domain.ids import DocumentId
from core.domain.knowledge import Document, DocumentStatus
from desktop.panes.knowledge.refusals import in_our_words


class Step(Enum):
    """Where a file stands."""

    WAITING = "waiting"
    READING = "reading"
    """The engine opens it; the call is on its way."""
    INDEXING = "indexing"
    """Its text is kept, and is being prepared for the search."""
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Left out from the start, since files of its kind are not read."""
    CANCELLED = "cancelled"


OVER = frozenset({Step.DONE, Step.FAILED, Step.SKIPPED, Step.CANCELLED})
GOING = frozenset({Step.WAITING, Step.READING, Step.INDEXING})
AGAIN = frozenset({Step.FAILED, Step.CANCELLED})
"""From where a file may be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A row of the panel."""

    id: int
    path: str
    name: str
    step: Step = Step.WAITING
    reason: str = ""
    """Why it failed or was skipped."""
    document: DocumentId | None = None
    was_seen: bool = False
    """Whether its document has been in the list: only then can it be gone from it."""
    part: float = 0.0
    """How much of it is indexed, 0 to 1."""


def followed(upload: Upload, document: Document | None) -> Upload:
    """Return an upload that is being indexed as its document now stands."""
    if document is None:
        # A list that was read before the document was added does not have it yet.
        return replace(upload, step=Step.CANCELLED) if upload.was_seen else upload
    if document.status is DocumentStatus.INDEXED:
        return replace(upload, step=Step.DONE, part=1.0)
    if document.status is DocumentStatus.FAILED:
        reason = in_our_words(document.error or "")
        return replace(upload, step=Step.FAILED, reason=reason)
    return replace(upload, part=part_of(document), was_seen=True)


def part_of(document: Document) -> float:
    """Return how much of a document is indexed; 0 while nobody knows how much there is."""
    return document.chunks_done / document.chunks_total if document.chunks_total else 0.0


def whole_part(uploads: list[Upload]) -> float:
    """Return how far all files together are; what is over counts as whole."""
    weights = {Step.WAITING: 0.0, Step.READING: 0.1}
    done = [
        1.0 if one.step in OVER else weights.get(one.step, 0.2 + 0.8 * one.part)
        for one in uploads
    ]
    return sum(done) / len(done) if done else 1.0


def percent(part: float) -> str:
    """Return a part of one as the reader's language writes percents."""
    number = QLocale().toString(int(part * 100))
    pattern = QCoreApplication.translate("Knowledge", "%1%", "percent")
    return pattern.replace("%1", number)


def step_words(upload: Upload) -> str:
    """Return where a file stands, in a few words."""
    translate = QCoreApplication.translate
    words = {
        Step.WAITING: translate("Knowledge", "Waiting"),
        Step.READING: translate("Knowledge", "Reading…"),
        Step.INDEXING: translate("Knowledge", "Reading in, %1"),
        Step.DONE: translate("Knowledge", "Done"),
        Step.FAILED: translate("Knowledge", "Failed"),
        Step.SKIPPED: translate("Knowledge", "Left out"),
        Step.CANCELLED: translate("Knowledge", "Cancelled"),
    }
    text = words[upload.step].replace("%1", percent(upload.part))
    return f"{text} · {upload.reason}" if upload.reason else text
