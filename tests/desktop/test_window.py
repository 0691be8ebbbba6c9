"""The window: states, navigation, palette, keys, and both languages throughout."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core import paths
from core.queries import conversation
from desktop.bridge.child import ChildState
from desktop.bridge.feed import Feed
from desktop.bridge.report import Crash
from desktop.bridge.trouble import Trouble
from desktop.panes.escalations.pane import EscalationsPane
from desktop.panes.inbox.pane import InboxPane
from desktop.style.theme import Scheme
from desktop.window.crash import CrashDialog
from desktop.window.desk import Desk
from desktop.window.language import best_language
from desktop.window.main_window import MainWindow
from desktop.window.preferences import Preferences
from tests.desktop.windows import (
    a_bridge,
    a_desk,
    in_sight,
    press,
    texts_in,
)
from tests.doubles.inbox_rows import (
    a_decision,
    a_detail,
    conversation_id,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

I18N = paths.resources_dir() / "i18n"


def test_window_says_that_the_inbox_opens(window: MainWindow) -> None:
    assert "Opening your inbox…" in texts_in(window)


def test_failure_is_said_in_words_and_can_be_tried_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_failure(
        Trouble(title="No room", next_step="Free some.", detail="Disk full.")
    )
    assert "No room" in texts_in(window)
    assert "Disk full." in texts_in(window)
    again = next(
        each for each in window.findChildren(QAbstractButton) if each.text() == "Try again"
    )
    with qtbot.waitSignal(window.try_again_wanted):
        again.click()


def test_closing_is_told_and_left_to_the_app(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()
    assert window.isVisible()


def test_keys_go_from_pane_to_pane(desk: Desk) -> None:
    assert in_sight(desk, InboxPane)
    press(desk, "pane-escalations")
    assert in_sight(desk, EscalationsPane)
    assert not in_sight(desk, InboxPane)


def test_escalation_opens_its_conversation_in_the_inbox(desk: Desk) -> None:
    press(desk, "pane-escalations")
    pane = desk.findChild(EscalationsPane)
    assert isinstance(pane, EscalationsPane)
    pane.open_conversation.emit(conversation_id(0))
    assert in_sight(desk, InboxPane)
    assert "Élodie Marchand" in texts_in(desk)


def test_palette_finds_commands_and_conversations(qtbot: QtBot, desk: Desk) -> None:
    palette = desk.open_palette()
    field, found = palette.findChild(QLineEdit), palette.findChild(QListWidget)
    assert isinstance(field, QLineEdit)
    assert isinstance(found, QListWidget)
    QTest.keyClicks(field, "escalations")
    assert found.item(0).text().startswith("Go to Escalations")
    qtbot.waitUntil(
        lambda: any("Karim" in found.item(at).text() for at in range(found.count()))
    )
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert in_sight(desk, EscalationsPane)


def test_palette_opens_the_conversation_that_is_marked(qtbot: QtBot, desk: Desk) -> None:
    palette = desk.open_palette()
    field, found = palette.findChild(QLineEdit), palette.findChild(QListWidget)
    assert isinstance(field, QLineEdit)
    assert isinstance(found, QListWidget)
    QTest.keyClicks(field, "haddad")
    qtbot.waitUntil(lambda: found.count() == 3)
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.conversation_chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [conversation_id(1)]


def test_key_sheet_lists_every_key_and_no_alt(desk: Desk) -> None:
    sheet = desk.open_keys()
    texts = texts_in(sheet)
    assert {"Resolve", "Find anything", "Send and go to the next"} <= set(texts)
    assert not [text for text in texts if "Alt" in text]


def test_bug_is_shown_without_stopping_and_can_be_copied(window: MainWindow) -> None:
    window.show_crash(Crash(path=None, text="ZeroDivisionError\n  pane.py:3 in f"))
    dialog = window.findChild(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    copy = next(b for b in dialog.findChildren(QAbstractButton) if "Copy" in b.text())
    copy.click()
    assert "ZeroDivisionError" in QApplication.clipboard().text()


@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_control_has_a_name_in_both_languages(
    code: str, qtbot: QtBot, speak: Callable[[str], None], window: MainWindow
) -> None:
    speak(code)
    desk = a_desk(qtbot, window, a_bridge())
    desk.open_conversation(conversation_id(0))
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    nameless = [
        each
        for kind in kinds
        for each in desk.findChildren(kind)
        # Qt's own clear button lives in the line edit and is named by Qt.
        if each.isVisible()
        and not spoken(each)
        and not isinstance(each.parent(), QLineEdit)
    ]
    assert nameless == []


def spoken(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_french_window_says_nothing_in_english(
    speak: Callable[[str], None], window: MainWindow
) -> None:
    speak("en")
    english = _words_of(window)
    speak("fr")
    french = _words_of(window)
    # The same in both: names, platforms, a proper noun of French origin.
    shared = {"Conversations", "Message", "Messages", "Assistant", "Navigation"}
    shared |= {"Documents", "Question", "QUESTION", "FAQ"}
    assert {word for word in english & french if word not in shared} == set()


def _words_of(window: MainWindow) -> set[str]:
    """Return the interface's own words in every state, without what people wrote."""
    bridge = a_bridge()
    desk = window.show_desk(bridge, Feed())
    desk.open_conversation(conversation_id(0))
    bridge.answers(conversation.detail, a_detail(0, last_decision=a_decision()))
    desk.open_conversation(conversation_id(0))
    desk.show_companion(ChildState.RESTARTING)
    sheet = desk.open_keys()
    texts = {*texts_in(desk), *texts_in(sheet), *(a.text() for a in desk.actions())}
    sheet.close()
    return {text for text in texts if _is_ours(text)}


