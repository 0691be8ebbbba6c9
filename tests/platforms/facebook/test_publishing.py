"""A post on a Page comes out once, whatever ends between any two calls."""

from dataclasses import replace
from itertools import count
from typing import Any

import httpx
import pytest
from typing_extensions import override

from core.domain.errors import RateLimited, Unavailable
from core.domain.outbox import AnswerClass
from core.platforms.base import ChannelSession
from core.platforms.facebook import Facebook
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
)
from core.sandbox import facebook_acts
from core.sandbox.faults import Endpoint, Fault, FaultRule
from tests.platforms.facebook.stage import START, Stage, open_page
from tests.platforms.graph_double import Graph

PUBLISHING = Facebook().publishing
PHOTO = PostMedia(
    kind="image",
    mime_type="image/png",
    file_name="cup.png",
    alt_text="A cup",
    url="http://files.invalid/cup.png",
)
OTHER_PHOTO = replace(PHOTO, url="http://files.invalid/bag.png")
FILM = PostMedia(
    kind="video",
    mime_type="video/mp4",
    file_name="roast.mp4",
    url="http://files.invalid/roast.mp4",
)
POSTS = {
    "text": PostContent(format=PostFormat.TEXT, text="Ouvert dimanche"),
    "link": PostContent(format=PostFormat.LINK, link="https://example.org/menu"),
    "worded link": PostContent(
        format=PostFormat.LINK, text="Our menu", link="https://example.org/menu"
    ),
    "image": PostContent(format=PostFormat.IMAGE, text="A cup", media=(PHOTO,)),
    "carousel": PostContent(
        format=PostFormat.CAROUSEL, text="Two", media=(PHOTO, OTHER_PHOTO)
    ),
    "video": PostContent(format=PostFormat.VIDEO, text="We roast", media=(FILM,)),
    "reel": PostContent(format=PostFormat.REEL, text="We roast", media=(FILM,)),
    "photo story": PostContent(format=PostFormat.STORY, media=(PHOTO,)),
    "film story": PostContent(format=PostFormat.STORY, media=(FILM,)),
}
KINDS = {
    "video": "video",
    "reel": "reel",
    "photo story": "story",
    "film story": "story",
}


class Killed(Exception):
    """The process ended here."""


class Line(httpx.AsyncHTTPTransport):
    """A real connection that breaks after its call `at` has been answered."""

    def __init__(self, at: int, breaks: Exception) -> None:
        super().__init__()
        self._at = at
        self._breaks = breaks
        self.calls = 0

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        self.calls += 1
        if self.calls == self._at:
            await response.aread()
            await response.aclose()
            raise self._breaks
        return response


class Publisher:
    """Publishes as its caller has to: each progress is stored before the next step."""

    def __init__(self, stage: Stage, content: PostContent) -> None:
        self._stage = stage
        self._content = content
        self.stored = PublishProgress()
        self.phases: list[PublishPhase] = []

    async def run(self) -> PublishProgress:
        for _ in range(60):
            if self.stored.phase in ENDED:
                return self.stored
            if self.stored.phase is PublishPhase.READY:
                begun = self._stage.watch.at
                self.stored = replace(
                    self.stored, phase=PublishPhase.PUBLISHING, begun_at=begun
                )
            try:
                self.stored = await PUBLISHING.step(
                    self._stage.session, self._content, self.stored
                )
            except Unavailable:
                continue
            self.phases.append(self.stored.phase)
        raise AssertionError(f"never ends: {self.stored}")


def shown(stage: Stage, name: str) -> int:
    """Return how many posts of this kind can be seen."""
    memory = stage.sandbox.state.facebook
    kind = KINDS.get(name, "post")
    if kind == "post":
        return len(memory.posts)
    finished = [one for one in memory.films.values() if one.finished and one.kind == kind]
    return len(finished) + (len(memory.stories) if kind == "story" else 0)


