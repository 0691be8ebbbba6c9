"""The message that the next reply answers above all others, kept per conversation."""

from PySide6.QtCore import QObject, Slot

from core.domain.ids import ConversationId, MessageId
from core.domain.message import Message
from desktop.panes.inbox.bubbles import quote_from
from desktop.panes.inbox.reacting import is_at_platform
from desktop.widgets.bubble import Quote
from desktop.widgets.composer import Composer


class Quoting(QObject):
    """Shows above the reply field what is quoted, and knows it when the reply leaves."""

    def __init__(self, composer: Composer, parent: QObject) -> None:
        super().__init__(parent)
        self._composer = composer
        self._open: ConversationId | None = None
        self._offered = False
        self._chosen: dict[ConversationId, tuple[MessageId, Quote]] = {}
        composer.quote_removed.connect(self._on_removed)

    def open(self, conversation_id: ConversationId) -> None:
        """Change to another conversation, and show what was chosen there."""
        self._open = conversation_id
        self._offered = False
        self._show()

    def offer(self, *, offered: bool) -> None:
        """Offer to quote, where the platform shows what a reply answers."""
        self._offered = offered

    def can_quote(self, message: Message) -> bool:
        """Return whether a reply may show this message above itself."""
        return self._offered and is_at_platform(message)

    def choose(self, message: Message, customer_name: str) -> None:
        """Answer a message of the open conversation."""
        self._chosen[message.conversation_id] = (
            message.id,
            quote_from(message, customer_name),
        )
        self._show()
        self._composer.focus_text()

    def quoted_in(self, conversation_id: ConversationId) -> MessageId | None:
        """Return what the next reply of a conversation answers."""
        chosen = self._chosen.get(conversation_id)
        return None if chosen is None else chosen[0]

    def forget(self, conversation_id: ConversationId) -> None:
        """Let go of a conversation's quote: its reply has left, or goes without it."""
        self._chosen.pop(conversation_id, None)
        self._show()

    @Slot()
    def _on_removed(self) -> None:
        if self._open is not None:
            self.forget(self._open)

    def _show(self) -> None:
        chosen = None if self._open is None else self._chosen.get(self._open)
        self._composer.show_quote(None if chosen is None else chosen[1])
