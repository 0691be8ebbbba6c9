"""One change of a rehearsal: the message, what was decided, and what would be."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.rehearse import Change
from desktop.panes.rules.opinion_card import OpinionCard
from desktop.panes.rules.section import PageBody, scrolled
from desktop.style.tokens import Space
from desktop.widgets.buttons import secondary
from desktop.widgets.label import ElidedLabel, WrappedLabel


class ChangeView(QWidget):
    """Before stands above after, so that both replies have the width to be read."""

    open_conversation = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change: Change | None = None
        self._name = ElidedLabel(role="heading")
        self._open = secondary(self.tr("Open the conversation"), "inbox")
        self._text = WrappedLabel()
        self._before = OpinionCard(self.tr("Was"))
        self._after = OpinionCard(self.tr("Would be"))
        self._open.clicked.connect(self._on_open)
        inner = PageBody()
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._name, 1)
        head.addWidget(self._open)
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._before)
        column.addWidget(self._after)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def show_change(self, change: Change) -> None:
        """Show a change."""
        self._change = change
        self._name.show_text(change.customer)
        self._text.show_text(change.text)
        self._before.show_opinion(change.before)
        self._after.show_opinion(change.after)

    @Slot()
    def _on_open(self) -> None:
        if self._change is not None:
            self.open_conversation.emit(self._change.conversation_id)
