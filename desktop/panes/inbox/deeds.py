"""What one can do to a conversation as a whole: assign, archive, snooze, pause."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.actions import assign, configure
from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId
from desktop.bridge.call import Bridge

_OnConversation = Callable[..., Coroutine[Any, Any, Any]]


class Deeds(QObject):
    """One method per verb; each answers with `done` or `refused`."""

    done = Signal(object)
    """ConversationId of a conversation that changed."""
    archived = Signal(object)
    """ConversationId of a conversation that went to the archive and can come back."""
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def assign_to_me(self, conversation_id: ConversationId) -> None:
        """Make it the person's own."""
        self._do(assign.to_me, conversation_id)

    def release(self, conversation_id: ConversationId) -> None:
        """Make it nobody's."""
        self._do(assign.to, conversation_id, None)

    def archive(self, conversation_id: ConversationId) -> None:
        """Put it away as done."""
        self._bridge.ask(self, assign.archive, conversation_id).then(
            self._on_archived, conversation_id
        ).failed(self._on_refused)

    def reopen(self, conversation_id: ConversationId) -> None:
        """Take it out of the archive."""
        self._do(assign.reopen, conversation_id)

    def mark_read(self, conversation_id: ConversationId) -> None:
        """Say that a person has seen it."""
        self._do(assign.mark_read, conversation_id)

    def mark_unread(self, conversation_id: ConversationId) -> None:
        """Leave it for later, or for somebody else."""
        self._do(assign.mark_unread, conversation_id)

    def snooze(self, conversation_id: ConversationId, until: datetime) -> None:
        """Hide it until then, or until the customer writes."""
        self._do(assign.snooze, conversation_id, until)

    def pause(self, conversation_id: ConversationId) -> None:
        """Keep the assistant out of it."""
        self._do(configure.pause_assistant, conversation_id)

    def resume(self, conversation_id: ConversationId) -> None:
        """Let the assistant answer again."""
        self._do(configure.resume_assistant, conversation_id)

    def _do(
        self, action: _OnConversation, conversation_id: ConversationId, *args: Any
    ) -> None:
        self._bridge.ask(self, action, conversation_id, *args).then(
            self._on_done, conversation_id
        ).failed(self._on_refused)

    def _on_done(self, _result: object, conversation_id: ConversationId) -> None:
        self.done.emit(conversation_id)

    def _on_archived(self, _result: object, conversation_id: ConversationId) -> None:
        self.done.emit(conversation_id)
        self.archived.emit(conversation_id)

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)
