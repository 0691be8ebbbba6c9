"""The frame: on the screen before the engine is, and until it has closed.

It holds one thing at a time: the words that the inbox is opening, why it did not open, or
the desk. It knows nothing of what the panes do; a new pane never adds a method here.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.bridge.report import Crash
from desktop.bridge.trouble import Trouble
from desktop.style.theme import Scheme
from desktop.style.tokens import Tone
from desktop.widgets.toast import ToastStack
from desktop.window import waiting
from desktop.window.crash import CrashDialog
from desktop.window.settings_menu import SettingsMenu

if TYPE_CHECKING:
    from desktop.window.desk import Desk

_WIDTH, _HEIGHT = 1400, 900
_SMALLEST = (1024, 620)


class MainWindow(QMainWindow):
    """What the app tells things to; it answers with signals."""

    closed = Signal()
    """The person closed the window; the app ends, and then quits."""
    try_again_wanted = Signal()
    scheme_chosen = Signal(object)
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("SocialSync")
        self.setMinimumSize(*_SMALLEST)
        room = self.screen().availableSize()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self._desk: Desk | None = None
        self._scheme = Scheme.SYSTEM
        self._language = "en"
        self._toasts = ToastStack(self)
        self._menu = SettingsMenu(self)
        self._menu.scheme_chosen.connect(self.scheme_chosen)
        self._menu.language_chosen.connect(self.language_chosen)
        self._menu.keys_wanted.connect(self._on_keys_wanted)
        self._menu.quit_wanted.connect(self.close)
        self.show_opening()

    @property
    def desk(self) -> "Desk | None":
        """Return the desk while the inbox is open."""
        return self._desk

    def remember(self, scheme: Scheme, language: str) -> None:
        """Note what is chosen, for the menu of settings."""
        self._scheme, self._language = scheme, language

    def show_opening(self) -> None:
        """Say that the inbox is being opened."""
        self._put(waiting.opening())

    def show_closing(self) -> None:
        """Say that the app is ending, while the engine finishes what it does."""
        self._put(waiting.closing())

    def show_failure(self, trouble: Trouble | None) -> None:
        """Say why the inbox is not open, and offer to try again."""
        page = waiting.failed(trouble)
        page.acted.connect(self.try_again_wanted)
        self._put(page)

    def show_desk(self, bridge: Bridge, feed: Feed) -> "Desk":
        """Show the inbox; also again, after a change of language. Returns the desk."""
        # Imported here: the panes bring the queries and with them the database's library,
        # which the first picture of the window must not wait for.
        from desktop.window.desk import Desk

        if self._desk is not None:
            self._desk.leave()
        desk = Desk(bridge, feed)
        desk.settings_wanted.connect(self._on_settings_wanted)
        self._put(desk)
        self._desk = desk
        return desk

    @Slot(object)
    def show_trouble(self, trouble: Trouble) -> None:
        """Say a foreseen error that no pane answered."""
        self._toasts.show_toast(f"{trouble.title}. {trouble.next_step}", Tone.WARNING)

    @Slot(object)
    def show_crash(self, crash: Crash) -> None:
        """Tell about a bug, without stopping anything."""
        CrashDialog(crash, self).open()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what was typed and let the app end in order, instead of quitting now."""
        if self._desk is not None:
            self._desk.leave()
        event.ignore()
        self.closed.emit()

    def _put(self, page: QWidget) -> None:
        """Show a page; the one before is deleted."""
        self._desk = None
        self.setCentralWidget(page)

    @Slot(object)
    def _on_settings_wanted(self, button: QWidget) -> None:
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner = button.mapToGlobal(QPoint(0, button.height()))
        if self._desk is not None:
            self._menu.open_at(corner, self._scheme, self._language, self._desk.switches)

    @Slot()
    def _on_keys_wanted(self) -> None:
        if self._desk is not None:
            self._desk.open_keys()
