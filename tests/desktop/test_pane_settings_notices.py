"""What a platform said of an account stands with its channel, newest first."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.domain.channel import PlatformNotice
from desktop.panes.settings.channel_view import ChannelView
from desktop.widgets.label import PlainLabel
from tests.doubles.channel_rows import OVERVIEW, SIGNED_OUT, WELL
from tests.doubles.fake_bridge import NOON

SAID = (
    PlatformNotice(title="The quality of your messages is low.", at=NOON),
    PlatformNotice(title="A limit is near.", at=NOON - timedelta(days=2)),
)


def shown_with(view: QWidget, words: str) -> list[str]:
    return [
        label.text().replace("\u200b", "")
        for label in view.findChildren(PlainLabel)
        if words in label.text() and not label.isHidden()
    ]


def test_notices_stand_with_their_channel_and_with_no_other(qtbot: QtBot) -> None:
    view = ChannelView()
    qtbot.addWidget(view)
    view.show_row(replace(WELL, notices=SAID), OVERVIEW, NOON)
    (shown,) = shown_with(view, "quality")
    first, second = shown.splitlines()
    assert first.endswith("The quality of your messages is low.")
    assert second.endswith("A limit is near.")
    assert shown_with(view, "said") == ["What LinkedIn said"]
    view.show_row(SIGNED_OUT, OVERVIEW, NOON)
    assert shown_with(view, "quality") == []
    assert shown_with(view, "said") == []
