"""Bring something into sight: a document at a place, an entry, a case to review.

Rows, passages, citations and statements all name what they mean by its id; here that
becomes a page on the right and a mark on the left.
"""

from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.decision import Citation
from core.domain.ids import DocumentId, FaqId
from core.domain.knowledge import Conflict, Expired, Passage
from core.queries.knowledge import DocumentRow, FaqRow
from desktop.panes.knowledge.column import KnowledgeColumn
from desktop.panes.knowledge.rows import ShelfRow, Shown
from desktop.panes.knowledge.shelf import Shelf
from desktop.panes.knowledge.stage import Stage
from desktop.widgets.text_pieces import Span


class Openings(QObject):
    """Knows both sides, so that neither has to know the other."""

    missing = Signal()
    """What should be shown is not here any more."""

    def __init__(
        self, shelf: Shelf, column: KnowledgeColumn, stage: Stage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._column = column
        self._stage = stage
        self._wanted: FaqId | None = None
        """An entry that was added just now, and is in no reading of the list yet."""

    @Slot(object)
    def show_row(self, row: ShelfRow) -> None:
        """Show what a row of the left column stands for."""
        target = row.target
        if isinstance(target, DocumentRow):
            self._show_document(target, None)
        elif isinstance(target, FaqRow):
            self.show_entry(target.entry.id)
        elif isinstance(target, Conflict):
            can_change = self._shelf.can_change()
            self._stage.review.show_conflict(target, can_change=can_change)
            self._stage.show_page(self._stage.review)
        elif isinstance(target, Expired):
            self._stage.review.show_expired(target)
            self._stage.show_page(self._stage.review)

    @Slot(object, object)
    def show_place(self, document_id: DocumentId, span: Span | None = None) -> None:
        """Open a document, at a part of its text where one is meant."""
        row = self._shelf.document(document_id)
        if row is None:
            self.missing.emit()
            return
        if self._column.shown() is Shown.DOCUMENTS:
            self._column.select(document_id)
        self._show_document(row, span)

    def show_entry(self, faq_id: FaqId | None, question: str = "") -> None:
        """Open a FAQ entry, or a new one that may begin with a question."""
        overview = self._shelf.overview
        if overview is None:
            return
        row = None if faq_id is None else self._shelf.entry(faq_id)
        if faq_id is not None and row is None:
            self.missing.emit()
            return
        if self._column.shown() is not Shown.FAQ:
            self._column.show_list(Shown.FAQ)
        self._column.select(faq_id)
        self._stage.entry.open(row, overview, question)
        self._stage.show_page(self._stage.entry)

    @Slot(str)
    def write_entry(self, question: str) -> None:
        """Begin an entry with a question that nothing answers."""
        self.show_entry(None, question)
        self._stage.entry.focus_first()

    @Slot(object)
    def show_passage(self, passage: Passage) -> None:
        """Show a passage where it stands."""
        if passage.faq_id is not None:
            self.show_entry(passage.faq_id)
        elif passage.document_id is not None:
            span = _span_of(passage.start_char, passage.end_char)
            self.show_place(passage.document_id, span)

    @Slot(object)
    def show_citation(self, citation: Citation) -> None:
        """Show quoted words where they stand."""
        if citation.faq_id is not None:
            self.show_entry(citation.faq_id)
        elif citation.document_id is not None:
            span = _span_of(citation.start_char, citation.end_char)
            self.show_place(citation.document_id, span)

    @Slot(str)
    def show_twin(self, faq_id: str) -> None:
        """Show an entry that asks nearly the same."""
        self.show_entry(FaqId(UUID(faq_id)))

    @Slot(object)
    def show_added(self, faq_id: FaqId) -> None:
        """Show an entry that was added, as soon as it is in the list."""
        self._wanted = faq_id

    def follow(self) -> None:
        """Bring what is open up to date, or leave it when it is gone."""
        page = self._stage.open_page()
        wanted = self._wanted
        if wanted is not None and self._shelf.entry(wanted) is not None:
            self._wanted = None
            if page is self._stage.entry and self._stage.entry.entry_id() is None:
                self.show_entry(wanted)
        elif page is self._stage.document:
            self._follow_document()
        elif page is self._stage.entry:
            self._follow_entry()

    def _follow_document(self) -> None:
        document_id = self._stage.document.document_id()
        row = None if document_id is None else self._shelf.document(document_id)
        if row is None:
            self._stage.show_nothing()
        else:
            self._stage.document.show_row(row, can_change=self._shelf.can_change())

    def _follow_entry(self) -> None:
        overview, entry_id = self._shelf.overview, self._stage.entry.entry_id()
        if entry_id is None or overview is None:
            return
        row = self._shelf.entry(entry_id)
        if row is None:
            self._stage.show_nothing()
        else:
            self._stage.entry.show_row(row, overview)

    def _show_document(self, row: DocumentRow, span: Span | None) -> None:
        self._stage.document.open(row, span, can_change=self._shelf.can_change())
        self._stage.show_page(self._stage.document)


def _span_of(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start=start, end=end)
