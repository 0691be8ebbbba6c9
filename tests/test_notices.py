import asyncio
from uuid import uuid4

import pytest

from core.notices import Notice, NoticeBus, NoticeKind


def arrived() -> Notice:
    return Notice(NoticeKind.MESSAGE_ARRIVED, uuid4())


async def test_every_listener_hears_every_notice_in_order() -> None:
    bus, notices = NoticeBus(), [arrived() for _ in range(5)]
    with bus.subscribed() as first, bus.subscribed() as second:
        for notice in notices:
            bus.publish(notice)
        assert [await first.next() for _ in notices] == notices
        assert [await second.next() for _ in notices] == notices


async def test_a_listener_can_iterate() -> None:
    bus, notice = NoticeBus(), arrived()
    with bus.subscribed() as listener:
        bus.publish(notice)
        async for heard in listener:
            assert heard == notice
            break


async def test_a_listener_waits_for_what_is_published_later() -> None:
    bus, notice = NoticeBus(), arrived()
    with bus.subscribed() as listener:
        waiting = asyncio.create_task(listener.next())
        bus.publish(notice)
        assert await waiting == notice


async def test_what_was_published_before_is_not_heard() -> None:
    bus, later = NoticeBus(), arrived()
    bus.publish(arrived())
    with bus.subscribed() as listener:
        bus.publish(later)
        assert await listener.next() == later


async def test_a_listener_that_does_not_keep_up_is_told_once_to_read_again() -> None:
    bus = NoticeBus(capacity=3)
    with bus.subscribed() as slow:
        for _ in range(4):
            bus.publish(arrived())
        assert await slow.next() == Notice(NoticeKind.RESYNC)
        with pytest.raises(asyncio.QueueEmpty):
            slow._queue.get_nowait()


async def test_what_comes_after_the_overflow_is_heard_again() -> None:
    bus, later = NoticeBus(capacity=2), arrived()
    with bus.subscribed() as slow:
        for _ in range(3):
            bus.publish(arrived())
        bus.publish(later)
        assert [(await slow.next()).kind, await slow.next()] == [NoticeKind.RESYNC, later]


async def test_a_slow_listener_costs_the_others_nothing() -> None:
    bus, notices = NoticeBus(capacity=2), [arrived() for _ in range(3)]
    with bus.subscribed(), bus.subscribed() as quick:
        heard = []
        for notice in notices:
            bus.publish(notice)
            heard.append(await quick.next())
    assert heard == notices


async def test_nothing_is_kept_for_a_listener_that_left() -> None:
    bus = NoticeBus()
    with bus.subscribed() as gone:
        pass
    bus.publish(arrived())
    with pytest.raises(asyncio.QueueEmpty):
        gone._queue.get_nowait()