def _is_ours(text: str) -> bool:
    people = (
        "Élodie",
        "Karim",
        "Julie",
        "WhatsApp",
        "delivery",
        "Orders leave",
        "order",
        "Delivery",
    )
    has_words = any(len(part) > 2 and part.isalpha() for part in text.split())
    return has_words and not any(each in text for each in people) and "+" not in text


def test_plural_forms_follow_the_language(
    speak: Callable[[str], None], window: MainWindow
) -> None:
    for code, one, many in (
        ("en", "1 message", "2 messages"),
        ("fr", "1 message", "2 messages"),
    ):
        speak(code)
        for count, words in ((1, one), (2, many)):
            bridge = a_bridge()
            bridge.answers(conversation.detail, a_detail(0, message_count=count))
            desk = window.show_desk(bridge, Feed())
            desk.open_conversation(conversation_id(0))
            assert any(text.endswith(f"\n{words}") for text in texts_in(desk))


def test_window_mirrors_for_languages_from_right_to_left(
    qapp: QApplication, qtbot: QtBot, window: MainWindow
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        desk = a_desk(qtbot, window, a_bridge())
        desk.open_conversation(conversation_id(0))
        rail = desk.findChild(QWidget, "inbox")
        assert isinstance(rail, QWidget)
        qtbot.waitUntil(lambda: rail.mapTo(desk, QPoint(0, 0)).x() > desk.width() - 100)
        assert not desk.grab().isNull()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_compiled_catalogue_matches_its_source(code: str, tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    source, made = I18N / f"socialsync_{code}.ts", tmp_path / "made.qm"
    subprocess.run([tool, source, "-qm", made], check=True, capture_output=True)  # noqa: S603 - our own files
    assert made.read_bytes() == (I18N / f"socialsync_{code}.qm").read_bytes()


def test_catalogues_hold_every_text_of_the_desktop(tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    root = paths.installation_dir()
    sources = sorted(str(path) for path in (root / "desktop").rglob("*.py"))
    copy = tmp_path / "socialsync_fr.ts"
    copy.write_bytes((I18N / "socialsync_fr.ts").read_bytes())
    subprocess.run(  # noqa: S603 - our own files
        [tool, *sources, "-ts", copy, "-locations", "none", "-no-obsolete"],
        check=True,
        capture_output=True,
        cwd=root,
    )
    assert "unfinished" not in copy.read_text("utf-8")


def test_system_language_we_lack_gives_english() -> None:
    assert best_language(QLocale("fr_CA")) == "fr"
    assert best_language(QLocale("ja_JP")) == "en"


def test_choices_survive_a_restart(tmp_path: Path) -> None:
    first = Preferences(tmp_path)
    assert (first.scheme, first.language) == (Scheme.SYSTEM, None)
    first.choose_scheme(Scheme.DARK)
    first.choose_language("fr")
    del first
    second = Preferences(tmp_path)
    assert (second.scheme, second.language) == (Scheme.DARK, "fr")


def test_window_needs_none_of_the_engines_libraries() -> None:
    """The first picture waits for Qt alone; DESKTOP's limit is a second."""
    code = "import sys, desktop.app; print(*sys.modules, sep='\\n')"
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=paths.installation_dir(),
    )
    heavy = {"psycopg", "httpx", "core.engine", "core.store.pool", "numpy", "onnxruntime"}
    assert heavy & set(run.stdout.split()) == set()
