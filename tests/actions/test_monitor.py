"""Posts are read page by page, resumed where a reading stopped, and no further than needed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from core.actions import monitor
from core.domain.errors import NotFound, PlatformDown
from core.domain.ids import CommentId, MonitoredPostId
from core.jobs import find_posts
from core.queries import comments as query
from core.store import comments, monitoring
from tests.doubles.commented_platform import POST, listing, said
from tests.fixtures.inbox import Arrange
from tests.fixtures.square import Square


async def read(square: Square) -> int:
    async with square.companion.database.claim() as unit:
        claimed = await monitoring.claim(unit, limit=4, lease=60)
    return sum([await monitor.read_post(square.companion, one) for one in claimed])


async def begin(square: Square) -> None:
    now = square.companion.clock.now()
    square.platform.listed = list(listing(POST, at=now))
    await monitor.look_for_posts(square.companion)


async def again(square: Square) -> int:
    """Read once more, as if the pause were over."""
    async with square.companion.unit(square.channel.tenant) as unit:
        await unit.execute(
            "update monitored_posts set next_check_at = now() where user_id = %(tenant)s",
            {"tenant": unit.tenant},
        )
    return await read(square)


async def test_posts_are_found_and_their_comments_read(square: Square) -> None:
    square.platform.standing = [said(f"c.{n}") for n in range(5)]
    await begin(square)
    assert await read(square) == 5
    shown = (await query.waiting(square.member)).comments
    assert {one.comment.platform_comment_id for one in shown} == {
        f"c.{n}" for n in range(5)
    }
    assert {one.comment.post_caption for one in shown} == {f"About {POST}"}
    assert await read(square) == 0


async def untold(square: Square) -> list[CommentId]:
    """Return the comments whose readers are told once their post is listed."""
    async with square.companion.unit(square.channel.tenant) as unit:
        return await comments.under_unlisted(unit, square.channel.id, [POST])


async def test_the_first_comment_under_an_unknown_post_has_posts_listed_once(
    square: Square, arrange: Arrange
) -> None:
    waiting = (
        "select args ->> 'id' from procrastinate.procrastinate_jobs"
        " where task_name = 'find_posts'"
    )
    await square.hear("c.1")
    await square.hear("c.2")
    assert arrange.line.execute(waiting).fetchall() == [(str(square.channel.id),)]

    square.platform.listed = list(listing(POST, at=square.companion.clock.now()))
    shown = (await query.waiting(square.member)).comments
    assert set(await untold(square)) == {one.id for one in shown}
    for _ in range(2):
        await find_posts.run(square.companion, square.channel.tenant, square.channel.id)
        assert await untold(square) == []
    shown = (await query.waiting(square.member)).comments
    assert {one.comment.post_caption for one in shown} == {f"About {POST}"}


async def test_a_post_whose_words_came_along_is_not_asked_for(
    square: Square, arrange: Arrange
) -> None:
    await square.hear("c.1", post_text="Our new beans")
    assert (
        arrange.value(
            "select count(*) from procrastinate.procrastinate_jobs"
            " where task_name = 'find_posts'"
        )
        == 0
    )


async def test_a_second_reading_stops_where_nothing_is_news(square: Square) -> None:
    square.platform.standing = [said(f"c.{n}") for n in range(9)]
    await begin(square)
    await read(square)
    before = square.platform.pages
    square.platform.standing.insert(0, said("c.new"))
    assert await again(square) == 1
    assert square.platform.pages - before == 2


async def test_an_edit_is_seen_by_reading(square: Square) -> None:
    square.platform.standing = [said("c.1")]
    await begin(square)
    await read(square)
    square.platform.standing = [replace(said("c.1", "Lovely!"), hidden=True)]
    assert await again(square) == 1
    (shown,) = (await query.waiting(square.member)).comments
    assert (shown.comment.text, shown.comment.hidden_at is not None) == ("Lovely!", True)


async def test_a_long_reading_goes_on_where_it_stopped(
    square: Square, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor, "PAGES_AT_ONCE", 2)
    square.platform.standing = [said(f"c.{n}") for n in range(9)]
    await begin(square)
    assert await read(square) == 4
    assert await read(square) == 4
    assert await read(square) == 1
    assert square.platform.pages == 5


async def test_trouble_puts_a_post_off_and_loses_nothing(
    square: Square, monkeypatch: pytest.MonkeyPatch
) -> None:
    square.platform.standing = [said("c.1")]
    await begin(square)

    async def down(*_: object) -> None:
        raise PlatformDown("The platform is away.")

    with monkeypatch.context() as patched:
        patched.setattr(type(square.platform), "page", down)
        assert await read(square) == 0
    assert await again(square) == 1


async def test_an_old_post_is_not_read_unless_somebody_asks(square: Square) -> None:
    square.platform.standing = [said("c.1")]
    old = square.companion.clock.now() - timedelta(days=30)
    square.platform.listed = list(listing(POST, at=old))
    await monitor.look_for_posts(square.companion)
    assert await read(square) == 0
    post = await post_id(square)
    await monitor.watch(square.member, post, 3)
    assert await read(square) == 1
    await monitor.unwatch(square.member, post)
    assert await read(square) == 0


async def test_a_post_of_nobody_here_cannot_be_watched(square: Square) -> None:
    with pytest.raises(NotFound):
        await monitor.watch(square.member, MonitoredPostId(uuid4()), 3)


async def post_id(square: Square) -> MonitoredPostId:
    async with square.member.mine() as unit:
        return MonitoredPostId(
            await unit.value(
                "select id from monitored_posts where user_id = %(tenant)s",
                {"tenant": unit.tenant},
            )
        )
