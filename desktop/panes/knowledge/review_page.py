"""Something that the owner might want to put right: two statements, or a date gone by."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.actions import teach
from core.domain.errors import SocialSyncError
from core.domain.ids import ConflictId, DocumentId
from core.domain.knowledge import Conflict, Expired, Side
from desktop.bridge.call import Bridge
from desktop.panes.knowledge.rights import allow
from desktop.panes.knowledge.rows import RowWriter
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import ActionButton, secondary
from desktop.widgets.emphasis import MarkedWords
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.text_pieces import Span

_LINES = 12
_WIDEST = 900


class ReviewPage(QWidget):
    """Built anew for each case: they are few, and each is looked at once."""

    refused = Signal(object)
    changed = Signal()
    place_opened = Signal(object, object)
    """DocumentId and Span of the statement that should be shown where it stands."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._writer = RowWriter(self)
        self._shown: ConflictId | None = None
        self._case: QWidget | None = None
        self._places: list[tuple[DocumentId, Span]] = []
        self._dismiss: ActionButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        self._column.addStretch(1)
        self.setProperty("role", "panel")

    def show_conflict(self, conflict: Conflict, *, can_change: bool) -> None:
        """Show two statements side by side."""
        case, column = self._new_case()
        self._shown = conflict.id
        column.addLayout(self._head(self._writer.kind(conflict)))
        column.addWidget(
            _hint(self.tr("The assistant may say the one or the other. Put one right."))
        )
        sides = QHBoxLayout()
        sides.setSpacing(Space.L)
        for side in (conflict.one, conflict.other):
            sides.addWidget(self._statement(side), 1)
        column.addLayout(sides)
        self._dismiss = secondary(self.tr("They do not contradict"), "check")
        self._dismiss.clicked.connect(self._on_dismissed)
        allow((self._dismiss,), allowed=can_change)
        foot = QHBoxLayout()
        foot.addWidget(self._dismiss)
        foot.addStretch()
        column.addLayout(foot)
        self._put(case)

    def show_expired(self, expired: Expired) -> None:
        """Show a statement whose date has passed."""
        case, column = self._new_case()
        self._shown = None
        column.addLayout(self._head(self.tr("A date that has passed")))
        column.addWidget(
            _hint(
                self.tr(
                    "The assistant may still answer with this. Change the document and add"
                    " it again, or remove it."
                )
            )
        )
        column.addWidget(self._statement(expired))
        self._put(case)

    @Slot()
    def _on_dismissed(self) -> None:
        if self._shown is not None and self._dismiss is not None:
            self._dismiss.setEnabled(False)
            self._bridge.ask(self, teach.dismiss_conflict, self._shown).then(
                self._on_done
            ).failed(self._on_refused)

    def _on_done(self, _nothing: None) -> None:
        self.changed.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        if self._dismiss is not None:
            self._dismiss.setEnabled(True)
        self.refused.emit(error)

    @Slot()
    def _on_open(self) -> None:
        document_id, span = self._places[self.sender().property("place")]
        self.place_opened.emit(document_id, span)

    def _head(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(PlainLabel(title, "title"))
        row.addStretch()
        return row

    def _statement(self, side: Side | Expired) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(side.title)
        words = MarkedWords(_LINES)
        words.show_words(side.sentence, _where(side.sentence, side.value))
        opener = secondary(self.tr("Open"), "file")
        opener.setAccessibleName(self.tr("Open %1").replace("%1", side.title))
        opener.setProperty("place", len(self._places))
        span = Span(start=side.start_char, end=side.end_char)
        self._places.append((side.document_id, span))
        opener.clicked.connect(self._on_open)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(ElidedLabel(side.title, "strong"), 1)
        head.addWidget(Pill(side.value, Tone.WARNING))
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(ElidedLabel(side.name, "small"))
        column.addWidget(words)
        column.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(opener)
        foot.addStretch()
        column.addLayout(foot)
        return card

    def _new_case(self) -> tuple[QWidget, QVBoxLayout]:
        self._places = []
        self._dismiss = None
        case = QWidget()
        case.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(case)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        return case, column

    def _put(self, case: QWidget) -> None:
        if self._case is not None:
            self._column.removeWidget(self._case)
            self._case.hide()
            self._case.deleteLater()
        self._case = case
        self._column.insertWidget(0, case)


def _where(sentence: str, value: str) -> list[tuple[int, int]]:
    at = sentence.find(value)
    return [] if at < 0 or not value else [(at, at + len(value))]


def _hint(text: str) -> WrappedLabel:
    label = WrappedLabel(role="muted")
    label.show_text(text)
    return label
