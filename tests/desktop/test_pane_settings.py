"""The channels' pane against a bridge that answers at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from core.actions import configure, connect, log_in
from core.actions.log_in import Choice as Offered
from core.actions.log_in import Connected, Wanted
from core.domain.channel import AssistantMode, PlatformName
from core.domain.errors import DatabaseDown, Refused
from core.domain.scopes import Use
from core.domain.vitality import Ailment, Remedy
from core.notices import Notice, NoticeKind
from core.queries import channels
from core.queries.channels import Overview
from desktop.bridge.feed import Feed
from desktop.panes.settings import words
from desktop.panes.settings.channel_list import ChannelList
from desktop.panes.settings.channel_view import ChannelView
from desktop.panes.settings.connect_page import ConnectPage
from desktop.panes.settings.delegate import describe
from desktop.panes.settings.facts import FactGrid
from desktop.panes.settings.pane import SettingsPane
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.confirm import Confirm
from desktop.widgets.label import WrappedLabel
from desktop.widgets.row_list import RowList
from desktop.widgets.toast import Toast
from tests.doubles.channel_rows import GAPPED, OVERVIEW, ROWS, SCOPELESS, SIGNED_OUT, WELL
from tests.doubles.fake_bridge import NOON, FakeBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ADDRESS = "http://127.0.0.1:9/oauth/authorize?state=s"
DONE = Connected(channel_id=WELL.id, name="Atelier & Fils")


class _Attempt:
    """A login under way, as far as the pane looks at it."""

    address = ADDRESS


class _Opened:
    """What a login opened, as far as the pane looks at it."""

    def __init__(self, *accounts: str) -> None:
        self.choices = tuple(Offered(account_id=each, name=each) for each in accounts)


class Shop:
    """A pane over channels that a test can change."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bridge = FakeBridge()
        self.feed = Feed()
        self.overview = OVERVIEW
        self.bridge.computes(channels.overview, lambda: self.overview)
        for action in (
            connect.pause,
            connect.resume,
            connect.remove,
            connect.test,
            connect.acknowledge_gaps,
            configure.set_mode,
            log_in.give_up,
        ):
            self.bridge.answers(action, None)
        self.bridge.answers(log_in.begin, _Attempt())
        self.bridge.answers(log_in.begin_again, _Attempt())
        self.bridge.answers(log_in.finish, _Opened("one"))
        for ending in (log_in.choose, log_in.paste, log_in.paste_again):
            self.bridge.answers(ending, DONE)
        self.browsed: list[str] = []

    def open(self) -> SettingsPane:
        pane = SettingsPane(self.bridge, self.feed)
        page = pane.findChild(ConnectPage)
        assert page is not None
        page.browser_wanted.disconnect()
        page.browser_wanted.connect(self._browse)
        self.qtbot.addWidget(pane)
        pane.resize(1200, 800)
        with self.qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow)
        return pane

    def _browse(self, address: QUrl) -> None:
        self.browsed.append(address.toString())


@pytest.fixture
def shop(qtbot: QtBot) -> Shop:
    return Shop(qtbot)


def part(pane: SettingsPane, kind: type[Any]) -> Any:
    found = pane.findChild(kind)
    assert found is not None
    return found


def button(pane: SettingsPane, text: str) -> QAbstractButton:
    return next(
        each
        for each in pane.findChildren(QAbstractButton)
        if each.text() == text and each.isVisible()
    )


def field(pane: SettingsPane, name: str) -> QLineEdit:
    return next(
        each
        for each in pane.findChildren(QLineEdit)
        if each.accessibleName() == name and each.isVisible()
    )


def toasts(pane: SettingsPane) -> list[str]:
    return [toast.accessibleName() for toast in pane.findChildren(Toast)]


def act(pane: SettingsPane, name: str) -> None:
    found = pane.findChild(QAction, name)
    assert isinstance(found, QAction)
    found.trigger()


def problem(pane: SettingsPane) -> str:
    return " ".join(
        label.text()
        for label in pane.findChildren(WrappedLabel)
        if label.property("role") == "danger" and label.isVisible()
    )


def test_every_channel_is_listed_with_its_health(shop: Shop) -> None:
    pane = shop.open()
    model = part(pane, RowList).model()
    said = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert said == [describe(row, NOON) for row in ROWS]
    assert "The platform takes our token no longer." in said[0]
    assert said[2].endswith("3 min ago")


def test_the_count_is_of_channels_that_want_somebody(shop: Shop) -> None:
    counted: list[int] = []
    pane = SettingsPane(shop.bridge, shop.feed)
    shop.qtbot.addWidget(pane)
    pane.badge_changed.connect(counted.append)
    pane.refresh()
    assert counted == [3]


