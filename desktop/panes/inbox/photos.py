"""The pictures of a thread: asked for when first seen, kept for as long as it is open."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from core.domain.errors import SocialSyncError
from core.domain.ids import AttachmentId
from core.queries import conversation
from desktop.bridge.call import Bridge

_MOST_BYTES = 64 * 1024 * 1024


class Photos(QObject):
    """Bytes of attachments by key; the key is the attachment's id as text."""

    arrived = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kept: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def photo(self, key: str) -> bytes | None:
        """Return the picture if it is here; else ask for it, once, and return None."""
        if key in self._kept:
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            self._bridge.ask(self, conversation.media, AttachmentId(UUID(key))).then(
                self._on_photo, key
            ).failed(self._on_missing, key)
        return None

    def try_again(self) -> None:
        """Ask again for what was missing: a file may have been fetched meanwhile."""
        self._asked &= self._kept.keys()

    def _on_photo(self, content: bytes, key: str) -> None:
        self._kept[key] = content
        while sum(map(len, self._kept.values())) > _MOST_BYTES and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._asked.discard(oldest)
        self.arrived.emit(key)

    def _on_missing(self, _error: SocialSyncError, _key: str) -> None:
        """Leave the placeholder: the file is not stored yet, or never will be."""
