"""The master switch and the modes of channels: seen, turned, and refused in words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.actions import configure
from core.actions.configure import Switch
from core.domain.channel import AssistantMode
from core.domain.errors import DatabaseDown, Refused
from core.notices import Notice, NoticeKind
from core.queries import health, rules
from desktop.bridge.feed import Feed
from desktop.style.theme import Scheme
from desktop.widgets.toast import Toast
from desktop.window.desk import Desk
from desktop.window.main_window import MainWindow
from desktop.window.rail import OffSign
from desktop.window.settings_menu import SettingsMenu
from tests.desktop.windows import RULES, WELL, a_bridge, a_channel, a_desk, press
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.inbox_rows import CHANNEL

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OFF = replace(RULES, ai_control_enabled=False)


@pytest.fixture
def bridge() -> FakeBridge:
    made = a_bridge()
    made.answers(health.overview, replace(WELL, channels=(a_channel(),)))
    made.answers(configure.set_mode, None)
    made.computes(
        configure.set_master,
        lambda switch: made.answers(rules.current, RULES if switch is Switch.ON else OFF),
    )
    return made


def is_said_to_be_off(desk: Desk) -> bool:
    sign = desk.findChild(OffSign)
    assert isinstance(sign, OffSign)
    return sign.isVisible()


def toasts(desk: Desk) -> list[Toast]:
    return [each for each in desk.findChildren(Toast) if each.isVisible()]


def opened_menu(desk: Desk) -> QMenu:
    return SettingsMenu(desk).open_at(QPoint(40, 700), Scheme.LIGHT, "en", desk.switches)


def titled(menu: QMenu, title: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == title)


def submenu(menu: QMenu, title: str) -> QMenu:
    found = next(
        each for each in menu.findChildren(QMenu) if each.menuAction().text() == title
    )
    assert isinstance(found, QMenu)
    return found


def test_stopping_the_assistant_is_seen_and_can_be_undone(
    bridge: FakeBridge, qtbot: QtBot, window: MainWindow
) -> None:
    desk = a_desk(qtbot, window, bridge)
    assert not is_said_to_be_off(desk)
    press(desk, "assistant-off")
    assert is_said_to_be_off(desk)
    [toast] = toasts(desk)
    toast.acted.emit()
    assert not is_said_to_be_off(desk)
    asked = [args for args, _ in bridge.asked(configure.set_master)]
    assert asked == [(Switch.OFF,), (Switch.ON,)]


def test_menu_offers_the_switch_that_is_not_thrown(
    bridge: FakeBridge, qtbot: QtBot, window: MainWindow
) -> None:
    desk = a_desk(qtbot, window, bridge)
    menu = opened_menu(desk)
    titled(menu, "Stop the assistant everywhere").trigger()
    menu.close()
    menu = opened_menu(desk)
    assert titled(menu, "Turn the assistant on again").isEnabled()
    menu.close()


def test_menu_sets_the_mode_of_one_channel(
    bridge: FakeBridge, qtbot: QtBot, window: MainWindow
) -> None:
    desk = a_desk(qtbot, window, bridge)
    menu = opened_menu(desk)
    modes = submenu(menu, "Assistant on WhatsApp (Café)")
    checked = [each.text() for each in modes.actions() if each.isChecked()]
    assert checked == ["Suggest: it drafts, a person sends"]
    titled(modes, "Answer: it sends by itself when it is sure").trigger()
    assert bridge.asked(configure.set_mode) == [((CHANNEL, AssistantMode.AUTO), {})]
    menu.close()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("No."), "Your role does not allow this. Ask the owner of the inbox."),
        (DatabaseDown("Away."), "The inbox cannot reach its database."),
    ],
)
def test_refused_switch_stays_and_says_why(
    error: Refused | DatabaseDown,
    words: str,
    bridge: FakeBridge,
    qtbot: QtBot,
    window: MainWindow,
) -> None:
    bridge.refuses(configure.set_master, error)
    desk = a_desk(qtbot, window, bridge)
    press(desk, "assistant-off")
    assert not is_said_to_be_off(desk)
    assert toasts(desk)[0].accessibleName().startswith(words)


def test_switch_thrown_by_somebody_else_is_seen(
    bridge: FakeBridge, qtbot: QtBot, window: MainWindow
) -> None:
    feed = Feed()
    desk = window.show_desk(bridge, feed)
    qtbot.waitUntil(desk.isVisible)
    bridge.answers(rules.current, OFF)
    with qtbot.waitSignal(desk.switches.changed):
        feed.put(Notice(kind=NoticeKind.RULES_CHANGED, id=CHANNEL))
    assert is_said_to_be_off(desk)
