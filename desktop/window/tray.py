"""The system's tray, where there is one; it speaks when nobody looks at the window."""

from typing import Protocol

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens


class Tray(Protocol):
    """What the window needs of a tray."""

    def say(self, title: str, text: str) -> None:
        """Show a short message; it must not hold a customer's words."""
        ...


class NoTray:
    """There is no tray on this desktop: the window's own badges have to do."""

    def say(self, title: str, text: str) -> None:
        """Say nothing."""


class SystemTray:
    """The real tray; clicking it or its message brings the window back."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        mark = QIcon(pixmap("inbox", 22, current_tokens().accent, 2.0))
        self._icon = QSystemTrayIcon(mark, window)
        self._icon.setToolTip("SocialSync")
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_activated)
        self._icon.show()

    def say(self, title: str, text: str) -> None:
        """Show a message of the system."""
        self._icon.showMessage(title, text)

    def _on_activated(self) -> None:
        self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()


def open_tray(window: QWidget) -> Tray:
    """Return the system's tray, or a silent stand-in."""
    return SystemTray(window) if QSystemTrayIcon.isSystemTrayAvailable() else NoTray()
