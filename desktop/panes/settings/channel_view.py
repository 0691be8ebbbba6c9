"""One channel: how it is, the one thing to do, and everything known of it."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.domain.channel import AssistantMode, ChannelStatus
from core.domain.vitality import Ailment, Remedy
from core.queries.channels import ChannelRow, Overview
from desktop.panes.settings.facts import FactGrid, facts_of
from desktop.panes.settings.page import PageBody, scrolled
from desktop.panes.settings.words import (
    mode_words,
    moment_words,
    remedy_words,
    sentence,
    state_words,
    tone_of,
)
from desktop.style.tokens import Space
from desktop.widgets.avatar import Avatar
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import secondary
from desktop.widgets.choice import Choice
from desktop.widgets.confirm import Confirm
from desktop.widgets.engine_words import engine_words
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill


class ChannelView(QWidget):
    """Shows a row, and tells what is wanted of it."""

    remedy_wanted = Signal(object)
    """The Remedy whose button was pressed."""
    mode_wanted = Signal(object)
    pause_wanted = Signal()
    remove_wanted = Signal()
    copied = Signal(str)
    """Something was put on the clipboard; says what, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ChannelRow | None = None
        self._overview = Overview()
        self._picture = Avatar(44)
        self._name = ElidedLabel(role="title")
        self._about = ElidedLabel(role="small")
        self._state = Pill()
        self._banner = Banner()
        self._facts = FactGrid()
        self._told_title = PlainLabel(role="heading")
        self._told = WrappedLabel()
        self._mode = Choice(self.tr("What the assistant may do"))
        for mode in AssistantMode:
            self._mode.addItem(mode_words(mode), mode)
        self._address = ElidedLabel(role="small")
        self._copy_address = secondary(self.tr("Copy the webhook address"), "copy")
        self._copy_token = secondary(self.tr("Copy the verify token"), "copy")
        self._notes = WrappedLabel(role="muted")
        self._test = secondary(self.tr("Test"), "look")
        self._again = secondary(self.tr("Reconnect"), "refresh")
        self._pause = secondary(self.tr("Pause sending"), "pause")
        self._remove = secondary(self.tr("Remove…"), "trash")
        self._arrange()
        self._connect()

    def show_row(self, row: ChannelRow, overview: Overview, now: datetime) -> None:
        """Show a channel as it now stands, and what this member may do with it."""
        self._row, self._overview = row, overview
        self._picture.set_person(row.name, row.platform)
        self._name.show_text(row.name)
        self._about.show_text(f"{row.title} · {row.account_id}")
        self._state.show_text(state_words(row.ailment), tone_of(row.ailment))
        self._show_banner(row, now)
        self._facts.show_facts(facts_of(row, now))
        self._show_notices(row, now)
        self._mode.setCurrentIndex(self._mode.findData(row.mode))
        self._address.show_text(row.address or self.tr("No public address is set."))
        self._copy_address.setEnabled(row.address is not None)
        self._copy_token.setVisible(overview.verify_token is not None)
        self._notes.show_text("\n".join(map(engine_words, row.notes)))
        self._notes.setVisible(bool(row.notes))
        self._allow(row, overview)

    def _show_banner(self, row: ChannelRow, now: datetime) -> None:
        if row.ailment is Ailment.WELL:
            self._banner.hide()
            return
        self._banner.set_tone(tone_of(row.ailment))
        words = remedy_words(row.remedy) if self._overview.may_manage else None
        self._banner.show_message(sentence(row, now), words)

    def _show_notices(self, row: ChannelRow, now: datetime) -> None:
        """Show what the platform said of the account, newest first."""
        lines = [
            f"{moment_words(notice.at, now)}: {notice.title}" for notice in row.notices
        ]
        self._told_title.setText(self.tr("What %1 said").replace("%1", row.title))
        self._told.show_text("\n".join(lines))
        for part in (self._told_title, self._told):
            part.setVisible(bool(lines))

    def _allow(self, row: ChannelRow, overview: Overview) -> None:
        may = overview.may_manage
        for control in (self._mode, self._test, self._again, self._pause):
            control.setEnabled(may)
        self._remove.setVisible(overview.may_remove)
        # What is signed out sends again once it is connected, not by wishing.
        self._pause.setVisible(row.status is ChannelStatus.ACTIVE)
        is_paused = row.paused_reason is not None
        words = self.tr("Resume sending") if is_paused else self.tr("Pause sending")
        self._pause.setText(words)
        self._pause.setAccessibleName(words)
        self._pause.set_icon_name("play" if is_paused else "pause")

    @Slot()
    def _on_remedy(self) -> None:
        if self._row is not None:
            self.remedy_wanted.emit(self._row.remedy)

    @Slot()
    def _on_again(self) -> None:
        self.remedy_wanted.emit(Remedy.RECONNECT)

    @Slot()
    def _on_test(self) -> None:
        self.remedy_wanted.emit(Remedy.TEST)

    @Slot()
    def _on_mode(self) -> None:
        self.mode_wanted.emit(self._mode.currentData())

    @Slot()
    def ask_remove(self) -> Confirm | None:
        """Ask before a channel is removed; returns the question, already open."""
        if self._row is None or not self._overview.may_remove:
            return None
        question = Confirm(
            self.tr("Remove %1?").replace("%1", self._row.name),
            self.tr(
                "Nothing will arrive or be sent there any more, and its access is deleted."
                " Its conversations stay."
            ),
            self.tr("Remove"),
            self,
        )
        question.confirmed.connect(self.remove_wanted)
        question.open()
        return question

    @Slot()
    def _on_copy_address(self) -> None:
        if self._row is not None and self._row.address is not None:
            QGuiApplication.clipboard().setText(self._row.address)
            self.copied.emit(self.tr("The webhook address is on the clipboard."))

    @Slot()
    def _on_copy_token(self) -> None:
        if self._overview.verify_token is not None:
            QGuiApplication.clipboard().setText(self._overview.verify_token.reveal())
            self.copied.emit(self.tr("The verify token is on the clipboard."))

    def _connect(self) -> None:
        self._banner.action_taken.connect(self._on_remedy)
        self._mode.activated.connect(self._on_mode)
        self._test.clicked.connect(self._on_test)
        self._again.clicked.connect(self._on_again)
        self._pause.clicked.connect(self.pause_wanted)
        self._remove.clicked.connect(self.ask_remove)
        self._copy_address.clicked.connect(self._on_copy_address)
        self._copy_token.clicked.connect(self._on_copy_token)

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._name)
        names.addWidget(self._about)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._picture)
        head.addLayout(names, 1)
        head.addWidget(self._state)
        deeds = _row(self._test, self._again, self._pause)
        deeds.addStretch()
        deeds.addWidget(self._remove)
        copies = _row(self._copy_address, self._copy_token)
        copies.addStretch()
        body = PageBody()
        column = QVBoxLayout(body)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self._banner)
        column.addLayout(deeds)
        column.addWidget(self._told_title)
        column.addWidget(self._told)
        column.addSpacing(Space.S)
        column.addWidget(PlainLabel(self.tr("The assistant here"), "heading"))
        column.addWidget(self._mode)
        column.addSpacing(Space.S)
        column.addWidget(PlainLabel(self.tr("Details"), "heading"))
        column.addWidget(self._facts)
        column.addSpacing(Space.S)
        column.addWidget(PlainLabel(self.tr("Webhook"), "heading"))
        column.addWidget(self._address)
        column.addLayout(copies)
        column.addWidget(self._notes)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body))


def _row(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    for button in buttons:
        row.addWidget(button)
    return row
