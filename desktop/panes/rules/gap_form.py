"""The entry that is written for a gap."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.domain.knowledge import FaqText
from core.domain.wording import REMOVED
from desktop.style.tokens import Space
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.line_list import LineList

_LONGEST_QUESTION = 500
_LONGEST_CATEGORY = 80
_FEW = 5


class GapForm(QWidget):
    """Shows a drafted entry and gives back what a person makes of it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: str | None = None
        self._question = QLineEdit()
        self._question.setMaxLength(_LONGEST_QUESTION)
        self._answer = GrowingText(self.tr("Answer"))
        self._answer.setPlaceholderText(self.tr("The answer, as you would send it"))
        self._category = QLineEdit()
        self._category.setMaxLength(_LONGEST_CATEGORY)
        self._category.setPlaceholderText(self.tr("Delivery, payment…"))
        self._phrasings = LineList(
            self.tr("Another way to ask"),
            self.tr("Remove this way to ask"),
            self.tr("Another way to ask it, then Enter"),
        )
        self._note = WrappedLabel(role="warning")
        for field, name in (
            (self._question, self.tr("Question")),
            (self._category, self.tr("Category")),
        ):
            field.setAccessibleName(name)
            field.setAcceptDrops(False)
            field.setMinimumHeight(36)
        self._answer.setAcceptDrops(False)
        self._arrange()
        self._question.textEdited.connect(self._on_edited)
        self._category.textEdited.connect(self._on_edited)
        self._answer.textChanged.connect(self._on_edited)
        self._phrasings.changed.connect(self._on_edited)

    def show_text(self, text: FaqText) -> None:
        """Show an entry; silent."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._language = text.language
        self._question.setText(text.question)
        self._question.setCursorPosition(0)
        self._answer.setPlainText(text.answer)
        self._category.setText(text.category or "")
        self._phrasings.show_texts(text.phrasings)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._tell()

    def text(self) -> FaqText:
        """Return what is written."""
        return FaqText(
            question=self._question.text().strip(),
            answer=self._answer.toPlainText().strip(),
            category=self._category.text().strip() or None,
            language=self._language,
            phrasings=self._phrasings.texts(),
        )

    def is_complete(self) -> bool:
        """Tell whether the entry could be kept: no part is missing, and no hole is left."""
        text = self.text()
        return bool(text.question and text.answer) and not self._has_hole(text)

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the words without a way to change them."""
        self._question.setReadOnly(read_only)
        self._answer.setReadOnly(read_only)
        self._category.setReadOnly(read_only)
        self._phrasings.set_read_only(read_only=read_only)

    @Slot()
    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        text = self.text()
        words = ""
        if self._has_hole(text):
            words = self.tr(
                "Something that belongs to one customer was taken out at %1. Put the"
                " sentence right, or remove the line."
            ).replace("%1", REMOVED)
        elif len(text.phrasings) + 1 < _FEW:
            words = self.tr(
                "With fewer than 5 ways to ask, the assistant only suggests this answer."
            )
        self._note.show_text(words)
        self._note.setVisible(bool(words))

    @staticmethod
    def _has_hole(text: FaqText) -> bool:
        return any(REMOVED in one for one in (text.question, text.answer, *text.phrasings))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for title, field in (
            (self.tr("QUESTION"), self._question),
            (self.tr("ANSWER"), self._answer),
            (self.tr("CATEGORY"), self._category),
            (self.tr("OTHER WAYS TO ASK IT"), self._phrasings),
        ):
            part = QVBoxLayout()
            part.setSpacing(Space.XS + 2)
            part.addWidget(PlainLabel(title, "section"))
            part.addWidget(field)
            column.addLayout(part)
        column.addWidget(self._note)
