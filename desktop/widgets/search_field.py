"""A field that searches by itself when the typing pauses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop.style.icons import icon
from desktop.style.theme import current_tokens

PAUSE_MS: Final = 250


class SearchField(QLineEdit):
    """Emits `searched` after a pause, on Enter, and when it is emptied."""

    searched = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(36)
        self._told = ""
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._on_paused)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)
        self._tint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search at once on Enter, and let go of the words on Escape."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_paused()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the glass again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for a name and an order number."""
        return QSize(240, 36)

    @Slot()
    def _on_edited(self) -> None:
        self._pause.start()

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        if not text:
            self._on_paused()

    @Slot()
    def _on_paused(self) -> None:
        self._pause.stop()
        wanted = self.text().strip()
        if wanted != self._told:
            self._told = wanted
            self.searched.emit(wanted)

    def _tint(self) -> None:
        self._glass.setIcon(icon("search", current_tokens().muted, 16))
