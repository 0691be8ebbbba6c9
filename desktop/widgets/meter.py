"""How much of something is used up: words over a bar that turns amber, then red."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.label import ElidedLabel
from desktop.widgets.progress_line import ProgressLine

NEARLY: Final = 0.8
"""From this part on the bar warns."""


class Meter(QWidget):
    """The words say everything; the bar repeats it for the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(role="small")
        self._bar = ProgressLine()
        self.colour = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._words)
        column.addWidget(self._bar)

    def show_use(self, part: float | None, words: str) -> None:
        """Show what is used; without a limit there is no part, and no bar."""
        self.setAccessibleName(words)
        self._words.show_text(words)
        self._bar.setVisible(part is not None)
        if part is not None:
            self.colour = _colour(part)
            self._bar.show_part(part, words, self.colour)


def _colour(part: float) -> str:
    if part >= 1:
        return "danger"
    return "warning" if part >= NEARLY else "accent"
