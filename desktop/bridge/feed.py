"""Bring the engine's notices to the UI thread, one signal per burst and family.

A notice names what changed, never its content; panes re-read those ids. Five hundred
notices that arrive while the window paints become one signal with a set of ids.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from core.notices import Notice, NoticeBus, NoticeKind, Subscription

_GATHER_MILLISECONDS = 20
"""A burst comes in several wake-ups of the engine's loop; short enough not to be felt."""

CONVERSATION_KINDS = frozenset(
    {
        NoticeKind.MESSAGE_ARRIVED,
        NoticeKind.MESSAGE_CHANGED,
        NoticeKind.CONVERSATION_CHANGED,
        NoticeKind.DRAFT_READY,
        NoticeKind.DRAFT_SETTLED,
        NoticeKind.OUTBOX_CHANGED,
    }
)
ESCALATION_KINDS = frozenset({NoticeKind.ESCALATION_OPENED, NoticeKind.ESCALATION_CHANGED})
COMMENT_KINDS = frozenset({NoticeKind.COMMENT_CHANGED})
CHANNEL_KINDS = frozenset({NoticeKind.CHANNEL_CHANGED})
KNOWLEDGE_KINDS = frozenset(
    {NoticeKind.DOCUMENT_CHANGED, NoticeKind.FAQ_CHANGED, NoticeKind.RULES_CHANGED}
)


class Feed(QObject):
    """Notices as signals on the UI thread; sets hold the ids that changed."""

    conversations_changed = Signal(object)
    """frozenset[UUID] of conversations with something new: messages, drafts, state."""
    escalation_opened = Signal(object)
    """frozenset[UUID] of escalations nobody has seen yet; also in `escalations_changed`."""
    escalations_changed = Signal(object)
    comments_changed = Signal(object)
    channels_changed = Signal(object)
    knowledge_changed = Signal()
    resync = Signal()
    """Notices may have been lost: read again whatever is shown."""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: list[Notice] = []
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MILLISECONDS)
        self._gather.timeout.connect(self._on_gathered)
        self._woken.connect(self._gather.start, Qt.ConnectionType.QueuedConnection)

    def put(self, notice: Notice) -> None:
        """Take a notice, from any thread; the first of a burst wakes the UI thread."""
        with self._lock:
            self._waiting.append(notice)
            is_first = len(self._waiting) == 1
        if is_first:
            self._woken.emit()

    @Slot()
    def _on_gathered(self) -> None:
        with self._lock:
            notices, self._waiting = self._waiting, []
        kinds = {notice.kind for notice in notices}
        if NoticeKind.RESYNC in kinds:
            # Whoever reads everything again has no use for the single ids.
            self.resync.emit()
            return
        self._tell(self.conversations_changed, ids_of(notices, CONVERSATION_KINDS))
        self._tell(self.escalations_changed, ids_of(notices, ESCALATION_KINDS))
        opened = frozenset({NoticeKind.ESCALATION_OPENED})
        self._tell(self.escalation_opened, ids_of(notices, opened))
        self._tell(self.comments_changed, ids_of(notices, COMMENT_KINDS))
        self._tell(self.channels_changed, ids_of(notices, CHANNEL_KINDS))
        if kinds & KNOWLEDGE_KINDS:
            self.knowledge_changed.emit()

    @staticmethod
    def _tell(signal: SignalInstance, ids: frozenset[UUID]) -> None:
        if ids:
            signal.emit(ids)


def ids_of(notices: Iterable[Notice], kinds: frozenset[NoticeKind]) -> frozenset[UUID]:
    """Return the ids that the notices of these kinds name."""
    return frozenset(
        notice.id for notice in notices if notice.kind in kinds and notice.id is not None
    )


@asynccontextmanager
async def following(bus: NoticeBus, feed: Feed) -> AsyncIterator[None]:
    """Hand every notice of the bus to the feed, in the engine's thread, while open."""

    async def pass_on(subscription: Subscription) -> None:
        async for notice in subscription:
            feed.put(notice)

    with bus.subscribed() as subscription:
        passing = asyncio.create_task(pass_on(subscription))
        try:
            yield
        finally:
            passing.cancel()
