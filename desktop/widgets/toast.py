"""Short messages that come up over the window and leave by themselves.

One with an action stays longer, one that tells of a failure stays until it is closed: a
person who looked away must not miss it. Screen readers hear each as an announcement.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Radius, Space, Tone
from desktop.widgets.banner import ICONS
from desktop.widgets.buttons import IconButton
from desktop.widgets.label import WrappedLabel

STAY_MS: Final = 5_000
STAY_WITH_ACTION_MS: Final = 9_000
_WIDTH: Final = 360
_MOST: Final = 3


class Toast(QWidget):
    """One message; `acted` when its button is pressed, `gone` when it leaves."""

    acted = Signal()
    gone = Signal()

    def __init__(self, text: str, tone: Tone, action: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setAccessibleName(text)
        words = WrappedLabel(role="toast")
        words.show_text(text)
        close = IconButton(
            "close", self.tr("Close this message"), colour="toast_text", size=14
        )
        close.clicked.connect(self.leave)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(Space.L + 18 + Space.S, Space.M - 2, Space.S, Space.M - 2)
        row.addWidget(words, 1)
        if action is not None:
            row.addWidget(self._make_action(action))
        row.addWidget(close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.leave)
        if tone is not Tone.DANGER:
            self._timer.start(STAY_MS if action is None else STAY_WITH_ACTION_MS)

    def height_for(self, width: int) -> int:
        """Return the height that the words need at `width`."""
        return max(self._row.heightForWidth(width), self.minimumSizeHint().height())

    @Slot()
    def leave(self) -> None:
        """Go away now."""
        self._timer.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dark ground in the light theme and a light one in the dark."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.toast))
        painter.setPen(QColor(tokens.toast))
        inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, Radius.CARD, Radius.CARD)
        mark = pixmap(ICONS[self._tone], 18, tokens.toast_text, self.devicePixelRatioF())
        left = self.width() - Space.L - 18 if self.isRightToLeft() else Space.L
        painter.drawPixmap(left, (self.height() - 18) // 2, mark)
        painter.end()

    def _make_action(self, action: str) -> QPushButton:
        button = QPushButton(action, self)
        button.setProperty("role", "toast")
        button.setAccessibleName(action)
        button.clicked.connect(self.acted)
        button.clicked.connect(self.leave)
        return button


class ToastStack(QObject):
    """Keeps up to three toasts in the lower leading corner of `window`.

    That is over the list: in the other corner they would lie on Send and on the notes.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    def show_toast(self, text: str, tone: Tone, action: str | None = None) -> Toast:
        """Show `text`; the oldest toast leaves when there are too many."""
        while len(self._toasts) >= _MOST:
            self._toasts[0].leave()
        toast = Toast(text, tone, action, self._window)
        toast.gone.connect(self._on_gone)
        self._toasts.append(toast)
        toast.show()
        self._arrange()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))
        return toast

    def toasts(self) -> tuple[Toast, ...]:
        """Return the toasts in sight, oldest first."""
        return tuple(self._toasts)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_gone(self) -> None:
        self._toasts = [toast for toast in self._toasts if toast is not self.sender()]
        self._arrange()

    def _arrange(self) -> None:
        width = min(_WIDTH, self._window.width() - 2 * Space.XL)
        bottom = self._window.height() - Space.XL
        mirrored = self._window.isRightToLeft()
        left = self._window.width() - Space.XL - width if mirrored else Space.XL
        for toast in reversed(self._toasts):
            height = toast.height_for(width)
            toast.setGeometry(left, bottom - height, width, height)
            toast.raise_()
            bottom -= height + Space.S
