"""A post is published once, whatever happens between any two steps."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.actions import plan, publish
from core.actions.plan import Plan
from core.actions.post_files import PostFile
from core.domain.attachment import OutgoingFile
from core.domain.channel import PlatformName
from core.domain.post import PostStatus
from core.platforms.publishing import PostFormat
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
    """Ends the companion at the point it is set to, or does something else at one."""

    left: int | None = None
    then: dict[str, Callable[[], None]] = field(default_factory=dict)

    def __call__(self, point: str) -> None:
        if point in self.then:
            self.then[point]()
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
    "a picture on Instagram": (INSTAGRAM, PostFormat.IMAGE, (PICTURE,)),
    "a reel on Instagram": (INSTAGRAM, PostFormat.REEL, (FILM,)),
    "words on LinkedIn": (LINKEDIN, PostFormat.TEXT, ()),
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


async def test_a_film_without_a_public_address_says_which_setting_is_missing(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    async with open_press(fresh_database, tmp_path) as press:
        lost = replace(press.companion.kit, media_urls=None)
        press = replace(press, companion=replace(press.companion, kit=lost))
        ended = await press.until_over(await press.plan(INSTAGRAM, "Hello", PICTURE))
    assert ended.status is PostStatus.FAILED
    assert "SOCIALSYNC_PUBLIC_URL" in (ended.error_next or "")


async def test_a_companion_that_lost_its_claim_touches_nothing(press: Press) -> None:
    kit = press.companion.kit
    post = await press.plan(FACEBOOK, "Once")
    async with kit.database.claim() as unit:
        [first] = await posts.claim(unit, limit=1, lease=60)
    press.let_leases_lapse()
    async with kit.database.claim() as unit:
        [second] = await posts.claim(unit, limit=1, lease=60)
    assert second.fence > first.fence
    before = await press.post(post)
    await publish.step(kit, first)
    assert await press.post(post) == before
    assert press.sandbox.sends() == ()
    async with kit.unit(first.tenant_id) as unit:
        assert not await posts.extend(unit, first, lease=60)
        assert await posts.extend(unit, second, lease=60)


@pytest.mark.parametrize("platform", PUBLISHERS)
async def test_a_step_whose_claim_was_taken_over_writes_nothing_and_is_found(
    press: Press, axe: Axe, platform: PlatformName
) -> None:
    post = await press.plan(platform, "Once", PICTURE)
    while (await press.post(post)).phase != "ready":
        await press.work()
        press.hurry()
    axe.then["after_post_step"] = lambda: press.run(
        "update scheduled_posts set fence = nextval('app.fence'),"
        " lease_until = now() - interval '1 second'"
    )
    await press.work()
    axe.then.clear()
    assert press.public(platform) == ["Once"]
    assert (await press.post(post)).status is PostStatus.PUBLISHING
    press.hurry()
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED
    assert press.public(platform) == ["Once"]


async def test_a_lease_too_short_for_the_last_step_is_not_begun(
    press: Press, axe: Axe
) -> None:
    post = await press.plan(FACEBOOK, "Once")
    while (await press.post(post)).phase != "ready":
        await press.work()
        press.hurry()
    axe.then["before_post_begin"] = press.let_leases_lapse
    await press.work()
    axe.then.clear()
    assert press.public(FACEBOOK) == []
    assert (await press.post(post)).phase == "ready"
    press.hurry()
    assert (await press.until_over(post)).status is PostStatus.PUBLISHED
