"""A list of short texts that is edited in place: one field each, and one to add more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.style.tokens import Space
from desktop.widgets.buttons import IconButton
from desktop.widgets.writing import one_line

_LONGEST = 500


class _Line(QWidget):
    """A text and the button that takes it away."""

    removed = Signal(object)
    edited = Signal()

    def __init__(self, text: str, field_name: str, remove_name: str) -> None:
        super().__init__()
        self._remove_name = remove_name
        self.field = QLineEdit(text)
        self.field.setAcceptDrops(False)
        self.field.setMaxLength(_LONGEST)
        self.field.setAccessibleName(field_name)
        self.field.setCursorPosition(0)
        self.remove = IconButton("close", remove_name, size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.field, 1)
        row.addWidget(self.remove)
        self.field.textEdited.connect(self.edited)
        self.remove.clicked.connect(self._on_remove)
        self._name_button()
        self.field.textChanged.connect(self._name_button)

    @Slot()
    def _name_button(self) -> None:
        words = one_line(self.field.text(), 60)
        self.remove.setAccessibleName(f"{self._remove_name}: {words}")

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class LineList(QWidget):
    """Enter in the last field adds what it holds; several pasted lines add several."""

    changed = Signal()

    def __init__(
        self, line_name: str, remove_name: str, add_hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._line_name = line_name
        self._remove_name = remove_name
        self._lines: list[_Line] = []
        self._add = _AddField()
        self._add.setPlaceholderText(add_hint)
        self._add.setAccessibleName(add_hint)
        self._add.texts_given.connect(self._on_given)
        self._add.textEdited.connect(self.changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S - 2)
        self._column.addWidget(self._add)

    def texts(self) -> tuple[str, ...]:
        """Return what is there without empty lines and repetitions, also what is typed."""
        typed = [*(line.field.text() for line in self._lines), self._add.text()]
        kept = dict.fromkeys(text.strip() for text in typed)
        return tuple(text for text in kept if text)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show other texts; silent."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        self._add.clear()
        for text in texts:
            self._append(text)

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the texts without a way to change them."""
        self._add.setVisible(not read_only)
        for line in self._lines:
            line.field.setReadOnly(read_only)
            line.remove.setVisible(not read_only)

    def _append(self, text: str) -> None:
        line = _Line(text, self._line_name, self._remove_name)
        line.removed.connect(self._on_removed)
        line.edited.connect(self.changed)
        self._column.insertWidget(len(self._lines), line)
        self._lines.append(line)

    @Slot(list)
    def _on_given(self, texts: list[str]) -> None:
        known = {line.field.text().strip().casefold() for line in self._lines}
        for text in texts:
            if text.casefold() not in known:
                self._append(text)
        self.changed.emit()

    @Slot(object)
    def _on_removed(self, line: _Line) -> None:
        at = self._lines.index(line)
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        # The keyboard goes on to what stands there now, not to nowhere.
        following = self._lines[at].field if at < len(self._lines) else self._add
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class _AddField(QLineEdit):
    """The field below the list."""

    texts_given = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add on Enter; nothing else hears of it, so that no form is sent."""
        pasted = QGuiApplication.clipboard().text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give(self.text())
        elif event.matches(QKeySequence.StandardKey.Paste) and "\n" in pasted.strip():
            self._give(pasted)
        else:
            super().keyPressEvent(event)

    def _give(self, text: str) -> None:
        texts = [one_line(each, _LONGEST) for each in text.replace("\r", "\n").split("\n")]
        given = [each for each in texts if each]
        if given:
            self.clear()
            self.texts_given.emit(given)
