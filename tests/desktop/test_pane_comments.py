"""The comments pane against a bridge that answers at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.actions import comment as act
from core.domain.channel import PlatformName
from core.domain.comment import DeedKind, DeedState
from core.domain.errors import DatabaseDown, Refused, TooLong
from core.domain.ids import CommentId, MonitoredPostId
from core.domain.text_unit import TextLimit, TextUnit
from core.notices import Notice, NoticeKind
from core.platforms.commenting import Obstacle
from core.queries import comments
from core.queries.comments import CommentsPage, Place, ShownComment, Wanted
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.models.row_model import RowModel
from desktop.panes.comments.card import CommentCard
from desktop.panes.comments.pane import CommentsPane
from desktop.panes.comments.words import author_words, text_words
from desktop.widgets.banner import Banner
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.row_list import RowList
from desktop.widgets.text_counter import TextCounter
from desktop.widgets.toast import Toast
from tests.doubles.comment_rows import a_comment, a_deed
from tests.doubles.fake_bridge import NOON, FakeBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Square:
    """A pane over comments that a test can change."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bridge = FakeBridge()
        self.feed = Feed()
        self.rows = [a_comment(number) for number in range(4)]
        self.bridge.computes(comments.page, self._page)
        self.bridge.computes(comments.thread, self._thread)
        self.bridge.computes(comments.one, self._one)
        self.bridge.computes(comments.count_waiting, lambda: len(self.waiting))
        for action in (
            act.reply,
            act.reply_privately,
            act.hide,
            act.show,
            act.remove,
            act.handled,
            act.reopen,
            act.cancel,
            act.was_sent,
            act.was_not_sent,
        ):
            self.bridge.answers(action, None)

    @property
    def waiting(self) -> list[ShownComment]:
        return [row for row in self.rows if row.comment.handled_at is None]

    def open(self) -> CommentsPane:
        pane = CommentsPane(self.bridge, self.feed)
        self.qtbot.addWidget(pane)
        pane.resize(1300, 800)
        with self.qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow)
        return pane

    def change(self, number: int, **more: Any) -> None:
        """Change a comment and say so."""
        row = self.rows[number]
        self.rows[number] = replace(row, **more)
        self.feed.put(Notice(NoticeKind.COMMENT_CHANGED, row.id))

    def _one(self, comment: CommentId) -> ShownComment:
        return next(row for row in self.rows if row.id == comment)

    def _page(self, wanted: Wanted, after: Place | None = None) -> CommentsPage:
        rows = self.waiting if wanted.waiting else self.rows
        return CommentsPage(comments=tuple(rows) if after is None else (), next=None)

    def _thread(self, post: MonitoredPostId) -> tuple[ShownComment, ...]:
        return tuple(
            row for row in reversed(self.rows) if row.comment.monitored_post_id == post
        )


@pytest.fixture
def square(qtbot: QtBot) -> Square:
    return Square(qtbot)


def choose(pane: CommentsPane, row: int = 0) -> None:
    rows = pane.findChild(RowList)
    assert isinstance(rows, RowList)
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(row, 0))


def button(pane: CommentsPane, words: str) -> QPushButton:
    """Return the button that says this, alone or before a dot."""
    for found in pane.findChildren(QPushButton):
        if found.isVisible() and found.text().split(" · ")[0] == words:
            return found
    raise AssertionError(words)


def shown_buttons(pane: CommentsPane) -> set[str]:
    return {found.text() for found in pane.findChildren(QPushButton) if found.isVisible()}


def field(pane: CommentsPane) -> GrowingText:
    found = pane.findChild(GrowingText)
    assert isinstance(found, GrowingText)
    return found


def cards(pane: CommentsPane) -> list[str]:
    found = pane.findChildren(CommentCard)
    return [card.accessibleName() for card in found if card.isVisible()]


LIMITS = {
    DeedKind.REPLY: TextLimit(most=30, unit=TextUnit.WEIGHTED, title="X"),
    DeedKind.PRIVATE_REPLY: TextLimit(most=1000, unit=TextUnit.CHARS, title="X"),
}


def counted(pane: CommentsPane) -> str:
    """Return what the counter says, nothing while it is out of sight."""
    counter = pane.findChild(TextCounter)
    assert isinstance(counter, TextCounter)
    return counter.text() if counter.isVisible() else ""


def test_an_answer_is_counted_as_its_platform_counts_it(square: Square) -> None:
    square.rows = [replace(row, limits=LIMITS) for row in square.rows]
    pane = square.open()
    choose(pane)
    field(pane).setPlainText("À : https://example.org/" + "a" * 60)
    assert counted(pane).startswith("3 character")
    field(pane).setPlainText("一" * 16)
    assert counted(pane).startswith("2 character")
    assert "too many" in counted(pane)


