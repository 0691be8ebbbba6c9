"""The inbox pane against a bridge that answers at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions import annotate, assign, decide, reply
from core.domain.attachment import Attachment, AttachmentState, MediaKind
from core.domain.errors import AlreadyDecided, DatabaseDown
from core.domain.ids import AttachmentId
from core.domain.message import DeliveryState, Direction, Origin
from core.notices import Notice, NoticeKind
from core.queries import conversation, inbox
from core.queries.conversation import ConversationDetail, ThreadPage
from core.queries.inbox import InboxCounts, InboxFilter, InboxPage, InboxRow
from desktop.bridge.feed import Feed
from desktop.panes.inbox.confirm import Confirm
from desktop.panes.inbox.files import safe_name
from desktop.panes.inbox.pane import InboxPane
from desktop.widgets.assistant_card import AssistantCard
from desktop.widgets.composer import Composer
from desktop.widgets.pill import Pill
from desktop.widgets.row_list import RowList
from desktop.widgets.thread_view import ThreadView
from desktop.widgets.toast import Toast
from tests.doubles.fake_bridge import NOON, FakeBridge
from tests.doubles.inbox_rows import (
    a_decision,
    a_detail,
    a_draft,
    a_message,
    a_row,
    conversation_id,
    message_id,
)

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

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


@pytest.fixture
def shop(qtbot: QtBot) -> Inbox:
    return Inbox(qtbot)


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


def test_list_shows_the_newest_first_and_counts_the_open(shop: Inbox) -> None:
    pane = shop.open()
    assert listed(pane) == [row.customer_name for row in shop.rows]
    assert "4 open" in [pill.text() for pill in pane.findChildren(Pill)]


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


def test_sent_text_leaves_the_field_and_its_saved_copy(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    press(pane, "reply")
    field = focused()
    QTest.keyClicks(field, "It leaves today")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [(args, named)] = shop.bridge.asked(reply.send)
    assert args == (conversation_id(0), "It leaves today")
    assert isinstance(named["key"], UUID)
    assert named["key"].version == 7
    assert composer(pane).text() == ""
    assert shop.bridge.asked(annotate.save_composer)[-1][0] == (conversation_id(0), "")


def test_refused_text_stays_and_is_tried_again_under_the_same_key(shop: Inbox) -> None:
    shop.bridge.refuses(reply.send, DatabaseDown("Away."))
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("It leaves today")
    button(pane, "Send").click()
    assert composer(pane).text() == "It leaves today"
    assert toasts(pane)[0].startswith("The inbox cannot reach its database")
    shop.bridge.answers(reply.send, message_id(99))
    button(pane, "Send").click()
    first, second = (named["key"] for _, named in shop.bridge.asked(reply.send))
    assert first == second
    assert composer(pane).text() == ""


def test_second_message_with_the_same_words_has_its_own_key(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    for _ in range(2):
        composer(pane).set_text("Thank you")
        button(pane, "Send").click()
    first, second = (named["key"] for _, named in shop.bridge.asked(reply.send))
    assert first != second


def test_send_is_not_pressed_twice_while_it_travels(shop: Inbox) -> None:
    shop.bridge.holds(reply.send)
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("Hello")
    composer(pane).submitted.emit("Hello")
    composer(pane).submitted.emit("Hello")
    assert len(shop.bridge.asked(reply.send)) == 1
    assert not composer(pane).can_send()
    shop.bridge.release(reply.send)
    assert composer(pane).text() == ""


def test_text_follows_its_conversation(shop: Inbox) -> None:
    shop.detail[conversation_id(1)] = a_detail(1, composer_text="saved yesterday")
    pane = shop.open()
    choose(pane, 0)
    press(pane, "reply")
    QTest.keyClicks(focused(), "half a sentence")
    choose(pane, 1)
    assert composer(pane).text() == "saved yesterday"
    saved = shop.bridge.asked(annotate.save_composer)
    assert saved[-1][0] == (conversation_id(0), "half a sentence")
    choose(pane, 0)
    assert composer(pane).text() == "half a sentence"


def test_answer_to_a_send_never_clears_another_conversation(shop: Inbox) -> None:
    shop.bridge.holds(reply.send)
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("Hello")
    button(pane, "Send").click()
    choose(pane, 1)
    composer(pane).set_text("for the other one")
    shop.bridge.release(reply.send)
    assert composer(pane).text() == "for the other one"


def test_send_and_next_goes_on(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("Done")
    composer(pane).submitted_and_next.emit("Done")
    assert shop.bridge.asked(conversation.detail)[-1][0] == (conversation_id(1),)


def test_closed_window_says_why_nothing_can_be_sent(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(
        0, can_reply=False, window_ends_at=NOON - timedelta(hours=1)
    )
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("Too late")
    assert not composer(pane).can_send()


def test_approving_sends_the_draft_and_shows_what_followed(shop: Inbox) -> None:
    draft = a_draft()
    shop.detail[conversation_id(0)] = a_detail(0, draft=draft)
    pane = shop.open()
    choose(pane, 0)
    card = child(pane, AssistantCard)
    assert card.isVisible()
    shop.detail[conversation_id(0)] = a_detail(0, last_decision=a_decision())
    button(card, "Approve").click()
    assert shop.bridge.asked(decide.approve) == [((draft.id,), {})]
    assert not card.isVisible()


def test_draft_that_a_colleague_decided_is_explained_and_read_again(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(0, draft=a_draft())
    shop.bridge.refuses(decide.approve, AlreadyDecided("Decided."))
    pane = shop.open()
    choose(pane, 0)
    card = child(pane, AssistantCard)
    shop.detail[conversation_id(0)] = a_detail(0)
    button(card, "Approve").click()
    assert toasts(pane)[0].startswith("Somebody has already decided")
    assert not card.isVisible()


def test_edited_suggestion_is_approved_with_the_new_words(shop: Inbox) -> None:
    draft = a_draft()
    shop.detail[conversation_id(0)] = a_detail(0, draft=draft)
    pane = shop.open()
    choose(pane, 0)
    button(child(pane, AssistantCard), "Edit").click()
    assert composer(pane).text() == draft.text
    composer(pane).set_text("Your parcel leaves today.")
    button(pane, "Send").click()
    asked = shop.bridge.asked(decide.approve_edited)
    assert asked == [((draft.id, "Your parcel leaves today."), {})]
    assert shop.bridge.asked(reply.send) == []


def test_own_text_replaced_by_a_suggestion_can_be_put_back(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(0, draft=a_draft())
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("My own words")
    button(child(pane, AssistantCard), "Edit").click()
    button(pane, "Put it back").click()
    assert composer(pane).text() == "My own words"
    button(pane, "Send").click()
    assert shop.bridge.asked(decide.approve_edited) == []


def test_dismissed_suggestion_is_gone(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(0, draft=a_draft())
    pane = shop.open()
    choose(pane, 0)
    shop.detail[conversation_id(0)] = a_detail(0)
    button(pane, "Dismiss").click()
    assert len(shop.bridge.asked(decide.dismiss)) == 1
    assert not child(pane, AssistantCard).isVisible()


def test_automatic_answer_can_be_asked_why(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(0, last_decision=a_decision())
    pane = shop.open()
    choose(pane, 0)
    button(pane, "Why?").click()
    names = [each.accessibleName() for each in pane.findChildren(QWidget)]
    assert any("Answered by the assistant" in name for name in names)
    texts = [
        label.property("text") for label in pane.findChildren(QWidget) if label.isVisible()
    ]
    assert "The delivery page answers it." in texts


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


def test_uncertain_message_is_sent_again_only_after_a_question(shop: Inbox) -> None:
    shop.messages.append(
        a_message(
            4,
            direction=Direction.OUTBOUND,
            origin=Origin.MEMBER,
            delivery=DeliveryState.UNCERTAIN,
            at=NOON,
        )
    )
    pane = shop.open()
    choose(pane, 0)
    child(pane, ThreadView).look_wanted.emit(message_id(4))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    again = next(each for each in menu.actions() if each.text() == "Send again…")
    again.trigger()
    assert shop.bridge.asked(reply.resend) == []
    button(child(pane, Confirm), "Send again").click()
    [(args, _named)] = shop.bridge.asked(reply.resend)
    assert args == (message_id(4),)


def test_note_is_added_and_the_field_emptied(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    press(pane, "note")
    QTest.keyClicks(focused(), "Prefers mornings")
    button(pane, "Add note").click()
    asked = shop.bridge.asked(annotate.note)
    assert asked == [((conversation_id(0), "Prefers mornings"), {})]


def test_leaving_the_pane_saves_what_was_typed(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    press(pane, "reply")
    QTest.keyClicks(focused(), "unfinished")
    pane.leave()
    saved = shop.bridge.asked(annotate.save_composer)
    assert saved[-1][0] == (conversation_id(0), "unfinished")


def test_file_is_saved_where_the_person_says(shop: Inbox, tmp_path: Path) -> None:
    file = Attachment(
        id=AttachmentId(UUID(int=77)),
        kind=MediaKind.DOCUMENT,
        state=AttachmentState.STORED,
        mime_type="application/pdf",
        file_name="../../etc/invoice.pdf",
        size_bytes=3,
    )
    shop.messages.append(a_message(5, attachments=(file,)))
    shop.bridge.answers(conversation.media, b"PDF")
    pane = shop.open()
    choose(pane, 0)
    child(pane, ThreadView).attachment_opened.emit(str(file.id))
    dialog = child(pane, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "invoice.pdf"
    dialog.fileSelected.emit(str(tmp_path / "invoice.pdf"))
    assert (tmp_path / "invoice.pdf").read_bytes() == b"PDF"
    dialog.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\temp\\menu.png", "menu.png"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        (".bashrc", "bashrc"),
        ("///", "file"),
    ],
)
def test_name_of_a_stranger_is_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_escape_in_the_search_shows_everything_again(shop: Inbox) -> None:
    pane = shop.open()
    press(pane, "search")
    QTest.keyClicks(focused(), "karim")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert listed(pane) == ["Karim Haddad"]
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert len(listed(pane)) == 4
