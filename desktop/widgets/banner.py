"""A line across a pane that says what is wrong and offers the one thing to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Radius, Space, Tone, tone_pair
from desktop.widgets.label import WrappedLabel

ICONS: Final = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.GOOD: "check",
    Tone.WARNING: "escalation",
    Tone.DANGER: "failed",
}
_ICON: Final = 18


class Banner(QWidget):
    """Hidden until it has something to say."""

    action_taken = Signal()

    def __init__(self, tone: Tone = Tone.WARNING, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._words = WrappedLabel()
        self._button = QPushButton()
        self._button.setProperty("role", "banner")
        self._button.clicked.connect(self.action_taken)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M + _ICON + Space.S, Space.S, Space.S, Space.S)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_message(self, text: str, action: str | None = None) -> None:
        """Say `text`, with a button when there is an action."""
        self._words.show_text(text)
        self._button.setText(action or "")
        self._button.setAccessibleName(action or "")
        self._button.setVisible(action is not None)
        self.setAccessibleName(text)
        self.show()

    def set_tone(self, tone: Tone) -> None:
        """Change how grave it looks."""
        self._tone = tone
        self.update()

    def text(self) -> str:
        """Return what is said."""
        return self._words.text()

    @override
    def sizeHint(self) -> QSize:
        """Ask for at least one comfortable line."""
        return super().sizeHint().expandedTo(QSize(160, 40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the icon of the tone."""
        tokens = current_tokens()
        pair = tone_pair(tokens, self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(pair.soft))
        painter.setPen(QColor(pair.soft))
        painter.drawRoundedRect(QRectF(self.rect()), Radius.FIELD, Radius.FIELD)
        mirrored = self.isRightToLeft()
        left = self.width() - Space.M - _ICON if mirrored else Space.M
        mark = pixmap(ICONS[self._tone], _ICON, pair.text, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - _ICON) // 2, mark)
        painter.end()