def test_what_is_too_long_is_refused_before_it_leaves(square: Square) -> None:
    square.rows = [replace(row, limits=LIMITS) for row in square.rows]
    pane = square.open()
    choose(pane)
    field(pane).setPlainText("a" * 31)
    button(pane, "Answer").click()
    assert square.bridge.asked(act.reply) == []
    (toast,) = pane.findChildren(Toast)
    words = trouble_of(TooLong("Too long."))
    assert toast.accessibleName() == f"{words.title}. {words.next_step}"
    assert field(pane).toPlainText() == "a" * 31
    button(pane, "Answer in private").click()
    assert len(square.bridge.asked(act.reply_privately)) == 1


def test_without_a_known_limit_nothing_is_counted(square: Square) -> None:
    pane = square.open()
    choose(pane)
    field(pane).setPlainText("a" * 5000)
    assert counted(pane) == ""


def test_choosing_a_comment_shows_the_talk_under_its_post(square: Square) -> None:
    pane = square.open()
    choose(pane)
    square.qtbot.waitUntil(lambda: len(cards(pane)) == len(square.rows))
    assert cards(pane)[-1] == "maya.k: Is the Guji roast back in stock?"


def test_an_answer_is_sent_once_and_its_words_go(square: Square) -> None:
    pane = square.open()
    choose(pane)
    field(pane).setPlainText("Yes, since this morning!")
    QTest.keyClick(field(pane), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ((answer,), _) = square.bridge.asked(act.reply)[0]
    assert (answer.comment, answer.text) == (square.rows[0].id, "Yes, since this morning!")
    assert field(pane).toPlainText() == ""


def test_a_refused_answer_keeps_its_words_and_its_id(square: Square) -> None:
    square.bridge.refuses(act.reply, Refused("This comment has been removed."))
    pane = square.open()
    choose(pane)
    field(pane).setPlainText("Hello")
    button(pane, "Answer").click()
    button(pane, "Answer").click()
    first, second = (call[0][0] for call in square.bridge.asked(act.reply))
    assert first.id == second.id
    assert field(pane).toPlainText() == "Hello"
    assert pane.findChild(Toast) is not None


def test_what_the_platform_would_refuse_is_explained_with_a_way_out(
    square: Square,
) -> None:
    wall = Obstacle(
        title="X takes answers only to posts that mention you.",
        next_step="Open it on X.",
        url="https://x.com/i/status/1",
    )
    square.rows[0] = replace(square.rows[0], obstacle=wall)
    pane = square.open()
    choose(pane)
    banner = pane.findChild(Banner)
    assert isinstance(banner, Banner)
    assert banner.text().startswith("X takes answers only")
    assert "Answer" not in shown_buttons(pane)
    assert button(pane, "Open on Instagram").isEnabled()


def test_the_row_that_is_read_shows_its_answer_although_it_left_the_list(
    square: Square,
) -> None:
    pane = square.open()
    choose(pane)
    first = square.rows[0].comment
    square.change(0, comment=replace(first, handled_at=NOON))
    rows = pane.findChild(RowList)
    assert isinstance(rows, RowList)
    model = rows.model()
    assert isinstance(model, RowModel)

    def is_ticked_off() -> bool:
        row = model.row(first.id)
        return row is not None and row.comment.handled_at is not None

    square.qtbot.waitUntil(is_ticked_off)


def test_no_field_is_offered_where_no_answer_can_leave_from_here(square: Square) -> None:
    wall = Obstacle(title="X takes no answer to this.", next_step="Open it on X.")
    row = square.rows[0]
    silent = replace(row.comment, private_reply_ends_at=None)
    square.rows[0] = replace(row, comment=silent, obstacle=wall)
    pane = square.open()
    choose(pane)
    assert not field(pane).isVisible()
    choose(pane, 1)
    assert field(pane).isVisible()


def test_who_has_an_id_alone_is_not_called_by_it(square: Square) -> None:
    named = replace(
        square.rows[0].comment,
        platform=PlatformName.LINKEDIN,
        author_id="urn:li:person:7",
        author_name=None,
    )
    assert author_words(named) == "Somebody on LinkedIn"


def test_an_answer_stands_in_from_what_it_answers(square: Square) -> None:
    above, below = square.rows[1], square.rows[0]
    answer = replace(below.comment, parent_id=above.comment.platform_comment_id)
    square.rows[0] = replace(below, comment=answer)
    pane = square.open()
    choose(pane)

    def stands_in() -> bool:
        lefts = {
            card.accessibleName(): card.mapTo(pane, card.rect().topLeft()).x()
            for card in pane.findChildren(CommentCard)
            if card.isVisible()
        }
        inner = lefts.pop(f"{author_words(answer)}: {answer.text}", 0)
        return all(left < inner for left in lefts.values())

    square.qtbot.waitUntil(stands_in)


def test_a_private_answer_is_offered_while_its_days_last(square: Square) -> None:
    pane = square.open()
    choose(pane)
    field(pane).setPlainText("Write to us here")
    button(pane, "Answer in private").click()
    assert len(square.bridge.asked(act.reply_privately)) == 1
    late = replace(
        square.rows[1].comment, private_reply_ends_at=NOON - timedelta(minutes=1)
    )
    square.rows[1] = replace(square.rows[1], comment=late)
    used = a_deed(square.rows[2], DeedKind.PRIVATE_REPLY, DeedState.ACCEPTED)
    square.rows[2] = replace(square.rows[2], deeds=(used,))
    other = square.open()
    for row in (1, 2):
        choose(other, row)
        assert not any(words.startswith("Answer in p") for words in shown_buttons(other))


def test_hiding_turns_into_showing(square: Square) -> None:
    pane = square.open()
    choose(pane)
    rows = pane.findChild(RowList)
    assert isinstance(rows, RowList)
    QTest.keyClick(rows, Qt.Key.Key_H)
    assert square.bridge.asked(act.hide) == [((square.rows[0].id,), {})]
    hidden = replace(square.rows[0].comment, hidden_at=NOON)
    square.change(0, comment=hidden)
    square.qtbot.waitUntil(lambda: "Show again" in shown_buttons(pane))
    button(pane, "Show again").click()
    assert square.bridge.asked(act.show) == [((square.rows[0].id,), {})]


def test_removing_asks_first(square: Square) -> None:
    pane = square.open()
    choose(pane)
    button(pane, "Remove").click()
    assert square.bridge.asked(act.remove) == []
    (question,) = [
        found
        for found in pane.findChildren(QPushButton)
        if found.property("role") == "danger"
    ]
    question.click()
    assert square.bridge.asked(act.remove) == [((square.rows[0].id,), {})]


def test_ticking_off_takes_the_next_ones_count(square: Square) -> None:
    pane = square.open()
    choose(pane)
    button(pane, "Nothing to do").click()
    assert square.bridge.asked(act.handled) == [((square.rows[0].id,), {})]
    done = replace(square.rows[0].comment, handled_at=NOON)
    with square.qtbot.waitSignal(pane.badge_changed) as counted:
        square.change(0, comment=done)
    assert counted.args == [3]
    square.qtbot.waitUntil(lambda: "Put back" in shown_buttons(pane))


def test_an_uncertain_answer_is_settled_by_hand(square: Square) -> None:
    deed = a_deed(
        square.rows[0],
        DeedKind.REPLY,
        DeedState.NEEDS_HUMAN,
        error_title="We could not find out whether this was sent.",
        error_next="Look under the post on the platform.",
    )
    square.rows[0] = replace(square.rows[0], deeds=(deed,))
    pane = square.open()
    choose(pane)
    button(pane, "It was not sent").click()
    assert square.bridge.asked(act.was_not_sent) == [((deed.id,), {})]


def test_answers_stand_under_what_they_answer(square: Square) -> None:
    own = a_comment(9, parent_id="comment.2", own=True, text="Oui !", author_name=None)
    deeper = a_comment(8, parent_id="comment.9", text="Merci")
    square.rows = [*square.rows, deeper, own]
    pane = square.open()
    choose(pane)
    square.qtbot.waitUntil(lambda: len(cards(pane)) == len(square.rows))
    names = cards(pane)
    at = names.index("Léa Martin: Vous livrez aussi en Belgique ?")
    assert names[at + 1 : at + 3] == [
        "Brûlerie des Trois Ponts: Oui !",
        "cafe.addict: Merci",
    ]


def test_a_database_that_is_away_is_said_and_tried_again(square: Square) -> None:
    square.bridge.refuses(comments.page, DatabaseDown("The database cannot be reached."))
    pane = square.open()
    square.bridge.computes(comments.page, square._page)
    button(pane, "Try again").click()
    rows = pane.findChild(RowList)
    assert isinstance(rows, RowList)
    assert rows.model().rowCount() == len(square.rows)


def test_no_comment_at_all_is_a_quiet_page(square: Square) -> None:
    square.rows = []
    pane = square.open()
    assert "Try again" not in shown_buttons(pane)
    rows = pane.findChild(RowList)
    assert isinstance(rows, RowList)
    assert not rows.isVisible()


def test_words_that_had_to_be_forgotten_are_shown_as_expired() -> None:
    kept = a_comment(0)
    forgotten = replace(a_comment(0, text=""), expired_by="LinkedIn")
    assert text_words(forgotten) == "Expired by LinkedIn's terms."
    assert text_words(kept) == kept.comment.text
