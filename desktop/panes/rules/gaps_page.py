"""Questions that nothing on file answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.widgets.empty_state import EmptyState


class GapsPage(QWidget):
    """Stands in until there is something to show."""

    told = Signal(str)
    open_conversation = Signal(object)

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = (bridge, feed)
        column = QVBoxLayout(self)
        column.addWidget(EmptyState("insights", self.tr("Nothing to show yet"), ""))
