"""A post is made in steps, survives a crash between any two, and is never made twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import PlatformDown, Unavailable
from core.domain.outbox import AnswerClass
from core.platforms.base import ChannelSession
from core.platforms.instagram.publish import Publishing
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
)
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import ContainerStatus
from tests.sandbox.stage import Watch

PUBLISHING = Publishing()
STEPS_AT_MOST = 40


def picture(n: int = 0) -> PostMedia:
    return PostMedia(
        kind="image",
        mime_type="image/jpeg",
        file_name=f"{n}.jpg",
        alt_text="A cup",
        url=f"https://inbox.example/media/{n}",
    )


def film() -> PostMedia:
    return PostMedia(
        kind="video",
        mime_type="video/mp4",
        file_name="f.mp4",
        url="https://inbox.example/media/f",
    )


IMAGE = PostContent(format=PostFormat.IMAGE, text="Bonjour", media=(picture(),))
CAROUSEL = PostContent(format=PostFormat.CAROUSEL, text="Both", media=(picture(1), film()))
KINDS = [
    IMAGE,
    PostContent(format=PostFormat.VIDEO, text="Film", media=(film(),)),
    PostContent(format=PostFormat.REEL, text="Reel", media=(film(),)),
    PostContent(format=PostFormat.STORY, media=(picture(),)),
    CAROUSEL,
]


async def published(
    session: ChannelSession,
    content: PostContent,
    progress: PublishProgress | None = None,
    *,
    after_each: Callable[[PublishProgress], None] = lambda _: None,
) -> PublishProgress:
    """Step as the caller does: store, then step, PUBLISHING being stored first."""
    stored = progress or PublishProgress()
    for _ in range(STEPS_AT_MOST):
        if stored.phase in ENDED:
            return stored
        if stored.phase is PublishPhase.READY:
            stored = replace(stored, phase=PublishPhase.PUBLISHING)
        try:
            stored = await PUBLISHING.step(session, content, stored)
        except Unavailable:
            continue
        after_each(stored)
    raise AssertionError(f"no end in sight: {stored}")


@pytest.mark.parametrize("content", KINDS, ids=lambda content: content.format)
async def test_each_kind_of_post_is_published_once(
    session: ChannelSession, sandbox: Sandbox, content: PostContent
) -> None:
    done = await published(session, content)
    assert done.phase is PublishPhase.PUBLISHED
    [post] = sandbox.state.posts.values()
    assert (done.platform_post_id, post.caption) == (post.id, content.text)
    assert post.children == (2 if content.format is PostFormat.CAROUSEL else 0)


async def test_each_kind_goes_by_its_own_name(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    for content in KINDS:
        await published(session, content)
    whole = [one.kind for one in sandbox.state.containers.values() if not one.is_item]
    assert whole == ["", "REELS", "REELS", "STORIES", "CAROUSEL"]


@pytest.mark.parametrize("content", [IMAGE, CAROUSEL], ids=["image", "carousel"])
async def test_a_crash_after_any_step_and_before_it_is_stored_makes_no_second_post(
    session: ChannelSession, sandbox: Sandbox, content: PostContent
) -> None:
    steps: list[PublishProgress] = [PublishProgress()]
    await published(session, content, after_each=steps.append)
    assert len(steps) > 4
    for place in range(len(steps)):
        sandbox.reset()
        stored = await _after(session, content, place)
        if stored.phase not in ENDED:
            await PUBLISHING.step(session, content, stored)  # what it reached is lost
        done = await published(session, content, stored)
        assert done.phase is PublishPhase.PUBLISHED
        [post] = sandbox.state.posts.values()
        assert done.platform_post_id == post.id


async def _after(
    session: ChannelSession, content: PostContent, count: int
) -> PublishProgress:
    """Return what is stored after so many steps."""
    stored = PublishProgress()
    for _ in range(count):
        stored = await PUBLISHING.step(session, content, stored)
    return stored


@pytest.mark.parametrize("kind", [Fault.CUT_AFTER_ACCEPT, Fault.ERROR_AFTER_ACCEPT])
async def test_a_lost_answer_to_any_single_call_makes_no_second_post(
    session: ChannelSession, sandbox: Sandbox, kind: Fault
) -> None:
    for nth in range(1, 12):
        sandbox.reset()
        sandbox.faults.add(FaultRule(kind=kind, nth=nth, times=1))
        done = await published(session, CAROUSEL)
        assert done.phase is PublishPhase.PUBLISHED
        [post] = sandbox.state.posts.values()
        assert done.platform_post_id == post.id


@pytest.mark.parametrize("kind", [Fault.CUT_AFTER_ACCEPT, Fault.BROKEN_JSON])
async def test_a_lost_answer_to_publishing_is_settled_by_the_container(
    session: ChannelSession, sandbox: Sandbox, kind: Fault
) -> None:
    sandbox.faults.add(FaultRule(kind=kind, endpoint=Endpoint.INSTAGRAM_PUBLISH))
    done = await published(session, IMAGE)
    assert done.phase is PublishPhase.PUBLISHED
    [post] = sandbox.state.posts.values()
    assert done.platform_post_id == post.id


async def test_ready_waits_for_the_caller_to_store_that_it_publishes(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    ready = PublishProgress(phase=PublishPhase.READY, handles={"container": "1"})
    assert (await PUBLISHING.step(session, IMAGE, ready)).phase is PublishPhase.PUBLISHING
    assert sandbox.state.posts == {}


async def test_what_has_ended_is_left_alone(session: ChannelSession) -> None:
    for phase in ENDED:
        done = PublishProgress(phase=phase)
        assert await PUBLISHING.step(session, IMAGE, done) == done


async def test_a_film_is_asked_about_once_a_minute(session: ChannelSession) -> None:
    content = KINDS[1]
    made = await PUBLISHING.step(session, content, PublishProgress())
    assert (made.phase, made.wait) == (PublishPhase.PREPARING, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("code", "containers", "result"),
    [
        (2207026, 1, AnswerClass.REFUSED),
        (2207051, 1, AnswerClass.PERSON),
        (2207053, 3, AnswerClass.REFUSED),
        (2207077, 3, AnswerClass.REFUSED),
    ],
    ids=["bad video", "spam", "upload", "unknown"],
)
async def test_a_container_that_fails_is_made_anew_or_the_post_has_failed(
    session: ChannelSession,
    sandbox: Sandbox,
    code: int,
    containers: int,
    result: AnswerClass,
) -> None:
    def spoil(progress: PublishProgress) -> None:
        if "container" in progress.handles:
            sandbox.fail_container(progress.handles["container"], code)

    done = await published(session, IMAGE, after_each=spoil)
    assert (done.phase, len(sandbox.state.containers)) == (PublishPhase.FAILED, containers)
    assert done.answer is not None
    assert (done.answer.result, done.answer.code) == (result, str(code))
    assert sandbox.state.posts == {}


@pytest.mark.parametrize("phase", [PublishPhase.PREPARING, PublishPhase.PUBLISHING])
async def test_a_container_that_expired_unpublished_is_made_anew(
    session: ChannelSession, sandbox: Sandbox, watch: Watch, phase: PublishPhase
) -> None:
    made = await PUBLISHING.step(session, IMAGE, PublishProgress())
    watch.advance(timedelta(hours=25))
    done = await published(session, IMAGE, replace(made, phase=phase))
    assert done.phase is PublishPhase.PUBLISHED
    assert len(sandbox.state.posts) == 1
    states = [one.status_code for one in sandbox.state.containers.values()]
    assert states == [ContainerStatus.EXPIRED, ContainerStatus.PUBLISHED]


async def test_a_container_nobody_knows_leaves_a_begun_post_uncertain(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    begun = PublishProgress(phase=PublishPhase.PUBLISHING, handles={"container": "404"})
    done = await published(session, IMAGE, begun)
    assert done.phase is PublishPhase.UNCERTAIN
    assert sandbox.state.posts == {}


async def test_a_container_nobody_knows_is_made_anew_before_that(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    lost = PublishProgress(phase=PublishPhase.PREPARING, handles={"container": "404"})
    done = await published(session, IMAGE, lost)
    assert done.phase is PublishPhase.PUBLISHED
    assert len(sandbox.state.posts) == 1


async def test_a_dead_token_keeps_the_post_where_it_is(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    made = await PUBLISHING.step(session, IMAGE, PublishProgress())
    sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED))
    for phase in (PublishPhase.STARTED, PublishPhase.PREPARING, PublishPhase.PUBLISHING):
        kept = await PUBLISHING.step(session, IMAGE, replace(made, phase=phase))
        assert (kept.phase, kept.handles) == (phase, made.handles)
        assert kept.answer is not None
        assert kept.answer.result is AnswerClass.RECONNECT
        assert kept.wait > timedelta()


@pytest.mark.parametrize("kind", [Fault.RATE_LIMITED, Fault.SERVER_ERROR])
async def test_a_busy_platform_is_asked_again_later(
    session: ChannelSession, sandbox: Sandbox, kind: Fault
) -> None:
    sandbox.faults.add(FaultRule(kind=kind, seconds=0))
    with pytest.raises(Unavailable):
        await PUBLISHING.step(session, IMAGE, PublishProgress())


async def test_a_spent_allowance_waits_for_tomorrow(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    for n in range(100):
        sandbox.add_post(f"post {n}")
    quota = await PUBLISHING.quota(session)
    assert quota is not None
    assert (quota.used, quota.total, quota.period) == (100, 100, timedelta(days=1))

    stored = PublishProgress()
    while stored.phase is not PublishPhase.READY:
        stored = await PUBLISHING.step(session, IMAGE, stored)
    begun = replace(stored, phase=PublishPhase.PUBLISHING)
    told = await PUBLISHING.step(session, IMAGE, begun)
    assert told.phase is PublishPhase.PUBLISHING
    assert told.answer is not None
    assert told.answer.result is AnswerClass.SLOW_DOWN
    assert told.wait >= timedelta(minutes=30)
    watch.advance(timedelta(hours=23, minutes=59))  # the container still lives
    sandbox.state.posts.clear()  # so others' posts are a day old by then
    assert (await published(session, IMAGE, told)).phase is PublishPhase.PUBLISHED


async def test_a_file_without_an_address_is_not_offered(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    content = replace(IMAGE, media=(replace(picture(), url=None),))
    done = await PUBLISHING.step(session, content, PublishProgress())
    assert done.phase is PublishPhase.FAILED
    assert done.answer is not None
    assert done.answer.title
    assert sandbox.state.containers == {}


async def test_an_unreachable_platform_is_tried_again(session: ChannelSession) -> None:
    nowhere = replace(session, base_url="http://127.0.0.1:9")
    with pytest.raises(PlatformDown):
        await PUBLISHING.step(nowhere, IMAGE, PublishProgress())
