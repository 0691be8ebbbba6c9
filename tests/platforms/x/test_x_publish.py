"""Publishing on X: one post, whatever happens between any two calls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from typing_extensions import override

from core.domain.errors import RateLimited, Unavailable
from core.domain.outbox import AnswerClass
from core.net.client import Answer, Http
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
)
from core.platforms.x.publish import Publisher
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.x_shapes import add_post
from tests.platforms.x.stage import US, Stage

PUBLISHER = Publisher()
TEXT = PostContent(format=PostFormat.TEXT, text="Nouveau café & croissants 🥐")
LINK = PostContent(format=PostFormat.LINK, text="New", link="https://shop.example/guji")


def a_picture(name: str = "cup.png") -> PostMedia:
    return PostMedia(
        kind="image",
        mime_type="image/png",
        file_name=name,
        alt_text="A cup",
        content=draw("cup"),
    )


FILM = PostMedia(kind="video", mime_type="video/mp4", file_name="a.mp4", content=b"film")
PICTURES = PostContent(
    format=PostFormat.CAROUSEL, text="Two cups", media=(a_picture("a"), a_picture("b"))
)
MOVIE = PostContent(format=PostFormat.VIDEO, text="How we roast", media=(FILM,))


async def published(
    stage: Stage, content: PostContent, session: ChannelSession | None = None
) -> PublishProgress:
    """Take steps until the end, as the caller does, and tell where it ended."""
    progress = PublishProgress()
    for _ in range(30):
        progress = await PUBLISHER.step(session or stage.session, content, progress)
        if progress.phase in ENDED:
            return progress
        stage.hands.advance(progress.wait)
    raise AssertionError(f"no end after {progress}")


def ours(stage: Stage) -> list[str]:
    posts = stage.sandbox.state.x.posts.values()
    return [post.id for post in posts if post.author_id == US.account_id]


@pytest.mark.parametrize("content", [TEXT, LINK, PICTURES, MOVIE])
async def test_a_post_goes_out_once(stage: Stage, content: PostContent) -> None:
    ended = await published(stage, content)
    (sent,) = stage.sandbox.sends()
    assert (ended.phase, ended.platform_post_id) == (
        PublishPhase.PUBLISHED,
        sent.message_id,
    )
    assert ours(stage) == [sent.message_id]
    again = await PUBLISHER.step(stage.session, content, ended)
    assert again == ended


async def test_pictures_are_described_for_those_who_cannot_see_them(stage: Stage) -> None:
    await published(stage, PICTURES)
    files = list(stage.sandbox.state.x.files.values())
    assert [file.alt_text for file in files] == ["A cup", "A cup"]
    (post,) = stage.sandbox.state.x.posts.values()
    assert post.media_ids == tuple(file.id for file in files)


async def test_ready_comes_before_the_step_that_cannot_be_taken_back(stage: Stage) -> None:
    progress = await PUBLISHER.step(stage.session, TEXT, PublishProgress())
    assert progress.phase is PublishPhase.READY
    progress = await PUBLISHER.step(stage.session, TEXT, progress)
    assert (progress.phase, stage.sandbox.sends()) == (PublishPhase.PUBLISHING, ())


class Killed(Exception):
    """The companion is gone."""


class Mortal(Http):
    """Calls that end the process before or after the `nth` of them."""

    def __init__(self, whole: Http, nth: int, *, after: bool) -> None:
        self.__dict__.update(whole.__dict__)
        self.left, self.after = nth, after

    @override
    async def _in_lane(
        self, lane: Lane, build: Callable[[], object], *, empty: bool = False
    ) -> Answer:
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Killed
        answer = await super()._in_lane(lane, build, empty=empty)  # type: ignore[arg-type]
        if self.left == 0:
            raise Killed
        return answer


@pytest.mark.parametrize(
    ("content", "after"),
    [(TEXT, False), (TEXT, True), (LINK, True), (PICTURES, True), (MOVIE, True)],
)
async def test_a_crash_between_any_two_calls_makes_one_post(
    content: PostContent, *, after: bool, stage: Stage
) -> None:
    for nth in range(1, 40):
        stage.sandbox.reset()
        stored = PublishProgress()
        mortal = replace(stage.session, http=Mortal(stage.session.http, nth, after=after))
        died = False
        try:
            while stored.phase not in ENDED:
                stored = await PUBLISHER.step(mortal, content, stored)
        except Killed:
            died = True
        while stored.phase not in ENDED:
            stored = await PUBLISHER.step(stage.session, content, stored)
        assert stored.phase is PublishPhase.PUBLISHED
        assert [stored.platform_post_id] == ours(stage)
        if not died:
            assert nth > 2
            return
    raise AssertionError("more calls than expected")


@pytest.mark.parametrize(
    "fault", [Fault.CUT_AFTER_ACCEPT, Fault.ERROR_AFTER_ACCEPT, Fault.BROKEN_JSON]
)
async def test_a_lost_answer_is_looked_for_before_anything_is_repeated(
    stage: Stage, fault: Fault
) -> None:
    rule = FaultRule(kind=fault, endpoint=Endpoint.X_POSTS, times=1)
    stage.sandbox.faults.add(rule)
    ended = await published(stage, LINK)
    (sent,) = stage.sandbox.sends()
    assert (ended.phase, ended.platform_post_id) == (
        PublishPhase.PUBLISHED,
        sent.message_id,
    )


async def test_a_server_that_failed_before_the_work_is_asked_again(stage: Stage) -> None:
    rule = FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.X_POSTS, times=1)
    stage.sandbox.faults.add(rule)
    ended = await published(stage, TEXT)
    assert (ended.phase, len(stage.sandbox.sends())) == (PublishPhase.PUBLISHED, 1)


async def test_a_picture_without_words_is_not_posted_again_after_a_lost_answer(
    stage: Stage,
) -> None:
    alone = PostContent(format=PostFormat.IMAGE, media=(a_picture(),))
    rule = FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.X_POSTS, times=1)
    stage.sandbox.faults.add(rule)
    ended = await published(stage, alone)
    assert (ended.phase, stage.sandbox.sends()) == (PublishPhase.UNCERTAIN, ())


async def test_what_never_gets_an_answer_ends_uncertain(stage: Stage) -> None:
    rule = FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.X_POSTS)
    stage.sandbox.faults.add(rule)
    ended = await published(stage, TEXT)
    assert ended.phase is PublishPhase.UNCERTAIN
    assert ended.answer is not None
    assert ended.answer.result is AnswerClass.UNKNOWN


async def test_words_that_were_posted_before_are_refused_in_the_end(stage: Stage) -> None:
    add_post(stage.sandbox.world, US.account_id, TEXT.text)
    stage.hands.advance(timedelta(days=1))
    ended = await published(stage, TEXT)
    assert ended.phase is PublishPhase.FAILED
    assert ended.answer is not None
    assert ended.answer.result is AnswerClass.REFUSED
    assert "duplicate" in ended.answer.title
    assert stage.sandbox.sends() == ()


async def test_a_post_that_the_timeline_does_not_show_yet_is_no_second_one(
    stage: Stage,
) -> None:
    started = await PUBLISHER.step(stage.session, TEXT, PublishProgress())
    posts = stage.sandbox.state.x.posts
    post = add_post(stage.sandbox.world, US.account_id, TEXT.text)
    hidden = replace(post, author_id="1")
    posts[post.id] = hidden
    rule = FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.X_POSTS, times=1)
    stage.sandbox.faults.add(rule)
    publishing = replace(started, phase=PublishPhase.PUBLISHING)
    doubtful = await PUBLISHER.step(stage.session, TEXT, publishing)
    assert (doubtful.phase, doubtful.wait) == (
        PublishPhase.PUBLISHING,
        timedelta(seconds=30),
    )
    posts[post.id] = post
    ended = await PUBLISHER.step(stage.session, TEXT, doubtful)
    assert (ended.phase, ended.platform_post_id) == (PublishPhase.PUBLISHED, post.id)
    assert stage.sandbox.sends() == ()


async def test_a_limit_leaves_the_step_to_be_taken_again(stage: Stage) -> None:
    rule = FaultRule(
        kind=Fault.RATE_LIMITED, endpoint=Endpoint.X_POSTS, seconds=90, times=1
    )
    stage.sandbox.faults.add(rule)
    with pytest.raises(RateLimited) as caught:
        await published(stage, TEXT)
    assert caught.value.retry_after == pytest.approx(90)
    stage.hands.advance(timedelta(seconds=91))
    assert (await published(stage, TEXT)).phase is PublishPhase.PUBLISHED


async def test_an_upload_that_fails_is_made_again(stage: Stage) -> None:
    rule = FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.X_MEDIA, nth=2, times=1)
    stage.sandbox.faults.add(rule)
    progress = await PUBLISHER.step(stage.session, PICTURES, PublishProgress())
    with pytest.raises(Unavailable):
        await PUBLISHER.step(stage.session, PICTURES, progress)
    assert (await published(stage, PICTURES)).phase is PublishPhase.PUBLISHED


async def test_a_film_that_x_cannot_use_ends_the_post(stage: Stage) -> None:
    stage.sandbox.state.x.film_failure = "The film has no frames."
    ended = await published(stage, MOVIE)
    assert ended.phase is PublishPhase.FAILED
    assert ended.answer is not None
    assert ended.answer.title == "The film has no frames."


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault.TOKEN_EXPIRED, AnswerClass.RECONNECT),
        (Fault.USAGE_CAPPED, AnswerClass.PERSON),
    ],
)
async def test_what_only_a_person_can_mend_ends_the_post_with_its_reason(
    stage: Stage, fault: Fault, result: AnswerClass
) -> None:
    stage.sandbox.faults.add(FaultRule(kind=fault, endpoint=Endpoint.X_POSTS, times=1))
    ended = await published(stage, TEXT)
    assert ended.answer is not None
    assert (ended.phase, ended.answer.result) == (PublishPhase.FAILED, result)


@pytest.mark.parametrize(
    "content",
    [
        PostContent(format=PostFormat.TEXT),
        PostContent(format=PostFormat.TEXT, text="x" * 281),
        PostContent(format=PostFormat.TEXT, text="語" * 141),
        PostContent(format=PostFormat.LINK, text="x" * 257, link="https://a.example/b"),
        PostContent(format=PostFormat.TEXT, text="$ACME and $BUX"),
        PostContent(format=PostFormat.IMAGE, media=(a_picture(),) * 5),
        PostContent(format=PostFormat.IMAGE, media=(a_picture(), FILM)),
        PostContent(format=PostFormat.IMAGE, media=(replace(a_picture(), content=None),)),
        PostContent(format=PostFormat.IMAGE, media=(replace(FILM, mime_type="video/avi"),)),
        PostContent(
            format=PostFormat.IMAGE,
            media=(replace(a_picture(), content=b"x" * (5 * 1024 * 1024 + 1)),),
        ),
    ],
)
async def test_what_x_never_publishes_is_said_before(
    stage: Stage, content: PostContent
) -> None:
    assert PUBLISHER.problem(content).endswith(".")
    ended = await PUBLISHER.step(stage.session, content, PublishProgress())
    assert (ended.phase, stage.sandbox.sends()) == (PublishPhase.FAILED, ())


async def test_a_picture_needs_no_words_and_nothing_is_said_about_quotas(
    stage: Stage,
) -> None:
    alone = PostContent(format=PostFormat.IMAGE, media=(a_picture(),))
    assert PUBLISHER.problem(alone) == ""
    assert (await published(stage, alone)).phase is PublishPhase.PUBLISHED
    assert await PUBLISHER.quota(stage.session) is None