@pytest.mark.parametrize("name", POSTS)
async def test_a_post_comes_out_once_and_has_an_id(page: Stage, name: str) -> None:
    publisher = Publisher(page, POSTS[name])
    ended = await publisher.run()
    assert ended.phase is PublishPhase.PUBLISHED
    assert ended.platform_post_id
    assert shown(page, name) == 1
    assert PublishPhase.READY in publisher.phases


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("breaks", [Killed(), httpx.ReadError("cut")], ids=["end", "cut"])
async def test_an_end_after_any_call_makes_no_second_post(
    name: str, breaks: Exception
) -> None:
    for at in count(1):
        line = Line(at, breaks)
        async with open_page(line) as stage:
            publisher = Publisher(stage, POSTS[name])
            try:
                ended = await publisher.run()
            except Killed:
                ended = await publisher.run()
            assert ended.phase is PublishPhase.PUBLISHED, at
            assert ended.platform_post_id
            assert shown(stage, name) == 1, f"{name}: {breaks!r} after call {at}"
        if line.calls < at:
            assert at > 2
            return


async def test_the_same_words_of_last_week_are_another_post(page: Stage) -> None:
    facebook_acts.publish_elsewhere(page.sandbox.world, "Ouvert dimanche")
    page.watch.at = page.watch.at.replace(year=2027)
    publisher = Publisher(page, POSTS["text"])
    await publisher.run()
    assert shown(page, "text") == 2


async def test_a_film_that_facebook_cannot_use_fails_in_its_words(page: Stage) -> None:
    publisher = Publisher(page, POSTS["reel"])
    publisher.stored = await PUBLISHING.step(page.session, POSTS["reel"], publisher.stored)
    [film] = page.sandbox.state.facebook.films.values()
    film.error = "The film is too short."
    ended = await publisher.run()
    assert ended.phase is PublishPhase.FAILED
    assert ended.answer is not None
    assert (ended.answer.result, ended.answer.title) == (
        AnswerClass.REFUSED,
        "The film is too short.",
    )


async def test_a_photo_that_cannot_be_fetched_fails_before_anything_is_public(
    page: Stage,
) -> None:
    broken = replace(PHOTO, url="http://files.invalid/broken.png")
    content = PostContent(format=PostFormat.IMAGE, text="A cup", media=(broken,))
    ended = await Publisher(page, content).run()
    assert ended.phase is PublishPhase.FAILED
    assert shown(page, "image") == 0


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (PostContent(format=PostFormat.TEXT, text=" "), "nothing"),
        (PostContent(format=PostFormat.TEXT, text="x" * 63_207), "characters"),
        (PostContent(format=PostFormat.LINK, text="no link"), "no link"),
        (PostContent(format=PostFormat.IMAGE), "1 files, not 0"),
        (PostContent(format=PostFormat.CAROUSEL, media=(PHOTO,)), "2 to 10"),
        (PostContent(format=PostFormat.REEL, media=(PHOTO,)), "of this kind"),
        (PostContent(format=PostFormat.STORY, text="x", media=(PHOTO,)), "no text"),
        (
            PostContent(format=PostFormat.IMAGE, media=(replace(PHOTO, url=None),)),
            "no address",
        ),
    ],
)
async def test_what_facebook_would_never_take_is_said_and_not_tried(
    page: Stage, content: PostContent, word: str
) -> None:
    assert word in PUBLISHING.problem(content)
    ended = await Publisher(page, content).run()
    assert ended.phase is PublishPhase.FAILED
    assert page.sandbox.sends() == ()


