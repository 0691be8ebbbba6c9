"""A desk over a bridge that answers at once, and ways to look at it."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions import correct, improve
from core.domain.channel import AssistantMode, ChannelStatus, PlatformName
from core.domain.errors import NotFound
from core.queries import (
    channels,
    comments,
    conversation,
    decisions,
    escalations,
    health,
    inbox,
    knowledge,
    people,
    review,
    rights,
    rules,
)
from core.queries.comments import CommentsPage
from core.queries.conversation import ThreadPage
from core.queries.health import ChannelHealth, Health
from core.queries.inbox import InboxCounts, InboxPage
from core.queries.rules import Curve, RulesRow
from desktop.bridge.feed import Feed
from desktop.widgets.banner import Banner
from desktop.window.desk import Desk
from desktop.window.main_window import MainWindow
from tests.doubles.comment_rows import a_comment
from tests.doubles.face_rows import nobody_else
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.inbox_rows import (
    CHANNEL,
    a_detail,
    a_draft,
    a_message,
    a_row,
    an_escalation,
)
from tests.doubles.knowledge_rows import a_document_row, a_review, an_overview

WELL = Health(companion_alive=True, queued=0, uncertain=0, parked=0, channels=())
RULES = RulesRow(
    instructions="",
    ignore_examples=(),
    ai_control_enabled=True,
    version=1,
    threshold=0.8,
    reply_lang=None,
)


def a_channel(**changes: Any) -> ChannelHealth:
    channel = ChannelHealth(
        id=CHANNEL,
        name="Café",
        platform=PlatformName.WHATSAPP,
        status=ChannelStatus.ACTIVE,
        mode=AssistantMode.DRAFT,
        paused_reason=None,
        last_inbound_at=None,
    )
    return replace(channel, **changes)


def a_bridge() -> FakeBridge:
    bridge = FakeBridge()
    rows = tuple(a_row(number, unread_count=0) for number in range(3))
    bridge.answers(improve.is_possible, value=False)
    bridge.computes(people.faces, nobody_else)
    bridge.refuses(people.picture, NotFound("There is no picture of this customer."))
    bridge.answers(inbox.page, InboxPage(rows=rows, has_more=False))
    bridge.answers(inbox.counts, InboxCounts(open=3, mine=0, escalated=1, waiting=2))
    bridge.answers(conversation.detail, a_detail(0, draft=a_draft()))
    thread = ThreadPage(messages=(a_message(0), a_message(1)), has_more=False)
    bridge.answers(conversation.thread, thread)
    bridge.answers(escalations.queue, (an_escalation(0), an_escalation(1)))
    shown = tuple(a_comment(number) for number in range(5))
    bridge.answers(comments.page, CommentsPage(comments=shown, next=None))
    bridge.answers(comments.thread, shown[::-1])
    bridge.answers(comments.count_waiting, len(shown))
    bridge.answers(health.overview, WELL)
    bridge.answers(channels.overview, channels.Overview())
    bridge.answers(rules.current, RULES)
    bridge.answers(rules.curve, Curve(points=(), messages=0))
    bridge.answers(rules.uses, ())
    bridge.answers(rights.may_change_rules, value=True)
    bridge.answers(decisions.page, [])
    bridge.answers(correct.pending_examples, [])
    bridge.answers(knowledge.overview, an_overview((a_document_row(0),)))
    bridge.answers(review.doubts, a_review())
    return bridge


def a_desk(qtbot: QtBot, window: MainWindow, bridge: FakeBridge) -> Desk:
    desk = window.show_desk(bridge, Feed())
    qtbot.waitUntil(desk.isVisible)
    return desk


def press(desk: Desk, name: str) -> None:
    action = desk.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def button_of(desk: Desk, words: str) -> QAbstractButton:
    return next(b for b in desk.findChildren(QAbstractButton) if b.text() == words)


def banners(desk: Desk) -> list[str]:
    return [each.text() for each in desk.findChildren(Banner) if each.isVisible()]


def in_sight(desk: Desk, kind: type[QWidget]) -> bool:
    return any(each.isVisible() for each in desk.findChildren(kind))


def texts_in(widget: QWidget) -> list[str]:
    return [
        str(text)
        for each in widget.findChildren(QWidget)
        if (text := each.property("text") or each.accessibleName())
    ]
