"""What a member says of a post: planned, moved, cancelled, tried again, settled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4, uuid5

import pytest

from core.actions import plan, publish
from core.actions.plan import Plan
from core.actions.post_files import PostFile
from core.domain.attachment import OutgoingFile
from core.domain.errors import AlreadyDecided, NotFound, Refused
from core.domain.ids import ChannelId, PostId
from core.domain.post import PostStatus, run_of
from core.platforms.publishing import PostFormat
from core.queries import posts as query
from core.queries.posts import WantedPosts
from core.store import posts
from tests.fixtures.database import TestDatabase
from tests.fixtures.press import (
    FACEBOOK,
    INSTAGRAM,
    LINKEDIN,
    PICTURE,
    Press,
    X,
    jpeg,
    open_press,
)


@pytest.fixture
async def press(fresh_database: TestDatabase, tmp_path: Path) -> AsyncIterator[Press]:
    async with open_press(fresh_database, tmp_path) as opened:
        yield opened


async def test_a_published_post_has_its_comments_read(press: Press) -> None:
    ended = await press.until_over(await press.plan(INSTAGRAM, "Hello", PICTURE))
    assert press.value(
        "select count(*) from monitored_posts"
        " where source = 'scheduled' and caption = 'Hello' and platform_post_id = %(post)s"
        " and next_check_at <= now() and monitoring_ends_at > now()",
        post=ended.platform_post_id,
    )


async def test_each_attempt_is_a_run_named_after_its_local_time(press: Press) -> None:
    post = await press.until_over(await press.plan(FACEBOOK, "Hello"))
    run = run_of(post.id, post.publish_at, post.time_zone)
    assert run.id == uuid5(post.id, run.occurrence)
    assert press.value(
        "select count(*) from post_runs where id = %(run)s and status = 'success'",
        run=run.id,
    )


def test_an_hour_that_comes_twice_makes_two_runs() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    post = PostId(uuid4())
    runs = {
        run_of(post, first + timedelta(hours=n), "Europe/Paris").occurrence for n in (0, 1)
    }
    assert runs == {"2026-10-25T02:30:00+0", "2026-10-25T02:30:00+1"}


async def test_a_cancelled_post_is_never_published(press: Press) -> None:
    post = await press.plan(INSTAGRAM, "No", PICTURE)
    await press.work()
    await plan.cancel(press.member.kit, post)
    press.hurry()
    assert await press.work() == 0
    assert (await press.post(post)).status is PostStatus.CANCELLED
    assert press.public(INSTAGRAM) == []


async def test_a_post_cancelled_during_a_step_is_not_published(press: Press) -> None:
    post = await press.plan(FACEBOOK, "No")
    async with press.companion.kit.database.claim() as unit:
        [claimed] = await posts.claim(unit, limit=1, lease=60)
    await plan.cancel(press.member.kit, post)
    await publish.step(press.companion.kit, claimed)
    assert (await press.post(post)).status is PostStatus.CANCELLED
    assert press.public(FACEBOOK) == []


async def test_a_moved_post_waits_for_its_new_time(press: Press) -> None:
    kit = press.member.kit
    post = await press.plan(LINKEDIN, "Later", PICTURE)
    await press.work()
    later = kit.clock.now() + timedelta(days=1)
    await plan.move(kit, post, later)
    moved = await press.post(post)
    assert (moved.status, moved.phase) == (PostStatus.QUEUED, "started")
    assert await press.work() == 0
    await plan.move(kit, post, None)
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED
    with pytest.raises(AlreadyDecided):
        await plan.move(kit, post, later)
    with pytest.raises(AlreadyDecided):
        await plan.cancel(kit, post)


async def test_what_a_platform_refuses_fails_in_words_and_may_be_tried_again(
    press: Press,
) -> None:
    await press.until_over(await press.plan(X, "Hello"))
    post = await press.plan(X, "Hello")
    ended = await press.until_over(post)
    assert ended.status is PostStatus.FAILED
    assert ended.error
    assert ended.error_next
    runs = "select count(*) from post_runs where scheduled_post_id = %(post)s"
    failed = f"{runs} and status = 'failed'"
    assert press.value(failed, post=post) == 1
    press.sandbox.state.x.posts.clear()
    await plan.retry_failed(press.member.kit, post)
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED
    assert (press.value(runs, post=post), press.value(failed, post=post)) == (1, 0)


async def test_a_person_says_what_became_of_an_uncertain_post(press: Press) -> None:
    kit = press.member.kit
    for mark, status in (
        (plan.mark_published, PostStatus.PUBLISHED),
        (plan.mark_not_published, PostStatus.FAILED),
    ):
        post = await press.plan(FACEBOOK, "Hello", PICTURE)
        press.run(
            "update scheduled_posts set status = 'uncertain', phase = 'uncertain'"
            " where id = %(post)s",
            post=post,
        )
        with pytest.raises(AlreadyDecided):
            await plan.cancel(kit, post)
        await mark(kit, post)
        assert (await press.post(post)).status is status
        with pytest.raises(AlreadyDecided):
            await mark(kit, post)


async def test_what_can_never_be_published_is_refused_at_once(press: Press) -> None:
    kit, soon = press.member.kit, press.member.kit.clock.now() + timedelta(hours=1)
    broad = PostFile(file=OutgoingFile(name="wide.jpg", content=jpeg(3000, 100)))
    refused = (
        Plan(channel=press.channels[INSTAGRAM], text="No picture"),
        Plan(channel=press.channels[INSTAGRAM], text="Too wide", files=(broad,)),
        Plan(channel=press.channels[X], text="x" * 400),
        Plan(channel=press.channels[FACEBOOK]),
        Plan(channel=press.channels[LINKEDIN], text="A story", format=PostFormat.STORY),
        Plan(channel=press.channels[X], text="Past", at=soon - timedelta(days=1)),
        Plan(channel=press.channels[X], text="No zone", at=soon.replace(tzinfo=None)),
        Plan(channel=press.channels[X], text="Where", at=soon, time_zone="Mars/Olympus"),
        Plan(
            channel=press.channels[INSTAGRAM], files=(PostFile(url="http://a.example/b"),)
        ),
        Plan(
            channel=press.channels[INSTAGRAM], files=(PostFile(url="https://a.example/b"),)
        ),
    )
    for wanted in refused:
        with pytest.raises(Refused) as told:
            await plan.schedule(kit, wanted)
        assert told.value.title
    with pytest.raises(NotFound):
        await plan.schedule(kit, Plan(channel=ChannelId(uuid4()), text="Nowhere"))
    assert await query.page(kit, WantedPosts(ended=True)) == ()


async def test_the_same_plan_twice_is_one_post(press: Press) -> None:
    wanted = Plan(
        channel=press.channels[X], text="Once", files=(PICTURE,), id=PostId(uuid4())
    )
    kit = press.member.kit
    assert await plan.schedule(kit, wanted) == await plan.schedule(kit, wanted)
    assert len(await query.page(kit, WantedPosts())) == 1


async def test_a_platform_that_fetches_is_given_the_address_it_was_planned_with(
    press: Press,
) -> None:
    there = PostFile(url="https://files.example/cup.jpg", alt_text="A cup")
    post = await press.plan(INSTAGRAM, "From afar", there)
    [media] = (await press.post(post)).content.media
    assert (media.url, media.mime_type, media.file_name, media.attachment_id) == (
        "https://files.example/cup.jpg",
        "image/jpeg",
        "cup.jpg",
        None,
    )
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED


async def test_a_post_whose_file_is_gone_fails_and_says_so(press: Press) -> None:
    post = await press.plan(LINKEDIN, "Hello", PICTURE)
    press.run("delete from attachments")
    ended = await press.until_over(post)
    assert (ended.status, ended.error) == (
        PostStatus.FAILED,
        "A file of this post is gone.",
    )
    assert press.public(LINKEDIN) == []
