"""An icon among words, in a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens


class IconLabel(QWidget):
    """Decoration: the words beside it say the same, so screen readers skip it."""

    def __init__(
        self, icon_name: str, colour: str, size: int = 18, parent: QWidget | None = None
    ) -> None:
        """Take the names of an icon and of the token that colours it."""
        super().__init__(parent)
        self._icon_name = icon_name
        self._colour = colour
        self._side = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon_name: str, colour: str) -> None:
        """Show another icon or another colour."""
        self._icon_name = icon_name
        self._colour = colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Ask for the icon and a little air below small capitals."""
        return QSize(self._side, self._side + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        colour = getattr(current_tokens(), self._colour)
        picture = pixmap(self._icon_name, self._side, colour, self.devicePixelRatioF())
        painter.drawPixmap(0, (self.height() - self._side) // 2, picture)
        painter.end()
