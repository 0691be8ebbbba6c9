"""What the left column says where there is nothing: why, and what one would do next."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.panes.knowledge.rights import locked_words
from desktop.panes.knowledge.rows import Shown
from desktop.widgets.empty_state import EmptyState


class Emptiness(QWidget):
    """One page for each list, and one for a filter that hides everything."""

    files_wanted = Signal()
    entry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents = EmptyState(
            "upload",
            self.tr("Drop your documents here"),
            self.tr(
                "Price list, opening hours, terms of delivery, returns: the assistant"
                " answers with their exact words."
            ),
            self.tr("Choose files…"),
        )
        self._faq = EmptyState(
            "comment",
            self.tr("No FAQ entries yet"),
            self.tr(
                "Write what customers ask again and again, with the answer you would give."
            ),
            self.tr("Write the first entry"),
        )
        self._review = EmptyState(
            "check",
            self.tr("Nothing to review"),
            self.tr(
                "Contradictions, dates that have passed, and documents that are old or"
                " never used appear here."
            ),
        )
        self._filtered = EmptyState(
            "filter",
            self.tr("Nothing has this name"),
            self.tr("To look inside the texts, use the search on the right."),
        )
        # Without a button, for those who may not add anything.
        self._no_documents = EmptyState("file", self.tr("No documents yet"), locked_words())
        self._no_faq = EmptyState("comment", self.tr("No FAQ entries yet"), locked_words())
        self._documents.acted.connect(self._on_files)
        self._faq.acted.connect(self._on_entry)
        self._pages = QStackedWidget()
        for page in (self._documents, self._faq, self._no_documents, self._no_faq):
            self._pages.addWidget(page)
        for page in (self._review, self._filtered):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def show_for(self, shown: Shown, words: str, *, can_change: bool) -> None:
        """Say why a list is empty; `words` are those of the filter."""
        pages = {
            Shown.DOCUMENTS: self._documents if can_change else self._no_documents,
            Shown.FAQ: self._faq if can_change else self._no_faq,
            Shown.REVIEW: self._review,
        }
        self._pages.setCurrentWidget(self._filtered if words else pages[shown])

    @Slot()
    def _on_files(self) -> None:
        self.files_wanted.emit()

    @Slot()
    def _on_entry(self) -> None:
        self.entry_wanted.emit()
