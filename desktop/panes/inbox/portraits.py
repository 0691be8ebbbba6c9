"""Customers' pictures, as they are kept with us: asked for once, initials until then."""

from uuid import UUID

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPixmap

from core.domain.errors import SocialSyncError
from core.domain.ids import CustomerId
from core.queries import people
from desktop.bridge.call import Bridge
from desktop.widgets.photo_cache import PhotoCache

_MOST = 200


class Portraits(QObject):
    """Pictures by customer, decoded no larger than they are drawn."""

    arrived = Signal(object)
    """The CustomerId whose picture is here now."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kept: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._cache = PhotoCache(self._kept.get)

    def portrait(self, customer: CustomerId, side: int, ratio: float) -> QPixmap | None:
        """Return a customer's picture as a square; ask for it if it was not asked for."""
        key = str(customer)
        if key not in self._asked:
            self._asked.add(key)
            self._bridge.ask(self, people.picture, customer).then(
                self._on_picture, key
            ).failed(self._on_missing)
        return self._cache.picture(key, QSize(side, side), ratio)

    def ask_again(self, customer: CustomerId) -> None:
        """Ask once more for a picture that was missing: it may have been fetched since."""
        if str(customer) not in self._kept:
            self._asked.discard(str(customer))

    def _on_picture(self, content: bytes, key: str) -> None:
        self._kept[key] = content
        while len(self._kept) > _MOST:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._asked.discard(oldest)
        self._cache.forget(key)
        self.arrived.emit(CustomerId(UUID(key)))

    def _on_missing(self, _error: SocialSyncError) -> None:
        """Leave the initials: there is no picture, or not yet."""
