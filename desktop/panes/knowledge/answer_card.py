"""What the assistant would say to a question, or honestly nothing."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.decision import Citation
from core.queries.knowledge import Answer
from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, quiet
from desktop.widgets.emphasis import MarkedWords, matching_words
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel

_LINES = 14


class AnswerCard(QFrame):
    """The answer in the words of its source; opens where they stand."""

    opened = Signal(object)
    """The Citation that should be shown where it stands."""

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "suggestion")
        self._citations = answer.citations
        title = self.tr("The assistant would answer from this")
        self.setAccessibleName(title)
        words = MarkedWords(_LINES, size=15)
        words.show_words(answer.text, matching_words(answer.text, answer.question))
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(IconLabel("assistant", "accent_text", 18))
        head.addWidget(PlainLabel(title, "strong"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(words)
        for at, citation in enumerate(answer.citations):
            column.addLayout(self._source(at, citation))

    def _source(self, at: int, citation: Citation) -> QHBoxLayout:
        opener = quiet(self.tr("Open"))
        opener.setAccessibleName(self.tr("Open %1").replace("%1", citation.title))
        opener.setProperty("citation", at)
        opener.clicked.connect(self._on_open)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(IconLabel("quote", "muted", 14))
        name = citation.title
        if citation.name and citation.name != citation.title:
            name = f"{citation.title} · {citation.name}"
        row.addWidget(ElidedLabel(name, "small"), 1)
        row.addWidget(opener)
        return row

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self._citations[self.sender().property("citation")])


class NoAnswerCard(QFrame):
    """Nothing answers; the one thing to do is to write the answer."""

    entry_wanted = Signal()

    def __init__(self, *, can_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        title = self.tr("Nothing in the knowledge base answers this")
        hint = WrappedLabel(role="muted")
        hint.show_text(
            self.tr("The assistant would say nothing and hand over to a person.")
        )
        self.setAccessibleName(f"{title}. {hint.text()}")
        names = QVBoxLayout()
        names.setSpacing(2)
        heading = WrappedLabel(role="strong")
        heading.show_text(title)
        names.addWidget(heading)
        names.addWidget(hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.M)
        row.addWidget(IconLabel("uncertain", "warning_text", 24))
        row.addLayout(names, 1)
        if can_change:
            write = primary(self.tr("Write a FAQ entry"), "edit")
            write.clicked.connect(self.entry_wanted)
            row.addWidget(write)
