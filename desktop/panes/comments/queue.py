"""The left column: which comments wait, or all there are."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.queries import comments
from core.queries.comments import ShownComment
from desktop.bridge.call import Bridge
from desktop.bridge.trouble import trouble_of
from desktop.panes.comments.rows import CommentRows, cell_of
from desktop.style.tokens import Space, Tone
from desktop.widgets.chips import FilterChips
from desktop.widgets.conversation_delegate import ROW_HEIGHT, ConversationDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel
from desktop.widgets.pill import Pill
from desktop.widgets.row_list import RowList

_CLOCKS_EVERY = 30_000
_WAITING, _ALL = "waiting", "all"


class CommentQueue(QWidget):
    """Tells which comment is chosen, and how many wait."""

    chosen = Signal(object)
    """A ShownComment the person moved to."""
    opened = Signal()
    """The person pressed Enter on it: the answer's field is wanted."""
    counted = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._count = Pill("", Tone.GOOD)
        self._chips = FilterChips(self.tr("Filter"))
        self._chips.set_choices([(_WAITING, self.tr("Waiting")), (_ALL, self.tr("All"))])
        self._rows = CommentRows(bridge, self)
        self._list = RowList(self.tr("Comments"))
        self._list.set_rows(self._rows.model, at_newest=self._rows.model.at_newest)
        delegate = ConversationDelegate(to_cell=cell_of, now=bridge.now, parent=self)
        self._list.set_row_delegate(delegate, ROW_HEIGHT)
        self._empty = EmptyState("comment", "", "")
        self._loading = EmptyState("comment", self.tr("Reading the comments…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Read the first page and the count."""
        self._pages.setCurrentWidget(self._loading)
        self._rows.show(waiting=self._chips.current() == _WAITING)
        self._ask_count()

    @Slot()
    def refresh(self) -> None:
        """Read again what may have changed."""
        self._rows.refresh()
        self._ask_count()

    def step(self, by: int) -> None:
        """Move to the next or the previous comment."""
        current = self._list.currentIndex()
        index = self._rows.model.index(current.row() + by if current.isValid() else 0, 0)
        if index.isValid():
            self._list.setCurrentIndex(index)

    def row(self, comment_id: object) -> ShownComment | None:
        """Return the row of a comment, if it is held."""
        return self._rows.model.row(comment_id)

    def _ask_count(self) -> None:
        self._bridge.ask(self, comments.count_waiting).then(self._on_counted)

    def _on_counted(self, count: int) -> None:
        tone = Tone.WARNING if count else Tone.GOOD
        self._count.show_text(self.tr("%n waiting", None, count), tone)
        self.counted.emit(count)

    @Slot()
    def _on_loaded(self) -> None:
        if self._rows.model.rowCount():
            self._pages.setCurrentWidget(self._list)
            return
        title, hint = {
            _WAITING: (
                self.tr("No comment waits for you"),
                self.tr("What people say under your posts appears here."),
            ),
            _ALL: (
                self.tr("Nobody has commented yet"),
                self.tr("Your newest posts are read every few minutes."),
            ),
        }[self._chips.current()]
        self._empty.show_words(title, hint)
        self._pages.setCurrentWidget(self._empty)

    @Slot(object)
    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    @Slot(object)
    def _on_chosen(self, row_id: object) -> None:
        row = self._rows.model.row(row_id)
        if row is not None:
            self._rows.keep(row.id)
            self.chosen.emit(row)

    @Slot(object)
    def _on_opened(self, row_id: object) -> None:
        self._on_chosen(row_id)
        self.opened.emit()

    def _connect(self) -> None:
        self._rows.loaded.connect(self._on_loaded)
        self._rows.failed.connect(self._on_failed)
        self._chips.chosen.connect(self.start)
        self._broken.acted.connect(self.start)
        self._list.chosen.connect(self._on_chosen)
        self._list.opened.connect(self._on_opened)
        self._list.range_shown.connect(self._rows.model.look_at)
        clocks = QTimer(self)
        clocks.setInterval(_CLOCKS_EVERY)
        clocks.timeout.connect(self._list.viewport().update)
        clocks.start()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Comments"), "title"))
        top.addStretch()
        top.addWidget(self._count)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        head.setSpacing(Space.M)
        head.addLayout(top)
        head.addWidget(self._chips)
        for page in (self._loading, self._list, self._empty, self._broken):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setProperty("role", "panel")
