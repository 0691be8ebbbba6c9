"""The log of decisions beside the one that is looked at, and what colleagues propose."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.decision_log import DecisionLog
from desktop.panes.rules.decision_view import DecisionView
from desktop.panes.rules.pending_view import PendingView
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner

_WIDTHS = (340, 460)


class DecisionsPage(QWidget):
    """What the assistant did, why, and where it was wrong."""

    open_conversation = Signal(object)
    told = Signal(str)

    def __init__(
        self, bridge: Bridge, feed: Feed, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self.log = DecisionLog(bridge)
        self.view = DecisionView(bridge, book)
        self._pending = PendingView(bridge)
        self._proposals = Banner(Tone.ACCENT)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        self._arrange()
        self.log.chosen.connect(self.view.show_row)
        self.log.opened.connect(self.view.ask_conversation)
        self.view.open_conversation.connect(self.open_conversation)
        self.view.corrected.connect(self._on_corrected)
        self._pending.counted.connect(self._on_counted)
        self._pending.closed.connect(self._show_log)
        self._proposals.action_taken.connect(self._show_pending)
        feed.conversations_changed.connect(self._on_news)
        feed.knowledge_changed.connect(self._on_news)
        feed.resync.connect(self._on_news)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read what was decided since."""
        super().showEvent(event)
        self._read()

    @Slot()
    def _on_news(self) -> None:
        # Nobody looks at a page out of sight; it is read when it comes back.
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self.log.refresh()
        if self._book.can_change:
            self._pending.refresh()

    @Slot()
    def _on_corrected(self) -> None:
        self.told.emit(
            self.tr("The example is in the rules")
            if self._book.can_change
            else self.tr("The example is proposed to the owner")
        )
        self._read()

    @Slot(int)
    def _on_counted(self, count: int) -> None:
        self._proposals.setVisible(count > 0)
        if count:
            words = self.tr("%n example(s) proposed by your team.", "", count)
            self._proposals.show_message(words, self.tr("Look at them"))
        else:
            self._show_log()

    @Slot()
    def _show_pending(self) -> None:
        self._pages.setCurrentWidget(self._pending)

    @Slot()
    def _show_log(self) -> None:
        self._pages.setCurrentIndex(0)

    def _arrange(self) -> None:
        self._columns.setChildrenCollapsible(False)
        self._columns.setHandleWidth(1)
        self._columns.addWidget(self.log)
        self._columns.addWidget(self.view)
        self._columns.setStretchFactor(1, 1)
        self._columns.setSizes(list(_WIDTHS))
        first = QWidget()
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.L, 0)
        top.addWidget(self._proposals)
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._columns, 1)
        self._pages.addWidget(first)
        self._pages.addWidget(self._pending)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
