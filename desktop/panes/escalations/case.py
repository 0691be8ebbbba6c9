"""One escalation: what happened, what the assistant made of it, and what to do."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.actions import escalate
from core.domain.errors import SocialSyncError
from core.domain.ids import MemberId
from core.queries.escalations import EscalationRow
from desktop.bridge.call import Bridge
from desktop.panes.escalations.colleagues import Colleagues
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.kinds import preview_words
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.reasons import reason_words, tone_of
from desktop.widgets.when import short_time

_WIDEST = 720


class EscalationCase(QWidget):
    """Shows one escalation, or says that none is chosen."""

    open_conversation = Signal(object)
    """ConversationId the person wants to see."""
    settled = Signal()
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._row: EscalationRow | None = None
        self._avatar = Avatar(44)
        self._name = ElidedLabel(role="title")
        self._line = ElidedLabel(role="small")
        self._reason = Pill()
        self._summary = WrappedLabel()
        self._words = WrappedLabel(role="muted")
        self._notes = WrappedLabel(role="muted")
        self._field = GrowingText(self.tr("Note for your team"))
        self._field.setPlaceholderText(
            self.tr("What did you do? Only your team sees this.")
        )
        self._open = secondary(self.tr("Open the conversation"), "inbox")
        self._take = secondary(self.tr("Take it"), "assign")
        self._give_back = quiet(self.tr("Give back to the assistant"), "assistant")
        self._hand = Colleagues(bridge)
        self._keep = secondary(self.tr("Keep the note"), "note")
        self._resolve = primary(self.tr("Mark as resolved"), "check")
        self._resolving = QWidget()
        self._nothing = EmptyState(
            "escalation",
            self.tr("No escalation chosen"),
            self.tr("J and K walk through the queue, Enter opens the conversation."),
        )
        self._told_notes = self._told(self.tr("RESOLUTION"), self._notes)
        self._page = QWidget()
        self._pages = QStackedWidget()
        self._arrange()
        self._open.clicked.connect(self.ask_conversation)
        self._take.clicked.connect(self.take)
        self._give_back.clicked.connect(self._on_give_back)
        self._hand.chosen.connect(self._on_hand)
        self._hand.refused.connect(self.refused)
        self._keep.clicked.connect(self._on_keep)
        self._resolve.clicked.connect(self._on_resolve)
        self._field.submitted.connect(self._on_resolve)

    @Slot(object)
    def show_row(self, row: EscalationRow | None) -> None:
        """Show an escalation; None when the one shown has left the queue."""
        if row is None:
            self._row = None
            self._pages.setCurrentWidget(self._nothing)
            return
        if self._row is None or row.id != self._row.id:
            self._field.setPlainText(row.notes)
        self._row = row
        self._avatar.set_person(row.customer_name, row.platform)
        self._name.show_text(row.customer_name)
        self._line.show_text(self._where_and_when(row))
        self._reason.show_text(reason_words(row.reason), tone_of(row.reason))
        self._summary.show_text(row.summary or self.tr("The assistant left no summary."))
        self._words.show_text(preview_words(row.last_message_preview))
        is_over = row.status == "resolved"
        self._take.setVisible(not is_over and row.assigned_to is None)
        self._hand.setVisible(not is_over)
        self._give_back.setVisible(not is_over)
        self._resolving.setVisible(not is_over)
        self._told_notes.setVisible(is_over and bool(row.notes))
        self._notes.show_text(row.notes)
        self._pages.setCurrentWidget(self._page)

    @Slot()
    def take(self) -> None:
        """Make the escalation the person's own."""
        if self._row is not None:
            self._do(escalate.take, self._row.id)

    @Slot()
    def ask_conversation(self) -> None:
        """Ask for the conversation behind the escalation."""
        if self._row is not None:
            self.open_conversation.emit(self._row.conversation_id)

    def focus_note(self) -> None:
        """Put the keyboard into the note of the resolution."""
        self._field.setFocus()

    def _where_and_when(self, row: EscalationRow) -> str:
        since = short_time(row.waiting_since, self._bridge.now())
        waits = self.tr("waiting since %1").replace("%1", since)
        parts = [channel_mark(row.platform).name, waits]
        if row.assigned_name:
            parts.append(self.tr("taken by %1").replace("%1", row.assigned_name))
        return " · ".join(parts)

    @Slot()
    def _on_give_back(self) -> None:
        if self._row is not None:
            self._do(escalate.give_back, self._row.conversation_id)

    @Slot()
    def _on_resolve(self) -> None:
        if self._row is not None:
            self._do(escalate.resolve, self._row.id, self._field.toPlainText().strip())

    @Slot()
    def _on_keep(self) -> None:
        if self._row is not None:
            notes = self._field.toPlainText().strip()
            self._do(escalate.write_notes, self._row.id, notes)

    @Slot(object)
    def _on_hand(self, member: MemberId) -> None:
        if self._row is not None:
            self._do(escalate.assign, self._row.id, member)

    def _do(self, action: Callable[..., Coroutine[Any, Any, Any]], *args: Any) -> None:
        self._set_usable(usable=False)
        self._bridge.ask(self, action, *args).then(self._on_settled).failed(
            self._on_refused
        ).ended(self._on_ended)

    def _on_settled(self, _result: object) -> None:
        self.settled.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._set_usable(usable=True)

    def _set_usable(self, *, usable: bool) -> None:
        for button in (
            self._take,
            self._hand,
            self._give_back,
            self._keep,
            self._resolve,
        ):
            button.setEnabled(usable)

    def _arrange(self) -> None:
        column = QVBoxLayout(self._page)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.L)
        column.addLayout(self._head())
        column.addWidget(
            self._told(self.tr("WHAT THE ASSISTANT UNDERSTOOD"), self._summary)
        )
        column.addWidget(self._told(self.tr("LAST WORDS OF THE CUSTOMER"), self._words))
        column.addWidget(self._told_notes)
        column.addLayout(self._buttons())
        column.addWidget(self._resolving)
        self._fill_resolving()
        column.addStretch()
        for page in (self._nothing, self._page):
            self._pages.addWidget(page)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._page.setMaximumWidth(_WIDEST)
        self.setProperty("role", "panel")

    def _head(self) -> QHBoxLayout:
        who = QVBoxLayout()
        who.setSpacing(2)
        who.addWidget(self._name)
        who.addWidget(self._line)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._avatar)
        head.addLayout(who, 1)
        head.addWidget(self._reason)
        return head

    def _told(self, title: str, words: WrappedLabel) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        inner.setSpacing(Space.S)
        inner.addWidget(PlainLabel(title, "section"))
        inner.addWidget(words)
        return card

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._open)
        row.addWidget(self._take)
        row.addWidget(self._hand)
        row.addStretch()
        row.addWidget(self._give_back)
        return row

    def _fill_resolving(self) -> None:
        inner = QVBoxLayout(self._resolving)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(Space.S)
        inner.addWidget(PlainLabel(self.tr("TEAM NOTES"), "section"))
        inner.addWidget(self._field)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._keep)
        foot.addWidget(self._resolve)
        inner.addLayout(foot)
