"""The thread: opens fast, keeps the reader's place, opens nothing by itself."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest

from core.domain.message import DeliveryState
from desktop.widgets.bubble import (
    Attachment,
    AttachmentKind,
    Bubble,
    Quote,
    Side,
    delivery_note,
)
from desktop.widgets.bubble_box import BubbleBox, TargetKind
from desktop.widgets.bubble_layout import guessed_height, lay_out
from desktop.widgets.thread_view import ThreadView
from tests.desktop.samples import NOW, bubble, sent

if TYPE_CHECKING:
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


def place_of(view: ThreadView, index: int) -> int:
    return view.screen_rect(index).top()


def first_in_sight(view: ThreadView) -> int:
    corner = view.viewport().mapToGlobal(QPoint(5, 5))
    index = view.index_at_screen(corner.x(), corner.y())
    assert index is not None
    return index


def click(view: ThreadView, box: BubbleBox, index: int, kind: TargetKind) -> None:
    target = next(target for target in box.targets if target.kind is kind)
    top = view.screen_rect(index).topLeft()
    spot = view.viewport().mapFromGlobal(top) + target.rects[0].center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


# Size and place


def test_five_thousand_bubbles_open_within_a_blink(view: ThreadView) -> None:
    bubbles = [bubble(number) for number in range(5_000)]
    view.set_bubbles(bubbles[:10])
    begun = time.perf_counter()
    view.set_bubbles(bubbles)
    view.viewport().repaint()
    # 60 ms on a quiet machine; four times that on one that is shared.
    assert time.perf_counter() - begun < 0.24
    assert view.count() == 5_000


def test_only_bubbles_in_sight_are_measured(view: ThreadView) -> None:
    view.set_bubbles([bubble(number) for number in range(5_000)])
    view.viewport().repaint()
    column = view._column
    measured = [i for i in range(5_000) if column._extent.is_exact(i)]
    assert 0 < len(measured) < 40


@pytest.mark.parametrize("number", range(5))
@pytest.mark.usefixtures("qapp")
def test_guessed_height_is_near_the_real_one(number: int) -> None:
    one = bubble(number)
    real = lay_out(one, "", 700, LTR).height
    assert abs(guessed_height(one, "", 700) - real) <= 0.35 * real


def test_thread_opens_at_its_end(full: ThreadView) -> None:
    bar = full.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_new_message_keeps_a_reader_at_the_end_there(full: ThreadView) -> None:
    full.append([bubble(1_000)])
    bar = full.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert full.is_at_end()


def test_reader_who_scrolled_up_is_not_moved_by_a_new_message(full: ThreadView) -> None:
    full.verticalScrollBar().setValue(full.verticalScrollBar().value() - 900)
    index = first_in_sight(full)
    before = place_of(full, index)
    full.append([bubble(1_000)])
    assert place_of(full, index) == before


def test_reader_who_scrolled_up_is_told_of_new_messages(full: ThreadView) -> None:
    full.verticalScrollBar().setValue(full.verticalScrollBar().value() - 900)
    full.append([bubble(1_000), bubble(1_001)])
    button = full._jump
    assert button.isVisible()
    assert button.missed() == 2
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert full.is_at_end()
    assert not button.isVisible()


def test_older_messages_come_in_without_moving_the_reader(full: ThreadView) -> None:
    full.verticalScrollBar().setValue(40)
    index = first_in_sight(full)
    before = place_of(full, index)
    full.prepend([bubble(number) for number in range(60, 100)])
    assert place_of(full, index + 40) == before


def test_scrolling_up_moves_what_is_in_sight_by_as_much(full: ThreadView) -> None:
    jumps = 0
    bar = full.verticalScrollBar()
    for _ in range(200):
        index = first_in_sight(full)
        before = place_of(full, index)
        bar.setValue(bar.value() - 90)
        if bar.value() == 0:
            break
        jumps += place_of(full, index) - before != 90
    assert jumps == 0


def test_nearing_the_start_asks_for_older_messages_once(
    full: ThreadView, qtbot: QtBot
) -> None:
    with qtbot.wait_signal(full.older_wanted):
        full.verticalScrollBar().setValue(10)
    with qtbot.assert_not_emitted(full.older_wanted):
        full.verticalScrollBar().setValue(30)


def test_end_of_history_is_not_asked_beyond(full: ThreadView, qtbot: QtBot) -> None:
    full.end_of_history()
    with qtbot.assert_not_emitted(full.older_wanted):
        full.verticalScrollBar().setValue(10)


def test_known_message_is_replaced_not_doubled(full: ThreadView) -> None:
    count = full.count()
    full.append([replace(bubble(399), text="changed")])
    assert full.count() == count
    assert full.bubble(count - 1).text == "changed"


def test_removed_message_leaves(full: ThreadView) -> None:
    count = full.count()
    full.remove_bubble(399)
    assert full.count() == count - 1


def test_narrower_thread_keeps_its_end(full: ThreadView) -> None:
    full.resize(420, 600)
    bar = full.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_day_is_announced_once(view: ThreadView) -> None:
    view.set_bubbles([bubble(4_998), bubble(4_999), replace(bubble(1), at=NOW)])
    days = [view._column.box(index).day for index in range(3)]
    assert days == ["Today", "", ""]


def test_day_heading_moves_to_the_older_message(view: ThreadView) -> None:
    view.set_bubbles([bubble(4_999)])
    view.prepend([bubble(4_998)])
    assert [view._column.box(index).day for index in range(2)] == ["Today", ""]


# Sides and words


@pytest.mark.usefixtures("qapp")
def test_customers_stand_left_and_we_right() -> None:
    theirs = lay_out(bubble(1, "Hi", Side.INBOUND), "", 700, LTR)
    ours = lay_out(bubble(1, "Hi", Side.OUTBOUND), "", 700, LTR)
    assert theirs.body.left() < 30
    assert ours.body.right() > 670


@pytest.mark.usefixtures("qapp")
def test_sides_are_mirrored_from_right_to_left() -> None:
    theirs = lay_out(bubble(1, "Hi", Side.INBOUND), "", 700, RTL)
    assert theirs.body.right() > 670


@pytest.mark.usefixtures("qapp")
def test_nothing_sticks_out_of_a_narrow_thread() -> None:
    long = replace(
        sent(DeliveryState.FAILED, "a reason " * 30),
        text="x" * 400,
        attachments=(Attachment(key="k", kind=AttachmentKind.FILE, name="n" * 90),),
    )
    box = lay_out(long, "", 260, LTR)
    parts = [box.body, box.text_rect, box.meta_rect, box.note_rect]
    parts += [placed.rect for placed in box.attachments]
    assert all(rect.left() >= 0 and rect.right() <= 260 for rect in parts)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DeliveryState.QUEUED, "Waiting to be sent"),
        (DeliveryState.SENDING, "Sending…"),
        (DeliveryState.ACCEPTED, "Sent"),
        (DeliveryState.DELIVERED, "Delivered"),
        (DeliveryState.READ, "Read"),
        (DeliveryState.UNCERTAIN, "It is not known whether this arrived."),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_delivery_is_told_in_words(state: DeliveryState, words: str) -> None:
    note = delivery_note(sent(state))
    assert note is not None
    assert note.words == words


@pytest.mark.parametrize("state", list(DeliveryState))
@pytest.mark.usefixtures("qapp")
def test_every_delivery_state_can_be_laid_out(state: DeliveryState) -> None:
    box = lay_out(sent(state, "why"), "", 700, LTR)
    assert box.note is not None
    assert box.note.words


@pytest.mark.usefixtures("qapp")
def test_failure_names_the_platforms_reason() -> None:
    note = delivery_note(sent(DeliveryState.FAILED, "(#100) not allowed"))
    assert note is not None
    assert "(#100) not allowed" in note.words


def test_uncertain_message_can_be_looked_into(view: ThreadView, qtbot: QtBot) -> None:
    view.set_bubbles([replace(sent(DeliveryState.UNCERTAIN), id="m1")])
    box = view._column.box(0)
    with qtbot.wait_signal(view.look_wanted) as asked:
        click(view, box, 0, TargetKind.LOOK)
    assert asked.args[0] == "m1"


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (DeliveryState.FAILED, "Try again…"),
        (DeliveryState.UNCERTAIN, "Look into it"),
        (DeliveryState.HELD, "Send or withdraw…"),
    ],
)
def test_message_that_waits_for_a_person_offers_what_to_do(
    state: DeliveryState, action: str, view: ThreadView, qtbot: QtBot
) -> None:
    view.set_bubbles([replace(sent(state), id="m1")])
    box = view._column.box(0)
    assert box.note is not None
    assert box.note.action == action
    with qtbot.wait_signal(view.look_wanted) as asked:
        click(view, box, 0, TargetKind.LOOK)
    assert view.rect().contains(view.mapFromGlobal(asked.args[1]))


def quoting(number: int, of: int | None, words: str = "When do you open?") -> Bubble:
    quote = Quote(of=of, who="Noor", words=words)
    return replace(bubble(number, "At nine", Side.OUTBOUND), quote=quote)


@pytest.mark.parametrize("side", [Side.INBOUND, Side.OUTBOUND])
@pytest.mark.parametrize("direction", [LTR, RTL])
def test_a_quote_stands_above_the_words_and_inside_the_bubble(
    side: Side, direction: Qt.LayoutDirection
) -> None:
    answer = replace(quoting(1, of=0, words="so many words " * 30), side=side)
    box = lay_out(answer, "", 700, direction)
    plain = lay_out(replace(answer, quote=None), "", 700, direction)
    assert box.body.contains(box.quote_rect)
    assert box.quote_rect.bottom() <= box.text_rect.top()
    assert box.height > plain.height
    assert abs(guessed_height(answer, "", 700) - box.height) < 12


def test_a_quote_leads_to_the_message_that_it_names(view: ThreadView) -> None:
    view.set_bubbles([bubble(0), *(bubble(number) for number in range(1, 40))])
    view.append([quoting(50, of=0)])
    click(view, view._column.box(40), 40, TargetKind.QUOTE)
    assert view.current() == 0
    assert first_in_sight(view) == 0


def test_a_quote_of_what_was_never_here_leads_nowhere(view: ThreadView) -> None:
    view.set_bubbles([quoting(1, of=None)])
    assert view._column.box(0).targets == ()


def test_a_quote_of_what_is_not_read_yet_asks_for_older_messages(
    full: ThreadView, qtbot: QtBot
) -> None:
    full.append([quoting(500, of=7)])
    last = full.count() - 1
    with qtbot.wait_signal(full.older_wanted):
        click(full, full._column.box(last), last, TargetKind.QUOTE)
    assert first_in_sight(full) == 0


def test_a_quote_is_read_aloud(view: ThreadView) -> None:
    view.set_bubbles([quoting(1, of=None)])
    assert "In reply to Noor: When do you open?" in view.spoken_item(0)


def test_lines_of_a_message_are_kept(view: ThreadView) -> None:
    view.set_bubbles([bubble(1, "Hello,\n\nYour order\r\nleaves today.")])
    assert view._column.box(0).text.lineCount() == 4
    view.select_all()
    assert view.selected_text() == "Hello,\n\nYour order\r\nleaves today."


def test_markup_in_a_message_is_text(view: ThreadView) -> None:
    text = "<img src='file:///etc/hostname'><b>hello</b>"
    view.set_bubbles([bubble(1, text)])
    box = view._column.box(0)
    assert box.text.text() == text
    assert box.targets == ()


def test_link_leaves_as_a_signal(view: ThreadView, qtbot: QtBot) -> None:
    view.set_bubbles([bubble(1, "see https://example.org/x please")])
    box = view._column.box(0)
    assert box.hosts == "example.org"
    with qtbot.wait_signal(view.link_opened) as opened:
        click(view, box, 0, TargetKind.LINK)
    assert opened.args == ["https://example.org/x"]


def test_dragging_over_a_link_selects_it_instead(view: ThreadView, qtbot: QtBot) -> None:
    view.set_bubbles([bubble(1, "https://example.org/a/long/path", Side.INBOUND)])
    rect = view._column.box(0).targets[0].rects[0].toRect()
    port = view.viewport()
    with qtbot.assert_not_emitted(view.link_opened):
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=rect.center())
        QTest.mouseMove(port, rect.center() + QPoint(60, 0))
        QTest.mouseRelease(
            port, Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(60, 0)
        )
    assert view.selected_text()
