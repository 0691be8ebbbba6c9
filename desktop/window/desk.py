"""The window once the inbox is open: navigation, the pane in sight, and the status line.

Panes are strangers to each other. What one asks of another, such as to open a
conversation, comes here as a signal and is routed.
"""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.ids import ChannelId, ConversationId
from desktop.bridge.call import Bridge
from desktop.bridge.child import ChildState
from desktop.bridge.feed import Feed
from desktop.panes.inbox.pane import InboxPane
from desktop.panes.settings.pane import SettingsPane
from desktop.style.tokens import Tone
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs
from desktop.window.palette import Palette
from desktop.window.panes import PANES, Pane
from desktop.window.rail import Rail
from desktop.window.sheet import KeySheet
from desktop.window.status import StatusLine
from desktop.window.switches import Switches


class Desk(QWidget):
    """Made when the engine is open, and made again in another language."""

    settings_wanted = Signal(object)
    """The menu of settings is wanted beside this widget."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._rail = Rail()
        self._status = StatusLine(bridge, feed)
        self.switches = Switches(bridge, feed, self)
        self._stack = QStackedWidget()
        self._toasts = ToastStack(self._stack)
        self._panes: dict[str, Pane] = {}
        for kind in PANES:
            self._add_pane(kind(bridge, feed))
        self._rail.pane_chosen.connect(self.show_pane)
        self._rail.settings_wanted.connect(self._on_settings_wanted)
        self._arrange()
        self._verbs = add_verbs(self, self._own_verbs())
        self._connect_switches()
        self.show_pane(PANES[0].NAME)

    @Slot(str)
    def show_pane(self, name: str) -> None:
        """Bring a pane into sight."""
        current = self._current()
        pane = self._panes[name]
        if current is not pane:
            current.leave()
        self._stack.setCurrentWidget(pane)
        self._rail.mark(name)
        pane.setFocus()

    @Slot(object)
    def open_conversation(self, conversation_id: ConversationId) -> None:
        """Show a conversation that a pane, the palette or a message asked for."""
        inbox = self._panes[InboxPane.NAME]
        if isinstance(inbox, InboxPane):
            self.show_pane(InboxPane.NAME)
            inbox.show_conversation(conversation_id)

    @Slot(object)
    def show_channel(self, channel: ChannelId) -> None:
        """Show a channel that has to be connected again."""
        settings = self._panes[SettingsPane.NAME]
        if isinstance(settings, SettingsPane):
            self.show_pane(SettingsPane.NAME)
            settings.show_channel(channel)

    @Slot(object)
    def show_companion(self, state: ChildState) -> None:
        """Tell how the companion beside this window is."""
        self._status.show_companion(state)

    def leave(self) -> None:
        """Keep everything that was typed; the window closes or changes its language."""
        for pane in self._panes.values():
            pane.leave()

    @Slot()
    def open_palette(self) -> Palette:
        """Open the palette over the window; returns it."""
        actions = [*self._current().actions(), *self.actions()]
        palette = Palette(actions, self._bridge, self)
        palette.conversation_chosen.connect(self.open_conversation)
        palette.open_over(self.window())
        return palette

    @Slot()
    def open_keys(self) -> KeySheet:
        """Open the sheet of keys; returns it."""
        pane = self._current()
        groups = [
            (_title_of(pane), pane.actions()),
            (self.tr("Everywhere"), [*self.actions(), *self._composer_keys()]),
        ]
        sheet = KeySheet(groups, self)
        sheet.open()
        return sheet

    def _current(self) -> Pane:
        widget = self._stack.currentWidget()
        return next(pane for pane in self._panes.values() if pane is widget)

    def _add_pane(self, pane: Pane) -> None:
        self._panes[pane.NAME] = pane
        self._stack.addWidget(pane)
        self._rail.add_pane(pane.NAME, _title_of(pane), pane.ICON, pane.SHORTCUT)
        pane.badge_changed.connect(partial(self._rail.show_count, pane.NAME))
        pane.open_conversation.connect(self.open_conversation)

    def _own_verbs(self) -> list[Verb]:
        to_panes = [
            Verb(
                f"pane-{pane.NAME}",
                self.tr("Go to %1").replace("%1", _title_of(pane)),
                partial(self.show_pane, pane.NAME),
                pane.SHORTCUT,
            )
            for pane in self._panes.values()
        ]
        return [
            Verb("palette", self.tr("Find anything"), self._on_palette, "Ctrl+K"),
            *to_panes,
            Verb(
                "assistant-off",
                self.tr("Stop the assistant everywhere"),
                self.switches.stop,
            ),
            Verb(
                "assistant-on",
                self.tr("Turn the assistant on again"),
                self.switches.start,
            ),
            Verb("keys", self.tr("Keyboard shortcuts"), self._on_keys, "?"),
        ]

    def _composer_keys(self) -> list[QAction]:
        """Return keys that the reply field itself knows, for the sheet only."""
        send = QAction(self.tr("Send"), self)
        send.setShortcut("Ctrl+Enter")
        send_next = QAction(self.tr("Send and go to the next"), self)
        send_next.setShortcut("Ctrl+Shift+Enter")
        return [send, send_next]

    @Slot()
    def _on_palette(self) -> None:
        self.open_palette()

    @Slot()
    def _on_keys(self) -> None:
        self.open_keys()

    @Slot()
    def _on_settings_wanted(self) -> None:
        self.settings_wanted.emit(self._rail.settings_button())

    def _connect_switches(self) -> None:
        self.switches.changed.connect(self._on_switches_changed)
        self.switches.stopped.connect(self._on_assistant_stopped)
        self.switches.refused.connect(self._on_refused)
        self._status.refused.connect(self._on_refused)
        self._status.channel_wanted.connect(self.show_channel)
        self.switches.ask()

    @Slot()
    def _on_switches_changed(self) -> None:
        is_off = self.switches.is_off
        self._rail.show_assistant_off(is_off=is_off)
        self._verbs["assistant-off"].setEnabled(not is_off)
        self._verbs["assistant-on"].setEnabled(is_off)

    @Slot()
    def _on_assistant_stopped(self) -> None:
        toast = self._toasts.show_toast(
            self.tr("The assistant is off: it neither drafts nor sends."),
            Tone.WARNING,
            self.tr("Undo"),
        )
        toast.acted.connect(self.switches.start)

    @Slot(str)
    def _on_refused(self, words: str) -> None:
        self._toasts.show_toast(words, Tone.WARNING)

    def _arrange(self) -> None:
        body = QVBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._status)
        body.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(body, 1)


def _title_of(pane: Pane) -> str:
    return QCoreApplication.translate("Pane", pane.TITLE)
