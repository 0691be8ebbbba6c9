"""The queue: who waits, for how long, and why."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.queries import escalations
from core.queries.escalations import EscalationRow
from desktop.bridge.call import Bridge, Call
from desktop.bridge.trouble import trouble_of
from desktop.models.row_model import RowModel
from desktop.models.row_window import Page, PageRequest
from desktop.style.tokens import Space, Tone
from desktop.widgets.chips import FilterChips
from desktop.widgets.conversation_cell import ConversationCell, describe_conversation
from desktop.widgets.conversation_delegate import ROW_HEIGHT, ConversationDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.kinds import preview_icon, preview_words
from desktop.widgets.label import PlainLabel
from desktop.widgets.pill import Pill
from desktop.widgets.reasons import reason_words, tone_of
from desktop.widgets.row_list import RowList

_MOST = 200
_CLOCKS_EVERY = 30_000
_OPEN, _RESOLVED = "open", "resolved"


def cell_of(row: EscalationRow) -> ConversationCell:
    """Return the cell of an escalation: the summary, and who has it or why it is there."""
    taken = row.assigned_name
    return ConversationCell(
        name=row.customer_name,
        platform=row.platform,
        preview=row.summary or preview_words(row.last_message_preview),
        preview_icon=None if row.summary else preview_icon(row.last_message_preview),
        at=row.waiting_since,
        label=taken or reason_words(row.reason),
        label_tone=Tone.NEUTRAL if taken else tone_of(row.reason),
    )


def longest_wait_first(row: EscalationRow) -> tuple[float, int]:
    """Return a key that grows with the wait, since the model puts the largest first."""
    return (-row.waiting_since.timestamp(), row.id.int)


class EscalationQueue(QWidget):
    """The rows of one status; tells which is chosen, and how many are open."""

    chosen = Signal(object)
    """An EscalationRow the person moved to, or None when it is gone from the queue."""
    opened = Signal()
    """The person pressed Enter on the row that is chosen."""
    counted = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._read: Call[tuple[EscalationRow, ...]] | None = None
        self._is_stale = False
        self._request: PageRequest | None = None
        self._count = Pill("", Tone.DANGER)
        self._chips = FilterChips(self.tr("Status"))
        self._chips.set_choices(
            [
                (_OPEN, self.tr("Open")),
                (_RESOLVED, self.tr("Resolved")),
            ]
        )
        self._model: RowModel[EscalationRow] = RowModel(
            key=longest_wait_first, describe=self._describe, parent=self
        )
        self._list = RowList(self.tr("Escalations"))
        self._list.set_rows(self._model, at_newest=self._model.at_newest)
        delegate = ConversationDelegate(to_cell=cell_of, now=bridge.now, parent=self)
        self._list.set_row_delegate(delegate, ROW_HEIGHT)
        self._empty = EmptyState("check", "", "")
        self._loading = EmptyState("escalation", self.tr("Reading the escalations…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Read the queue from its beginning."""
        self._pages.setCurrentWidget(self._loading)
        self._model.reset()

    def refresh(self) -> None:
        """Read the queue again, in place; overlapping calls become one more."""
        if self._read is not None and not self._read.is_over:
            self._is_stale = True
            return
        self._ask()

    def step(self, by: int) -> None:
        """Move to the next or the previous row."""
        current = self._list.currentIndex()
        index = self._model.index(current.row() + by if current.isValid() else 0, 0)
        if index.isValid():
            self._list.setCurrentIndex(index)

    def _ask(self) -> None:
        self._is_stale = False
        status = self._chips.current()
        self._read = (
            self._bridge.ask(self, escalations.queue, status=status, limit=_MOST)
            .then(self._on_read, status)
            .failed(self._on_failed)
            .ended(self._on_ended)
        )

    @Slot(object)
    def _on_page_wanted(self, request: PageRequest) -> None:
        """Answer the first request only: the query returns the whole queue at once."""
        self._request = request
        self._ask()

    def _on_read(self, rows: tuple[EscalationRow, ...], status: str) -> None:
        if self._request is not None:
            self._model.splice(Page(request=self._request, rows=rows, complete=True))
            self._request = None
        else:
            self._lay_over(rows)
        if status == _OPEN:
            self._count.show_text(
                self.tr("%n open", None, len(rows)), _count_tone(len(rows))
            )
            self.counted.emit(len(rows))
        self._show_page()
        self._tell_chosen()

    def _lay_over(self, rows: tuple[EscalationRow, ...]) -> None:
        found = {row.id for row in rows}
        held = [self._model.row_at(at) for at in range(self._model.rowCount())]
        for old in held:
            if old is not None and old.id not in found:
                self._model.remove(old.id)
        for row in rows:
            if self._model.row(row.id) != row:
                self._model.upsert(row)

    def _on_failed(self, error: SocialSyncError) -> None:
        if self._request is not None:
            self._model.give_up(self._request)
            self._request = None
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    def _on_ended(self) -> None:
        if self._is_stale:
            self._ask()

    def _show_page(self) -> None:
        if self._model.rowCount():
            self._pages.setCurrentWidget(self._list)
            return
        title, hint = {
            _OPEN: (
                self.tr("Nobody waits for a person"),
                self.tr("What the assistant cannot settle appears here."),
            ),
            _RESOLVED: (
                self.tr("Nothing has been resolved yet"),
                self.tr("Resolved escalations stay here, with their notes."),
            ),
        }[self._chips.current()]
        self._empty.show_words(title, hint)
        self._pages.setCurrentWidget(self._empty)

    def _tell_chosen(self) -> None:
        """Follow the row that is shown beside: its new contents, or that it left."""
        chosen = self._list.chosen_id()
        if chosen is None:
            return
        row = self._model.row(chosen)
        if row is None:
            self._list.select(None)
        self.chosen.emit(row)

    @Slot(object)
    def _on_chosen(self, row_id: object) -> None:
        self.chosen.emit(self._model.row(row_id))

    @Slot(object)
    def _on_opened(self, row_id: object) -> None:
        self._on_chosen(row_id)
        self.opened.emit()

    def _describe(self, row: EscalationRow) -> str:
        return describe_conversation(cell_of(row), self._bridge.now())

    def _connect(self) -> None:
        self._model.page_wanted.connect(self._on_page_wanted)
        self._chips.chosen.connect(self.start)
        self._broken.acted.connect(self.start)
        self._list.chosen.connect(self._on_chosen)
        self._list.opened.connect(self._on_opened)
        self._list.range_shown.connect(self._model.look_at)
        clocks = QTimer(self)
        clocks.setInterval(_CLOCKS_EVERY)
        clocks.timeout.connect(self._list.viewport().update)
        clocks.start()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Escalations"), "title"))
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


def _count_tone(count: int) -> Tone:
    return Tone.DANGER if count else Tone.GOOD
