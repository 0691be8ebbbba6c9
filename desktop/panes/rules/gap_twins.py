"""Entries that ask nearly what is being written: twice one question splits its answers."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.domain.ids import FaqId
from core.domain.knowledge import FaqText
from core.queries import knowledge
from core.queries.knowledge import NearDuplicate
from desktop.bridge.call import Bridge, Call
from desktop.style.tokens import Space
from desktop.widgets.label import ElidedLabel, PlainLabel

PAUSE_MS = 400
_MOST = 4


class GapTwins(QFrame):
    """Hidden while there are none; asks when the writing pauses."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "caution")
        self._bridge = bridge
        self._wanted: tuple[FaqText, FaqId | None] | None = None
        self._asking: Call[list[NearDuplicate]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._title = PlainLabel(role="strong")
        self._lines: list[ElidedLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self._title)
        self.hide()

    def look_for(self, text: FaqText, besides: FaqId | None) -> None:
        """Look for twins of what is written, when the writing pauses."""
        self._wanted = (text, besides)
        self._pause.start()

    def forget(self) -> None:
        """Another gap is shown."""
        self._pause.stop()
        if self._asking is not None:
            self._asking.cancel()
        self.hide()

    @Slot()
    def _ask(self) -> None:
        if self._wanted is None or not self._wanted[0].question:
            self.hide()
            return
        if self._asking is not None:
            self._asking.cancel()
        text, besides = self._wanted
        self._asking = (
            self._bridge.ask(self, knowledge.near_duplicates, text, besides)
            .then(self._on_found)
            .failed(self._on_failed)
        )

    def _on_found(self, found: Sequence[NearDuplicate]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [ElidedLabel(twin.entry.question) for twin in found[:_MOST]]
        for line in self._lines:
            self._column.addWidget(line)
        title = self.tr("%n entry(ies) ask nearly the same", "", len(found))
        self._title.setText(title)
        self.setAccessibleName(title)
        self.setVisible(bool(found))

    def _on_failed(self, _error: SocialSyncError) -> None:
        """Go without the warning: it is a service, and saving says what is wrong."""
        self.hide()