def test_a_signed_out_channel_is_connected_again_from_its_banner(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(SIGNED_OUT.id)
    banner = part(pane, ChannelView).findChild(Banner)
    assert "takes our token no longer" in banner.text()
    banner.action_taken.emit()
    assert shop.bridge.asked(log_in.begin_again) == [((SIGNED_OUT.id,), {})]
    assert shop.browsed == [ADDRESS]
    assert toasts(pane) == ["Atelier & Fils is connected."]


def test_a_channel_without_a_login_is_given_a_token_and_nothing_else(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(GAPPED.id)
    button(pane, "Reconnect").click()
    token = field(pane, "Access token")
    assert token.echoMode() is QLineEdit.EchoMode.Password
    assert [each for each in pane.findChildren(QLineEdit) if each.isVisible()] == [token]
    QTest.keyClicks(token, "EAAG-token")
    QTest.keyClick(token, Qt.Key.Key_Return)
    ((args, _),) = shop.bridge.asked(log_in.paste_again)
    assert args[0] == GAPPED.id
    assert args[1].reveal() == "EAAG-token"
    assert token.text() == ""


def test_logging_in_opens_the_browser_and_connects_the_only_account(shop: Shop) -> None:
    pane = shop.open()
    act(pane, "connect")
    button(pane, "Log in in the browser").click()
    assert shop.bridge.asked(log_in.begin) == [
        ((Wanted(platform=PlatformName.INSTAGRAM, flavour="instagram"),), {})
    ]
    assert shop.browsed == [ADDRESS]
    ((args, _),) = shop.bridge.asked(log_in.choose)
    assert args[1] == "one"


def test_of_several_accounts_one_is_chosen(shop: Shop) -> None:
    shop.bridge.answers(log_in.finish, _Opened("one", "two"))
    pane = shop.open()
    act(pane, "connect")
    button(pane, "Log in in the browser").click()
    assert shop.bridge.asked(log_in.choose) == []
    several = next(
        each
        for each in pane.findChildren(Choice)
        if each.accessibleName() == "Account" and each.isVisible()
    )
    several.setCurrentIndex(1)
    button(pane, "Connect").click()
    ((args, _),) = shop.bridge.asked(log_in.choose)
    assert args[1] == "two"


def test_cancelling_closes_the_address_that_waits(shop: Shop) -> None:
    shop.bridge.holds(log_in.finish)
    pane = shop.open()
    act(pane, "connect")
    button(pane, "Log in in the browser").click()
    button(pane, "Open the page again").click()
    assert len(shop.browsed) == 2
    button(pane, "Cancel").click()
    assert len(shop.bridge.asked(log_in.give_up)) == 1
    shop.bridge.release(log_in.finish)
    assert shop.bridge.asked(log_in.choose) == []


def test_a_refused_login_says_why_and_can_be_tried_again(shop: Shop) -> None:
    shop.bridge.refuses(log_in.choose, Refused("pages_messaging was not given.", "Again."))
    pane = shop.open()
    act(pane, "connect")
    button(pane, "Log in in the browser").click()
    assert "pages_messaging was not given." in problem(pane)
    assert shop.bridge.asked(log_in.paste) == []


def test_what_will_not_work_is_said(shop: Shop) -> None:
    shop.bridge.answers(log_in.choose, replace(DONE, lacking=(Use.COMMENTS,)))
    pane = shop.open()
    act(pane, "connect")
    button(pane, "Log in in the browser").click()
    assert toasts(pane) == [
        "Atelier & Fils is connected. Not permitted: reading and answering comments."
    ]


def test_a_pasted_token_comes_with_the_ids_it_needs(shop: Shop) -> None:
    pane = shop.open()
    act(pane, "connect")
    platform = next(
        each for each in pane.findChildren(Choice) if each.accessibleName() == "Platform"
    )
    platform.setCurrentIndex(1)
    platform.activated.emit(1)
    assert not any(
        each.isVisible() and each.text() == "Log in in the browser"
        for each in pane.findChildren(QAbstractButton)
    )
    button(pane, "Paste a token").click()
    assert not button(pane, "Connect").isEnabled()
    for name, value in (
        ("Account ID", "106540"),
        ("Access token", "EAAG-token"),
        ("waba_id", "102290"),
    ):
        QTest.keyClicks(field(pane, name), value)
    button(pane, "Connect").click()
    ((args, _),) = shop.bridge.asked(log_in.paste)
    assert (args[0].account_id, args[0].ids) == ("106540", {"waba_id": "102290"})
    assert "EAAG-token" not in repr(args)


@pytest.mark.parametrize(
    ("row", "action"),
    [(GAPPED, connect.acknowledge_gaps), (SCOPELESS, log_in.begin_again)],
    ids=["gap", "scope"],
)
def test_the_banner_offers_the_one_thing_to_do(shop: Shop, row: Any, action: Any) -> None:
    pane = shop.open()
    pane.show_channel(row.id)
    part(pane, ChannelView).findChild(Banner).action_taken.emit()
    assert shop.bridge.asked(action) == [((row.id,), {})]


def test_keys_test_pause_and_remove_the_channel(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(WELL.id)
    part(pane, RowList).setFocus()
    QTest.keyClick(part(pane, RowList), Qt.Key.Key_T)
    QTest.keyClick(part(pane, RowList), Qt.Key.Key_P)
    assert shop.bridge.asked(connect.test) == [((WELL.id,), {})]
    assert shop.bridge.asked(connect.pause) == [((WELL.id,), {})]
    act(pane, "remove")
    question = part(pane, Confirm)
    assert "Its conversations stay." in question.accessibleDescription()
    assert shop.bridge.asked(connect.remove) == []
    question.confirmed.emit()
    assert shop.bridge.asked(connect.remove) == [((WELL.id,), {})]
    question.close()


def test_the_assistants_mode_is_set_here(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(WELL.id)
    mode = part(pane, ChannelView).findChild(Choice)
    mode.setCurrentIndex(mode.findData(AssistantMode.AUTO))
    mode.activated.emit(mode.currentIndex())
    assert shop.bridge.asked(configure.set_mode) == [((WELL.id, AssistantMode.AUTO), {})]


def test_what_the_webhook_needs_can_be_copied(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(WELL.id)
    clipboard = QGuiApplication.clipboard()
    button(pane, "Copy the webhook address").click()
    assert clipboard.text() == WELL.address
    button(pane, "Copy the verify token").click()
    assert clipboard.text() == "what-meta-repeats"
    assert "what-meta-repeats" not in " ".join(toasts(pane))


def test_who_may_not_manage_sees_everything_and_changes_nothing(shop: Shop) -> None:
    shop.overview = replace(OVERVIEW, may_manage=False, may_remove=False, verify_token=None)
    pane = shop.open()
    pane.show_channel(SIGNED_OUT.id)
    for words_of in ("Connect an account", "Test", "Reconnect"):
        assert not button(pane, words_of).isEnabled()
    act(pane, "connect")
    act(pane, "again")
    act(pane, "pause")
    assert shop.bridge.asked(log_in.begin_again) == []
    assert shop.bridge.asked(connect.pause) == []


def test_facts_are_told_in_words(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(WELL.id)
    said = part(pane, FactGrid).words()
    assert said[0] == "3 min ago"
    assert said[1].endswith("renewed ahead by itself")
    day = words.moment_words(NOON + timedelta(days=41), NOON)
    assert day.split(",")[0] in said[1]
    assert day != words.moment_words(NOON, NOON)
    assert said[4] == "answers"


def test_news_of_a_channel_reads_it_again(shop: Shop) -> None:
    pane = shop.open()
    pane.show_channel(SIGNED_OUT.id)
    mended = replace(SIGNED_OUT, ailment=Ailment.WELL, remedy=Remedy.NOTHING)
    shop.overview = replace(OVERVIEW, rows=(mended, *ROWS[1:]))
    shop.feed.put(Notice(NoticeKind.CHANNEL_CHANGED, SIGNED_OUT.id))
    banner = part(pane, ChannelView).findChild(Banner)
    shop.qtbot.waitUntil(banner.isHidden)


def test_without_channels_the_pane_offers_the_first(shop: Shop) -> None:
    shop.overview = Overview(connectable=OVERVIEW.connectable)
    pane = shop.open()
    part(pane, ChannelList).connect_wanted.emit()
    assert button(pane, "Log in in the browser").isVisible()


def test_an_inbox_that_cannot_be_read_says_so(shop: Shop) -> None:
    shop.bridge.refuses(channels.overview, DatabaseDown("away"))
    pane = shop.open()
    assert button(pane, "Try again").isVisible()


@pytest.mark.parametrize("ailment", Ailment)
def test_every_ailment_has_a_sentence_and_a_state(ailment: Ailment) -> None:
    row = replace(GAPPED, ailment=ailment, expires_at=NOON)
    assert "%" not in words.sentence(row, NOON)
    assert words.sentence(row, NOON)
    assert words.state_words(ailment)
