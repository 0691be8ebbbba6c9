"""The line across the window: what keeps messages from coming or going."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from core.actions import connect
from core.domain.channel import ChannelStatus
from core.domain.errors import Refused
from core.queries import health
from core.queries.health import Health
from desktop.bridge.child import ChildState
from desktop.panes.settings.pane import SettingsPane
from desktop.widgets.toast import Toast
from desktop.window.desk import Desk
from desktop.window.main_window import MainWindow
from tests.desktop.windows import (
    WELL,
    a_bridge,
    a_channel,
    a_desk,
    banners,
    button_of,
)
from tests.doubles.inbox_rows import CHANNEL

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_paused_channel_is_said_across_the_window(qtbot: QtBot, window: MainWindow) -> None:
    channel = a_channel(
        status=ChannelStatus.EXPIRED, paused_reason="The access token has expired."
    )
    bridge = a_bridge()
    bridge.answers(
        health.overview,
        Health(companion_alive=True, queued=1, uncertain=0, parked=0, channels=(channel,)),
    )
    desk = a_desk(qtbot, window, bridge)
    assert banners(desk) == [
        "WhatsApp (Café) has signed us out: “The access token has expired.” Connect it"
        " again; replies wait and leave afterwards."
    ]
    button_of(desk, "Reconnect…").click()
    pane = desk.findChild(SettingsPane)
    assert pane is not None
    assert pane.isVisible()


def test_channel_that_a_member_paused_can_be_resumed(
    qtbot: QtBot, window: MainWindow
) -> None:
    bridge = a_bridge()
    paused = a_channel(status=ChannelStatus.ACTIVE, paused_reason="Paused by a member.")
    bridge.answers(health.overview, replace(WELL, channels=(paused,)))
    bridge.answers(connect.resume, None)
    desk = a_desk(qtbot, window, bridge)
    bridge.answers(health.overview, WELL)
    button_of(desk, "Resume sending").click()
    assert bridge.asked(connect.resume) == [((CHANNEL,), {})]
    assert banners(desk) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (replace(WELL, uncertain=2), "2 message(s) may not have arrived."),
        (replace(WELL, parked=3), "3 notice(s) from the platforms could not be read."),
        (replace(WELL, companion_alive=False), "No companion is running"),
    ],
)
def test_what_keeps_messages_back_is_said_across_the_window(
    found: Health, words: str, qtbot: QtBot, window: MainWindow
) -> None:
    bridge = a_bridge()
    bridge.answers(health.overview, found)
    desk = a_desk(qtbot, window, bridge)
    assert banners(desk)[0].startswith(words)


def test_companion_that_restarts_is_said_until_it_is_back(desk: Desk) -> None:
    desk.show_companion(ChildState.RESTARTING)
    assert banners(desk)[0].startswith("The companion stopped and is being restarted.")
    desk.show_companion(ChildState.RUNNING)
    assert banners(desk)[0].startswith("The companion runs again.")


def test_member_who_may_not_resume_is_told_why(qtbot: QtBot, window: MainWindow) -> None:
    bridge = a_bridge()
    bridge.answers(
        health.overview, replace(WELL, channels=(a_channel(paused_reason="By a member."),))
    )
    bridge.refuses(connect.resume, Refused("Your role does not allow this."))
    desk = a_desk(qtbot, window, bridge)
    button_of(desk, "Resume sending").click()
    told = [each.accessibleName() for each in desk.findChildren(Toast)]
    assert told == ["Your role does not allow this. Ask the owner of the inbox."]
