"""The message that a reply will show above itself: whose words, which, and a way out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.bubble import Quote
from desktop.widgets.buttons import icon_button
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel

_ICON: Final = 16


class QuoteStrip(QFrame):
    """Hidden until a message is chosen to be answered."""

    removed = Signal()
    """The person wants to write without it after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "fact")
        self._who = ElidedLabel(role="strong")
        self._words = ElidedLabel(role="caption")
        self._remove = icon_button("close", self.tr("Reply without the quote"))
        self._remove.clicked.connect(self._on_remove)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._who)
        lines.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(IconLabel("quote", "muted", _ICON))
        row.addLayout(lines, 1)
        row.addWidget(self._remove)
        self.hide()

    def show_quote(self, quote: Quote) -> None:
        """Show the message that will stand above the reply."""
        answers = self.tr("Replying to %1").replace("%1", quote.who)
        self._who.show_text(answers)
        self._words.show_text(quote.words)
        self.setAccessibleName(f"{answers}: {quote.words}")
        self.show()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit()
