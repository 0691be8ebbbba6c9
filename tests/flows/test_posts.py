"""A post travels from its member through the companion's own loop onto the platform."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.actions import plan
from core.actions.plan import Plan
from core.actions.post_files import PostFile
from core.domain.attachment import OutgoingFile
from core.domain.channel import PlatformName
from core.domain.ids import PostId
from core.domain.post import Post, PostStatus
from core.engine import COMPANION, LOOPS, Part
from core.notices import NoticeKind
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
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
from tests.flows.stage import PATIENCE


@pytest.fixture
async def press(fresh_database: TestDatabase, tmp_path: Path) -> AsyncIterator[Press]:
    parts = frozenset({Part.WEB, Part.POSTS})
    async with open_press(fresh_database, tmp_path, parts=parts) as opened:
        yield opened


async def until(press: Press, post: PostId, *wanted: PostStatus) -> Post:
    """Return the post once it stands so, hurrying what waits whenever it has changed."""
    kit = press.member.kit
    async with asyncio.timeout(PATIENCE * 2):
        with kit.notices.subscribed() as news:
            while (found := await press.post(post)).status not in wanted:
                press.hurry()
                while (await news.next()).kind not in (
                    NoticeKind.POST_CHANGED,
                    NoticeKind.RESYNC,
                ):
                    continue
    return found


def test_a_companion_publishes_and_may_do_only_that() -> None:
    assert Part.POSTS in COMPANION
    assert Part.POSTS in LOOPS


@pytest.mark.parametrize("platform", [FACEBOOK, LINKEDIN, X])
async def test_words_are_published(press: Press, platform: PlatformName) -> None:
    post = await press.plan(platform, "Fresh beans are here")
    ended = await until(press, post, PostStatus.PUBLISHED)
    assert ended.platform_post_id
    assert press.public(platform) == ["Fresh beans are here"]


@pytest.mark.parametrize("platform", PUBLISHERS)
async def test_a_picture_is_published(press: Press, platform: PlatformName) -> None:
    post = await press.plan(platform, "A cup", PICTURE)
    ended = await until(press, post, PostStatus.PUBLISHED)
    assert ended.platform_post_id
    assert press.public(platform) == ["A cup"]


async def test_several_pictures_are_one_post(press: Press) -> None:
    cups = tuple(
        PostFile(file=OutgoingFile(name=f"{name}.png", content=draw(name)))
        for name in ("cup", "bag")
    )
    for platform in (LINKEDIN, X):
        await until(press, await press.plan(platform, "Two", *cups), PostStatus.PUBLISHED)
        assert press.public(platform) == ["Two"]


async def test_a_post_waits_for_its_time(press: Press) -> None:
    kit = press.member.kit
    at = kit.clock.now().replace(year=kit.clock.now().year + 1)
    later = await plan.schedule(kit, Plan(channel=press.channels[X], text="Later", at=at))
    now = await press.plan(X, "Now")
    await until(press, now, PostStatus.PUBLISHED)
    assert press.public(X) == ["Now"]
    await plan.cancel(kit, later)
    assert (await press.post(later)).status is PostStatus.CANCELLED


async def test_an_answer_that_was_lost_is_found_by_the_loop(press: Press) -> None:
    press.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.LINKEDIN_PUBLISH, times=1)
    )
    post = await press.plan(LINKEDIN, "Once")
    await until(press, post, PostStatus.PUBLISHED)
    assert press.public(LINKEDIN) == ["Once"]


async def test_other_channels_go_on_while_one_is_signed_out(press: Press) -> None:
    press.sandbox.faults.add(
        FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=Endpoint.INSTAGRAM_CONTAINERS)
    )
    held = await press.plan(INSTAGRAM, "Later", PICTURE)
    await until(press, await press.plan(FACEBOOK, "Now"), PostStatus.PUBLISHED)
    async with asyncio.timeout(PATIENCE):
        with press.member.kit.notices.subscribed() as news:
            while not (found := await press.post(held)).error:
                await news.next()
    assert found.status is PostStatus.QUEUED
