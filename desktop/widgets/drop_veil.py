"""What lies over a pane while files are dragged above it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.style.fonts import text_font
from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Radius, Type
from desktop.widgets.growing_text import local_files
from desktop.widgets.writing import direction_of

_ICON: Final = 44
_EDGE: Final = 18.0


class DropVeil(QWidget):
    """Covers its parent while files are above it, and says what a drop would do."""

    dropped = Signal(list)
    """Paths of the files and folders that were let go over the parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self._hint = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)
        self.hide()

    def set_words(self, title: str, hint: str) -> None:
        """Say this from now on."""
        self._title, self._hint = title, hint
        self.setAccessibleName(f"{title}. {hint}")

    def lift(self) -> None:
        """Come up over the parent."""
        self._cover()
        self.show()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the parent, and what is dragged over it."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        elif isinstance(event, QDragEnterEvent):
            return self._take(event)
        elif isinstance(event, QDragMoveEvent):
            return self._go_along(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._let_go(event)
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a soft ground, a dashed edge, an arrow and the words."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.window)
        ground.setAlpha(150)
        painter.fillRect(self.rect(), ground)
        inner = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        card = QColor(tokens.accent_soft)
        card.setAlpha(246)
        painter.setBrush(card)
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(inner, Radius.CARD, Radius.CARD)
        middle = self.rect().center()
        mark = pixmap("upload", _ICON, tokens.accent_text, self.devicePixelRatioF())
        painter.drawPixmap(middle.x() - _ICON // 2, middle.y() - 66, mark)
        bold = text_font(Type.TITLE, QFont.Weight.DemiBold)
        top = middle.y() - 8
        self._words(painter, self._title, bold, tokens.text, top)
        self._words(painter, self._hint, text_font(Type.BODY), tokens.muted, top + 30)
        painter.end()

    def _words(
        self, painter: QPainter, words: str, font: QFont, colour: str, top: int
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.setLayoutDirection(direction_of(words, self.layoutDirection()))
        spot = self.rect().adjusted(40, top, -40, 0)
        spot.setHeight(28)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)

    def _take(self, event: QDragEnterEvent) -> bool:
        if not local_files(event.mimeData()):
            return False
        event.acceptProposedAction()
        self.lift()
        return True

    def _go_along(self, event: QDragMoveEvent) -> bool:
        if self.isVisible():
            event.acceptProposedAction()
        return self.isVisible()

    def _let_go(self, event: QDropEvent) -> bool:
        self.hide()
        files = local_files(event.mimeData())
        if not files:
            return False
        event.acceptProposedAction()
        self.dropped.emit(files)
        return True

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
