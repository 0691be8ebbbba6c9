"""The quiet line that says what the assistant did, and on request why."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.queries.conversation import DecisionRow
from desktop.panes.inbox.words import decided, source_of
from desktop.style.tokens import Space
from desktop.widgets.buttons import quiet
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel, WrappedLabel
from desktop.widgets.quotes import Quotes
from desktop.widgets.reasons import decision_reason_words


class WhyLine(QFrame):
    """Hidden until there is a decision to explain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "fact")
        self._shown: DecisionRow | None = None
        self._words = ElidedLabel(role="small")
        self._why = quiet(self.tr("Why?"))
        self._why.setCheckable(True)
        self._reason = WrappedLabel(role="small")
        self.sources = Quotes()
        self._body = QWidget()
        self._why.toggled.connect(self._body.setVisible)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(IconLabel("assistant", "muted", 16))
        head.addWidget(self._words, 1)
        head.addWidget(self._why)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(Space.XS)
        body.addWidget(self._reason)
        body.addWidget(self.sources)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.XS, Space.S, Space.XS)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._body)
        self._body.hide()
        self.hide()

    def show_decision(self, decision: DecisionRow | None) -> None:
        """Explain a decision; None hides the line. The same one stays as it is open."""
        if decision == self._shown and decision is not None:
            return
        self._shown = decision
        self._why.setChecked(False)
        self.setVisible(decision is not None)
        if decision is None:
            return
        self._words.show_text(decided(decision))
        self._reason.show_text(decision_reason_words(decision.reason))
        self.sources.show_sources([source_of(each) for each in decision.citations])
