"""The foot of the pane: what is not saved, and what one may do about it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.form import NAMES
from desktop.panes.rules.words import locked_words, part_words, quoted
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import WrappedLabel


class SaveBar(QFrame):
    """Follows the book; one who may not save is told so here, once and calmly."""

    rehearsal_wanted = Signal()
    problem_wanted = Signal(object)
    """The Problem that stands in the way should be shown."""

    def __init__(self, book: RuleBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._book = book
        self._conflict = Banner(Tone.WARNING)
        self._problem = Banner(Tone.WARNING)
        self._state = WrappedLabel(role="muted")
        self._lock = IconLabel("lock", "muted", 16)
        self._save = primary(self.tr("Save"), "check")
        self._discard = secondary(self.tr("Discard"))
        self._rehearse = quiet(self.tr("Rehearse first"), "play")
        self._arrange()
        self._save.clicked.connect(book.save)
        self._discard.clicked.connect(book.discard)
        self._rehearse.clicked.connect(self.rehearsal_wanted)
        self._conflict.action_taken.connect(book.take_theirs)
        self._problem.action_taken.connect(self._on_problem)
        book.read.connect(self.show_state)
        book.edited.connect(self.show_state)
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Show what may be done now."""
        book = self._book
        self._state.show_text(self._state_words())
        self._lock.setVisible(not book.can_change and book.is_read)
        for button in (self._save, self._discard, self._rehearse):
            button.setVisible(book.can_change)
        ready = book.is_edited and not book.is_busy
        self._save.setEnabled(ready and not book.problems)
        self._discard.setEnabled(ready)
        self._rehearse.setEnabled(ready and not book.problems)
        self._show_conflict()
        self._show_problem()

    def _state_words(self) -> str:
        book = self._book
        if not book.is_read:
            return ""
        if not book.can_change:
            return locked_words()
        if book.is_busy:
            return self.tr("Saving…")
        if not book.is_edited:
            return self.tr("Everything is saved.")
        parts = [part_words(name) for name in NAMES if book.is_changed(name)]
        return self.tr("Not saved: %1").replace("%1", ", ".join(parts))

    def _show_conflict(self) -> None:
        clashes = self._book.clashes
        self._conflict.setVisible(bool(clashes))
        if clashes:
            parts = ", ".join(part_words(name) for name in clashes)
            words = self.tr(
                "Somebody saved other rules meanwhile (%1). What you typed is still here;"
                " Save puts it in place of theirs."
            )
            self._conflict.show_message(words.replace("%1", parts), self.tr("Take theirs"))

    def _show_problem(self) -> None:
        problems = self._book.problems if self._book.can_change else ()
        self._problem.setVisible(bool(problems))
        if problems:
            self._problem.show_message(self._problem_words(), self.tr("Show"))

    def _problem_words(self) -> str:
        """Return the first problem, with the rule that it is about."""
        first = self._book.problems[0]
        names = {rule.id: rule.name for rule in self._book.form.triage_rules}
        name = names.get(first.rule, "") if first.rule is not None else ""
        return f"{quoted(name)}: {first.words}" if name.strip() else first.words

    @Slot()
    def _on_problem(self) -> None:
        if self._book.problems:
            self.problem_wanted.emit(self._book.problems[0])

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._lock)
        row.addWidget(self._state, 1)
        row.addWidget(self._rehearse)
        row.addWidget(self._discard)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self._conflict)
        column.addWidget(self._problem)
        column.addLayout(row)
