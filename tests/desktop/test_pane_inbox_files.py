"""Files that go with a reply, against a bridge that answers at once."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.actions import attach, decide, reply
from core.domain.attachment import (
    Attachment,
    AttachmentState,
    MediaKind,
    MediaRule,
    OutgoingFile,
)
from core.domain.errors import DatabaseDown, FileTooLarge
from core.domain.ids import AttachmentId
from core.domain.message import DeliveryState, Direction, MessageType, Origin
from desktop.panes.inbox.bubbles import bubble_of
from desktop.widgets.bubble import AttachmentKind, Side
from desktop.widgets.file_chip import FileChip
from tests.desktop.samples import named
from tests.doubles import files
from tests.doubles.inbox_pane import Inbox, button, child, choose, composer, toasts
from tests.doubles.inbox_rows import (
    a_detail,
    a_draft,
    a_message,
    conversation_id,
    message_id,
)

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MB = 1024 * 1024
RULES = {
    MediaKind.IMAGE: MediaRule(limit_bytes=5 * MB),
    MediaKind.DOCUMENT: MediaRule(limit_bytes=100 * MB),
}
MENU = OutgoingFile(name="menu.pdf", content=files.PDF)
PLACE = "/srv/shop/menu.pdf"


@pytest.fixture
def shop(qtbot: QtBot) -> Inbox:
    made = Inbox(qtbot)
    for number, row in enumerate(made.rows):
        made.detail[row.id] = a_detail(number, media=RULES)
    made.bridge.answers(attach.read, MENU)
    made.bridge.computes(attach.accept, lambda _conversation, file: file)
    made.bridge.answers(attach.send_file, message_id(99))
    return made


def sent(shop: Inbox) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    return shop.bridge.asked(attach.send_file)


def test_limits_of_the_platform_stand_at_the_paper_clip(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    clip = named(pane, "Attach a file")
    limits = "Photos up to 5 MB · documents up to 100 MB"
    assert clip.accessibleDescription() == limits
    shop.detail[conversation_id(1)] = a_detail(1)
    choose(pane, 1)
    assert not clip.isEnabled()


def test_chosen_file_is_sent_with_the_words_and_then_gone(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    named(pane, "Attach a file").click()
    dialog = child(pane, QFileDialog)
    dialog.fileSelected.emit(PLACE)
    dialog.close()
    assert shop.bridge.asked(attach.read) == [((conversation_id(0), Path(PLACE)), {})]
    assert child(pane, FileChip).accessibleName().startswith("menu.pdf, ")
    composer(pane).set_text("The new menu")
    button(pane, "Send").click()
    [(args, named_args)] = sent(shop)
    assert args == (conversation_id(0), MENU, "The new menu")
    assert named_args["key"].version == 7
    assert shop.bridge.asked(reply.send) == []
    assert composer(pane).text() == ""
    assert not child(pane, FileChip).isVisible()


def test_dropped_file_can_be_sent_alone(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    composer(pane).files_offered.emit([PLACE])
    button(pane, "Send").click()
    [(args, _)] = sent(shop)
    assert args == (conversation_id(0), MENU, "")


def test_pasted_picture_becomes_a_png(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    composer(pane).picture_offered.emit(picture)
    [((_, file), _)] = shop.bridge.asked(attach.accept)
    assert file.name == "picture.png"
    assert file.content.startswith(b"\x89PNG")
    assert QImage.fromData(file.content).convertToFormat(picture.format()) == picture
    button(pane, "Send").click()
    assert sent(shop)[0][0][1] == file


def test_refused_file_says_why_and_is_not_taken(shop: Inbox) -> None:
    shop.bridge.refuses(attach.read, FileTooLarge("Too large."))
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("The menu")
    composer(pane).files_offered.emit([PLACE])
    assert toasts(pane)[0].startswith("The file is too large for this platform")
    assert not child(pane, FileChip).isVisible()
    assert composer(pane).text() == "The menu"


def test_several_files_at_once_are_not_taken(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    composer(pane).files_offered.emit([PLACE, PLACE])
    assert toasts(pane)[0].startswith("A message carries one file")
    assert shop.bridge.asked(attach.read) == []


def test_file_never_follows_into_another_conversation(shop: Inbox) -> None:
    pane = shop.open()
    choose(pane, 0)
    composer(pane).files_offered.emit([PLACE])
    choose(pane, 1)
    assert not child(pane, FileChip).isVisible()
    composer(pane).set_text("Good morning")
    button(pane, "Send").click()
    assert sent(shop) == []
    choose(pane, 0)
    assert child(pane, FileChip).isVisible()


def test_file_that_arrives_late_belongs_where_it_was_chosen(shop: Inbox) -> None:
    shop.bridge.holds(attach.read)
    pane = shop.open()
    choose(pane, 0)
    composer(pane).set_text("The menu")
    composer(pane).files_offered.emit([PLACE])
    assert not composer(pane).can_send()
    choose(pane, 1)
    shop.bridge.release(attach.read)
    assert not child(pane, FileChip).isVisible()
    choose(pane, 0)
    assert child(pane, FileChip).accessibleName().startswith("menu.pdf, ")
    assert composer(pane).can_send()


def test_file_removed_while_it_is_read_stays_away(shop: Inbox) -> None:
    shop.bridge.holds(attach.read)
    pane = shop.open()
    choose(pane, 0)
    composer(pane).files_offered.emit([PLACE])
    named(pane, "Remove the file").click()
    shop.bridge.release(attach.read)
    assert not child(pane, FileChip).isVisible()


def test_failed_send_keeps_the_file_and_its_key(shop: Inbox) -> None:
    shop.bridge.refuses(attach.send_file, DatabaseDown("Away."))
    pane = shop.open()
    choose(pane, 0)
    composer(pane).files_offered.emit([PLACE])
    button(pane, "Send").click()
    assert child(pane, FileChip).isVisible()
    shop.bridge.answers(attach.send_file, message_id(99))
    button(pane, "Send").click()
    first, second = (named_args["key"] for _, named_args in sent(shop))
    assert first == second
    assert not child(pane, FileChip).isVisible()


def test_file_with_an_edited_suggestion_is_a_reply_of_ones_own(shop: Inbox) -> None:
    shop.detail[conversation_id(0)] = a_detail(0, media=RULES, draft=a_draft())
    pane = shop.open()
    choose(pane, 0)
    button(pane, "Edit").click()
    composer(pane).files_offered.emit([PLACE])
    button(pane, "Send").click()
    [(args, _)] = sent(shop)
    assert args[2] == a_draft().text
    assert shop.bridge.asked(decide.approve_edited) == []


def test_sent_photo_stands_in_the_thread_with_its_delivery() -> None:
    photo = Attachment(
        id=AttachmentId(message_id(7)),
        kind=MediaKind.IMAGE,
        state=AttachmentState.STORED,
        mime_type="image/png",
        file_name="cup.png",
        size_bytes=24,
    )
    message = a_message(
        0,
        direction=Direction.OUTBOUND,
        origin=Origin.MEMBER,
        type=MessageType.IMAGE,
        text="",
        delivery=DeliveryState.SENDING,
        attachments=(photo,),
    )
    shown = bubble_of(message, "Nour")
    assert (shown.side, shown.delivery) == (Side.OUTBOUND, DeliveryState.SENDING)
    assert [(each.key, each.kind) for each in shown.attachments] == [
        (str(photo.id), AttachmentKind.PHOTO)
    ]
