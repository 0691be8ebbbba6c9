"""What the assistant would find for a question, what it would say, and why."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.queries import knowledge
from core.queries.knowledge import LookUp
from desktop.bridge.call import Bridge, Call
from desktop.panes.knowledge.answer_card import AnswerCard, NoAnswerCard
from desktop.panes.knowledge.passage_card import PassageCard
from desktop.panes.knowledge.upload import percent
from desktop.panes.knowledge.words import knowledge_trouble
from desktop.style.tokens import Space
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel

_WIDEST = 860
_MOST = 8


class SearchPage(QWidget):
    """Asks when it is told to; only the newest question is answered."""

    passage_opened = Signal(object)
    citation_opened = Signal(object)
    entry_wanted = Signal(str)
    """A FAQ entry with this question should be written."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._query = ""
        self._found: LookUp | None = None
        self._within: str | None = None
        self._can_change = False
        self._asking: Call[LookUp] | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._loading = EmptyState("search", self.tr("Looking…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        for page in (self._scroll, self._loading, self._broken):
            self._pages.addWidget(page)
        self._broken.acted.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def look_up(self, query: str, within: str | None, *, can_change: bool) -> None:
        """Ask what would be found, in texts of one language or of all."""
        if can_change is not self._can_change:
            self._found = None
        self._query, self._within, self._can_change = query, within, can_change
        self._pages.setCurrentWidget(self._loading)
        self._ask()

    @Slot()
    def refresh(self) -> None:
        """Ask again in place, since the knowledge has changed."""
        if self._query and self.isVisible():
            self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = (
            self._bridge.ask(
                self, knowledge.look_up, self._query, within=self._within, k=_MOST
            )
            .then(self._on_found)
            .failed(self._on_failed)
        )

    def _on_found(self, found: LookUp) -> None:
        if found == self._found:
            # Built anew, the cards would take the keyboard away from who reads them.
            self._pages.setCurrentWidget(self._scroll)
            return
        self._found = found
        place = self._scroll.verticalScrollBar().value()
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addWidget(self._answer(found))
        self._add_passages(column, found)
        column.addStretch()
        self._scroll.setWidget(inner)
        self._pages.setCurrentWidget(self._scroll)
        self._scroll.verticalScrollBar().setValue(place)

    def _answer(self, found: LookUp) -> QWidget:
        if found.answer.text:
            card = AnswerCard(found.answer)
            card.opened.connect(self.citation_opened)
            return card
        nothing = NoAnswerCard(can_change=self._can_change)
        nothing.entry_wanted.connect(self._on_entry_wanted)
        return nothing

    def _add_passages(self, column: QVBoxLayout, found: LookUp) -> None:
        above = [each for each in found.passages if each.likely >= found.bar]
        below = [each for each in found.passages if each.likely < found.bar]
        groups = (
            (self.tr("FOUND, BEST FIRST"), above),
            (
                self.tr("NEAR, BUT BELOW %1: NOT USED TO ANSWER").replace(
                    "%1", percent(found.bar)
                ),
                below,
            ),
        )
        for title, passages in groups:
            if passages:
                column.addSpacing(Space.XS)
                column.addWidget(PlainLabel(title, "section"))
            for passage in passages:
                card = PassageCard(passage, self._query, found.bar)
                card.opened.connect(self.passage_opened)
                column.addWidget(card)

    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = knowledge_trouble(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    @Slot()
    def _on_entry_wanted(self) -> None:
        self.entry_wanted.emit(self._query)
