"""A real window, and the languages it speaks."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QSettings
from pytestqt.qtbot import QtBot

from core import paths
from desktop.bridge.garbage import GarbageOnUiThread
from desktop.window.desk import Desk
from desktop.window.language import Language
from desktop.window.main_window import MainWindow
from tests.desktop.windows import a_bridge, a_desk
from tests.doubles.inbox_pane import Inbox
from tests.doubles.knowledge_pane import Library


@pytest.fixture(autouse=True, scope="module")
def garbage_of_the_module() -> Iterator[None]:
    """Leave no widgets of these tests to the collector of some other thread."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Collect as the app does, on the thread of the widgets: any other may crash."""
    gc.disable()
    yield
    GarbageOnUiThread().collect_due()
    gc.enable()


@pytest.fixture(autouse=True)
def own_drafts(tmp_path: Path) -> None:
    """Keep what the tests write from the drafts of whoever runs them."""
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(ini, user, str(tmp_path / "settings"))


@pytest.fixture
def library(qtbot: QtBot) -> Library:
    return Library(qtbot)


@pytest.fixture
def shop(qtbot: QtBot) -> Inbox:
    return Inbox(qtbot)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made, before_close_func=_forget)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _forget(window: MainWindow) -> None:
    """Let the test's window go: the real one refuses to close by itself."""
    window.hide()


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow) -> Desk:
    return a_desk(qtbot, window, a_bridge())


@pytest.fixture
def speak(qapp: QObject) -> Iterator[Callable[[str], None]]:
    language = Language(paths.resources_dir() / "i18n", qapp)
    before = QLocale()
    yield language.choose
    language.choose("none of ours")
    for translator in language.findChildren(QObject):
        QCoreApplication.removeTranslator(translator)  # type: ignore[arg-type]
    QLocale.setDefault(before)
