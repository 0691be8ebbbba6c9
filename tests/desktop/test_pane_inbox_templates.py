"""Templates, reactions and rich bubbles in the inbox, against a bridge that answers at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from core.actions import compose, sync_templates
from core.domain.errors import DatabaseDown
from core.domain.message import DeliveryState, Direction, Message, MessageType
from core.domain.rich import RichKind, Template, TemplateText, TemplateValues
from core.queries import templates
from core.queries.templates import Templates
from desktop.panes.inbox.bubbles import bubble_of
from desktop.panes.inbox.pane import InboxPane
from desktop.panes.inbox.reacting import USUAL
from desktop.panes.inbox.repair import Repair
from desktop.panes.inbox.template_form import TemplateForm
from desktop.widgets.label import WrappedLabel
from tests.doubles.fake_bridge import NOON
from tests.doubles.inbox_pane import (
    Inbox,
    button,
    child,
    choose,
    composer,
    press,
    toasts,
)
from tests.doubles.inbox_rows import (
    CHANNEL,
    a_detail,
    a_message,
    conversation_id,
    message_id,
)

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

READY = Template(
    name="order_ready",
    language="fr",
    status="APPROVED",
    body=TemplateText(text="Bonjour {{1}}, commande {{2}}.", placeholders=2),
)
OTHER = replace(READY, name="hello", body=TemplateText(text="Bonjour", placeholders=0))
PAUSED = replace(READY, name="paused", status="PAUSED")
ALL = frozenset(RichKind)


def read(*found: Template, at: Any = NOON) -> Templates:
    return Templates(channel=CHANNEL, templates=found, read_at=at)


@pytest.fixture
def shop(qtbot: QtBot) -> Inbox:
    inbox = Inbox(qtbot)
    inbox.detail = {
        row.id: a_detail(number, rich=ALL) for number, row in enumerate(inbox.rows)
    }
    inbox.bridge.answers(templates.of_conversation, read(READY, OTHER, PAUSED))
    inbox.bridge.answers(sync_templates.ask, None)
    inbox.bridge.answers(compose.template, message_id(98))
    inbox.bridge.answers(compose.react, None)
    return inbox


def shut(shop: Inbox, *, rich: frozenset[RichKind] = ALL) -> None:
    shop.detail[conversation_id(0)] = a_detail(
        rich=rich,
        can_reply=False,
        cannot_reply_reason="window_closed",
        window_ends_at=NOON - timedelta(hours=1),
    )


def form(pane: InboxPane) -> TemplateForm:
    return child(pane, TemplateForm)


def fields(pane: InboxPane) -> list[QLineEdit]:
    return [one for one in form(pane).findChildren(QLineEdit) if one.isVisible()]


def shown(pane: InboxPane) -> list[str]:
    return [one.text() for one in form(pane).findChildren(WrappedLabel) if one.isVisible()]


def test_a_closed_window_offers_the_templates_that_may_be_sent(shop: Inbox) -> None:
    shut(shop)
    pane = shop.open()
    choose(pane, 0)
    assert form(pane).isVisible()
    assert not composer(pane).isVisible()
    assert form(pane).template() == READY
    assert [one.placeholderText() for one in fields(pane)] == ["Value for 1", "Value for 2"]


def test_the_preview_follows_what_is_filled_in(shop: Inbox) -> None:
    shut(shop)
    pane = shop.open()
    choose(pane, 0)
    first, second = fields(pane)
    QTest.keyClicks(first, "Amal")
    assert "Bonjour Amal, commande {{2}}." in shown(pane)
    assert not button(pane, "Send the template").isEnabled()
    QTest.keyClicks(second, "42")
    assert "Bonjour Amal, commande 42." in shown(pane)
    assert button(pane, "Send the template").isEnabled()


def test_a_template_is_sent_with_its_values(shop: Inbox) -> None:
    shut(shop)
    pane = shop.open()
    choose(pane, 0)
    for field, value in zip(fields(pane), ("Amal", " 42 "), strict=True):
        QTest.keyClicks(field, value)
    button(pane, "Send the template").click()
    [(args, named)] = shop.bridge.asked(compose.template)
    chosen = compose.Chosen(
        name="order_ready", language="fr", values=TemplateValues(body=("Amal", "42"))
    )
    assert args == (conversation_id(0), chosen)
    assert named["key"]
    assert [one.text() for one in fields(pane)] == ["", ""]


def test_a_refused_template_keeps_what_was_filled_in_and_its_key(shop: Inbox) -> None:
    shut(shop)
    pane = shop.open()
    choose(pane, 0)
    shop.bridge.refuses(compose.template, DatabaseDown("The database is away."))
    for field in fields(pane):
        QTest.keyClicks(field, "x")
    for _ in range(2):
        button(pane, "Send the template").click()
    assert [one.text() for one in fields(pane)] == ["x", "x"]
    keys = {named["key"] for _args, named in shop.bridge.asked(compose.template)}
    assert len(keys) == 1
    assert toasts(pane)


def test_reading_again_disturbs_nobody_who_fills_in(shop: Inbox) -> None:
    shut(shop)
    pane = shop.open()
    choose(pane, 0)
    QTest.keyClicks(fields(pane)[0], "Amal")
    shop.feed.channels_changed.emit(frozenset({CHANNEL}))
    assert fields(pane)[0].text() == "Amal"


def test_a_channel_of_which_nothing_is_known_is_asked_for_once(shop: Inbox) -> None:
    shut(shop)
    shop.bridge.answers(templates.of_conversation, read(at=None))
    pane = shop.open()
    choose(pane, 0)
    shop.feed.channels_changed.emit(frozenset({CHANNEL}))
    assert len(shop.bridge.asked(sync_templates.ask)) == 1
    assert "No approved template is known for this channel." in shown(pane)
    button(pane, "Read the templates again").click()
    assert len(shop.bridge.asked(sync_templates.ask)) == 2


def test_an_open_window_leaves_the_choice(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    assert not form(pane).isVisible()
    press(pane, "template")
    assert form(pane).isVisible()
    [close] = [
        one
        for one in form(pane).findChildren(QAbstractButton)
        if one.accessibleName() == "Close the template"
    ]
    close.click()
    assert not form(pane).isVisible()
    assert composer(pane).isVisible()


def test_another_conversation_shows_its_own_field(shop: Inbox) -> None:
    shut(shop)
    pane = shop.open()
    choose(pane, 0)
    choose(pane, 1)
    assert not form(pane).isVisible()
    assert composer(pane).isVisible()


def test_a_platform_without_templates_says_why_the_field_is_closed(shop: Inbox) -> None:
    shut(shop, rich=frozenset())
    pane = shop.open()
    choose(pane, 0)
    press(pane, "template")
    assert not form(pane).isVisible()
    assert composer(pane).isVisible()


def reactions(pane: InboxPane, message: Message) -> list[str]:
    menu = child(pane, Repair).open_menu(message, QPoint(10, 10))
    found = [one.text() for sub in menu.findChildren(QMenu) for one in sub.actions()]
    menu.close()
    return [text for text in found if text]


THEIRS = a_message(platform_message_id="wamid.1")


def test_a_reaction_is_put_on_a_message_by_its_menu(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    assert reactions(pane, THEIRS) == list(USUAL)
    menu = child(pane, Repair).open_menu(THEIRS, QPoint(10, 10))
    menu.findChildren(QMenu)[0].actions()[0].trigger()
    menu.close()
    [(args, named)] = shop.bridge.asked(compose.react)
    assert args == (conversation_id(0), THEIRS.id, "👍")
    assert named["key"]


def test_our_reaction_can_be_taken_back(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    ours = replace(THEIRS, own_reaction="👍")
    assert reactions(pane, ours)[-1] == "Take our reaction back"


@pytest.mark.parametrize(
    "message",
    [
        replace(THEIRS, platform_message_id=None),
        replace(THEIRS, deleted_at=NOON),
        replace(THEIRS, type=MessageType.CALL),
        replace(THEIRS, delivery=DeliveryState.QUEUED),
    ],
)
def test_what_is_not_at_the_platform_takes_no_reaction(
    shop: Inbox, message: Message
) -> None:
    pane = shop.open()
    choose(pane, 0)
    assert reactions(pane, message) == []


def test_where_the_platform_knows_no_reactions_none_are_offered(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail()
    pane = shop.open()
    choose(pane, 0)
    assert reactions(pane, THEIRS) == []


def words(type_: MessageType, details: Mapping[str, Any], text: str = "") -> str:
    message = replace(THEIRS, type=type_, details=details, text=text)
    return bubble_of(message, "Amal").text


@pytest.mark.parametrize(
    ("type_", "details", "text", "shown_as"),
    [
        (
            MessageType.LOCATION,
            {"latitude": 45.5, "longitude": -73.6, "place": "Shop", "address": "1 Rue"},
            "Shop\n1 Rue\n45.5, -73.6",
            "Place\nShop\n1 Rue\n"
            "https://www.openstreetmap.org/?mlat=45.50000&mlon=-73.60000",
        ),
        (MessageType.LOCATION, {}, "45.5, -73.6", "45.5, -73.6"),
        (
            MessageType.CONTACTS,
            {"cards": [{"name": "Ann", "company": "X", "phones": ["+1"]}, 5]},
            "Ann: +1",
            "Contact\nAnn, X\n+1",
        ),
        (
            MessageType.ORDER,
            {"lines": [{"product": "k", "quantity": "2", "price": "9", "currency": "EUR"}]},
            "Please\n2 × k (9 EUR)",
            "Order\nPlease\n2 × k · 9 EUR",
        ),
        (MessageType.INTERACTIVE, {"payload": "y"}, "Yes", "Chose: Yes"),
        (MessageType.BUTTON, {}, "Yes", "Chose: Yes"),
        (
            MessageType.INTERACTIVE,
            {"call_permission": "accept"},
            "accept",
            "Allows us to call",
        ),
        (
            MessageType.INTERACTIVE,
            {"answers": [["size", "38"]]},
            "size: 38",
            "Filled in a form\nsize: 38",
        ),
        (MessageType.CALL, {"seconds": "33"}, "", "Called you · 33 s"),
        (MessageType.CALL, {"status": "failed"}, "", "Called you; nobody answered"),
        (MessageType.CALL, {"event": "connect"}, "", "Called you"),
        (MessageType.TEXT, {"forwarded": True}, "Hi", "Forwarded:\nHi"),
        (
            MessageType.TEXT,
            {"referral": {"headline": "Summer"}},
            "Hi",
            "Came from an advertisement: Summer\nHi",
        ),
        (MessageType.TEXT, {"product": "k"}, "Is it?", "About the product k:\nIs it?"),
        (
            MessageType.LOCATION,
            {"latitude": "x", "place": 5, "cards": 7},
            "",
            "Shared a place",
        ),
    ],
)
def test_a_bubble_tells_what_came(
    type_: MessageType, details: Mapping[str, Any], text: str, shown_as: str
) -> None:
    assert words(type_, details, text) == shown_as


def test_our_own_question_is_not_a_choice() -> None:
    ours = replace(
        THEIRS,
        direction=Direction.OUTBOUND,
        type=MessageType.INTERACTIVE,
        text="Ground?\n[Yes]",
    )
    assert bubble_of(ours, "Amal").text == "Ground?\n[Yes]"


def test_a_bubble_names_who_of_a_group_spoke_and_whose_reaction_it_is() -> None:
    message = replace(
        THEIRS,
        details={"group": True, "author": "Ann"},
        reactions=("❤",),
        own_reaction="👍",
    )
    bubble = bubble_of(message, "The group")
    assert bubble.sender == "Ann"
    assert bubble.reactions == ("❤", "you: 👍")
