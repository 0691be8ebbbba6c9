"""Carry what an action tells on its way from the engine's thread to the UI thread."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Relay(QObject):
    """Born on the UI thread; the engine calls `tell`, and `told` is heard on this side."""

    told = Signal(object)

    _came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Direct where both sides are one thread, as with a bridge that answers at once.
        self._came.connect(self._on_came, Qt.ConnectionType.AutoConnection)

    def tell(self, what: Any) -> None:
        """Pass something on, from any thread."""
        self._came.emit(what)

    @Slot(object)
    def _on_came(self, what: object) -> None:
        self.told.emit(what)
