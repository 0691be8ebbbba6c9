"""The channels' pane keeps up with what is heard on the channels."""

import pytest
from pytestqt.qtbot import QtBot

from core.notices import Notice, NoticeKind
from core.queries import channels
from desktop.bridge.feed import Feed
from desktop.panes.settings.pane import SettingsPane
from tests.doubles.channel_rows import OVERVIEW, WELL
from tests.doubles.fake_bridge import FakeBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def pane_of(qtbot: QtBot, bridge: FakeBridge, feed: Feed) -> SettingsPane:
    bridge.answers(channels.overview, OVERVIEW)
    pane = SettingsPane(bridge, feed)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def test_a_channel_that_is_heard_from_says_so_without_being_asked(qtbot: QtBot) -> None:
    bridge, feed = FakeBridge(), Feed()
    pane_of(qtbot, bridge, feed)
    asked = len(bridge.asked(channels.overview))
    for _ in range(3):
        feed.put(Notice(NoticeKind.MESSAGE_ARRIVED, WELL.id))
        feed.put(Notice(NoticeKind.COMMENT_CHANGED, WELL.id))
    qtbot.waitUntil(lambda: len(bridge.asked(channels.overview)) == asked + 1)


def test_a_pane_out_of_sight_reads_only_when_it_is_shown_again(qtbot: QtBot) -> None:
    bridge, feed = FakeBridge(), Feed()
    pane = pane_of(qtbot, bridge, feed)
    pane.hide()
    asked = len(bridge.asked(channels.overview))
    with qtbot.waitSignal(feed.comments_changed):
        feed.put(Notice(NoticeKind.COMMENT_CHANGED, WELL.id))
    assert len(bridge.asked(channels.overview)) == asked
    pane.show()
    assert len(bridge.asked(channels.overview)) == asked + 1
