"""A name in a column of pages: an icon, words, and a dot when something is unsaved there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.icons import icon
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space
from desktop.widgets.writing import safe_tooltip

_ICON: Final = 18
_DOT: Final = 3.5


class NavButton(QPushButton):
    """Stays pressed while its page is in sight."""

    def __init__(self, text: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self._words = text
        self._mark = ""
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(_ICON, _ICON))
        self.toggled.connect(self._tint)
        self._tint()

    def show_mark(self, words: str) -> None:
        """Show a dot that means `words`; empty takes it away."""
        self._mark = words
        self.setAccessibleName(f"{self._words}, {words}" if words else self._words)
        self.setToolTip(safe_tooltip(words) if words else "")
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the column."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.ApplicationPaletteChange,
        ):
            self._tint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then the dot."""
        super().paintEvent(event)
        if not self._mark:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_tokens().accent))
        at = Space.M if self.isRightToLeft() else self.width() - Space.M
        painter.drawEllipse(QPointF(at, self.height() / 2), _DOT, _DOT)
        painter.end()

    def _tint(self) -> None:
        tokens = current_tokens()
        colour = tokens.accent_text if self.isChecked() else tokens.muted
        self.setIcon(icon(self._icon_name, colour, _ICON))