async def test_too_many_posts_wait_and_a_dead_token_fails(page: Stage) -> None:
    ready = PublishProgress(phase=PublishPhase.PUBLISHING, begun_at=page.watch.at)
    page.sandbox.faults.add(
        FaultRule(kind=Fault.RATE_LIMITED, endpoint=Endpoint.FACEBOOK_PUBLISH, seconds=0)
    )
    with pytest.raises(RateLimited):
        await PUBLISHING.step(page.session, POSTS["text"], ready)
    page.sandbox.faults.clear()
    page.sandbox.faults.add(
        FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=Endpoint.FACEBOOK_PUBLISH)
    )
    ended = await PUBLISHING.step(page.session, POSTS["text"], ready)
    assert ended.phase is PublishPhase.FAILED
    assert ended.answer is not None
    assert ended.answer.result is AnswerClass.RECONNECT


async def test_a_begun_post_that_cannot_be_looked_for_is_uncertain(page: Stage) -> None:
    begun = PublishProgress(phase=PublishPhase.PUBLISHING, begun_at=page.watch.at)
    page.sandbox.faults.add(
        FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=Endpoint.FACEBOOK_LISTS)
    )
    ended = await PUBLISHING.step(page.session, POSTS["text"], begun)
    assert ended.phase is PublishPhase.UNCERTAIN
    assert page.sandbox.sends() == ()


async def test_a_duplicate_is_ours_if_the_wall_shows_it(
    graph: Graph, session: ChannelSession, page: Stage
) -> None:
    begun = PublishProgress(phase=PublishPhase.PUBLISHING, begun_at=page.watch.at)
    ours: dict[str, Any] = {
        "id": "110_1",
        "message": "Ouvert dimanche",
        "created_time": page.watch.at.isoformat(),
    }
    graph.reply({"data": []})
    graph.refuse(506)
    graph.reply({"data": [ours]})
    ended = await PUBLISHING.step(session, POSTS["text"], begun)
    assert (ended.phase, ended.platform_post_id) == (PublishPhase.PUBLISHED, "110_1")


@pytest.mark.parametrize(
    ("refused", "phase"),
    [(False, PublishPhase.PUBLISHED), (True, PublishPhase.UNCERTAIN)],
    ids=["first", "again"],
)
async def test_without_an_archive_of_stories_the_photo_is_the_guard(
    graph: Graph, session: ChannelSession, refused: object, phase: PublishPhase
) -> None:
    begun = PublishProgress(
        phase=PublishPhase.PUBLISHING, handles={"photo0": "1"}, begun_at=START
    )
    graph.refuse(100)
    if refused:
        graph.refuse(100)
        graph.refuse(100)
    else:
        graph.reply({"success": True, "post_id": "110_5"})
    ended = await PUBLISHING.step(session, POSTS["photo story"], begun)
    assert ended.phase is phase


async def test_who_may_not_look_is_told_before_anything_is_public(page: Stage) -> None:
    page.sandbox.faults.add(
        FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=Endpoint.FACEBOOK_LISTS)
    )
    for name in ("text", "image", "video"):
        ended = await Publisher(page, POSTS[name]).run()
        assert ended.phase is PublishPhase.FAILED
        assert shown(page, name) == 0


async def test_the_token_goes_to_no_upload_server_but_facebooks(
    graph: Graph, session: ChannelSession
) -> None:
    for address in (
        "https://evil.example/upload",
        "https://evilfacebook.com/upload",
        "http://rupload.facebook.com/upload",
        "",
    ):
        graph.reply({"video_id": "1", "upload_url": address})
        ended = await PUBLISHING.step(session, POSTS["reel"], PublishProgress())
        assert ended.phase is PublishPhase.FAILED, address
    graph.reply({"video_id": "1", "upload_url": "https://rupload.facebook.com/video/1"})
    going = await PUBLISHING.step(session, POSTS["reel"], PublishProgress())
    graph.reply({"success": True})
    await PUBLISHING.step(session, POSTS["reel"], going)
    upload = graph.requests[-1]
    assert upload.headers["authorization"] == "OAuth the-token"
    assert upload.headers["file_url"] == FILM.url


async def test_nothing_is_said_about_a_quota(page: Stage) -> None:
    assert await PUBLISHING.quota(page.session) is None
