"""What the pane knows of the knowledge base, read again whenever it changes."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.domain.errors import SocialSyncError
from core.domain.ids import ConflictId, DocumentId, FaqId
from core.domain.knowledge import Conflict
from core.queries import knowledge, review
from core.queries.knowledge import DocumentRow, FaqRow, Overview
from core.queries.review import Review
from desktop.bridge.call import Bridge, Call

_REVIEW_AFTER_MS = 400
"""The review costs more than the list and nobody waits for it: once per burst."""


class Shelf(QObject):
    """Keeps the newest overview and review; overlapping readings become one more."""

    read = Signal()
    reviewed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._reading: Call[Overview] | None = None
        self._reviewing: Call[Review] | None = None
        self._is_stale = False
        self.has_failed = False
        """Whether the newest reading of the list did not come."""
        self.overview: Overview | None = None
        self.review: Review | None = None
        self._soon = QTimer(self, singleShot=True, interval=_REVIEW_AFTER_MS)
        self._soon.timeout.connect(self._review)

    @Slot()
    def start(self) -> None:
        """Read the list and the review."""
        self.refresh()
        self._review()

    @Slot()
    def refresh(self) -> None:
        """Read the list again, and the review a little later."""
        if self._reading is not None and not self._reading.is_over:
            self._is_stale = True
            return
        self._is_stale = False
        self._reading = (
            self._bridge.ask(self, knowledge.overview)
            .then(self._on_read)
            .failed(self._on_failed)
            .ended(self._on_ended)
        )
        self._soon.start()

    def can_change(self) -> bool:
        """Tell whether this member may change anything."""
        return self.overview is not None and self.overview.can_change

    def document(self, document_id: DocumentId) -> DocumentRow | None:
        """Return the row of a document, if it is still there."""
        rows = self.overview.documents if self.overview else ()
        return next((row for row in rows if row.document.id == document_id), None)

    def entry(self, faq_id: FaqId) -> FaqRow | None:
        """Return the row of an entry, if it is still there."""
        rows = self.overview.entries if self.overview else ()
        return next((row for row in rows if row.entry.id == faq_id), None)

    def conflict(self, conflict_id: ConflictId) -> Conflict | None:
        """Return an open contradiction."""
        found = self.review.conflicts if self.review else ()
        return next((each for each in found if each.id == conflict_id), None)

    @Slot()
    def _review(self) -> None:
        self._soon.stop()
        if self._reviewing is None or self._reviewing.is_over:
            self._reviewing = (
                self._bridge.ask(self, review.doubts)
                .then(self._on_reviewed)
                .failed(self._on_review_failed)
            )

    def _on_read(self, overview: Overview) -> None:
        self.has_failed = False
        self.overview = overview
        self.read.emit()

    def _on_reviewed(self, review: Review) -> None:
        self.review = review
        self.reviewed.emit()

    def _on_failed(self, error: SocialSyncError) -> None:
        self.has_failed = True
        self.failed.emit(error)

    def _on_review_failed(self, _error: SocialSyncError) -> None:
        """Say nothing: the list, which is read with it, tells the same trouble."""

    def _on_ended(self) -> None:
        if self._is_stale:
            self.refresh()
