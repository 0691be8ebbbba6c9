"""The inbox pane against a bridge that answers at once: list, keys, live changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.actions import assign
from core.domain.errors import DatabaseDown
from core.notices import Notice, NoticeKind
from core.queries import conversation, inbox
from core.queries.inbox import InboxPage
from desktop.panes.inbox.list import ConversationList
from desktop.panes.inbox.side import CustomerSide
from desktop.widgets.pill import Pill
from desktop.widgets.row_list import RowList
from desktop.widgets.thread_view import ThreadView
from tests.desktop.samples import named
from tests.doubles.fake_bridge import NOON
from tests.doubles.inbox_pane import (
    Inbox,
    button,
    child,
    choose,
    composer,
    focused,
    listed,
    press,
)
from tests.doubles.inbox_rows import (
    a_message,
    a_row,
    conversation_id,
)

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_list_shows_the_newest_first_and_counts_the_open(shop: Inbox) -> None:
    pane = shop.open()
    assert listed(pane) == [row.customer_name for row in shop.rows]
    assert "4 open" in [pill.text() for pill in pane.findChildren(Pill)]


def test_customer_is_shown_beside_an_open_conversation_only(shop: Inbox) -> None:
    pane = shop.open()
    assert not child(pane, CustomerSide).isVisible()
    choose(pane, 0)
    assert child(pane, CustomerSide).isVisible()


def test_narrow_window_shows_list_or_customer_beside_the_thread(shop: Inbox) -> None:
    pane = shop.open()
    pane.resize(960, 640)
    choose(pane, 0)
    rows, side = child(pane, ConversationList), child(pane, CustomerSide)
    assert (rows.isVisible(), side.isVisible()) == (True, False)
    press(pane, "note")
    assert (rows.isVisible(), side.isVisible()) == (False, True)
    assert focused() in side.findChildren(QWidget)
    press(pane, "list")
    assert (rows.isVisible(), side.isVisible()) == (True, False)
    named(pane, "Customer and notes").click()
    assert side.isVisible()
    pane.resize(1300, 800)
    assert rows.isVisible()
    assert not named(pane, "Customer and notes").isVisible()


def test_choosing_a_row_shows_its_thread_and_marks_it_read(shop: Inbox) -> None:
    shop.rows[1] = a_row(1, unread_count=2)
    pane = shop.open()
    choose(pane, 1)
    assert shop.bridge.asked(conversation.detail)[-1][0] == (conversation_id(1),)
    assert shop.bridge.asked(assign.mark_read) == [((conversation_id(1),), {})]
    assert child(pane, ThreadView).isVisible()


def test_nothing_is_opened_by_itself(shop: Inbox) -> None:
    shop.open()
    assert shop.bridge.asked(conversation.detail) == []


def test_search_reads_only_what_matches(shop: Inbox) -> None:
    pane = shop.open()
    press(pane, "search")
    field = focused()
    QTest.keyClicks(field, "karim")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert listed(pane) == ["Karim Haddad"]


def test_filter_without_conversations_says_why_it_is_empty(shop: Inbox) -> None:
    pane = shop.open()
    button(pane, "Mine").click()
    names = [each.accessibleName() for each in pane.findChildren(QWidget)]
    assert any(name.startswith("Nothing is assigned to you") for name in names)


def test_list_that_cannot_be_read_offers_to_try_again(shop: Inbox) -> None:
    shop.bridge.refuses(inbox.page, DatabaseDown("Away."))
    pane = shop.open()
    again = button(pane, "Try again")
    shop.bridge.answers(inbox.page, InboxPage(rows=(a_row(0),), has_more=False))
    again.click()
    assert listed(pane) == ["Élodie Marchand"]


def test_live_change_moves_the_row_and_keeps_the_selection(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 1)
    reads = len(shop.bridge.asked(conversation.detail))
    shop.rows[3] = replace(shop.rows[3], last_message_at=NOON + timedelta(minutes=1))
    with shop.qtbot.waitSignal(shop.feed.conversations_changed):
        shop.feed.put(Notice(NoticeKind.MESSAGE_ARRIVED, shop.rows[3].id))
    assert listed(pane)[0] == shop.rows[3].customer_name
    assert child(pane, RowList).chosen_id() == conversation_id(1)
    assert len(shop.bridge.asked(conversation.detail)) == reads


def test_live_message_is_appended_to_the_open_thread(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    view = child(pane, ThreadView)
    assert view.count() == 3
    shop.messages.append(a_message(3, text="One more thing"))
    with shop.qtbot.waitSignal(shop.feed.conversations_changed):
        shop.feed.put(Notice(NoticeKind.MESSAGE_ARRIVED, conversation_id(0)))
    assert view.count() == 4
    assert view.bubble(3).text == "One more thing"


def test_conversation_that_left_the_filter_leaves_the_list(shop: Inbox) -> None:
    pane = shop.open()
    gone = shop.rows.pop(2)
    with shop.qtbot.waitSignal(shop.feed.conversations_changed):
        shop.feed.put(Notice(NoticeKind.CONVERSATION_CHANGED, gone.id))
    assert gone.customer_name not in listed(pane)


def test_resolving_goes_on_to_the_next_and_can_be_undone(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    press(pane, "archive")
    assert shop.bridge.asked(assign.archive) == [((conversation_id(0),), {})]
    assert shop.bridge.asked(conversation.detail)[-1][0] == (conversation_id(1),)
    button(pane, "Undo").click()
    assert shop.bridge.asked(assign.reopen) == [((conversation_id(0),), {})]


@pytest.mark.parametrize(
    ("key", "action"),
    [("A", assign.to_me), ("E", assign.archive), ("U", assign.mark_unread)],
)
def test_single_keys_act_on_the_open_conversation(
    shop: Inbox, key: str, action: Callable[..., object]
) -> None:
    pane = shop.open()
    choose(pane, 0)
    child(pane, RowList).setFocus()
    QTest.keyClicks(child(pane, RowList), key.lower())
    assert shop.bridge.asked(action)[0][0][0] == conversation_id(0)


def test_single_keys_are_only_letters_in_a_text_field(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    press(pane, "reply")
    QTest.keyClicks(focused(), "aeu")
    assert composer(pane).text() == "aeu"
    assert shop.bridge.asked(assign.archive) == []


def test_conversation_left_unread_stays_so_while_it_is_open(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    press(pane, "unread")
    shop.rows[0] = replace(shop.rows[0], unread_count=1)
    with shop.qtbot.waitSignal(shop.feed.conversations_changed):
        shop.feed.put(Notice(NoticeKind.CONVERSATION_CHANGED, conversation_id(0)))
    assert shop.bridge.asked(assign.mark_read) == []


def test_escape_in_the_search_shows_everything_again(shop: Inbox) -> None:
    pane = shop.open()
    press(pane, "search")
    QTest.keyClicks(focused(), "karim")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert listed(pane) == ["Karim Haddad"]
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert len(listed(pane)) == 4


def test_row_being_read_stays_until_the_reader_goes_on(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 1)
    others = tuple(row for row in shop.rows if row.id != conversation_id(1))
    shop.bridge.answers(inbox.page, InboxPage(rows=others, has_more=False))
    with shop.qtbot.waitSignal(shop.feed.conversations_changed):
        shop.feed.put(Notice(NoticeKind.CONVERSATION_CHANGED, conversation_id(1)))
    assert "Karim Haddad" in listed(pane)
    press(pane, "next")
    assert "Karim Haddad" not in listed(pane)
    assert child(pane, RowList).chosen_id() == conversation_id(2)
