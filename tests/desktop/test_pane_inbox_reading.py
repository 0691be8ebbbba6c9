"""How a conversation is read: pages, changes while reading, and what never shows a gap."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.domain.message import Message
from core.queries import conversation
from core.queries.conversation import MessageCursor, ThreadPage
from desktop.panes.inbox.reader import Reader
from desktop.panes.inbox.snooze import snooze_choices
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.inbox_rows import a_detail, a_message, conversation_id

OPEN = conversation_id(0)


class Thread:
    """A thread of numbered messages, read in pages of three."""

    def __init__(self, count: int) -> None:
        self.messages = [a_message(number) for number in range(count)]
        self.bridge = FakeBridge()
        self.bridge.answers(conversation.detail, a_detail(0))
        self.bridge.computes(conversation.thread, self._page)
        self.owner = QObject()
        self.reader = Reader(self.bridge, self.owner)
        self.shown: tuple[Message, ...] = ()
        self.reader.thread_read.connect(self._on_read)

    def numbers(self) -> list[int]:
        return [int(message.text.split()[-1]) for message in self.shown]

    def reads(self) -> int:
        return len(self.bridge.asked(conversation.thread))

    def _on_read(self, messages: tuple[Message, ...]) -> None:
        self.shown = messages

    def _page(
        self, _wanted: object, *, before: MessageCursor | None, limit: int
    ) -> ThreadPage:
        del limit  # three, so that a test can see several pages
        earlier = [m for m in self.messages if before is None or m.at < before.at]
        return ThreadPage(messages=tuple(earlier[-3:]), has_more=len(earlier) > 3)


@pytest.fixture
def thread(qtbot: QtBot) -> Thread:
    del qtbot  # objects of Qt want an application
    return Thread(7)


def test_newest_page_comes_first_and_older_ones_on_request(thread: Thread) -> None:
    thread.reader.open(OPEN)
    assert thread.numbers() == [4, 5, 6]
    thread.reader.older()
    assert thread.numbers() == [1, 2, 3, 4, 5, 6]
    thread.reader.older()
    thread.reader.older()
    assert thread.numbers() == [0, 1, 2, 3, 4, 5, 6]
    assert thread.reads() == 3


def test_older_page_wanted_during_a_read_comes_after_it(thread: Thread) -> None:
    thread.reader.open(OPEN)
    thread.bridge.holds(conversation.detail)
    thread.reader.refresh()
    thread.reader.older()
    assert thread.numbers() == [4, 5, 6]
    thread.bridge.release(conversation.detail)
    assert thread.numbers() == [1, 2, 3, 4, 5, 6]


def test_changes_during_a_read_lead_to_exactly_one_more(thread: Thread) -> None:
    thread.bridge.holds(conversation.thread)
    thread.reader.open(OPEN)
    for _ in range(5):
        thread.reader.refresh()
    assert thread.reads() == 1
    thread.bridge.release(conversation.thread)
    assert thread.reads() == 2


def test_new_message_is_added_to_what_was_read(thread: Thread) -> None:
    thread.reader.open(OPEN)
    thread.reader.older()
    thread.messages.append(a_message(7))
    thread.reader.refresh()
    assert thread.numbers() == [1, 2, 3, 4, 5, 6, 7]


def test_more_news_than_a_page_leaves_no_gap(thread: Thread) -> None:
    thread.reader.open(OPEN)
    thread.messages.extend(a_message(number) for number in range(7, 12))
    thread.reader.refresh()
    assert thread.numbers() == [9, 10, 11]
    thread.reader.older()
    assert thread.numbers() == [6, 7, 8, 9, 10, 11]


def test_answers_for_a_conversation_that_was_left_are_dropped(thread: Thread) -> None:
    thread.bridge.holds(conversation.thread)
    thread.reader.open(OPEN)
    thread.reader.open(conversation_id(1))
    thread.messages = thread.messages[:1]
    thread.bridge.release(conversation.thread)
    assert thread.numbers() == [0]
    assert thread.reader.conversation_id == conversation_id(1)


@pytest.mark.parametrize(("today", "days"), [(2, 7), (3, 6), (8, 1)])
def test_snoozing_to_monday_never_means_today(today: int, days: int) -> None:
    now = datetime(2026, 3, today, 12, 0, tzinfo=UTC)
    times = dict(snooze_choices(now))
    monday = times["Monday at 9:00"]
    assert monday.weekday() == 0
    assert (monday.date() - now.astimezone().date()).days == days
    assert (monday.hour, monday.minute) == (9, 0)
