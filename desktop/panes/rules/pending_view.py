"""Examples that colleagues propose: taken into the rules, or put aside."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.actions import correct
from core.actions.correct import PendingExample
from core.domain.errors import SocialSyncError
from core.domain.ids import DecisionId
from desktop.bridge.call import Bridge
from desktop.panes.rules.section import PageBody, scrolled
from desktop.panes.rules.words import decision_words, filled, refused_words, should_words
from desktop.style.tokens import Space
from desktop.widgets.buttons import quiet, secondary
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel

Settling = Callable[..., Coroutine[Any, Any, None]]


class PendingCard(QFrame):
    """One proposal."""

    accepted = Signal(object)
    put_aside = Signal(object)

    def __init__(self, example: PendingExample, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._id = example.decision_id
        self.setAccessibleName(example.text)
        words = WrappedLabel()
        words.show_text(example.text)
        what = self.tr("%1: was “%2”, should have been “%3”.")
        sides = decision_words(example.decided), should_words(example.should)
        what = filled(what, example.member_name, *sides)
        note = WrappedLabel(example.note, "small")
        note.setVisible(False)
        self._problem = WrappedLabel(role="danger")
        self._problem.hide()
        self._buttons = (
            secondary(self.tr("Accept"), "check"),
            quiet(self.tr("Put aside")),
        )
        self._buttons[0].clicked.connect(self._on_accept)
        self._buttons[1].clicked.connect(self._on_put_aside)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(words)
        column.addWidget(ElidedLabel(what, "small"))
        column.addWidget(note)
        if example.note:
            note.show_text(example.note)
            note.show()
        column.addWidget(self._problem)
        column.addLayout(row)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second answer while the first is on its way."""
        for button in self._buttons:
            button.setEnabled(not busy)

    def show_problem(self, words: str) -> None:
        """Say why it stays."""
        self._problem.show_text(words)
        self._problem.show()

    @Slot()
    def _on_accept(self) -> None:
        self.accepted.emit(self._id)

    @Slot()
    def _on_put_aside(self) -> None:
        self.put_aside.emit(self._id)


class PendingView(QWidget):
    """Tells how many there are; those who may not accept never see them."""

    counted = Signal(int)
    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._cards: dict[DecisionId, PendingCard] = {}
        self._back = quiet(self.tr("Back to the decisions"), "chevron-left")
        self._back.clicked.connect(self.closed)
        inner = PageBody()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        self._column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("Proposed examples"), "title"))
        head.addStretch()
        head.addWidget(self._back)
        self._column.addLayout(head)
        self._column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    @Slot()
    def refresh(self) -> None:
        """Read what waits."""
        self._bridge.ask(self, correct.pending_examples).then(self._on_read)

    def _on_read(self, examples: list[PendingExample]) -> None:
        wanted = {example.decision_id for example in examples}
        for gone in set(self._cards) - wanted:
            card = self._cards.pop(gone)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for example in examples:
            if example.decision_id not in self._cards:
                card = self._cards[example.decision_id] = PendingCard(example)
                card.accepted.connect(self._on_accepted)
                card.put_aside.connect(self._on_put_aside)
                self._column.insertWidget(self._column.count() - 1, card)
        self.counted.emit(len(examples))

    @Slot(object)
    def _on_accepted(self, decision_id: DecisionId) -> None:
        self._settle(decision_id, correct.accept_example)

    @Slot(object)
    def _on_put_aside(self, decision_id: DecisionId) -> None:
        self._settle(decision_id, correct.refuse_example)

    def _settle(self, decision_id: DecisionId, action: Settling) -> None:
        self._cards[decision_id].set_busy(busy=True)
        self._bridge.ask(self, action, decision_id).then(self._on_settled).failed(
            self._on_failed, decision_id
        )

    def _on_settled(self, _nothing: None) -> None:
        self.refresh()

    def _on_failed(self, error: SocialSyncError, decision_id: DecisionId) -> None:
        card = self._cards.get(decision_id)
        if card is not None:
            card.set_busy(busy=False)
            card.show_problem(refused_words(error))
