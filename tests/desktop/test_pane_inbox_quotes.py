"""Messages that answer others, in the thread and in the reply field."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from core.actions import decide, reply
from core.domain.ids import MessageId
from core.domain.message import MessageType, Origin, Quoted
from desktop.panes.inbox.pane import InboxPane
from desktop.widgets.assistant_card import AssistantCard
from desktop.widgets.quote_strip import QuoteStrip
from desktop.widgets.thread_view import ThreadView
from desktop.widgets.writing import FIRST_STRONG_ISOLATE, POP_ISOLATE
from tests.desktop import samples
from tests.doubles.inbox_pane import Inbox, button, child, choose, composer
from tests.doubles.inbox_rows import (
    NAMES,
    a_detail,
    a_draft,
    a_message,
    conversation_id,
    message_id,
)

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def ask_to_quote(pane: InboxPane, message: MessageId) -> bool:
    """Choose "Reply to this message" in a message's menu; returns whether it is there."""
    child(pane, ThreadView).menu_wanted.emit(message, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    found = [each for each in menu.actions() if each.text() == "Reply to this message"]
    for action in found:
        action.trigger()
    menu.close()
    return bool(found)


def test_a_reply_can_quote_the_message_that_it_answers(shop: Inbox) -> None:
    shop.messages[1] = a_message(1, text="Is it open?", platform_message_id="wamid.1")
    shop.detail[conversation_id(0)] = a_detail(0, can_quote=True)
    pane = shop.open()
    choose(pane, 0)
    assert ask_to_quote(pane, message_id(1))
    strip = child(pane, QuoteStrip)
    assert strip.isVisible()
    assert "Is it open?" in strip.accessibleName()
    choose(pane, 1)
    assert not strip.isVisible()
    choose(pane, 0)
    assert strip.isVisible()
    composer(pane).set_text("Yes")
    button(pane, "Send").click()
    [(args, named)] = shop.bridge.asked(reply.send)
    assert args == (conversation_id(0), "Yes")
    assert named["quoting"] == message_id(1)
    assert not strip.isVisible()


def test_an_edited_suggestion_keeps_the_quote_chosen_for_it(shop: Inbox) -> None:
    shop.messages[1] = a_message(1, platform_message_id="wamid.1")
    draft = a_draft()
    shop.detail[conversation_id(0)] = a_detail(0, can_quote=True, draft=draft)
    pane = shop.open()
    choose(pane, 0)
    button(child(pane, AssistantCard), "Edit").click()
    ask_to_quote(pane, message_id(1))
    button(pane, "Send").click()
    asked = shop.bridge.asked(decide.approve_edited)
    assert asked == [((draft.id, draft.text), {"quoting": message_id(1)})]


def test_a_quote_can_be_left_out_again(shop: Inbox) -> None:
    shop.messages[1] = a_message(1, platform_message_id="wamid.1")
    shop.detail[conversation_id(0)] = a_detail(0, can_quote=True)
    pane = shop.open()
    choose(pane, 0)
    ask_to_quote(pane, message_id(1))
    samples.named(child(pane, QuoteStrip), "Reply without the quote").click()
    assert not child(pane, QuoteStrip).isVisible()
    composer(pane).set_text("Yes")
    button(pane, "Send").click()
    [(_, also)] = shop.bridge.asked(reply.send)
    assert also["quoting"] is None


def test_only_what_the_platform_can_show_is_offered_to_be_quoted(shop: Inbox) -> None:
    shop.messages[1] = a_message(1, platform_message_id="wamid.1")
    shop.detail[conversation_id(0)] = a_detail(0, can_quote=False)
    shop.detail[conversation_id(1)] = a_detail(1, can_quote=True)
    pane = shop.open()
    choose(pane, 0)
    assert not ask_to_quote(pane, message_id(1))
    choose(pane, 1)
    assert ask_to_quote(pane, message_id(1))
    assert not ask_to_quote(pane, message_id(0))  # its platform has not taken it yet


def test_a_bubble_shows_what_its_message_answers(shop: Inbox) -> None:
    quoted = Quoted(id=message_id(0), origin=Origin.CUSTOMER, text="Is it\nopen?")
    shop.messages[2] = a_message(2, quoted=quoted)
    shop.messages.append(a_message(3, quoted=Quoted()))
    photo = Quoted(id=message_id(0), origin=Origin.ASSISTANT, type=MessageType.IMAGE)
    shop.messages.append(a_message(4, quoted=photo))
    pane = shop.open()
    choose(pane, 0)
    view = child(pane, ThreadView)
    quotes = [view.bubble(at).quote for at in range(view.count())]
    told = [
        None if one is None else (one.of, *map(without_isolates, (one.who, one.words)))
        for one in quotes
    ]
    assert told == [
        None,
        None,
        (message_id(0), NAMES[0], "Is it open?"),
        (None, "An earlier message", "It is not here."),
        (message_id(0), "Assistant", "Photo"),
    ]


def without_isolates(words: str) -> str:
    return words.strip(FIRST_STRONG_ISOLATE + POP_ISOLATE)
