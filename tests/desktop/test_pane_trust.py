"""The trust page: what it shows, and what has to be said yes to before anything changes."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions import configure, release
from core.domain.channel import AssistantMode
from core.domain.errors import DatabaseDown, Refused
from core.domain.topic import TopicKind
from core.queries import trust
from core.queries.trust import TrustRow
from desktop.bridge.feed import Feed
from desktop.panes.rules.trust_page import TrustPage
from desktop.panes.rules.trust_words import percent
from desktop.style.tokens import Tone
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.confirm import Confirm
from desktop.widgets.interval_bar import Interval, IntervalBar
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.knowledge_pane import button, child, has_button, in_sight
from tests.doubles.trust_rows import CHANNEL, OTHER_CHANNEL, a_row

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Board:
    """A page, and the rows that it gets."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.bridge, self.feed = qtbot, FakeBridge(), Feed()
        self.rows: list[TrustRow] = [a_row()]
        self.bridge.computes(trust.board, lambda **_named: list(self.rows))
        for action in (configure.set_mode, release.release_topic, release.withdraw_topic):
            self.bridge.answers(action, None)
        self._pages: list[TrustPage] = []

    def open(self, *rows: TrustRow) -> TrustPage:
        if rows:
            self.rows = list(rows)
        page = TrustPage(self.bridge, self.feed)
        self._pages.append(page)
        self.qtbot.addWidget(page)
        page.resize(1100, 700)
        with self.qtbot.waitExposed(page):
            page.show()
        return page

    def modes(self) -> list[tuple[object, ...]]:
        return [args for args, _ in self.bridge.asked(configure.set_mode)]


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    return Board(qtbot)


def _answer(page: QWidget, words: str) -> str:
    """Press a button of the question that is asked; return what was asked."""
    question = child(page, Confirm)
    asked = f"{question.accessibleName()} {question.accessibleDescription()}"
    button(question, words).click()
    return asked


def test_topics_stand_under_their_channel_with_what_they_lack(board: Board) -> None:
    page = board.open(
        a_row(kind=TopicKind.EVERYTHING, decided=130, agreed=110),
        a_row("Delivery", 100, 100, open=3),
        a_row("Hours", 12, 12),
        a_row("Returns", 100, 90),
        a_row(kind=TopicKind.COMPLAINT, decided=40, agreed=40),
        a_row("Events", 20, 20, channel=OTHER_CHANNEL),
    )
    words = in_sight(page)
    for expected in (
        "Shop · WhatsApp",
        "roastery.lyon · Instagram",
        "All replies",
        "100 of 100 agreed · 3 not known yet",
        "18 more outcome(s) needed",
        "Below your bar",
        "Complaints, handed over",
        "Drafts only",
        "84.6 %",
    ):
        assert expected in words
    assert has_button(page, "Let it answer: Delivery")
    for refused in ("Hours", "Returns", "Complaints, handed over", "All replies"):
        assert not has_button(page, f"Let it answer: {refused}")


def test_nothing_changes_without_a_yes(board: Board) -> None:
    page = board.open(a_row())
    button(page, "Let it answer: Delivery").click()
    asked = _answer(page, "Cancel")
    assert "“Delivery”" in asked
    assert "100 of 100" in asked
    assert board.bridge.asked(release.release_topic) == []
    assert board.modes() == []


def test_topic_is_listed_before_the_channel_answers_by_itself(board: Board) -> None:
    row = a_row()
    page = board.open(row)
    board.bridge.holds(release.release_topic)
    button(page, "Let it answer: Delivery").click()
    _answer(page, "Let it answer")
    assert board.bridge.asked(release.release_topic) == [((CHANNEL, row.topic_of), {})]
    assert board.modes() == []
    with board.qtbot.waitSignal(page.told):
        board.bridge.release(release.release_topic)
    assert board.modes() == [(CHANNEL, AssistantMode.AUTO)]
    assert len(board.bridge.asked(trust.board)) == 2


def test_everything_is_one_switch_of_the_channel(board: Board) -> None:
    page = board.open(a_row(kind=TopicKind.EVERYTHING))
    button(page, "Let it answer: All replies").click()
    assert "everything it can" in _answer(page, "Let it answer")
    assert board.bridge.asked(release.release_topic) == []
    assert board.modes() == [(CHANNEL, AssistantMode.AUTO)]


