"""What customers ask and nothing answers: groups on the left, one of them on the right."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from core.actions import gaps as closing
from core.domain.errors import SocialSyncError
from core.domain.gap import Gap, GapStatus
from core.domain.ids import GapId
from core.queries import gaps
from desktop.bridge.call import Bridge, Call
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.models.list_model import ListModel
from desktop.panes.rules.gap_rows import cell_of, describe
from desktop.panes.rules.gap_view import GapView
from desktop.style.tokens import Space
from desktop.widgets.buttons import icon_button
from desktop.widgets.chips import FilterChips
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel
from desktop.widgets.row_list import RowList
from desktop.widgets.shelf_cell import ROW_HEIGHT
from desktop.widgets.shelf_delegate import ShelfDelegate

_WIDTHS = (360, 640)


class _Shown(StrEnum):
    """The lists; a value is a status of a gap."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


class GapsPage(QWidget):
    """A list that is read again when knowledge or escalations change."""

    told = Signal(str)
    open_conversation = Signal(object)
    """ConversationId that another pane should show."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._all: list[Gap] = []
        self._reading: Call[list[Gap]] | None = None
        self._chips = FilterChips(self.tr("Which questions"))
        self._again = icon_button("refresh", self.tr("Look for new questions now"))
        self._model: ListModel[Gap] = ListModel(describe, parent=self)
        self._list = RowList(self.tr("Questions without an answer"))
        self._list.set_rows(self._model)
        self._list.set_row_delegate(ShelfDelegate(cell_of, self), ROW_HEIGHT)
        self._loading = EmptyState("knowledge", self.tr("Reading…"), "")
        self._empty = EmptyState("check", "", "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._view = GapView(bridge)
        self._arrange()
        self._show_counts()
        self._chips.chosen.connect(self._on_list_chosen)
        self._again.clicked.connect(self._on_look_again)
        self._list.chosen.connect(self._on_chosen)
        self._broken.acted.connect(self._on_again)
        self._view.changed.connect(self._read)
        self._view.told.connect(self.told)
        self._view.conversation_opened.connect(self.open_conversation)
        feed.knowledge_changed.connect(self._on_news)
        feed.escalations_changed.connect(self._on_news)
        feed.resync.connect(self._on_news)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read what came since."""
        super().showEvent(event)
        self._read()

    @Slot()
    def _on_news(self) -> None:
        if self.isVisible():
            self._read()
            self._view.refresh()

    @Slot()
    def _on_again(self) -> None:
        self._pages.setCurrentWidget(self._loading)
        self._read()

    @Slot()
    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._reading = (
            self._bridge.ask(self, gaps.list_all)
            .then(self._on_read)
            .failed(self._on_failed)
        )

    def _on_read(self, found: list[Gap]) -> None:
        self._all = found
        self._show_counts()
        self._show_list()

    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    @Slot()
    def _on_look_again(self) -> None:
        self._again.setEnabled(False)
        self._bridge.ask(self, closing.look_again).then(self._on_looking).failed(
            self._on_look_refused
        ).ended(self._on_looked)

    def _on_looking(self, _nothing: None) -> None:
        self.told.emit(self.tr("New questions are being grouped"))

    def _on_look_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self.told.emit(f"{trouble.title}. {trouble.next_step}")

    def _on_looked(self) -> None:
        self._again.setEnabled(True)

    @Slot(object)
    def _on_chosen(self, gap: GapId) -> None:
        self._view.show_gap(gap)

    @Slot(str)
    def _on_list_chosen(self, _key: str) -> None:
        self._list.select(None)
        self._model.start_over([])
        self._show_list()
        status = GapStatus(self._chips.current())
        self._show_first([gap for gap in self._all if gap.status is status])

    def _show_list(self) -> None:
        status = GapStatus(self._chips.current())
        rows = [gap for gap in self._all if gap.status is status]
        self._model.lay_over(rows)
        if not rows:
            self._empty.show_words(*self._nothing_words(status))
        self._pages.setCurrentWidget(self._list if rows else self._empty)
        shown = self._view.gap_id()
        if any(gap.id == shown for gap in rows):
            self._list.select(shown)
        elif not any(gap.id == shown for gap in self._all):
            # One that was answered just now stays in sight, with what that has changed.
            self._show_first(rows)

    def _show_first(self, rows: list[Gap]) -> None:
        first = rows[0].id if rows else None
        self._list.select(first)
        self._view.show_gap(first)

    def _nothing_words(self, status: GapStatus) -> tuple[str, str]:
        return {
            GapStatus.OPEN: (
                self.tr("Nothing is unanswered"),
                self.tr("Questions that the assistant finds no answer to appear here."),
            ),
            GapStatus.ANSWERED: (
                self.tr("No question has been answered here yet"),
                self.tr("Each entry that you write stands here with what it changed."),
            ),
            GapStatus.DISMISSED: (self.tr("Nothing was dismissed"), ""),
        }[status]

    def _show_counts(self) -> None:
        titles = {
            _Shown.OPEN: self.tr("Open"),
            _Shown.ANSWERED: self.tr("Answered"),
            _Shown.DISMISSED: self.tr("Dismissed"),
        }
        choices = []
        for shown, title in titles.items():
            count = sum(gap.status.value == shown.value for gap in self._all)
            choices.append((shown.value, f"{title} · {count}" if count else title))
        if self._chips.current():
            for key, label in choices:
                self._chips.set_label(key, label)
        else:
            self._chips.set_choices(choices)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("Missing answers"), "title"), 1)
        head.addWidget(self._again)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        top.setSpacing(Space.M)
        top.addLayout(head)
        top.addWidget(self._chips)
        for page in (self._loading, self._list, self._empty, self._broken):
            self._pages.addWidget(page)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(left)
        columns.addWidget(self._view)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
