"""A plain text field as tall as its text, up to a number of lines."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

FEWEST_LINES: Final = 2
MOST_LINES: Final = 6
_CHROME: Final = 17
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class GrowingText(QPlainTextEdit):
    """Enter makes a line, Ctrl+Enter submits, Tab leaves."""

    submitted = Signal()
    submitted_and_next = Signal()
    files_offered = Signal(list)
    """Paths of files that were dropped or pasted here."""
    picture_offered = Signal(QImage)
    """A picture without a file, such as a part of the screen, was pasted here."""

    def __init__(
        self,
        accessible_name: str,
        parent: QWidget | None = None,
        *,
        most_lines: int = MOST_LINES,
    ) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self._takes_files = False
        self.setAccessibleName(accessible_name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Told after the text is laid out, when its lines can be counted.
        self.document().documentLayout().documentSizeChanged.connect(self._on_resized)

    def lines(self) -> int:
        """Return how many lines are shown: those of the text, within the limits.

        What stands there while it is empty fits as well.
        """
        # The document of a plain text edit measures its height in lines.
        wanted = round(self.document().size().height())
        suggested = self.placeholderText().count("\n") + 1
        return min(self._most_lines, max(FEWEST_LINES, wanted, suggested))

    @override
    def sizeHint(self) -> QSize:
        """Ask for the lines of the text."""
        height = self.lines() * self.fontMetrics().lineSpacing() + _CHROME
        return QSize(200, height + 2 * round(self.document().documentMargin()))

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return QSize(80, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again when the width changes, since lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit with Ctrl+Enter, and on to the next with Shift as well."""
        modifiers = event.modifiers() & (_CONTROL | _SHIFT)
        if event.key() in _ENTER and modifiers == _CONTROL:
            self.submitted.emit()
        elif event.key() in _ENTER and modifiers == _CONTROL | _SHIFT:
            self.submitted_and_next.emit()
        else:
            super().keyPressEvent(event)

    def take_files(self, *, taken: bool) -> None:
        """Begin or stop to offer the files and pictures that are dropped and pasted here."""
        self._takes_files = taken

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, and what can be sent with them."""
        if self._takes_files and (source.hasImage() or local_files(source)):
            return True
        return source.hasText()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only; files are offered instead, for their paths say nothing."""
        files = local_files(source) if self._takes_files else []
        if files:
            self.files_offered.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text())
        elif self._takes_files and source.hasImage():
            self.picture_offered.emit(QImage(source.imageData()))

    @Slot()
    def _on_resized(self) -> None:
        self.updateGeometry()


def local_files(source: QMimeData) -> list[str]:
    """Return the paths of the files of this machine among what is dropped or pasted."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
