"""Posts are read page by page, resumed where a reading stopped, and no further than needed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from core.actions import monitor
from core.domain.errors import NotFound, PlatformDown, RateLimited
from core.domain.ids import CommentId, MonitoredPostId
from core.domain.incoming import Sender
from core.jobs import find_posts
from core.platforms.pace import ReadingPace
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


async def test_a_long_reading_goes_on_where_it_stopped(square: Square) -> None:
    square.platform.manifest["reading"] = ReadingPace(pages=2)
    square.platform.standing = [said(f"c.{n}") for n in range(9)]
    await begin(square)
    assert await read(square) == 4
    assert await read(square) == 4
    assert await read(square) == 1
    assert square.platform.pages == 5


SLOW = ReadingPace(
    every=timedelta(minutes=90), pages=2, resumes_after=timedelta(minutes=30)
)


@pytest.mark.parametrize(
    ("comments", "pace", "seconds"),
    [(1, ReadingPace(), 300), (1, SLOW, 5400), (9, SLOW, 1800)],
    ids=["usual", "slow", "slow and cut short"],
)
async def test_a_post_is_read_no_more_often_than_its_platform_allows(
    comments: int, pace: ReadingPace, seconds: int, square: Square, arrange: Arrange
) -> None:
    square.platform.manifest["reading"] = pace
    square.platform.standing = [said(f"c.{n}") for n in range(comments)]
    await begin(square)
    await read(square)
    assert square.platform.pages <= pace.pages
    pause = "select extract(epoch from next_check_at - last_check_at) from monitored_posts"
    assert arrange.value(pause) == pytest.approx(seconds, abs=1)


@pytest.mark.parametrize(
    ("apart", "lists"), [(timedelta(), 3), (timedelta(hours=1), 1)], ids=["usual", "slow"]
)
async def test_posts_are_listed_no_more_often_than_their_platform_allows(
    apart: timedelta, lists: int, square: Square, arrange: Arrange
) -> None:
    square.platform.manifest["reading"] = ReadingPace(lists_every=apart)
    for number in range(3):
        at = square.companion.clock.now()
        square.platform.listed = list(listing(f"post.{number}", at=at))
        await monitor.look_for_posts(square.companion)
    assert arrange.value("select count(*) from monitored_posts") == lists
    arrange.run("update channel_health set posts_listed_at = now() - interval '61 minutes'")
    square.platform.listed = list(listing("post.9", at=square.companion.clock.now()))
    await monitor.look_for_posts(square.companion)
    assert arrange.value("select count(*) from monitored_posts") == lists + 1


async def test_a_platform_that_asks_for_a_longer_rest_gets_it(
    square: Square, arrange: Arrange, monkeypatch: pytest.MonkeyPatch
) -> None:
    square.platform.standing = [said("c.1")]
    await begin(square)

    async def spent(*_: object) -> None:
        raise RateLimited("The day's calls are spent.", retry_after=7200)

    monkeypatch.setattr(type(square.platform), "page", spent)
    await read(square)
    pause = "select extract(epoch from next_check_at - last_check_at) from monitored_posts"
    assert arrange.value(pause) == pytest.approx(7200, abs=1)


NAMELESS = Sender(platform_customer_id="fan.7")
ASKED = (
    "select count(*) from procrastinate.procrastinate_jobs"
    " where task_name = 'fetch_profile'"
)


@pytest.mark.parametrize(("shown", "asked"), [(True, 1), (False, 0)])
async def test_an_author_without_a_name_is_asked_for_once_and_only_where_it_helps(
    shown: bool,  # noqa: FBT001 - a parameter of pytest
    asked: int,
    square: Square,
    arrange: Arrange,
) -> None:
    square.platform.manifest["shows_profiles"] = shown
    square.platform.standing = [said("c.1", sender=NAMELESS)]
    await begin(square)
    await read(square)
    await again(square)
    assert arrange.value(ASKED) == asked


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
