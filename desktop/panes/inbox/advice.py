"""What the assistant has to say about the open conversation, and what one may answer.

Exactly one of three is shown: a suggested reply that waits for a decision, an escalation
that waits for a person, or a line that explains what was done.
"""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions import decide, escalate
from core.domain.decision import OpenDraft
from core.domain.errors import SocialSyncError
from core.queries.conversation import ConversationDetail
from core.queries.escalations import EscalationRow
from desktop.bridge.call import Bridge, Call
from desktop.panes.inbox.why import WhyLine
from desktop.panes.inbox.words import source_of
from desktop.style.tokens import Space
from desktop.widgets.assistant_card import AssistantCard, EscalationNote, Suggestion
from desktop.widgets.buttons import quiet, secondary
from desktop.widgets.reasons import reason_words


class Advice(QWidget):
    """The assistant's card, its line, and the buttons of an escalation."""

    edit_wanted = Signal(object, str)
    """An OpenDraft should go into the reply field, with this text."""
    settled = Signal()
    """A decision has been taken here; the conversation should be read again."""
    refused = Signal(object)
    """A foreseen error of such a decision."""
    source_opened = Signal(int)
    """The source at this position should be shown."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._draft: OpenDraft | None = None
        self._escalation: EscalationRow | None = None
        self._card = AssistantCard()
        self._why = WhyLine()
        self._take = secondary(self.tr("Take it"), "assign")
        self._give_back = quiet(self.tr("Give back to the assistant"), "assistant")
        self._buttons = QWidget()
        self._arrange()
        self._card.approved.connect(self.approve)
        self._card.edit_wanted.connect(self._on_edit_wanted)
        self._card.dismissed.connect(self._on_dismissed)
        self._card.source_opened.connect(self.source_opened)
        self._why.sources.opened.connect(self.source_opened)
        self._take.clicked.connect(self._on_take)
        self._give_back.clicked.connect(self._on_give_back)

    def clear(self) -> None:
        """Show nothing, while a conversation is being read."""
        self._draft = None
        self._escalation = None
        self._card.clear()
        self._buttons.hide()
        self._why.show_decision(None)

    def show_detail(self, detail: ConversationDetail) -> None:
        """Show what waits, else what was done."""
        if detail.draft is not None and detail.draft == self._draft:
            return
        self._draft = detail.draft
        self._escalation = None if detail.draft else detail.escalation
        self._buttons.setVisible(self._escalation is not None)
        waits = detail.draft is not None or detail.escalation is not None
        self._why.show_decision(None if waits else detail.last_decision)
        if detail.draft is not None:
            self._show_draft(detail.draft)
        elif detail.escalation is not None:
            self._show_escalation(detail.escalation)
        else:
            self._card.clear()

    @Slot()
    def approve(self) -> None:
        """Approve the suggestion as it stands, if there is one."""
        if self._draft is not None:
            self._decide(self._bridge.ask(self, decide.approve, self._draft.id))

    def _show_draft(self, draft: OpenDraft) -> None:
        self._card.show_suggestion(
            Suggestion(
                title=self.tr("Suggested reply"),
                text=draft.text,
                confidence=draft.confidence,
                threshold=draft.threshold,
                sources=tuple(source_of(each) for each in draft.citations),
            )
        )

    def _show_escalation(self, escalation: EscalationRow) -> None:
        title = reason_words(escalation.reason)
        self._card.show_escalation(EscalationNote(title=title, reason=escalation.summary))
        self._take.setVisible(escalation.assigned_to is None)

    def _decide(self, call: Call[Any]) -> None:
        self._card.set_busy(self.tr("One moment…"))
        self._set_buttons_usable(usable=False)
        call.then(self._on_decided).failed(self._on_refused).ended(self._on_ended)

    def _set_buttons_usable(self, *, usable: bool) -> None:
        self._take.setEnabled(usable)
        self._give_back.setEnabled(usable)

    def _on_decided(self, _result: object) -> None:
        # Gone at once: a second press would only meet the answer to the first.
        self.clear()
        self.settled.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._card.set_busy(None)
        self._set_buttons_usable(usable=True)

    @Slot(str)
    def _on_edit_wanted(self, text: str) -> None:
        if self._draft is not None:
            self.edit_wanted.emit(self._draft, text)

    @Slot()
    def _on_dismissed(self) -> None:
        if self._draft is not None:
            self._decide(self._bridge.ask(self, decide.dismiss, self._draft.id))

    @Slot()
    def _on_take(self) -> None:
        if self._escalation is not None:
            self._decide(self._bridge.ask(self, escalate.take, self._escalation.id))

    @Slot()
    def _on_give_back(self) -> None:
        if self._escalation is not None:
            conversation = self._escalation.conversation_id
            self._decide(self._bridge.ask(self, escalate.give_back, conversation))

    def _arrange(self) -> None:
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addStretch()
        row.addWidget(self._give_back)
        row.addWidget(self._take)
        self._buttons.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._why)
        column.addWidget(self._card)
        column.addWidget(self._buttons)
