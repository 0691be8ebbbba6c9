"""An inbox pane over conversations that a test can change, and ways to use it."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions import annotate, assign, decide, improve, reply
from core.domain.errors import NotFound
from core.queries import conversation, inbox, people
from core.queries.conversation import ConversationDetail, ThreadPage
from core.queries.inbox import InboxCounts, InboxFilter, InboxPage, InboxRow
from desktop.bridge.feed import Feed
from desktop.panes.inbox.pane import InboxPane
from desktop.widgets.composer import Composer
from desktop.widgets.row_list import RowList
from desktop.widgets.toast import Toast
from tests.doubles.face_rows import nobody_else
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.inbox_rows import (
    a_detail,
    a_message,
    a_row,
    message_id,
)

QUIET = (
    assign.to_me,
    assign.to,
    assign.archive,
    assign.reopen,
    assign.mark_read,
    assign.mark_unread,
    assign.snooze,
    annotate.note,
    annotate.save_composer,
    decide.approve,
    decide.approve_edited,
    decide.dismiss,
    reply.resend,
    reply.confirm_sent,
    reply.mark_not_sent,
    reply.cancel,
)


class Inbox:
    """A pane over rows and details that a test can change."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bridge = FakeBridge()
        self.feed = Feed()
        self.rows = [a_row(number) for number in range(4)]
        self.detail: dict[object, ConversationDetail] = {
            row.id: a_detail(number) for number, row in enumerate(self.rows)
        }
        self.messages = [a_message(number) for number in range(3)]
        self.bridge.computes(inbox.page, self._page)
        self.bridge.answers(improve.is_possible, value=False)
        self.bridge.computes(people.faces, nobody_else)
        self.bridge.refuses(
            people.picture, NotFound("There is no picture of this customer.")
        )
        self.bridge.answers(
            inbox.counts, InboxCounts(open=4, mine=1, escalated=0, waiting=2)
        )
        self.bridge.computes(inbox.row, lambda wanted: self._row(wanted))
        self.bridge.computes(conversation.detail, lambda wanted: self.detail[wanted])
        self.bridge.computes(
            conversation.thread,
            lambda _wanted, **_: ThreadPage(messages=tuple(self.messages), has_more=False),
        )
        for action in QUIET:
            self.bridge.answers(action, None)
        self.bridge.answers(reply.send, message_id(99))

    def open(self) -> InboxPane:
        pane = InboxPane(self.bridge, self.feed)
        self.qtbot.addWidget(pane)
        pane.resize(1300, 800)
        with self.qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow)
        return pane

    def _page(
        self, *, filter: InboxFilter, search: str, limit: int, **_: object
    ) -> InboxPage:
        rows = sorted(self.rows, key=lambda row: row.last_message_at, reverse=True)
        if filter is InboxFilter.MINE:
            rows = [row for row in rows if row.assignee_id]
        found = [row for row in rows if search.lower() in row.customer_name.lower()]
        return InboxPage(rows=tuple(found[:limit]), has_more=len(found) > limit)

    def _row(self, wanted: object) -> InboxRow | None:
        return next((row for row in self.rows if row.id == wanted), None)


W = TypeVar("W", bound=QWidget)


def child(pane: QWidget, kind: type[W]) -> W:
    found = pane.findChild(kind)
    assert isinstance(found, kind)
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def listed(pane: InboxPane) -> list[str]:
    model = child(pane, RowList).model()
    return [
        model.index(at, 0).data(Qt.ItemDataRole.UserRole).customer_name
        for at in range(model.rowCount())
    ]


def choose(pane: InboxPane, at: int) -> None:
    rows = child(pane, RowList)
    rows.setCurrentIndex(rows.model().index(at, 0))


def press(pane: InboxPane, name: str) -> None:
    action = pane.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def button(pane: QWidget, words: str) -> QPushButton:
    found = [
        each
        for each in pane.findChildren(QPushButton)
        if each.text() == words and each.isVisible()
    ]
    assert found, f"no button {words}"
    return found[0]


def composer(pane: InboxPane) -> Composer:
    found = pane.findChild(Composer)
    assert isinstance(found, Composer)
    return found


def toasts(pane: InboxPane) -> list[str]:
    return [each.accessibleName() for each in pane.findChildren(Toast) if each.isVisible()]
