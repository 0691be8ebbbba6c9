"""What the assistant proposes, or why it asks for a person.

The card shows the proposal, how sure the assistant is, and on request the exact words it
relied on. It sends nothing: approving, editing and dismissing are signals.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.quotes import Quotes, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A reply the assistant would send, and what stands behind it."""

    title: str
    text: str
    confidence: float
    threshold: float
    """Below this confidence the assistant does not send by itself."""
    sources: tuple[Source, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationNote:
    """Why a person is needed, and what that person should check."""

    title: str
    reason: str
    checks: tuple[str, ...] = ()


class AssistantCard(QFrame):
    """Hidden until there is something to decide."""

    approved = Signal()
    edit_wanted = Signal(str)
    """The reply should go into the composer, to be changed there."""
    dismissed = Signal()
    source_opened = Signal(int)
    """The document behind the source at this position should be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "suggestion")
        self._suggestion: Suggestion | None = None
        self._mark = IconLabel("assistant", "accent_text")
        self._title = ElidedLabel(role="heading")
        self._pill = Pill()
        self._text = WrappedLabel()
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._reason = WrappedLabel(role="small")
        self._checks = QVBoxLayout()
        self._sources = Quotes()
        self._sources.opened.connect(self.source_opened)
        self._busy = WrappedLabel(role="small")
        self._approve = primary(self.tr("Approve"), "send")
        self._edit = secondary(self.tr("Edit"))
        self._dismiss = quiet(self.tr("Dismiss"))
        self._approve.clicked.connect(self.approved)
        self._edit.clicked.connect(self._on_edit_clicked)
        self._dismiss.clicked.connect(self.dismissed)
        self._lay_out()
        self.hide()

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show a reply that waits for a decision."""
        self._suggestion = suggestion
        self._begin(suggestion.title, "assistant", "accent_text")
        tone = Tone.GOOD if suggestion.confidence >= suggestion.threshold else Tone.WARNING
        self._pill.show_text(self._confidence(suggestion), tone)
        self._show_words(self._text, suggestion.text)
        self._text.setAccessibleName(
            self.tr("Suggested reply: %1").replace("%1", suggestion.text)
        )
        self._show_words(self._reason, suggestion.reason)
        self._sources.show_sources(suggestion.sources)
        for button in (self._approve, self._edit, self._dismiss):
            button.show()
        self.show()

    def show_escalation(self, note: EscalationNote) -> None:
        """Show why a person has to answer this one."""
        self._suggestion = None
        self._begin(note.title, "escalation", "danger_text")
        self._pill.show_text(self.tr("needs a person"), Tone.DANGER)
        self._show_words(self._text, note.reason)
        self._text.setAccessibleName(note.reason)
        self._show_words(self._reason, self.tr("To check:") if note.checks else "")
        for check in note.checks:
            self._add_check(check)
        self._sources.show_sources(())
        self._approve.hide()
        self._edit.hide()
        self._dismiss.hide()
        self.show()

    def clear(self) -> None:
        """Forget what was shown, and hide."""
        self._suggestion = None
        self.hide()

    def set_busy(self, reason: str | None) -> None:
        """While a decision travels, or must wait, say why nothing can be pressed."""
        for button in (self._approve, self._edit, self._dismiss):
            button.setEnabled(reason is None)
        self._show_words(self._busy, reason or "")

    @Slot()
    def _on_edit_clicked(self) -> None:
        if self._suggestion is not None:
            self.edit_wanted.emit(self._suggestion.text)

    def _begin(self, title: str, icon_name: str, colour: str) -> None:
        self._mark.show_icon(icon_name, colour)
        self._title.show_text(title)
        self.setAccessibleName(title)
        self.set_busy(None)
        _empty(self._checks)

    def _confidence(self, suggestion: Suggestion) -> str:
        locale = QLocale()
        sure = locale.toString(suggestion.confidence, "f", 2)
        bar = locale.toString(suggestion.threshold, "f", 2)
        if suggestion.confidence >= suggestion.threshold:
            words = self.tr("confidence %1 · above the threshold %2")
        else:
            words = self.tr("confidence %1 · below the threshold %2")
        return words.replace("%1", sure).replace("%2", bar)

    def _add_check(self, check: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(IconLabel("check", "muted", 14), 0, Qt.AlignmentFlag.AlignTop)
        words = WrappedLabel(role="small")
        words.show_text(check)
        row.addWidget(words, 1)
        self._checks.addLayout(row)

    @staticmethod
    def _show_words(label: WrappedLabel, words: str) -> None:
        label.show_text(words)
        label.setVisible(bool(words))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        head.addWidget(self._pill)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self._busy, 1)
        foot.addStretch()
        for button in (self._dismiss, self._edit, self._approve):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._reason)
        column.addLayout(self._checks)
        column.addWidget(self._sources)
        column.addLayout(foot)


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout, nested rows included."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _empty(inner)
        if widget is not None:
            widget.deleteLater()
