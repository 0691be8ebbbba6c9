"""The escalations pane against a bridge that answers at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from core.actions import escalate
from core.domain.errors import AlreadyDecided, DatabaseDown
from core.domain.ids import MemberId, TenantId
from core.domain.member import Member, Role
from core.notices import Notice, NoticeKind
from core.queries import escalations, members
from core.queries.escalations import EscalationRow
from desktop.bridge.feed import Feed
from desktop.panes.escalations.colleagues import Colleagues
from desktop.panes.escalations.pane import EscalationsPane
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.row_list import RowList
from desktop.widgets.toast import Toast
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.inbox_rows import an_escalation

ME = MemberId(UUID(int=9))
NORA = Member(
    id=MemberId(UUID(int=8)),
    tenant=TenantId(UUID(int=1)),
    name="Nora & Co",
    role=Role.AGENT,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Cases:
    """A pane over escalations that a test can change."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bridge = FakeBridge()
        self.feed = Feed()
        # The query gives the longest wait first; number 2 waits longest.
        self.rows = [an_escalation(number) for number in (2, 1, 0)]
        self.bridge.computes(escalations.queue, self._queue)
        for action in (
            escalate.take,
            escalate.assign,
            escalate.write_notes,
            escalate.resolve,
            escalate.give_back,
        ):
            self.bridge.answers(action, None)
        self.bridge.answers(members.members, (NORA,))

    def open(self) -> EscalationsPane:
        pane = EscalationsPane(self.bridge, self.feed)
        self.qtbot.addWidget(pane)
        pane.resize(1300, 800)
        with self.qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow)
        return pane

    def _queue(self, *, status: str, limit: int) -> tuple[EscalationRow, ...]:
        is_over = status == "resolved"
        return tuple(row for row in self.rows if (row.status == "resolved") is is_over)[
            :limit
        ]


@pytest.fixture
def cases(qtbot: QtBot) -> Cases:
    return Cases(qtbot)


def rows_of(pane: EscalationsPane) -> RowList:
    found = pane.findChild(RowList)
    assert isinstance(found, RowList)
    return found


def listed(pane: EscalationsPane) -> list[object]:
    model = rows_of(pane).model()
    role = Qt.ItemDataRole.UserRole
    return [model.index(at, 0).data(role).id for at in range(model.rowCount())]


def choose(pane: EscalationsPane, at: int) -> None:
    rows = rows_of(pane)
    rows.setCurrentIndex(rows.model().index(at, 0))


def button(pane: EscalationsPane, words: str) -> QPushButton:
    found = [
        b for b in pane.findChildren(QPushButton) if b.text() == words and b.isVisible()
    ]
    assert found, f"no button {words}"
    return found[0]


def test_longest_wait_stands_first(cases: Cases) -> None:
    pane = cases.open()
    assert listed(pane) == [row.id for row in cases.rows]


def test_taking_is_asked_for_the_case_in_sight(cases: Cases) -> None:
    pane = cases.open()
    choose(pane, 1)
    cases.rows[1] = replace(cases.rows[1], assigned_to=ME, assigned_name="Inès")
    button(pane, "Take it").click()
    assert cases.bridge.asked(escalate.take) == [((cases.rows[1].id,), {})]
    taken = [b for b in pane.findChildren(QPushButton) if b.text() == "Take it"]
    assert not taken[0].isVisible()


def test_resolving_carries_the_note_and_leaves_the_queue(cases: Cases) -> None:
    pane = cases.open()
    choose(pane, 0)
    done = cases.rows[0]
    action = pane.findChild(QAction, "note")
    assert isinstance(action, QAction)
    action.trigger()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Called her back")
    cases.rows[0] = replace(done, status="resolved", notes="Called her back")
    button(pane, "Mark as resolved").click()
    assert cases.bridge.asked(escalate.resolve) == [((done.id, "Called her back"), {})]
    assert done.id not in listed(pane)
    button(pane, "Resolved").click()
    assert listed(pane) == [done.id]


def test_giving_back_names_the_conversation(cases: Cases) -> None:
    pane = cases.open()
    choose(pane, 0)
    button(pane, "Give back to the assistant").click()
    asked = cases.bridge.asked(escalate.give_back)
    assert asked == [((cases.rows[0].conversation_id,), {})]


def test_conversation_is_asked_of_the_window(cases: Cases) -> None:
    pane = cases.open()
    choose(pane, 2)
    with cases.qtbot.waitSignal(pane.open_conversation) as asked:
        button(pane, "Open the conversation").click()
    assert asked.args == [cases.rows[2].conversation_id]


def test_case_that_a_colleague_took_is_explained(cases: Cases) -> None:
    cases.bridge.refuses(escalate.take, AlreadyDecided("Taken."))
    pane = cases.open()
    choose(pane, 0)
    button(pane, "Take it").click()
    assert [toast for toast in pane.findChildren(Toast) if toast.isVisible()]


def test_new_escalation_comes_in_without_moving_the_choice(cases: Cases) -> None:
    pane = cases.open()
    choose(pane, 1)
    old = an_escalation(3)
    cases.rows.insert(0, replace(old, waiting_since=old.waiting_since - timedelta(days=1)))
    with cases.qtbot.waitSignal(cases.feed.escalations_changed):
        cases.feed.put(Notice(NoticeKind.ESCALATION_OPENED, old.id))
    assert listed(pane)[0] == old.id
    assert rows_of(pane).chosen_id() == cases.rows[2].id


def test_badge_counts_the_open(cases: Cases) -> None:
    pane = cases.open()
    cases.rows.pop()
    with cases.qtbot.waitSignal(pane.badge_changed) as told:
        cases.feed.put(Notice(NoticeKind.ESCALATION_CHANGED, cases.rows[0].id))
    assert told.args == [2]


def test_queue_that_cannot_be_read_offers_to_try_again(cases: Cases) -> None:
    cases.bridge.refuses(escalations.queue, DatabaseDown("Away."))
    pane = cases.open()
    again = button(pane, "Try again")
    cases.bridge.answers(escalations.queue, tuple(cases.rows))
    again.click()
    assert len(listed(pane)) == 3


def test_a_case_is_handed_to_a_colleague(cases: Cases) -> None:
    pane = cases.open()
    choose(pane, 0)
    (hand,) = pane.findChildren(Colleagues)
    hand.click()
    (menu,) = hand.findChildren(QMenu)
    (nora,) = menu.actions()
    assert nora.text() == "Nora && Co"
    nora.trigger()
    menu.close()
    assert cases.bridge.asked(escalate.assign) == [((cases.rows[0].id, NORA.id), {})]


def test_a_note_is_kept_while_the_case_is_open(cases: Cases) -> None:
    cases.rows = [replace(cases.rows[0], notes="Called twice.")]
    pane = cases.open()
    choose(pane, 0)
    (field,) = pane.findChildren(GrowingText)
    assert field.toPlainText() == "Called twice."
    field.setPlainText("Called twice. Sends a new one.")
    (keep,) = (b for b in pane.findChildren(QPushButton) if b.text() == "Keep the note")
    keep.click()
    assert cases.bridge.asked(escalate.write_notes) == [
        ((cases.rows[0].id, "Called twice. Sends a new one."), {})
    ]
