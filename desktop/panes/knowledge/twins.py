"""Entries that ask nearly the same as the one being written."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.domain.ids import FaqId
from core.domain.knowledge import FaqText
from core.queries import knowledge
from core.queries.knowledge import NearDuplicate
from desktop.bridge.call import Bridge, Call
from desktop.panes.knowledge.upload import percent
from desktop.style.tokens import Space
from desktop.widgets.buttons import quiet
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel, PlainLabel

PAUSE_MS = 400
_MOST = 4


class Twins(QFrame):
    """Hidden while there are none; asks when the writing pauses."""

    opened = Signal(str)
    """The id of an entry that the person wants to see."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "caution")
        self._bridge = bridge
        self._wanted: tuple[FaqText, FaqId | None] | None = None
        self._asking: Call[list[NearDuplicate]] | None = None
        self._title = PlainLabel(role="strong")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(IconLabel("escalation", "warning_text", 16))
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addLayout(self._rows)
        self.hide()

    def look_for(self, text: FaqText, besides: FaqId | None) -> None:
        """Look for twins of what is written, when the writing pauses."""
        self._wanted = (text, besides)
        self._pause.start()

    def forget(self) -> None:
        """Another entry is shown."""
        self._pause.stop()
        self._wanted = None
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
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for twin in found[:_MOST]:
            self._rows.addWidget(self._row(twin))
        title = self.tr("%n entry(ies) ask nearly the same", "", len(found))
        self._title.setText(title)
        self.setAccessibleName(title)
        self.setVisible(bool(found))

    def _row(self, twin: NearDuplicate) -> QWidget:
        question = twin.entry.question
        opener = quiet(self.tr("Open"))
        opener.setAccessibleName(self.tr("Open %1").replace("%1", question))
        opener.setProperty("entry", str(twin.entry.id))
        opener.clicked.connect(self._on_open)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(Space.XL, 0, 0, 0)
        row.addWidget(ElidedLabel(question), 1)
        row.addWidget(PlainLabel(percent(twin.likeness), "small"))
        row.addWidget(opener)
        return box

    def _on_failed(self, _error: SocialSyncError) -> None:
        """Go without the warning: it is a service, and saving says what is wrong."""
        self.hide()

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.sender().property("entry"))
