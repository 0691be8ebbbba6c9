"""The messages of a gap: who asked what, what a person answered, whether it is answered now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.gap import GapMessage
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import quiet
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill

MOST = 30
"""More are counted in words: nobody reads them one by one."""


class GapMessages(QFrame):
    """A card with one block for each message, newest first."""

    opened = Signal(object)
    """ConversationId of the message that should be looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Messages"))
        self._messages: tuple[GapMessage, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._column.setSpacing(Space.S)
        self._blocks: list[QWidget] = []

    def show_messages(self, messages: Sequence[GapMessage]) -> None:
        """Show other messages."""
        if tuple(messages) == self._messages:
            return
        self._messages = tuple(messages)
        for block in self._blocks:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks = [self._block(one) for one in messages[:MOST]]
        if len(messages) > MOST:
            more = self.tr("and %n more", "", len(messages) - MOST)
            self._blocks.append(PlainLabel(more, "small"))
        for block in self._blocks:
            self._column.addWidget(block)

    def _block(self, message: GapMessage) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, Space.XS, 0, Space.XS)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(ElidedLabel(message.customer or self.tr("Customer"), "small"), 1)
        if message.answered_after is not None:
            head.addWidget(self._verdict(answered=message.answered_after))
        opener = quiet(self.tr("Open"))
        name = self.tr("Open the conversation with %1").replace("%1", message.customer)
        opener.setAccessibleName(name)
        opener.setProperty("conversation", str(message.conversation_id))
        opener.clicked.connect(self._on_open)
        head.addWidget(opener, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        said = WrappedLabel()
        said.show_text(message.text)
        column.addWidget(said)
        if message.reply:
            reply = WrappedLabel(role="muted")
            reply.show_text(self.tr("Your team: %1").replace("%1", message.reply))
            column.addWidget(reply)
        return block

    def _verdict(self, *, answered: bool) -> Pill:
        if answered:
            return Pill(self.tr("Answered now"), Tone.GOOD)
        return Pill(self.tr("Not answered"), Tone.WARNING)

    @Slot()
    def _on_open(self) -> None:
        wanted = self.sender().property("conversation")
        for message in self._messages:
            if str(message.conversation_id) == wanted:
                self.opened.emit(message.conversation_id)
                return
