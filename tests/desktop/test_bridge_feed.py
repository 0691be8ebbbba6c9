"""Notices become one signal per burst and family, on the UI thread."""

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.notices import Notice, NoticeKind
from desktop.bridge.feed import (
    CHANNEL_KINDS,
    COMMENT_KINDS,
    CONVERSATION_KINDS,
    ESCALATION_KINDS,
    KNOWLEDGE_KINDS,
    Feed,
)
from desktop.bridge.garbage import GarbageOnUiThread

pytestmark = pytest.mark.usefixtures("garbage_stays_here")


@pytest.fixture
def garbage_stays_here(qapp: QObject) -> Iterator[None]:
    """What earlier tests left behind must not be destroyed by this test's thread."""
    garbage = GarbageOnUiThread(qapp)
    garbage.start()
    yield
    garbage.stop()


@pytest.fixture
def feed() -> Feed:
    return Feed()


def test_five_hundred_notices_of_another_thread_become_one_signal(
    qtbot: QtBot, feed: Feed
) -> None:
    heard: list[frozenset[UUID]] = []
    where: set[str] = set()

    def listen(ids: frozenset[UUID]) -> None:
        heard.append(ids)
        where.add(threading.current_thread().name)

    feed.conversations_changed.connect(listen)
    ids = [uuid4() for _ in range(100)]

    def burst() -> None:
        for number in range(500):
            feed.put(Notice(NoticeKind.MESSAGE_ARRIVED, ids[number % 100]))

    thread = threading.Thread(target=burst)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [frozenset(ids)]
    assert where == {threading.main_thread().name}


def test_families_have_their_own_signals(qtbot: QtBot, feed: Feed) -> None:
    conversation, escalation, channel = uuid4(), uuid4(), uuid4()
    with (
        qtbot.waitSignal(feed.conversations_changed) as conversations,
        qtbot.waitSignal(feed.escalations_changed) as escalations,
        qtbot.waitSignal(feed.channels_changed) as channels,
        qtbot.waitSignal(feed.knowledge_changed),
    ):
        feed.put(Notice(NoticeKind.DRAFT_READY, conversation))
        feed.put(Notice(NoticeKind.ESCALATION_OPENED, escalation))
        feed.put(Notice(NoticeKind.CHANNEL_CHANGED, channel))
        feed.put(Notice(NoticeKind.FAQ_CHANGED, uuid4()))
    assert conversations.args == [frozenset({conversation})]
    assert escalations.args == [frozenset({escalation})]
    assert channels.args == [frozenset({channel})]


def test_resync_swallows_the_single_ids_of_its_burst(qtbot: QtBot, feed: Feed) -> None:
    heard: list[object] = []
    feed.conversations_changed.connect(heard.append)
    with qtbot.waitSignal(feed.resync):
        feed.put(Notice(NoticeKind.MESSAGE_ARRIVED, uuid4()))
        feed.put(Notice(NoticeKind.RESYNC))
    assert heard == []


def test_next_burst_is_heard_too(qtbot: QtBot, feed: Feed) -> None:
    first, second = uuid4(), uuid4()
    for conversation in (first, second):
        with qtbot.waitSignal(feed.conversations_changed) as heard:
            feed.put(Notice(NoticeKind.OUTBOX_CHANGED, conversation))
        assert heard.args == [frozenset({conversation})]


def test_every_kind_of_notice_has_a_family() -> None:
    families = (
        CONVERSATION_KINDS
        | ESCALATION_KINDS
        | COMMENT_KINDS
        | CHANNEL_KINDS
        | KNOWLEDGE_KINDS
    )
    # No pane shows posts yet: their notice has no signal that nobody would hear.
    assert families | {NoticeKind.RESYNC, NoticeKind.POST_CHANGED} == set(NoticeKind)
