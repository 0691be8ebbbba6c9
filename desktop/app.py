"""The start and the end of the desktop, as a story.

First the window is on the screen: fonts, theme and language are all it needs. Then a
thread opens the engine, while the window says so. When the inbox is open the desk takes
its place, and, on a machine that works alone, the companion is started beside it. When
the window is closed the order is reversed: what was typed is saved, the companion finishes
what it is sending, the engine closes, and only then does the process end.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QLocale, QObject, Slot
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from core import paths
from core.clock import SystemClock
from core.config import settings
from core.config.settings import Settings
from core.domain.errors import SocialSyncError
from desktop.bridge.call import EngineBridge
from desktop.bridge.child import Child
from desktop.bridge.feed import Feed, following
from desktop.bridge.garbage import GarbageOnUiThread
from desktop.bridge.report import Report
from desktop.bridge.thread import EngineThread
from desktop.bridge.trouble import trouble_of
from desktop.style.fonts import load_fonts, use_fonts
from desktop.style.icons import icon
from desktop.style.theme import Scheme, ThemeSwitch, apply_theme, current_tokens
from desktop.window.language import Language, best_language
from desktop.window.main_window import MainWindow
from desktop.window.place import place_of, put
from desktop.window.preferences import Preferences
from desktop.window.tray import open_tray

if TYPE_CHECKING:
    from core.kit import Kit

_ENGINE_PATIENCE = 10.0
_AGAIN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says; it wins over what was chosen before, for this run."""

    demo: bool = False
    language: str | None = None
    scheme: Scheme | None = None


def run(options: Options) -> int:
    """Open the desktop and return when it has ended."""
    app = QApplication([sys.argv[0]])
    app.setApplicationName("SocialSync")
    app.setDesktopFileName("socialsync")
    app.setQuitOnLastWindowClosed(False)
    load_fonts(paths.resources_dir() / "fonts")
    use_fonts(app)
    apply_theme(app, options.scheme or Scheme.SYSTEM)
    app.setWindowIcon(icon("inbox", current_tokens().accent, 32))
    language = Language(paths.resources_dir() / "i18n", app)
    language.choose(options.language or best_language(QLocale.system()))
    own = _settings(app)
    if own is None:
        return 1
    desktop = Desktop(app, own, options, language)
    loop = QEventLoop(app)
    loop.set_exception_handler(desktop.on_loop_error)
    with loop:
        loop.run_until_complete(desktop.live(loop))
    return 0


def _settings(app: QApplication) -> Settings | None:
    """Read the settings; None when they make no sense and the person gave up."""
    while True:
        try:
            return settings.load()
        except SocialSyncError as error:
            if not _try_again(app, error):
                return None


def _try_again(app: QApplication, error: SocialSyncError) -> bool:
    """Say in a window what is wrong; return whether the person wants another try."""
    window = MainWindow()
    window.show_failure(trouble_of(error))
    window.try_again_wanted.connect(partial(app.exit, _AGAIN))
    window.closed.connect(app.quit)
    window.show()
    wants = app.exec() == _AGAIN
    window.hide()
    return wants


