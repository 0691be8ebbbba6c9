"""What is shown where there is nothing: why, and the one thing to do about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space
from desktop.widgets.buttons import secondary
from desktop.widgets.label import PlainLabel, WrappedLabel

_ICON: Final = 40
_WIDEST: Final = 340


class EmptyState(QWidget):
    """An icon, a sentence, a hint, and a button when something can be done."""

    acted = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        hint: str,
        action: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = PlainLabel()
        self._title = PlainLabel(title, "heading")
        self._hint = WrappedLabel(hint, "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setFixedWidth(_WIDEST)
        column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addStretch(2)
        for part in (self._picture, self._title):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        # Between stretches: an alignment would stop the hint from wrapping.
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self._hint)
        line.addStretch()
        column.addLayout(line)
        if action is not None:
            button = secondary(action)
            button.clicked.connect(self.acted)
            column.addSpacing(Space.S)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.show_words(title, hint)
        self._tint()

    def show_words(self, title: str, hint: str) -> None:
        """Say something else, for a list that is empty for another reason now."""
        self._title.setText(title)
        self._hint.setText(hint)
        self.setAccessibleName(f"{title}. {hint}")

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        colour = current_tokens().line_strong
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon_name, _ICON, colour, ratio))
