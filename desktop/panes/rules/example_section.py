"""Examples: messages of which the owner has said what should become of their like."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.panes.rules.book import RuleBook
from desktop.style.tokens import Space
from desktop.widgets.label import WrappedLabel
from desktop.widgets.line_list import LineList


class ExampleSection(QWidget):
    """The lines of one part of the form; Enter adds one, pasting adds many."""

    changed = Signal()

    def __init__(
        self, book: RuleBook, name: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._name = name
        self._lines = LineList(self.tr("Example"), self.tr("Remove this example"), hint)
        self._problem = WrappedLabel(role="danger")
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._lines)
        column.addWidget(self._problem)
        self._lines.changed.connect(self._on_changed)
        book.read.connect(self.show_form)

    @Slot()
    def show_form(self) -> None:
        """Show the lines of the form, without taking the cursor from who is typing."""
        kept = getattr(self._book.form, self._name)
        if self._lines.texts() != kept:
            self._lines.show_texts(kept)
        self._lines.set_read_only(read_only=not self._book.can_change)

    def show_problem(self, words: str) -> None:
        """Say at the field what is wrong; empty takes it back."""
        self._problem.show_text(words)
        self._problem.setVisible(bool(words))

    @Slot()
    def _on_changed(self) -> None:
        self._book.edit(**{self._name: self._lines.texts()})