def test_refused_list_leaves_the_mode_and_says_why(board: Board) -> None:
    board.bridge.refuses(release.release_topic, Refused("No."))
    page = board.open(a_row())
    button(page, "Let it answer: Delivery").click()
    _answer(page, "Let it answer")
    assert board.modes() == []
    banner = child(page, Banner)
    assert banner.isVisible()
    assert banner.text()


def test_topic_that_leaves_by_itself_can_be_taken_back(board: Board) -> None:
    row = a_row(mode=AssistantMode.AUTO, is_released=True, is_limited=True)
    page = board.open(row)
    assert "Answers some topics by itself" in in_sight(page)
    button(page, "Back to drafts: Delivery").click()
    _answer(page, "Back to drafts")
    assert board.bridge.asked(release.withdraw_topic) == [((CHANNEL, row.key), {})]


def test_channel_that_answers_everything_goes_back_as_a_whole(board: Board) -> None:
    auto = AssistantMode.AUTO
    page = board.open(
        a_row(kind=TopicKind.EVERYTHING, mode=auto, is_released=True),
        a_row(mode=auto, is_released=True),
    )
    assert not has_button(page, "Back to drafts: Delivery")
    button(page, "Back to drafts: All replies").click()
    _answer(page, "Back to drafts")
    assert board.modes() == [(CHANNEL, AssistantMode.DRAFT)]


def test_agents_see_why_they_may_not(board: Board) -> None:
    page = board.open(a_row(may_change=False))
    propose = button(page, "Let it answer: Delivery")
    assert not propose.isEnabled()
    assert "Only owners and admins" in propose.accessibleDescription()


def test_bar_and_days_are_asked_for_anew(board: Board) -> None:
    page = board.open()
    bar, days = page.findChildren(Choice)
    bar.setCurrentIndex(0)
    bar.activated.emit(0)
    days.setCurrentIndex(2)
    days.activated.emit(2)
    assert [named for _, named in board.bridge.asked(trust.board)] == [
        {"days": 30, "bar": 0.95},
        {"days": 30, "bar": 0.9},
        {"days": 90, "bar": 0.9},
    ]


def test_page_says_that_it_compares_that_there_is_nothing_and_that_it_failed(
    board: Board,
) -> None:
    board.bridge.holds(trust.board)
    page = board.open()
    assert "Comparing…" in in_sight(page)
    board.rows = []
    board.bridge.release(trust.board)
    assert "Nothing to compare yet" in in_sight(page)
    board.bridge.refuses(trust.board, DatabaseDown("Away."))
    board.feed.resync.emit()
    assert has_button(page, "Try again")
    board.bridge.answers(trust.board, [a_row()])
    button(page, "Try again").click()
    assert "Delivery" in in_sight(page)


def test_same_rows_leave_the_keyboard_where_it_is(board: Board) -> None:
    page = board.open(a_row())
    before = button(page, "Let it answer: Delivery")
    board.feed.resync.emit()
    assert button(page, "Let it answer: Delivery") is before


def test_everything_that_can_be_pressed_has_a_name(board: Board) -> None:
    page = board.open(a_row(), a_row("Hours", mode=AssistantMode.AUTO, is_released=True))
    seen = [b for b in page.findChildren(QAbstractButton) if b.isVisible()]
    assert all(b.accessibleName() for b in seen)
    (bar, *_) = page.findChildren(IntervalBar)
    assert bar.accessibleName() == (
        "100 % agreed, between 96.3 % and 100 %; your bar is 95 %"
    )


@pytest.mark.parametrize(
    ("low", "high", "share", "tone"),
    [
        (0.96, 1.0, 0.99, Tone.GOOD),
        (0.9, 0.99, 0.95, Tone.WARNING),
        (0.5, 0.8, 0.7, Tone.DANGER),
        (0.0, 1.0, None, Tone.NEUTRAL),
    ],
)
def test_colour_says_whether_the_bar_is_reached(
    low: float, high: float, share: float | None, tone: Tone
) -> None:
    interval = Interval(low=low, high=high, share=share, bar=0.95, words="")
    assert interval.tone is tone


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100 %"), (0.9999, "99.9 %"), (0.95, "95 %"), (0, "0 %")]
)
def test_nearly_all_is_never_shown_as_all(share: float, words: str) -> None:
    assert percent(share) == words
