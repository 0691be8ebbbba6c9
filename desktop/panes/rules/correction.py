"""Say that a decision was wrong, and what it should have been."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.actions import correct
from core.domain.decision import Decision
from core.domain.errors import SocialSyncError
from core.queries.decisions import DecisionRow
from desktop.bridge.call import Bridge
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.words import refused_words, should_words
from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, secondary
from desktop.widgets.chips import FilterChips
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import PlainLabel, WrappedLabel


class Correction(QWidget):
    """Two questions, unfolded by a button that stands elsewhere."""

    corrected = Signal()

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._book = book
        self._row: DecisionRow | None = None
        self.button = secondary(self.tr("This was wrong"), "edit")
        self._form = QFrame()
        self._form.setProperty("role", "card")
        self._should = FilterChips(self.tr("What should have happened"))
        self._note = GrowingText(self.tr("Note"))
        self._note.setAcceptDrops(False)
        self._note.setPlaceholderText(self.tr("Why? A word for your team (optional)"))
        self._means = WrappedLabel(role="muted")
        self._problem = WrappedLabel(role="danger")
        self._save = primary("", "check")
        self._cancel = secondary(self.tr("Cancel"))
        self._arrange()
        self.button.clicked.connect(self.open)
        self._cancel.clicked.connect(self._close)
        self._save.clicked.connect(self._on_save)
        self._note.submitted.connect(self._on_save)

    def show_decision(self, row: DecisionRow) -> None:
        """Offer to put a decision right; one that was put right already is left."""
        is_other = self._row is None or self._row.id != row.id
        self._row = row
        if is_other or row.corrected is not None:
            self._note.clear()
            self._form.hide()
            self.hide()
            self.button.setVisible(row.corrected is None)

    @Slot()
    def open(self) -> None:
        """Unfold the questions."""
        row = self._row
        if row is None or row.corrected is not None:
            return
        self._should.set_choices(
            [
                (each.value, should_words(each))
                for each in Decision
                if each is not row.decision
            ]
        )
        own = self._book.can_change
        self._means.show_text(
            self.tr("The message becomes an example in the rules, in force at once.")
            if own
            else self.tr("The message is proposed as an example; the owner accepts it.")
        )
        save = self.tr("Add the example") if own else self.tr("Propose the example")
        self._save.setText(save)
        self._save.setAccessibleName(save)
        self._problem.hide()
        self.button.hide()
        self._form.show()
        self.show()
        self._note.setFocus()

    @Slot()
    def _close(self) -> None:
        self._form.hide()
        self.hide()
        self.button.show()

    @Slot()
    def _on_save(self) -> None:
        if self._row is None or not self._save.isEnabled():
            return
        self._save.setEnabled(False)
        self._bridge.ask(
            self,
            correct.was_wrong,
            self._row.id,
            Decision(self._should.current()),
            note=self._note.toPlainText().strip(),
        ).then(self._on_done).failed(self._on_failed).ended(self._on_ended)

    def _on_done(self, _nothing: None) -> None:
        self._close()
        self._note.clear()
        self.corrected.emit()

    def _on_failed(self, error: SocialSyncError) -> None:
        self._problem.show_text(refused_words(error))
        self._problem.show()

    def _on_ended(self) -> None:
        self._save.setEnabled(True)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self._save)
        buttons.addWidget(self._cancel)
        buttons.addStretch()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        form.setSpacing(Space.S)
        form.addWidget(PlainLabel(self.tr("What should have happened?"), "strong"))
        form.addWidget(self._should)
        form.addWidget(self._note)
        form.addWidget(self._means)
        form.addWidget(self._problem)
        form.addLayout(buttons)
        self._form.hide()
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
