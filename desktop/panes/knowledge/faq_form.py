"""The fields of a FAQ entry."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from core.domain.knowledge import Faq, FaqText
from desktop.panes.knowledge.rows import FEW_PHRASINGS
from desktop.panes.knowledge.words import language_name
from desktop.style.tokens import Space
from desktop.widgets.choice import Choice
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.line_list import LineList

COMMON_LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt", "ar")
_LONGEST_QUESTION = 500
_LONGEST_CATEGORY = 80


def text_of(entry: Faq) -> FaqText:
    """Return an entry as a person would write it."""
    return FaqText(
        question=entry.question,
        answer=entry.answer,
        category=entry.category,
        language=entry.lang_code,
        phrasings=entry.phrasings,
    )


class FaqForm(QWidget):
    """Shows an entry and gives back what is written."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = QLineEdit()
        self._question.setMaxLength(_LONGEST_QUESTION)
        self._question.setPlaceholderText(self.tr("What do customers ask?"))
        self._answer = GrowingText(self.tr("Answer"))
        self._answer.setPlaceholderText(self.tr("The answer, as you would send it"))
        self._category = QLineEdit()
        self._category.setMaxLength(_LONGEST_CATEGORY)
        self._category.setPlaceholderText(self.tr("Delivery, payment…"))
        self._category.setToolTip(
            self.tr("A category of its own is one more way to recognise this entry.")
        )
        self._language = Choice(self.tr("Language"))
        self._phrasings = LineList(
            self.tr("Another way to ask"),
            self.tr("Remove this way to ask"),
            self.tr("Another way to ask it, then Enter"),
        )
        self._few = WrappedLabel(role="warning")
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
        self._answer.textChanged.connect(self._on_edited)
        self._category.textEdited.connect(self._on_edited)
        self._language.activated.connect(self._on_edited)
        self._phrasings.changed.connect(self._on_edited)

    def show_text(self, text: FaqText, codes: Iterable[str]) -> None:
        """Show words; `codes` are the languages that the knowledge base has."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._question.setText(text.question)
        self._question.setCursorPosition(0)
        self._answer.setPlainText(text.answer)
        self._category.setText(text.category or "")
        self._fill_languages(codes, text.language)
        self._phrasings.show_texts(text.phrasings)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._tell_few()

    def text(self) -> FaqText:
        """Return what is written."""
        language = self._language.currentData()
        return FaqText(
            question=self._question.text().strip(),
            answer=self._answer.toPlainText().strip(),
            category=self._category.text().strip() or None,
            language=language or None,
            phrasings=self._phrasings.texts(),
        )

    def is_complete(self) -> bool:
        """Tell whether there is a question and an answer."""
        text = self.text()
        return bool(text.question and text.answer)

    def offer_categories(self, categories: Iterable[str]) -> None:
        """Complete a category from those that exist."""
        completer = QCompleter(sorted(set(categories)), self._category)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(self.tr("Categories"))
        self._category.setCompleter(completer)

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the words without a way to change them."""
        self._question.setReadOnly(read_only)
        self._answer.setReadOnly(read_only)
        self._category.setReadOnly(read_only)
        self._language.setEnabled(not read_only)
        self._phrasings.set_read_only(read_only=read_only)

    def focus_first(self) -> None:
        """Put the cursor where one would begin."""
        field = self._answer if self._question.text() else self._question
        field.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        self._tell_few()
        self.edited.emit()

    def _tell_few(self) -> None:
        self._few.setVisible(len(self.text().phrasings) + 1 < FEW_PHRASINGS)

    def _fill_languages(self, codes: Iterable[str], chosen: str | None) -> None:
        self._language.clear()
        self._language.addItem(self.tr("Detect by itself"), "")
        known = dict.fromkeys([*COMMON_LANGUAGES, *sorted(codes)])
        if chosen is not None:
            known[chosen] = None
        for code in known:
            self._language.addItem(language_name(code), code)
        self._language.setCurrentIndex(max(0, self._language.findData(chosen or "")))

    def _arrange(self) -> None:
        self._few.show_text(
            self.tr(
                "With fewer than 5 ways to ask, the assistant only suggests this answer."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addLayout(_field(self.tr("QUESTION"), self._question))
        column.addLayout(_field(self.tr("ANSWER"), self._answer))
        side = QHBoxLayout()
        side.setSpacing(Space.L)
        side.addLayout(_field(self.tr("CATEGORY"), self._category), 1)
        side.addLayout(_field(self.tr("LANGUAGE"), self._language), 1)
        column.addLayout(side)
        ways = _field(self.tr("OTHER WAYS TO ASK IT"), self._phrasings)
        ways.addWidget(self._few)
        column.addLayout(ways)


def _field(title: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.XS + 2)
    column.addWidget(PlainLabel(title, "section"))
    column.addWidget(widget)
    return column
