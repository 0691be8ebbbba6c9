"""Where a person writes a reply.

It grows with the text, counts near the limit of the platform, and says in words why it
cannot be used when it cannot. It does not send: `submitted` carries the text away and
the text stays until the pane clears it, so that a refused send loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import primary
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import PlainLabel

_COUNTS_WITHIN: Final = 50


class Composer(QWidget):
    """A growing field with a send button; Ctrl+Enter sends, with Shift sends and goes on."""

    submitted = Signal(str)
    submitted_and_next = Signal(str)
    text_edited = Signal(str)
    """The text after a change made by the person, for keeping it as a draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit: int | None = None
        self._measure: Callable[[str], int] = len
        self._reason: str | None = None
        self._setting = 0
        self._banner = Banner(Tone.WARNING)
        self._field = GrowingText(self.tr("Reply"))
        self._counter = PlainLabel(role="caption")
        self._hint = PlainLabel(self.tr("Ctrl+Enter sends"), "caption")
        self._send = primary(self.tr("Send"), "send")
        self._field.textChanged.connect(self._on_changed)
        self._field.submitted.connect(self._on_submitted)
        self._field.submitted_and_next.connect(self._on_submitted_and_next)
        self._send.clicked.connect(self._on_submitted)
        self._lay_out()
        self._refresh()

    def text(self) -> str:
        """Return what is written, as it is."""
        return self._field.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` in the field, cursor at its end; not an edit of the person's."""
        self._setting += 1
        self._field.setPlainText(text)
        self._field.moveCursor(self._field.textCursor().MoveOperation.End)
        self._setting -= 1
        self._refresh()

    def clear(self) -> None:
        """Empty the field, after its text was taken over."""
        self.set_text("")

    def focus_text(self) -> None:
        """Put the keyboard into the field."""
        self._field.setFocus()

    def set_placeholder(self, words: str) -> None:
        """Say to whom one writes."""
        self._field.setPlaceholderText(words)
        self._field.setAccessibleName(words)

    def set_limit(self, limit: int | None, measure: Callable[[str], int] = len) -> None:
        """Hold the text to `limit`, counted by `measure`: characters unless told."""
        self._limit = limit
        self._measure = measure
        self._refresh()

    def set_disabled_reason(self, reason: str | None) -> None:
        """Close the field and say why, or open it again with None; the text stays."""
        self._reason = reason
        self._refresh()

    def set_banner(self, words: str | None) -> None:
        """Say something above the field, such as that the reply window has closed."""
        if words is None:
            self._banner.hide()
        else:
            self._banner.show_message(words)

    def can_send(self) -> bool:
        """Tell whether sending would do anything now."""
        return self._reason is None and bool(self.text().strip()) and self._left() >= 0

    @Slot()
    def _on_changed(self) -> None:
        self._refresh()
        if not self._setting:
            self.text_edited.emit(self.text())

    @Slot()
    def _on_submitted(self) -> None:
        if self.can_send():
            self.submitted.emit(self.text())

    @Slot()
    def _on_submitted_and_next(self) -> None:
        if self.can_send():
            self.submitted_and_next.emit(self.text())

    def _left(self) -> int:
        if self._limit is None:
            return 0
        return self._limit - self._measure(self.text())

    def _refresh(self) -> None:
        closed = self._reason is not None
        self._field.setEnabled(not closed)
        self._send.setEnabled(self.can_send())
        self._hint.setText(self._reason if self._reason else self.tr("Ctrl+Enter sends"))
        left = self._left()
        counting = self._limit is not None and left <= _COUNTS_WITHIN
        self._counter.setVisible(counting)
        if counting:
            self._count(left)

    def _count(self, left: int) -> None:
        over = left < 0
        role = "danger" if over else "caption"
        if self._counter.property("role") != role:
            self._counter.setProperty("role", role)
            self._counter.style().polish(self._counter)
        words = (
            self.tr("%n character(s) too many", "", -left)
            if over
            else self.tr("%n character(s) left", "", left)
        )
        self._counter.setText(words)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(self._field, 1)
        line.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.XS, 0, Space.XS, 0)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S - 2)
        column.addWidget(self._banner)
        column.addLayout(line)
        column.addLayout(foot)
