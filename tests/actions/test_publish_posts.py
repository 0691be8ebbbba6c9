"""A post is published once, whatever happens between any two steps."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4, uuid5

import pytest

from core.actions import plan, publish
from core.actions.plan import Plan
from core.actions.post_files import PostFile
from core.domain.attachment import OutgoingFile
from core.domain.channel import PlatformName
from core.domain.errors import AlreadyDecided, NotFound, Refused
from core.domain.ids import ChannelId, PostId
from core.domain.post import PostStatus, run_of
from core.platforms.publishing import PostFormat
from core.queries import posts as query
from core.queries.posts import WantedPosts
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.store import posts
from tests.fixtures.database import TestDatabase
from tests.fixtures.press import (
    FACEBOOK,
    INSTAGRAM,
    LINKEDIN,
    PICTURE,
    PUBLISHERS,
    Press,
    X,
    jpeg,
    open_press,
)

FILM = PostFile(
    file=OutgoingFile(name="roast.mp4", content=b"\0\0\0\x18ftypmp42" + bytes(64))
)
PUBLISH = {
    FACEBOOK: Endpoint.FACEBOOK_PUBLISH,
    INSTAGRAM: Endpoint.INSTAGRAM_PUBLISH,
    LINKEDIN: Endpoint.LINKEDIN_PUBLISH,
    X: Endpoint.X_POSTS,
}


class KilledError(Exception):
    """The companion ends here."""


@dataclass
class Axe:
    """Ends the companion at the point it is set to, counted from then on."""

    left: int | None = None
    points: list[str] = field(default_factory=list)

    def __call__(self, point: str) -> None:
        self.points.append(point)
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                raise KilledError(point)


@pytest.fixture
def axe() -> Axe:
    return Axe()


@pytest.fixture
async def press(
    fresh_database: TestDatabase, tmp_path: Path, axe: Axe
) -> AsyncIterator[Press]:
    async with open_press(fresh_database, tmp_path, probe=axe) as opened:
        yield opened


POINTS = {
    "before_post_begin",
    "after_post_begin",
    "before_post_step",
    "after_post_step",
    "after_post_record",
}
KINDS = {
    "words on Facebook": (FACEBOOK, PostFormat.TEXT, ()),
    "a picture on Facebook": (FACEBOOK, PostFormat.IMAGE, (PICTURE,)),
    "a film on Facebook": (FACEBOOK, PostFormat.VIDEO, (FILM,)),
    "a reel on Facebook": (FACEBOOK, PostFormat.REEL, (FILM,)),
    "a picture on Instagram": (INSTAGRAM, PostFormat.IMAGE, (PICTURE,)),
    "a reel on Instagram": (INSTAGRAM, PostFormat.REEL, (FILM,)),
    "words on LinkedIn": (LINKEDIN, PostFormat.TEXT, ()),
    "a picture on LinkedIn": (LINKEDIN, PostFormat.IMAGE, (PICTURE,)),
    "words on X": (X, PostFormat.TEXT, ()),
    "a picture on X": (X, PostFormat.IMAGE, (PICTURE,)),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_companion_killed_at_any_point_publishes_once(
    press: Press, axe: Axe, kind: str
) -> None:
    platform, format_, files = KINDS[kind]
    kills = list[str]()
    for number in range(1, 60):
        wanted = Plan(
            channel=press.channels[platform],
            text=f"News number {number}",
            files=files,
            format=format_,
        )
        post = await plan.schedule(press.member.kit, wanted)
        axe.left = number
        try:
            ended = await press.until_over(post)
        except KilledError as killed:
            kills.append(str(killed))
            axe.left = None
            press.let_leases_lapse()
            ended = await press.until_over(post)
        assert ended.status is PostStatus.PUBLISHED, (kills[-1:], ended)
        assert len(press.sandbox.sends()) == number, kills[-1:]
        if axe.left is not None:
            break
    assert set(kills) == POINTS


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER_ACCEPT, Fault.ERROR_AFTER_ACCEPT])
@pytest.mark.parametrize("platform", PUBLISHERS)
async def test_a_lost_answer_is_found_and_not_repeated(
    press: Press, platform: PlatformName, fault: Fault
) -> None:
    press.sandbox.faults.add(FaultRule(kind=fault, endpoint=PUBLISH[platform], times=1))
    ended = await press.until_over(await press.plan(platform, "Once", PICTURE))
    assert ended.status is PostStatus.PUBLISHED
    assert press.public(platform) == ["Once"]


@pytest.mark.parametrize("platform", PUBLISHERS)
async def test_a_dead_token_pauses_the_channel_and_keeps_the_post(
    press: Press, platform: PlatformName
) -> None:
    press.sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED))
    post = await press.plan(platform, "Later", PICTURE)
    for _ in range(4):
        await press.work()
        press.hurry()
    waiting = await press.post(post)
    assert waiting.status is PostStatus.QUEUED
    assert waiting.error
    assert waiting.error_next == "The post waits until the channel works again."
    assert press.value("select count(*) from social_accounts where paused_at is not null")
    press.sandbox.faults.clear()
    press.run(
        "update social_accounts set status = 'active', paused_at = null,"
        " paused_reason = null"
    )
    ended = await press.until_over(post)
    assert (ended.status, ended.error) == (PostStatus.PUBLISHED, None)
    assert press.public(platform) == ["Later"]


@pytest.mark.parametrize("platform", PUBLISHERS)
async def test_a_token_that_dies_while_publishing_leaves_nothing_twice(
    press: Press, platform: PlatformName
) -> None:
    press.sandbox.faults.add(
        FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=PUBLISH[platform], times=1)
    )
    post = await press.plan(platform, "Later", PICTURE)
    for _ in range(8):
        await press.work()
        press.hurry()
    held = await press.post(post)
    assert held.status in (PostStatus.PUBLISHING, PostStatus.QUEUED)
    assert press.public(platform) == []
    press.run(
        "update social_accounts set status = 'active', paused_at = null,"
        " paused_reason = null"
    )
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED
    assert press.public(platform) == ["Later"]


async def test_a_platform_that_is_away_is_tried_again(press: Press) -> None:
    press.sandbox.faults.add(
        FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.INSTAGRAM_CONTAINERS, times=2)
    )
    post = await press.plan(INSTAGRAM, "Soon", PICTURE)
    await press.work()
    waiting = await press.post(post)
    assert waiting.status is PostStatus.QUEUED
    assert waiting.next_step_at is not None
    assert waiting.error
    ended = await press.until_over(post)
    assert (ended.status, ended.error) == (PostStatus.PUBLISHED, None)


async def test_a_spent_allowance_makes_a_post_wait_and_says_so(press: Press) -> None:
    for number in range(100):
        press.sandbox.add_post(f"post {number}")
    post = await press.plan(INSTAGRAM, "One too many", PICTURE)
    for _ in range(6):
        await press.work()
        press.hurry()
    waiting = await press.post(post)
    assert waiting.status is PostStatus.QUEUED
    assert waiting.error is not None
    assert "100 posts in 24 hours" in waiting.error
    press.sandbox.state.posts.clear()
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED


async def test_a_waiting_post_is_due_within_the_hour(press: Press) -> None:
    for number in range(100):
        press.sandbox.add_post(f"post {number}")
    post = await press.plan(INSTAGRAM, "One too many", PICTURE)
    for _ in range(6):
        await press.work()
        if "100 posts" in ((await press.post(post)).error or ""):
            break
        press.hurry()
    due = (await press.post(post)).next_step_at
    assert due is not None
    assert timedelta(minutes=59) < due - datetime.now(UTC) <= timedelta(hours=1)  # noqa: TID251


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


async def test_two_posts_of_a_channel_go_one_after_the_other(press: Press) -> None:
    first = await press.plan(LINKEDIN, "First")
    second = await press.plan(LINKEDIN, "Second")
    await press.work()
    assert {(await press.post(one)).phase for one in (first, second)} == {"ready"}
    press.run(
        "update scheduled_posts set phase = 'publishing', begun_at = now(),"
        " next_step_at = now() + interval '1 day' where id = %(post)s",
        post=first,
    )
    assert await press.work() == 1
    assert (await press.post(second)).phase == "ready"
    assert press.public(LINKEDIN) == []
    press.hurry()
    ended = await press.until_over(second)
    assert ended.status is PostStatus.PUBLISHED
    assert (await press.post(first)).status is PostStatus.PUBLISHED
    assert press.public(LINKEDIN) == ["First", "Second"]


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


async def test_a_film_without_a_public_address_says_which_setting_is_missing(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    async with open_press(fresh_database, tmp_path) as press:
        lost = replace(press.companion.kit, media_urls=None)
        press = replace(press, companion=replace(press.companion, kit=lost))
        ended = await press.until_over(await press.plan(INSTAGRAM, "Hello", PICTURE))
    assert ended.status is PostStatus.FAILED
    assert "SOCIALSYNC_PUBLIC_URL" in (ended.error_next or "")


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
