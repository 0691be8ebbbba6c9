"""The left column: which conversations there are, filtered and searched."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId
from core.queries import inbox
from core.queries.inbox import InboxCounts, InboxFilter, InboxRow
from desktop.bridge.call import Bridge, Call
from desktop.bridge.trouble import trouble_of
from desktop.panes.inbox.cells import cell_of
from desktop.panes.inbox.rows import ConversationRows
from desktop.style.tokens import Space, Tone
from desktop.widgets.chips import FilterChips
from desktop.widgets.conversation_cell import describe_conversation
from desktop.widgets.conversation_delegate import ROW_HEIGHT, ConversationDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel
from desktop.widgets.pill import Pill
from desktop.widgets.row_list import RowList
from desktop.widgets.search_field import SearchField

_CLOCKS_EVERY = 30_000


class ConversationList(QWidget):
    """Title, count, search, filters and the rows; tells which conversation is chosen."""

    chosen = Signal(object)
    """The person moved to this InboxRow."""
    opened = Signal()
    """The person pressed Enter on the row: the reply field is wanted."""
    menu_wanted = Signal(object, object)
    """An InboxRow and the point of the screen where its menu is wanted."""
    was_read = Signal()
    """What is shown is fresh."""
    counted = Signal(int)
    """How many conversations are open, for the badge."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._counting: Call[InboxCounts] | None = None
        self._counts_are_stale = False
        self._count = Pill("", Tone.GOOD)
        self._search = SearchField(self.tr("Search customers and messages…"))
        self._chips = FilterChips(self.tr("Filter"))
        self._chips.set_choices(self._filters())
        self._rows = ConversationRows(bridge, self._describe, self)
        self._list = RowList(self.tr("Conversations"))
        self._list.set_rows(self._rows.model, at_newest=self._rows.model.at_newest)
        self._list.set_row_delegate(
            ConversationDelegate(to_cell=cell_of, now=bridge.now, parent=self), ROW_HEIGHT
        )
        self._empty = EmptyState("inbox", "", "")
        self._loading = EmptyState("inbox", self.tr("Reading your conversations…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        for page in (self._list, self._empty, self._loading, self._broken):
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._loading)
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Read the first page and the counts."""
        self._rows.reload()
        self._ask_counts()

    def refresh(self, changed: frozenset[UUID] = frozenset()) -> None:
        """Read again what may have changed."""
        self._rows.refresh(changed)
        self._ask_counts()

    def step(self, by: int) -> None:
        """Move to the next or the previous row, wherever the focus is."""
        current = self._list.currentIndex()
        at = current.row() + by if current.isValid() else 0
        index = self._rows.model.index(at, 0)
        if index.isValid():
            self._list.setCurrentIndex(index)

    def select(self, conversation_id: ConversationId) -> None:
        """Mark the conversation that is open, and hold on to its row while it is."""
        self._list.select(conversation_id)
        self._rows.keep(conversation_id)

    def row(self, conversation_id: object) -> InboxRow | None:
        """Return the row of a conversation, if it is held."""
        return self._rows.model.row(conversation_id)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def focus_rows(self) -> None:
        """Give the keyboard to the rows; from a search, let go of its words first."""
        if self._search.hasFocus():
            self._search.clear()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Inbox"), "title"))
        top.addStretch()
        top.addWidget(self._count)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        head.setSpacing(Space.M)
        head.addLayout(top)
        head.addWidget(self._search)
        head.addWidget(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setProperty("role", "panel")

    def _connect(self) -> None:
        self._search.searched.connect(self._on_searched)
        self._chips.chosen.connect(self._on_filter_chosen)
        self._rows.loaded.connect(self._on_loaded)
        self._rows.failed.connect(self._on_failed)
        self._broken.acted.connect(self.start)
        self._list.chosen.connect(self._on_row_chosen)
        self._list.opened.connect(self._on_row_opened)
        self._list.menu_wanted.connect(self._on_menu_wanted)
        self._list.range_shown.connect(self._rows.model.look_at)
        clocks = QTimer(self)
        clocks.setInterval(_CLOCKS_EVERY)
        clocks.timeout.connect(self._list.viewport().update)
        clocks.start()

    def _filters(self) -> list[tuple[str, str]]:
        return [
            (InboxFilter.ALL, self.tr("All")),
            (InboxFilter.MINE, self.tr("Mine")),
            (InboxFilter.ESCALATED, self.tr("Escalated")),
            (InboxFilter.WAITING, self.tr("Waiting")),
            (InboxFilter.ARCHIVED, self.tr("Archived")),
        ]

    def _describe(self, row: InboxRow) -> str:
        return describe_conversation(cell_of(row), self._bridge.now())

    def _ask_counts(self) -> None:
        if self._counting is not None and not self._counting.is_over:
            self._counts_are_stale = True
            return
        self._counts_are_stale = False
        self._counting = (
            self._bridge.ask(self, inbox.counts)
            .then(self._on_counts)
            .ended(self._on_counting_ended)
        )

    def _on_counts(self, counts: InboxCounts) -> None:
        self._count.show_text(self.tr("%n open", None, counts.open), Tone.GOOD)
        self.counted.emit(counts.waiting)

    def _on_counting_ended(self) -> None:
        if self._counts_are_stale:
            self._ask_counts()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._pages.setCurrentWidget(self._loading)
        self._rows.show_search(words)

    @Slot(str)
    def _on_filter_chosen(self, key: str) -> None:
        self._pages.setCurrentWidget(self._loading)
        self._rows.show_filter(InboxFilter(key))

    @Slot()
    def _on_loaded(self) -> None:
        self.was_read.emit()
        if self._rows.model.rowCount():
            self._pages.setCurrentWidget(self._list)
            return
        self._empty.show_words(*self._nothing_here())
        self._pages.setCurrentWidget(self._empty)

    @Slot(object)
    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    @Slot(object)
    def _on_row_chosen(self, row_id: object) -> None:
        row = self._rows.model.row(row_id)
        if row is not None:
            self.chosen.emit(row)

    @Slot(object)
    def _on_row_opened(self, row_id: object) -> None:
        self._on_row_chosen(row_id)
        self.opened.emit()

    @Slot(object, object)
    def _on_menu_wanted(self, row_id: object, at: object) -> None:
        row = self._rows.model.row(row_id)
        if row is not None:
            self.menu_wanted.emit(row, at)

    def _nothing_here(self) -> tuple[str, str]:
        """Return title and hint; they say which filter hides the rest, if one does."""
        if self._search.text().strip():
            return (
                self.tr("Nothing found"),
                self.tr("No conversation matches these words in this filter."),
            )
        hints = {
            InboxFilter.ALL: (
                self.tr("No conversations yet"),
                self.tr("They appear here as soon as a customer writes."),
            ),
            InboxFilter.MINE: (
                self.tr("Nothing is assigned to you"),
                self.tr("Press A in a conversation to make it yours."),
            ),
            InboxFilter.ESCALATED: (
                self.tr("No open escalations"),
                self.tr("The assistant brings here what needs a person."),
            ),
            InboxFilter.WAITING: (
                self.tr("Nobody is waiting"),
                self.tr("Everything has been read, and no suggestion is open."),
            ),
            InboxFilter.ARCHIVED: (
                self.tr("The archive is empty"),
                self.tr("Press E to archive a conversation that is done."),
            ),
        }
        return hints[InboxFilter(self._chips.current())]