class Desktop(QObject):
    """Everything that lives as long as the window, and the order in which it comes and goes."""

    def __init__(
        self, app: QApplication, own: Settings, options: Options, language: Language
    ) -> None:
        super().__init__()
        self._own = own
        self._clock = SystemClock()
        self._preferences = Preferences(own.home)
        self._theme = ThemeSwitch(app, options.scheme or self._preferences.scheme)
        self._language = language
        if options.language is None and self._preferences.language is not None:
            language.choose(self._preferences.language)
        self._garbage = GarbageOnUiThread(self)
        self._report = Report(own.home / "crashes", self._clock.now, self)
        self._feed = Feed(self)
        self._engine = EngineThread(self._open_kit, self)
        self._bridge = EngineBridge(self._engine, self._report, self._clock.now, self)
        self._children = _children(own, options, self)
        self._window = MainWindow()
        self._tray = open_tray(self._window)
        self._closing = asyncio.Event()
        self._engine_ended = asyncio.Event()
        self._connect()

    async def live(self, loop: asyncio.AbstractEventLoop) -> None:
        """Show the window, and stay until it has been closed and everything has ended."""
        sys.excepthook = self._report.on_uncaught
        if sys.platform != "win32":
            for wanted in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(wanted, self._closing.set)
        self._show_window()
        self._garbage.start()
        self._engine.start()
        await self._closing.wait()
        await self._end()

    def on_loop_error(
        self, _loop: asyncio.AbstractEventLoop, about: dict[str, Any]
    ) -> None:
        """Take a bug in a coroutine of the UI."""
        error = about.get("exception")
        if isinstance(error, BaseException):
            self._report.crashed(error)

    async def _end(self) -> None:
        """Close in the reverse order, while the window still paints."""
        self._preferences.keep_place(place_of(self._window))
        self._window.show_closing()
        await asyncio.gather(*(child.stop() for child in self._children))
        if self._engine.is_running:
            self._engine.ask_to_stop()
            try:
                async with asyncio.timeout(_ENGINE_PATIENCE):
                    await self._engine_ended.wait()
            except TimeoutError:
                self._window.hide()  # its thread dies with the process
        self._garbage.stop()
        self._window.hide()

    @asynccontextmanager
    async def _open_kit(self) -> AsyncIterator["Kit"]:
        """Open the engine, in its own thread, and follow its notices."""
        # Imported here: the window is on the screen before the database's library is.
        from core.engine import Part, open_engine
        from core.store.pool import Login

        parts = frozenset({Part.RELAY, Part.KNOWLEDGE, Part.THINKING})
        async with (
            open_engine(self._own, parts, login=Login.MEMBER) as engine,
            following(engine.kit.notices, self._feed),
            asyncio.TaskGroup() as group,
        ):
            running = group.create_task(engine.run())
            yield engine.kit
            running.cancel()

    @Slot(object)
    def _on_engine_opened(self, _kit: object) -> None:
        if self._closing.is_set():
            return
        self._show_desk()
        for child in self._children:
            child.start()

    @Slot(object)
    def _on_engine_ended(self, error: BaseException | None) -> None:
        self._engine_ended.set()
        if error is not None and not self._closing.is_set():
            self._window.show_failure(self._report.ended_with(error))

    @Slot()
    def _on_try_again(self) -> None:
        self._engine_ended.clear()
        self._window.show_opening()
        self._engine.start()

    @Slot(object)
    def _on_scheme_chosen(self, scheme: Scheme) -> None:
        self._theme.choose(scheme)
        self._preferences.choose_scheme(scheme)
        self._window.remember(scheme, self._language.code)

    @Slot(str)
    def _on_language_chosen(self, code: str) -> None:
        self._language.choose(code)
        self._preferences.choose_language(code)
        self._window.remember(self._theme.scheme, code)
        if self._window.desk is not None:
            self._show_desk()

    @Slot(object)
    def _on_escalation_opened(self, ids: frozenset[UUID]) -> None:
        """Call a person who looks elsewhere; who sees the window sees the badge."""
        words = self.tr("%n customer(s) ask for a person", "", len(ids))
        if not self._window.isActiveWindow():
            self._tray.say("SocialSync", words)

    @Slot()
    def _on_window_closed(self) -> None:
        self._closing.set()

    def _show_window(self) -> None:
        self._window.remember(self._theme.scheme, self._language.code)
        place = self._preferences.place
        if place is not None:
            put(self._window, place)
        self._window.show()

    def _show_desk(self) -> None:
        desk = self._window.show_desk(self._bridge, self._feed)
        for companion in self._children[:1]:
            desk.show_companion(companion.state)
            companion.state_changed.connect(desk.show_companion)

    def _connect(self) -> None:
        self._engine.opened.connect(self._on_engine_opened)
        self._engine.ended.connect(self._on_engine_ended)
        self._report.troubled.connect(self._window.show_trouble)
        self._report.crashed_badly.connect(self._window.show_crash)
        self._feed.escalation_opened.connect(self._on_escalation_opened)
        self._window.closed.connect(self._on_window_closed)
        self._window.try_again_wanted.connect(self._on_try_again)
        self._window.scheme_chosen.connect(self._on_scheme_chosen)
        self._window.language_chosen.connect(self._on_language_chosen)


def _children(own: Settings, options: Options, parent: QObject) -> list[Child]:
    """Return what runs beside a window that works alone, the companion first.

    A team runs its own companion. The demo adds a program that plays the customers.
    """
    if own.database_url is not None:
        return []
    serve = ["serve", "--exit-with-stdin"]
    customers = ["demo", "customers", "--exit-with-stdin"]
    wanted = {"companion": serve}
    if options.demo:
        wanted = {"companion": [*serve, "--demo"], "customers": customers}
    return [
        Child(
            [*paths.companion_command(), *arguments],
            folder=paths.installation_dir(),
            log=own.home / "logs" / f"{name}.log",
            parent=parent,
        )
        for name, arguments in wanted.items()
    ]
