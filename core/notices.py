"""Notices: "something about this id changed", inside one process and between processes.

A notice carries a kind and an id, never content: whoever may see the thing reads it
again under their own rights. `store.wire` brings the ones of other processes; the bus
hands them to whoever listens here.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class NoticeKind(StrEnum):
    """What changed; the comment says whose id comes with it."""

    MESSAGE_ARRIVED = "message_arrived"  # conversation
    MESSAGE_CHANGED = "message_changed"  # conversation
    CONVERSATION_CHANGED = "conversation_changed"  # conversation
    DRAFT_READY = "draft_ready"  # conversation
    DRAFT_SETTLED = "draft_settled"  # conversation
    OUTBOX_CHANGED = "outbox_changed"  # conversation
    ESCALATION_OPENED = "escalation_opened"  # escalation
    ESCALATION_CHANGED = "escalation_changed"  # escalation
    CHANNEL_CHANGED = "channel_changed"  # channel
    COMMENT_CHANGED = "comment_changed"  # comment
    POST_CHANGED = "post_changed"  # post to publish
    DOCUMENT_CHANGED = "document_changed"  # document
    FAQ_CHANGED = "faq_changed"  # faq entry
    RULES_CHANGED = "rules_changed"  # tenant
    RESYNC = "resync"  # nothing: the line was down, read again what you show


@dataclass(frozen=True, slots=True)
class Notice:
    """One change; `id` belongs to what `kind` says."""

    kind: NoticeKind
    id: UUID | None = None


class NoticeBus:
    """Hands every notice to every listener of this process, in order.

    Lives on one event loop. A listener that does not keep up loses nothing it could not
    read again: its queue is replaced by a single RESYNC when it overflows.
    """

    def __init__(self, *, capacity: int = 4096) -> None:
        self._queues: set[asyncio.Queue[Notice]] = set()
        self._capacity = capacity

    def publish(self, notice: Notice) -> None:
        """Hand a notice to everybody who listens now."""
        for queue in self._queues:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(Notice(NoticeKind.RESYNC))
            else:
                queue.put_nowait(notice)

    @contextmanager
    def subscribed(self) -> Iterator["Subscription"]:
        """Listen from now on until the block ends."""
        queue: asyncio.Queue[Notice] = asyncio.Queue(self._capacity)
        self._queues.add(queue)
        try:
            yield Subscription(queue)
        finally:
            self._queues.discard(queue)


class Subscription:
    """One listener's queue of notices."""

    def __init__(self, queue: asyncio.Queue[Notice]) -> None:
        self._queue = queue

    async def next(self) -> Notice:
        """Wait for the next notice."""
        return await self._queue.get()

    async def __aiter__(self) -> AsyncIterator[Notice]:
        while True:
            yield await self._queue.get()
