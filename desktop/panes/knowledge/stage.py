"""The right side: the search over it all, and what is open below."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.queries.knowledge import Overview
from desktop.bridge.call import Bridge
from desktop.panes.knowledge.document_page import DocumentPage
from desktop.panes.knowledge.drafts import Drafts
from desktop.panes.knowledge.faq_page import FaqPage
from desktop.panes.knowledge.review_page import ReviewPage
from desktop.panes.knowledge.search_page import SearchPage
from desktop.panes.knowledge.words import language_name
from desktop.style.tokens import Space
from desktop.widgets.buttons import quiet
from desktop.widgets.choice import Choice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.search_field import SearchField

_FIELD_WIDTH = 520


class Stage(QWidget):
    """While there are words in the search, it lies over what is open."""

    def __init__(
        self, bridge: Bridge, drafts: Drafts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._can_change = False
        self.document = DocumentPage(bridge)
        self.entry = FaqPage(bridge, drafts)
        self.review = ReviewPage(bridge)
        self.search = SearchPage(bridge)
        self._nothing = EmptyState(
            "knowledge",
            self.tr("What the assistant knows"),
            self.tr(
                "Choose a document or an entry on the left, or ask above as a customer"
                " would, to see what the assistant finds."
            ),
        )
        self._field = SearchField(self.tr("Ask as a customer would…"))
        self._field.setAcceptDrops(False)
        self._within = Choice(self.tr("Language of the texts to search"))
        self._within.addItem(self.tr("All languages"), "")
        self._back = quiet(self.tr("Back to what was found"), "search")
        self._back.hide()
        self._pages = QStackedWidget()
        self._open: QWidget = self._nothing
        self._arrange()
        self._field.searched.connect(self._on_searched)
        self._within.activated.connect(self._on_within)
        self._back.clicked.connect(self.return_to_search)

    def show_page(self, page: QWidget) -> None:
        """Show what was chosen; the search steps back."""
        self._open = page
        self._leave_search()
        self._pages.setCurrentWidget(page)

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self.show_page(self._nothing)

    def open_page(self) -> QWidget:
        """Return what is open, below a search too."""
        return self._open

    def is_searching(self) -> bool:
        """Tell whether the search lies over what is open."""
        return self._pages.currentWidget() is self.search

    def take_from(self, overview: Overview) -> None:
        """Offer the languages that there are."""
        self._can_change = overview.can_change
        codes = _languages_of(overview)
        held = [self._within.itemData(at) for at in range(1, self._within.count())]
        if codes != held:
            chosen = self._within.currentData()
            while self._within.count() > 1:
                self._within.removeItem(1)
            for code in codes:
                self._within.addItem(language_name(code), code)
            self._within.setCurrentIndex(max(0, self._within.findData(chosen)))

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search; what was found before comes back."""
        self.return_to_search()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def close_search(self) -> None:
        """Let go of the search and show what was open."""
        self._field.clear()
        self._leave_search()

    @Slot()
    def return_to_search(self) -> None:
        """Show what was found for the words that stand in the field."""
        if self._field.text().strip():
            self._pages.setCurrentWidget(self.search)
            self._back.hide()

    def _leave_search(self) -> None:
        # Its words stay in the field, for going back with one key.
        self._pages.setCurrentWidget(self._open)
        self._back.setVisible(bool(self._field.text().strip()))

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        if not words:
            self.close_search()
            return
        within = self._within.currentData() or None
        self.search.look_up(words, within, can_change=self._can_change)
        self._pages.setCurrentWidget(self.search)
        self._back.hide()

    @Slot()
    def _on_within(self) -> None:
        self._on_searched(self._field.text().strip())

    def _arrange(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        row.setSpacing(Space.S)
        self._field.setMaximumWidth(_FIELD_WIDTH)
        row.addWidget(self._field, 1)
        row.addWidget(self._within)
        row.addWidget(self._back)
        row.addStretch()
        for page in (self._nothing, self.document, self.entry, self.review, self.search):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._pages, 1)
        self.setProperty("role", "panel")


def _languages_of(overview: Overview) -> list[str]:
    """Return the languages of everything in the knowledge base, sorted."""
    codes = {row.document.lang_code for row in overview.documents}
    return sorted(codes | {row.entry.lang_code for row in overview.entries})
