"""The list of channels, and the button that connects another."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.queries.channels import ChannelRow
from desktop.bridge.call import Bridge
from desktop.bridge.trouble import trouble_of
from desktop.models.list_model import ListModel
from desktop.panes.settings.delegate import ROW_HEIGHT, ChannelDelegate, describe
from desktop.style.tokens import Space
from desktop.widgets.buttons import primary
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel
from desktop.widgets.row_list import RowList

_CLOCKS_EVERY = 30_000


class ChannelList(QWidget):
    """Tells which channel the person moved to."""

    chosen = Signal(object)
    """The ChannelId of the row."""
    connect_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model: ListModel[ChannelRow] = ListModel(self._describe, parent=self)
        self._list = RowList(self.tr("Channels"))
        self._list.set_rows(self._model)
        self._list.set_row_delegate(ChannelDelegate(bridge.now, self), ROW_HEIGHT)
        self._add = primary(self.tr("Connect an account"), "plus")
        self._empty = EmptyState(
            "plug",
            self.tr("No account is connected yet"),
            self.tr("Connect the accounts that your customers write to."),
            self.tr("Connect an account"),
        )
        self._loading = EmptyState("plug", self.tr("Reading the channels…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._add.clicked.connect(self.connect_wanted)
        self._empty.acted.connect(self.connect_wanted)
        self._broken.acted.connect(self.again_wanted)
        self._list.chosen.connect(self.chosen)
        self._list.opened.connect(self.chosen)
        clocks = QTimer(self)
        clocks.setInterval(_CLOCKS_EVERY)
        clocks.timeout.connect(self._list.viewport().update)
        clocks.start()

    def show_rows(self, rows: tuple[ChannelRow, ...]) -> None:
        """Show a newer reading of the channels."""
        self._model.lay_over(rows)
        self._pages.setCurrentWidget(self._list if rows else self._empty)

    def show_failure(self, error: SocialSyncError) -> None:
        """Say that the channels could not be read, unless some are in sight."""
        if not self._model.rowCount():
            trouble = trouble_of(error)
            self._broken.show_words(trouble.title, trouble.next_step)
            self._pages.setCurrentWidget(self._broken)

    def allow_changes(self, *, allowed: bool) -> None:
        """Take away what only those may do who manage the inbox."""
        self._add.setEnabled(allowed)
        self._add.setAccessibleDescription(
            "" if allowed else self.tr("Ask the owner of the inbox.")
        )

    def select(self, channel: object) -> None:
        """Mark a channel as the one that is shown."""
        self._list.select(channel)

    def step(self, by: int) -> None:
        """Move to the next or the previous channel."""
        at = self._list.currentIndex()
        index = self._model.index(at.row() + by if at.isValid() else 0, 0)
        if index.isValid():
            self._list.setCurrentIndex(index)

    @Slot()
    def focus_rows(self) -> None:
        """Give the keyboard to the list."""
        self._list.setFocus()

    def _describe(self, row: ChannelRow) -> str:
        return describe(row, self._bridge.now())

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Channels"), "title"))
        top.addStretch()
        top.addWidget(self._add)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        head.addLayout(top)
        for page in (self._loading, self._list, self._empty, self._broken):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setProperty("role", "panel")
