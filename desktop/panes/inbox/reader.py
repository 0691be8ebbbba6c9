"""Reads the open conversation, and reads it again when something changed.

Whoever opens another conversation ends the reads of the one before. Changes that arrive
while a read is under way lead to exactly one more.
"""

from typing import Any

from PySide6.QtCore import QObject, Signal

from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId, MessageId
from core.domain.message import Message
from core.queries import conversation
from core.queries.conversation import ConversationDetail, MessageCursor, ThreadPage
from desktop.bridge.call import Bridge, Call

_PAGE = 50


class Reader(QObject):
    """The detail and the messages of one conversation at a time."""

    detail_read = Signal(object)
    """ConversationDetail of the open conversation, fresh."""
    thread_read = Signal(object)
    """tuple[Message, ...], oldest first: everything read so far, nothing missing between."""
    failed = Signal(object)
    """The conversation cannot be read; carries the error."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._open: ConversationId | None = None
        self._messages: dict[MessageId, Message] = {}
        self._has_older = False
        self._reads: list[Call[Any]] = []
        self._is_stale = False
        self._wants_older = False

    @property
    def conversation_id(self) -> ConversationId | None:
        """Return which conversation is open."""
        return self._open

    def open(self, conversation_id: ConversationId) -> None:
        """Read a conversation from its newest messages."""
        self.close()
        self._open = conversation_id
        self._read(conversation_id)

    def close(self) -> None:
        """Forget the conversation and end its reads."""
        self._open = None
        self._is_stale = False
        self._wants_older = False
        self._messages = {}
        self._has_older = False
        for call in self._reads:
            call.cancel()
        self._reads = []

    def refresh(self) -> None:
        """Read detail and newest messages again."""
        if self._open is None:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._read(self._open)

    def older(self) -> None:
        """Read the page before the oldest message shown, unless that was the first."""
        if self._open is None or not self._messages or not self._has_older:
            return
        if self._is_reading:
            self._wants_older = True
            return
        self._wants_older = False
        oldest = next(iter(self._messages.values()))
        cursor = MessageCursor(at=oldest.at, id=oldest.id)
        self._ask_thread(self._open, cursor)

    @property
    def _is_reading(self) -> bool:
        return any(not call.is_over for call in self._reads)

    def _read(self, conversation_id: ConversationId) -> None:
        self._is_stale = False
        self._reads = [
            self._bridge.ask(self, conversation.detail, conversation_id)
            .then(self._on_detail)
            .failed(self._on_failed)
            .ended(self._on_read_ended)
        ]
        self._ask_thread(conversation_id, None)

    def _ask_thread(
        self, conversation_id: ConversationId, before: MessageCursor | None
    ) -> None:
        call = self._bridge.ask(
            self, conversation.thread, conversation_id, before=before, limit=_PAGE
        )
        self._reads.append(
            call.then(self._on_page, before)
            .failed(self._on_failed)
            .ended(self._on_read_ended)
        )

    def _on_detail(self, detail: ConversationDetail) -> None:
        self.detail_read.emit(detail)

    def _on_page(self, page: ThreadPage, before: MessageCursor | None) -> None:
        fresh = {message.id: message for message in page.messages}
        known = self._messages
        if before is None and page.has_more and not fresh.keys() & known.keys():
            # More arrived than one page holds: keep no gap between old and new.
            known = {}
        if before is not None or not known:
            self._has_older = page.has_more
        merged = {**known, **fresh}
        self._messages = dict(sorted(merged.items(), key=_in_thread_order))
        self.thread_read.emit(tuple(self._messages.values()))

    def _on_failed(self, error: SocialSyncError) -> None:
        self.failed.emit(error)

    def _on_read_ended(self) -> None:
        if self._open is None or self._is_reading:
            return
        if self._is_stale:
            self._read(self._open)
        elif self._wants_older:
            self.older()


def _in_thread_order(item: tuple[MessageId, Message]) -> tuple[Any, ...]:
    message = item[1]
    return (message.at, message.id)
