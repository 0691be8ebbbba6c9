"""What the assistant may do at all: the master switch and one mode for each channel."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.actions import configure
from core.actions.configure import Switch as OnOff
from core.domain.assistant_settings import AssistantSettings
from core.domain.channel import AssistantMode
from core.domain.errors import SocialSyncError
from core.queries import rules
from core.queries.health import ChannelHealth
from desktop.bridge.call import Bridge
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.words import LANGUAGES, language_name
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space
from desktop.widgets.choice import Choice
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.switch import Switch


class ModeRow(QWidget):
    """One channel: its name, its mode, and what that means."""

    chosen = Signal(object, object)
    """ChannelId and AssistantMode."""

    def __init__(self, channel: ChannelHealth, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = channel.id
        self._name = ElidedLabel(role="strong")
        self._means = WrappedLabel(role="small")
        self._mode = Choice("")
        for mode, words in (
            (AssistantMode.OFF, self.tr("Off")),
            (AssistantMode.DRAFT, self.tr("Drafts")),
            (AssistantMode.AUTO, self.tr("By itself")),
        ):
            self._mode.addItem(words, mode)
        self._mode.activated.connect(self._on_activated)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self._name)
        names.addWidget(self._means)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addLayout(names, 1)
        row.addWidget(self._mode)
        self.show_channel(channel)

    def show_channel(self, channel: ChannelHealth) -> None:
        """Show how the channel stands; silent."""
        platform = channel_mark(channel.platform).name
        self._name.show_text(f"{channel.name} · {platform}")
        self._mode.setAccessibleName(
            self.tr("What the assistant does on %1").replace("%1", channel.name)
        )
        self._mode.setCurrentIndex(self._mode.findData(channel.mode))
        self._means.show_text(
            {
                AssistantMode.OFF: self.tr("It does not look at these messages."),
                AssistantMode.DRAFT: self.tr(
                    "It suggests replies; a person sends each of them."
                ),
                AssistantMode.AUTO: self.tr(
                    "It sends what it is sure of, and suggests the rest."
                ),
            }[channel.mode]
        )

    def allow(self, *, allowed: bool) -> None:
        """Let the mode be changed, or only seen."""
        self._mode.setEnabled(allowed)

    @Slot()
    def _on_activated(self) -> None:
        self.chosen.emit(self._id, AssistantMode(self._mode.currentData()))


class SwitchSection(QFrame):
    """Acts at once and is not part of what is saved: stopping must never wait."""

    refused = Signal(object)

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._bridge = bridge
        self._book = book
        self._master = Switch(self.tr("The assistant works"))
        self._state = WrappedLabel(role="muted")
        self._rows: dict[object, ModeRow] = {}
        self._channels = QVBoxLayout()
        self._channels.setSpacing(Space.M)
        self._language = Choice(self.tr("Language when the customer's cannot be told"))
        self._language.addItem(self.tr("No preference"), "")
        for code in LANGUAGES:
            self._language.addItem(language_name(code), code)
        self._arrange()
        self._master.clicked.connect(self._on_master)
        self._language.activated.connect(self._on_language)
        book.channels_read.connect(self.show_switches)
        book.read.connect(self.show_switches)

    @Slot()
    def show_switches(self) -> None:
        """Show how everything stands; silent."""
        book = self._book
        self._master.setChecked(book.is_enabled)
        self._master.setEnabled(book.can_change)
        self._state.show_text(
            self.tr("On each channel it does what is chosen below. Changes act at once.")
            if book.is_enabled
            else self.tr(
                "It neither drafts nor sends, on any channel. Messages wait for your team."
            )
        )
        for gone in set(self._rows) - {channel.id for channel in book.channels}:
            row = self._rows.pop(gone)
            self._channels.removeWidget(row)
            row.hide()
            row.deleteLater()
        for channel in book.channels:
            self._show_channel(channel)
        self._show_language(book.reply_language)

    def _show_channel(self, channel: ChannelHealth) -> None:
        row = self._rows.get(channel.id)
        if row is None:
            row = self._rows[channel.id] = ModeRow(channel)
            row.chosen.connect(self._on_mode)
            self._channels.addWidget(row)
        row.show_channel(channel)
        row.allow(allowed=self._book.can_change)

    def _show_language(self, code: str | None) -> None:
        if code and self._language.findData(code) < 0:
            self._language.addItem(language_name(code), code)
        self._language.setCurrentIndex(max(0, self._language.findData(code or "")))
        self._language.setEnabled(self._book.can_change)

    @Slot()
    def _on_master(self) -> None:
        switch = OnOff.ON if self._master.isChecked() else OnOff.OFF
        self._bridge.ask(self, configure.set_master, switch).failed(self._on_refused).ended(
            self._book.refresh
        )

    @Slot(object, object)
    def _on_mode(self, channel: object, mode: AssistantMode) -> None:
        known = next(each.id for each in self._book.channels if each.id == channel)
        self._bridge.ask(self, configure.set_mode, known, mode).failed(
            self._on_refused
        ).ended(self._book.refresh)

    @Slot()
    def _on_language(self) -> None:
        code = self._language.currentData() or None
        # The settings are written whole, so what else is in them is read just before.
        self._bridge.ask(self, rules.assistant_settings).then(
            self._on_settings, code
        ).failed(self._on_refused)

    def _on_settings(self, settings: AssistantSettings, code: str | None) -> None:
        changed = replace(settings, reply_lang=code)
        self._bridge.ask(self, configure.set_assistant_settings, changed).failed(
            self._on_refused
        ).ended(self._book.refresh)

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _arrange(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        language = QHBoxLayout()
        language.setSpacing(Space.M)
        words = WrappedLabel()
        words.show_text(self._language.accessibleName())
        language.addWidget(words, 1)
        language.addWidget(self._language)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.S)
        head = QHBoxLayout()
        head.addWidget(self._master)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self._state)
        column.addWidget(line)
        column.addWidget(PlainLabel(self.tr("CHANNELS"), "section"))
        column.addLayout(self._channels)
        column.addSpacing(Space.XS)
        column.addLayout(language)
