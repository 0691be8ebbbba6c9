"""The pages of the pane, each made when it is first looked at.

Together they are a thousand widgets: made at once, they would hold up the window's start
for something that one opens later, and then one page of it.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.decisions_page import DecisionsPage
from desktop.panes.rules.gaps_page import GapsPage
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.rehearsal_page import RehearsalPage
from desktop.panes.rules.rules_page import RulesPage
from desktop.panes.rules.triage_page import TriagePage
from desktop.panes.rules.trust_page import TrustPage
from desktop.panes.rules.try_page import TryPage


class PageShelf(QObject):
    """Makes pages, and passes on what they ask of the pane."""

    open_conversation = Signal(object)
    told = Signal(str)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, feed: Feed, book: RuleBook) -> None:
        super().__init__(book)
        self._bridge = bridge
        self._feed = feed
        self._book = book
        self._made: dict[PageKey, QWidget] = {}

    def page(self, key: PageKey) -> QWidget:
        """Return a page, filled with what is known already."""
        make = {
            PageKey.RULES: self.rules,
            PageKey.TRIAGE: self.triage,
            PageKey.TRY: self.trial,
            PageKey.REHEARSAL: self.rehearsal,
            PageKey.DECISIONS: self.decisions,
            PageKey.TRUST: self._trust,
            PageKey.GAPS: self._gaps,
        }
        return make[key]()

    def rules(self) -> RulesPage:
        """Return the page of rules."""
        page = self._made.get(PageKey.RULES)
        if not isinstance(page, RulesPage):
            page = RulesPage(self._bridge, self._book)
            page.refused.connect(self.refused)
            self._keep(PageKey.RULES, page)
        return page

    def triage(self) -> TriagePage:
        """Return the page of advanced rules."""
        page = self._made.get(PageKey.TRIAGE)
        if not isinstance(page, TriagePage):
            page = TriagePage(self._bridge, self._book)
            self._keep(PageKey.TRIAGE, page)
        return page

    def trial(self) -> TryPage:
        """Return the page where a message is tried."""
        page = self._made.get(PageKey.TRY)
        if not isinstance(page, TryPage):
            page = TryPage(self._bridge, self._book)
            self._keep(PageKey.TRY, page)
        return page

    def rehearsal(self) -> RehearsalPage:
        """Return the page of rehearsals."""
        page = self._made.get(PageKey.REHEARSAL)
        if not isinstance(page, RehearsalPage):
            page = RehearsalPage(self._bridge, self._book)
            page.open_conversation.connect(self.open_conversation)
            self._keep(PageKey.REHEARSAL, page)
        return page

    def decisions(self) -> DecisionsPage:
        """Return the log of decisions."""
        page = self._made.get(PageKey.DECISIONS)
        if not isinstance(page, DecisionsPage):
            page = DecisionsPage(self._bridge, self._feed, self._book)
            page.open_conversation.connect(self.open_conversation)
            page.told.connect(self.told)
            self._keep(PageKey.DECISIONS, page)
        return page

    def _trust(self) -> QWidget:
        if PageKey.TRUST not in self._made:
            page = TrustPage(self._bridge, self._feed)
            page.told.connect(self.told)
            self._keep(PageKey.TRUST, page)
        return self._made[PageKey.TRUST]

    def _gaps(self) -> QWidget:
        if PageKey.GAPS not in self._made:
            page = GapsPage(self._bridge, self._feed)
            page.told.connect(self.told)
            page.open_conversation.connect(self.open_conversation)
            self._keep(PageKey.GAPS, page)
        return self._made[PageKey.GAPS]

    def _keep(self, key: PageKey, page: QWidget) -> None:
        self._made[key] = page
        if self._book.is_read:
            # A page fills itself when the book is read, and this one came later.
            self._book.read.emit()
            self._book.channels_read.emit()
