"""Reading a thread: keys, selection, photos, and what a screen reader hears."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QLocale, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from core.domain.message import DeliveryState
from desktop.widgets.bubble import (
    Attachment,
    AttachmentKind,
    Bubble,
    Side,
    spoken,
)
from desktop.widgets.thread_view import ThreadView
from tests.desktop.samples import NOW, bubble, sent

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface
    from pytestqt.qtbot import QtBot

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture
def view(qtbot: QtBot) -> ThreadView:
    made = ThreadView(lambda: NOW)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def full(view: ThreadView) -> ThreadView:
    view.set_bubbles([bubble(number) for number in range(100, 400)])
    return view


# Keyboard and selection


def test_copy_takes_the_selected_text(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "🎉 first"), bubble(2, "second")])
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "second"


def test_selection_by_keys_counts_an_emoji_as_one_step(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "🎉 first")])
    QTest.keyClick(view, Qt.Key.Key_Up)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text() == "🎉 f"


def test_selection_over_messages_says_who_wrote(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "one"), bubble(2, "two")])
    view.select_all()
    lines = view.selected_text().split("\n")
    assert [line.rsplit("] ", 1)[1] for line in lines] == ["one", "two"]
    assert "Noor" in lines[0]


def test_double_click_selects_a_word(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "hello there friend", Side.INBOUND)])
    box = view._column.box(0)
    spot = box.text_rect.topLeft().toPoint() + QPoint(8, 10)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.selected_text().strip() == "hello"


def test_arrows_walk_the_messages(view: ThreadView) -> None:
    view.set_bubbles([bubble(number, "x") for number in range(5)])
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    assert view.current() == 3


def test_walking_brings_the_message_into_sight(full: ThreadView) -> None:
    for _ in range(30):
        QTest.keyClick(full, Qt.Key.Key_Up)
    current = full.current()
    assert current == full.count() - 30
    assert (
        full.viewport()
        .rect()
        .contains(full.viewport().mapFromGlobal(full.screen_rect(current).center()))
    )


def test_enter_opens_the_link_of_the_current_message(
    view: ThreadView, qtbot: QtBot
) -> None:
    view.set_bubbles([bubble(1, "a https://one.example b https://two.example")])
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.wait_signal(view.link_opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["https://two.example"]


# Photos


def photo_bubble() -> Bubble:
    attachment = Attachment(
        key="p", kind=AttachmentKind.PHOTO, name="p.png", width=80, height=60
    )
    return replace(bubble(1, "look", Side.INBOUND), attachments=(attachment,))


def painted(view: ThreadView) -> QColor:
    spot = view._column.box(0).attachments[0].rect.center().toPoint()
    return view.grab().toImage().pixelColor(spot)


def test_photo_is_drawn_from_an_image(view: ThreadView) -> None:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    view.set_photo_provider(lambda _key: image)
    view.set_bubbles([photo_bubble()])
    assert painted(view) == QColor("#00ff00")


def test_photo_is_drawn_from_bytes_when_it_arrives(view: ThreadView) -> None:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    known: dict[str, bytes] = {}
    view.set_photo_provider(known.get)
    view.set_bubbles([photo_bubble()])
    assert painted(view) != QColor("#ff0000")
    known["p"] = bytes(buffer.data().data())
    view.photo_arrived("p")
    assert painted(view) == QColor("#ff0000")


def test_photo_that_cannot_be_read_is_shown_by_its_name(view: ThreadView) -> None:
    view.set_photo_provider(lambda _key: b"not a picture")
    view.set_bubbles([photo_bubble()])
    assert painted(view).alpha() == 255


# Screen reader


def interface_of(view: ThreadView) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(view)


def test_screen_reader_walks_the_messages(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "one"), bubble(2, "two")])
    thread = interface_of(view)
    assert thread.childCount() == 2
    assert thread.role() is QAccessible.Role.List
    names = [thread.child(place).text(QAccessible.Text.Name) for place in range(2)]
    assert "one" in names[0]
    assert "two" in names[1]


def test_screen_reader_hears_changes_of_a_message(view: ThreadView) -> None:
    view.set_bubbles([sent(DeliveryState.SENDING)])
    item = interface_of(view).child(0)
    view.update_bubble(sent(DeliveryState.READ))
    assert "Read" in item.text(QAccessible.Text.Name)


def test_message_that_left_is_no_longer_valid(view: ThreadView) -> None:
    view.set_bubbles([bubble(1)])
    item = interface_of(view).child(0)
    view.clear()
    assert not item.isValid()


def test_screen_reader_knows_the_current_message(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "one"), bubble(2, "two")])
    QTest.keyClick(view, Qt.Key.Key_Up)
    focus = interface_of(view).focusChild()
    assert "two" in focus.text(QAccessible.Text.Name)


@pytest.mark.usefixtures("qapp")
def test_spoken_message_says_who_when_what_and_how_far() -> None:
    words = spoken(sent(DeliveryState.DELIVERED))
    assert all(part in words for part in ("Noor", "On its way", "Delivered"))


@pytest.mark.usefixtures("qapp")
def test_note_is_spoken_as_internal() -> None:
    assert "internal note" in spoken(bubble(1, "x", Side.NOTE))
