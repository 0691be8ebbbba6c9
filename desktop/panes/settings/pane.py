"""The settings pane: the channels beside the one that is looked at, or on its way in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from core.actions import configure, connect
from core.domain.channel import AssistantMode
from core.domain.errors import SocialSyncError
from core.domain.ids import ChannelId
from core.domain.vitality import Ailment, Remedy
from core.queries import channels
from core.queries.channels import ChannelRow, Overview
from desktop.bridge.call import Bridge, Call
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.panes.settings.channel_list import ChannelList
from desktop.panes.settings.channel_view import ChannelView
from desktop.panes.settings.connect_page import ConnectPage
from desktop.style.tokens import Tone
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs

_WIDTHS = (372, 958)
_HEARD_MILLISECONDS = 1000
_CALM = frozenset({Ailment.WELL, Ailment.WAITING, Ailment.NOT_LOOKED, Ailment.PAUSED})


class SettingsPane(QWidget):
    """Where customers reach us, and whether they do."""

    NAME = "settings"
    TITLE = str(QT_TRANSLATE_NOOP("Pane", "Channels"))
    ICON = "plug"
    SHORTCUT = "Ctrl+8"

    badge_changed = Signal(int)
    """How many channels want somebody to look."""
    open_conversation = Signal(object)
    """Never told by this pane; the window routes it for all of them."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._overview = Overview()
        self._shown: ChannelId | None = None
        self._read: Call[Overview] | None = None
        self._is_stale = False
        self._list = ChannelList(bridge)
        self._view = ChannelView()
        self._connecting = ConnectPage(bridge)
        self._nothing = EmptyState("plug", self.tr("Choose a channel"), "")
        self._pages = QStackedWidget()
        self._toasts = ToastStack(self)
        self._heard = QTimer(self)
        self._heard.setSingleShot(True)
        self._heard.setInterval(_HEARD_MILLISECONDS)
        self._heard.timeout.connect(self.refresh)
        self._arrange()
        self._connect(feed)
        add_verbs(self, self._verbs())
        self.refresh()

    def leave(self) -> None:
        """Nothing to keep: a login goes on while another pane is in sight."""

    @Slot()
    def refresh(self) -> None:
        """Read the channels again; overlapping calls become one more."""
        if self._read is not None and not self._read.is_over:
            self._is_stale = True
            return
        self._is_stale = False
        self._read = (
            self._bridge.ask(self, channels.overview)
            .then(self._on_read)
            .failed(self._list.show_failure)
            .ended(self._on_ended)
        )

    @Slot(object)
    def show_channel(self, channel: ChannelId) -> None:
        """Show a channel that was chosen here or asked for elsewhere."""
        self._connecting.give_up()
        self._shown = channel
        self._list.select(channel)
        self._show_row()

    @Slot()
    def connect_account(self) -> None:
        """Begin to connect an account."""
        if self._overview.may_manage:
            self._pages.setCurrentWidget(self._connecting)
            self._connecting.begin(self._overview)

    def _on_read(self, overview: Overview) -> None:
        self._overview = overview
        self._list.show_rows(overview.rows)
        self._list.allow_changes(allowed=overview.may_manage)
        wanting = [row for row in overview.rows if row.ailment not in _CALM]
        self.badge_changed.emit(len(wanting))
        if self._pages.currentWidget() is not self._connecting:
            self._show_row()

    def _on_ended(self) -> None:
        if self._is_stale:
            self.refresh()

    def _row(self) -> ChannelRow | None:
        rows = self._overview.rows
        return next((row for row in rows if row.id == self._shown), None)

    def _show_row(self) -> None:
        row = self._row()
        if row is None:
            self._pages.setCurrentWidget(self._nothing)
            return
        self._view.show_row(row, self._overview, self._bridge.now())
        self._pages.setCurrentWidget(self._view)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read again what went on out of sight."""
        super().showEvent(event)
        self.refresh()

    @Slot(object)
    def _on_heard(self, _ids: object) -> None:
        if self.isVisible() and not self._heard.isActive():
            self._heard.start()

    @Slot(object)
    def _on_remedy(self, remedy: Remedy) -> None:
        row = self._row()
        if row is None or not self._overview.may_manage:
            return
        if remedy is Remedy.RECONNECT:
            self._pages.setCurrentWidget(self._connecting)
            self._connecting.begin_again(row)
        elif remedy is Remedy.RESUME:
            self._do(connect.resume, row.id)
        elif remedy is Remedy.ACKNOWLEDGE:
            self._do(connect.acknowledge_gaps, row.id)
        else:
            self._do(connect.test, row.id)
            self._toasts.show_toast(
                self.tr("The companion looks at the channel now."), Tone.NEUTRAL
            )

    @Slot()
    def _on_pause(self) -> None:
        row = self._row()
        if row is not None and self._overview.may_manage:
            deed = connect.pause if row.paused_reason is None else connect.resume
            self._do(deed, row.id)

    @Slot(object)
    def _on_mode(self, mode: AssistantMode) -> None:
        if self._shown is not None:
            self._do(configure.set_mode, self._shown, mode)

    @Slot()
    def _on_remove(self) -> None:
        if self._shown is not None:
            self._do(connect.remove, self._shown)

    def _do(self, action: Callable[..., Any], *args: object) -> None:
        self._bridge.ask(self, action, *args).failed(self._on_refused).ended(self.refresh)

    def _on_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._toasts.show_toast(f"{trouble.title}. {trouble.next_step}", Tone.WARNING)

    @Slot(object, str)
    def _on_connected(self, channel: ChannelId, words: str) -> None:
        self._toasts.show_toast(words, Tone.GOOD)
        self._pages.setCurrentWidget(self._nothing)
        self._shown = channel
        self._list.select(channel)
        self.refresh()

    @Slot(str)
    def _on_copied(self, words: str) -> None:
        self._toasts.show_toast(words, Tone.NEUTRAL)

    @Slot(QUrl)
    def _on_browser_wanted(self, address: QUrl) -> None:
        QDesktopServices.openUrl(address)

    @Slot()
    def _ask_remove(self) -> None:
        self._view.ask_remove()

    def _verbs(self) -> tuple[Verb, ...]:
        view = self._on_remedy
        return (
            Verb("next", self.tr("Next channel"), partial(self._list.step, 1), "J"),
            Verb("back", self.tr("Previous channel"), partial(self._list.step, -1), "K"),
            Verb("connect", self.tr("Connect an account"), self.connect_account, "N"),
            Verb("test", self.tr("Test the channel"), partial(view, Remedy.TEST), "T"),
            Verb("again", self.tr("Reconnect"), partial(view, Remedy.RECONNECT), "R"),
            Verb("pause", self.tr("Pause or resume sending"), self._on_pause, "P"),
            Verb("remove", self.tr("Remove the channel"), self._ask_remove, "Del"),
        )

    def _connect(self, feed: Feed) -> None:
        self._list.chosen.connect(self.show_channel)
        self._list.connect_wanted.connect(self.connect_account)
        self._list.again_wanted.connect(self.refresh)
        self._view.remedy_wanted.connect(self._on_remedy)
        self._view.mode_wanted.connect(self._on_mode)
        self._view.pause_wanted.connect(self._on_pause)
        self._view.remove_wanted.connect(self._on_remove)
        self._view.copied.connect(self._on_copied)
        self._connecting.connected.connect(self._on_connected)
        self._connecting.left.connect(self._show_row)
        self._connecting.browser_wanted.connect(self._on_browser_wanted)
        feed.channels_changed.connect(self.refresh)
        # What is written says that a channel lives; a burst of it is read once.
        feed.conversations_changed.connect(self._on_heard)
        feed.comments_changed.connect(self._on_heard)
        feed.resync.connect(self.refresh)

    def _arrange(self) -> None:
        for page in (self._nothing, self._view, self._connecting):
            self._pages.addWidget(page)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(self._list)
        columns.addWidget(self._pages)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
