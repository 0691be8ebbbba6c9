"""The open conversation against a bridge that answers at once: replies and advice."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from core.actions import annotate, decide, reply
from core.domain.attachment import Attachment, AttachmentState, MediaKind
from core.domain.errors import AlreadyDecided, DatabaseDown
from core.domain.ids import AttachmentId
from core.domain.message import DeliveryState, Direction, Origin
from core.domain.text_unit import TextUnit
from core.queries import conversation
from desktop.panes.inbox.files import safe_name
from desktop.widgets.assistant_card import AssistantCard
from desktop.widgets.confirm import Confirm
from desktop.widgets.thread_view import ThreadView
from tests.doubles.fake_bridge import NOON
from tests.doubles.inbox_pane import (
    Inbox,
    button,
    child,
    choose,
    composer,
    focused,
    press,
    toasts,
)
from tests.doubles.inbox_rows import (
    a_decision,
    a_detail,
    a_draft,
    a_message,
    conversation_id,
    message_id,
)

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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
    assert asked == [((draft.id, "Your parcel leaves today."), {"quoting": None})]
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
    child(pane, ThreadView).look_wanted.emit(message_id(4), QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    again = next(each for each in menu.actions() if each.text() == "Send again…")
    again.trigger()
    assert shop.bridge.asked(reply.resend) == []
    button(child(pane, Confirm), "Send again").click()
    [(args, _named)] = shop.bridge.asked(reply.resend)
    assert args == (message_id(4),)


def test_message_held_by_a_switch_can_be_sent_after_all(shop: Inbox) -> None:
    held = a_message(
        4,
        direction=Direction.OUTBOUND,
        origin=Origin.ASSISTANT,
        delivery=DeliveryState.HELD,
        at=NOON,
    )
    shop.messages.append(held)
    shop.bridge.answers(reply.release, None)
    pane = shop.open()
    choose(pane, 0)
    child(pane, ThreadView).look_wanted.emit(held.id, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    next(each for each in menu.actions() if each.text() == "Send it as yours").trigger()
    assert shop.bridge.asked(reply.release) == [((held.id,), {})]


def test_reply_is_counted_as_its_platform_counts(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(
        0, text_limit=10, text_limit_unit=TextUnit.UTF8_BYTES
    )
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("é" * 6)
    assert not composer(pane).can_send()


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
