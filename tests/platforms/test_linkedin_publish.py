"""Publishing on LinkedIn, over real HTTP: one post, whatever happens on the way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from core.domain.errors import Unavailable
from core.domain.outbox import AnswerClass
from core.net.client import Answer, Call, Http
from core.net.limits import Lane
from core.platforms.linkedin import LinkedIn
from core.platforms.linkedin.posts import escaped, unescaped
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
)
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.linkedin_posts import PART_BYTES
from tests.platforms.linkedin_stage import NOON, Stage

publishing = LinkedIn().publishing
RESERVED = r"a\b | {c} @d [e] (f) <g> #h *i* _j_ ~k~"


def a_file(kind: str = "image", content: bytes = b"picture") -> PostMedia:
    types = {"image": "image/png", "video": "video/mp4", "document": "application/pdf"}
    return PostMedia(
        kind=kind,
        mime_type=types[kind],
        file_name=f"a.{kind}",
        alt_text="A cup",
        content=content,
    )


POSTS = {
    "text": PostContent(format=PostFormat.TEXT, text=RESERVED),
    "link": PostContent(
        format=PostFormat.LINK,
        text="Read this",
        link="https://example.org/a",
        media=(a_file(),),
    ),
    "image": PostContent(format=PostFormat.IMAGE, text="One", media=(a_file(),)),
    "carousel": PostContent(
        format=PostFormat.CAROUSEL, text="Two", media=(a_file(), a_file())
    ),
    "video": PostContent(
        format=PostFormat.VIDEO,
        text="A film",
        media=(a_file("video", b"v" * (PART_BYTES + 5)),),
    ),
    "document": PostContent(
        format=PostFormat.DOCUMENT, text="A paper", media=(a_file("document"),)
    ),
}


async def publish(
    stage: Stage, content: PostContent, progress: PublishProgress | None = None
) -> PublishProgress:
    """Step until the end, as the loop does: PUBLISHING is stored before it is done."""
    now = progress or PublishProgress()
    for _step in range(40):
        if now.phase is PublishPhase.READY:
            now = replace(now, phase=PublishPhase.PUBLISHING, begun_at=stage.at)
        now = await publishing.step(stage.session, content, now)
        if now.phase in ENDED:
            return now
        stage.clock.seconds += now.wait.total_seconds()
        stage.later(seconds=now.wait.total_seconds())
    raise AssertionError(f"no end: {now}")


@pytest.mark.parametrize("kind", POSTS)
async def test_each_kind_of_post_is_published_once(stage: Stage, kind: str) -> None:
    done = await publish(stage, POSTS[kind])
    assert done.phase is PublishPhase.PUBLISHED
    [post] = stage.linkedin.posts.values()
    assert done.platform_post_id == post.urn
    assert unescaped(post.commentary) == POSTS[kind].text
    again = await publishing.step(stage.session, POSTS[kind], done)
    assert again == done


async def test_a_post_shows_what_it_was_given(stage: Stage) -> None:
    shown: dict[str, Mapping[str, Any]] = {}
    for kind, content in POSTS.items():
        done = await publish(stage, content)
        shown[kind] = stage.linkedin.posts[done.platform_post_id or ""].content
    assert shown["text"] == {}
    assert shown["link"]["article"]["source"] == "https://example.org/a"
    assert shown["link"]["article"]["title"] == "Read this"
    assert shown["link"]["article"]["thumbnail"].startswith("urn:li:image:")
    assert shown["image"]["media"]["altText"] == "A cup"
    assert len(shown["carousel"]["multiImage"]["images"]) == 2
    assert shown["video"]["media"]["id"].startswith("urn:li:video:")
    assert shown["document"]["media"]["title"] == "A cup"


async def test_a_video_travels_in_parts_of_four_megabytes(stage: Stage) -> None:
    await publish(stage, POSTS["video"])
    [asset] = stage.linkedin.assets.values()
    assert asset.finalized
    assert [len(asset.parts[n]) for n in range(2)] == [PART_BYTES, 5]


@given(text=st.text(max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    if "{hashtag" not in text:
        assert unescaped(escaped(text)) == text


def test_a_hashtag_of_linkedins_own_reads_as_one() -> None:
    assert unescaped("See {hashtag|\\#|coffee} now") == "See #coffee now"


BAD = {
    "long": PostContent(format=PostFormat.TEXT, text="x" * 3001),
    "empty": PostContent(format=PostFormat.TEXT, text="  "),
    "no link": PostContent(format=PostFormat.LINK, text="Read"),
    "story": PostContent(format=PostFormat.STORY, media=(a_file(),)),
    "no file": PostContent(format=PostFormat.IMAGE, text="One"),
    "wrong file": PostContent(format=PostFormat.VIDEO, media=(a_file(),)),
    "empty file": PostContent(format=PostFormat.IMAGE, media=(a_file(content=b""),)),
    "one of many": PostContent(format=PostFormat.CAROUSEL, media=(a_file(),)),
    "too many": PostContent(format=PostFormat.CAROUSEL, media=(a_file(),) * 21),
    "text and file": PostContent(format=PostFormat.TEXT, text="a", media=(a_file(),)),
}


@pytest.mark.parametrize("why", BAD)
async def test_what_linkedin_would_never_take_fails_at_once(stage: Stage, why: str) -> None:
    assert publishing.problem(BAD[why]).endswith(".")
    done = await publish(stage, BAD[why])
    assert done.phase is PublishPhase.FAILED
    assert stage.sandbox.sends() == ()


def test_what_linkedin_takes_has_no_problem() -> None:
    assert {publishing.problem(content) for content in POSTS.values()} == {""}
    longest = PostContent(format=PostFormat.TEXT, text="(" * 3000)
    assert publishing.problem(longest) == ""


class Stopped(Exception):
    """The process ends here."""


class DoomedHttp(Http):
    """Makes a number of calls, then the process is gone, before or after the next one."""

    def __init__(self, inner: Http, calls: int, *, after: bool) -> None:
        super().__init__(
            inner._client, limits=inner.limits, fetcher=inner.fetcher, clock=inner.clock
        )
        self._left = calls
        self._after = after

    @override
    async def call(self, call: Call, lane: Lane) -> Answer:
        self._left -= 1
        if self._left < 0 and not self._after:
            raise Stopped
        answer = await super().call(call, lane)
        if self._left < 0:
            raise Stopped
        return answer


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["text", "link", "carousel", "video"])
async def test_a_crash_at_any_call_leaves_exactly_one_post(
    stage: Stage, kind: str, *, after: bool
) -> None:
    """Stop at the first call, the second, and so on; go on from what was stored."""
    stage.post(POSTS[kind].text and escaped(POSTS[kind].text))
    healthy = stage.session
    for survived in range(30):
        before = len(stage.linkedin.posts)
        stage.session = replace(healthy, http=DoomedHttp(stage.http, survived, after=after))
        stored = [PublishProgress()]
        ended = await stop_and_store(stage, POSTS[kind], stored)
        stage.session = healthy
        done = await publish(stage, POSTS[kind], stored[-1])
        assert done.phase is PublishPhase.PUBLISHED, survived
        assert len(stage.linkedin.posts) == before + 1, survived
        assert done.platform_post_id == list(stage.linkedin.posts)[-1]
        stage.later(hours=1)
        if ended:
            assert survived > 1
            return
    raise AssertionError("every run was stopped")


async def stop_and_store(
    stage: Stage, content: PostContent, stored: list[PublishProgress]
) -> bool:
    """Publish until the process ends, storing every step; True if it got to the end."""
    for _step in range(40):
        if stored[-1].phase in ENDED:
            return True
        if stored[-1].phase is PublishPhase.READY:
            publishing_now = replace(
                stored[-1], phase=PublishPhase.PUBLISHING, begun_at=stage.at
            )
            stored.append(publishing_now)
        try:
            stored.append(await publishing.step(stage.session, content, stored[-1]))
        except Stopped:
            return False
    raise AssertionError("no end")


@pytest.mark.parametrize(
    "fault", [Fault.CUT_AFTER_ACCEPT, Fault.ERROR_AFTER_ACCEPT, Fault.BROKEN_JSON]
)
@pytest.mark.parametrize("kind", ["text", "image"])
async def test_a_lost_answer_is_looked_for_and_not_repeated(
    stage: Stage, kind: str, fault: Fault
) -> None:
    stage.post(escaped(POSTS[kind].text))
    stage.sandbox.faults.add(FaultRule(kind=fault, endpoint=Endpoint.LINKEDIN_PUBLISH))
    done = await publish(stage, POSTS[kind])
    assert done.phase is PublishPhase.PUBLISHED
    assert [done.platform_post_id] == [one.message_id for one in stage.sandbox.sends()]


async def test_an_older_post_with_the_same_words_is_not_taken_for_ours(
    stage: Stage,
) -> None:
    """One of the newest twenty is deleted meanwhile, and an old twin comes into sight."""
    stage.post(escaped(RESERVED))
    others = []
    for n in range(20):
        stage.later(hours=1)
        others.append(stage.post(f"Post {n}"))
    ready = await publishing.step(stage.session, POSTS["text"], PublishProgress())
    assert ready.phase is PublishPhase.READY
    del stage.linkedin.posts[others[0].urn]
    stage.later(hours=1)
    begun = replace(ready, phase=PublishPhase.PUBLISHING)
    done = await publishing.step(stage.session, POSTS["text"], begun)
    assert done.phase is PublishPhase.PUBLISHED
    assert done.platform_post_id == stage.sandbox.sends()[-1].message_id


async def test_a_post_that_nobody_can_find_is_a_persons_to_settle(stage: Stage) -> None:
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.LINKEDIN_PUBLISH, times=1)
    )
    done = await publish(stage, POSTS["text"])
    assert done.phase is PublishPhase.UNCERTAIN
    assert stage.linkedin.posts == {}
    assert stage.at - NOON >= timedelta(minutes=5)


async def test_a_duplicate_is_looked_for_before_anybody_despairs(stage: Stage) -> None:
    """A stored PUBLISHING of a process that died, where the list lags behind."""
    stage.linkedin.refuses_duplicates = True
    ready = PublishProgress()
    while ready.phase is not PublishPhase.READY:
        ready = await publishing.step(stage.session, POSTS["text"], ready)
    begun = replace(ready, phase=PublishPhase.PUBLISHING, begun_at=stage.at)
    made = await publishing.step(stage.session, POSTS["text"], begun)
    hidden = stage.linkedin.posts.pop(made.platform_post_id or "")
    stage.linkedin.posts = {
        hidden.urn: replace(hidden, published_at=NOON - timedelta(days=1))
    }
    refused = await publishing.step(stage.session, POSTS["text"], begun)
    assert refused.phase is PublishPhase.PUBLISHING
    stage.linkedin.posts = {hidden.urn: hidden}
    found = await publishing.step(stage.session, POSTS["text"], refused)
    assert found.platform_post_id == hidden.urn


@pytest.mark.parametrize("endpoint", [Endpoint.LINKEDIN_MEDIA, Endpoint.LINKEDIN_UPLOADS])
async def test_an_upload_that_breaks_off_is_begun_anew(
    stage: Stage, endpoint: Endpoint
) -> None:
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.SERVER_ERROR, endpoint=endpoint, nth=1, times=1)
    )
    first = await publishing.step(stage.session, POSTS["image"], PublishProgress())
    assert first.phase is PublishPhase.STARTED
    assert first.wait > timedelta()
    done = await publish(stage, POSTS["image"], first)
    assert done.phase is PublishPhase.PUBLISHED
    assert len(stage.linkedin.posts) == 1


async def test_a_file_that_linkedin_cannot_read_ends_the_post(stage: Stage) -> None:
    first = await publishing.step(stage.session, POSTS["image"], PublishProgress())
    for asset in stage.linkedin.assets.values():
        asset.broken = True
    done = await publish(stage, POSTS["image"], first)
    assert done.phase is PublishPhase.FAILED
    assert done.answer is not None
    assert done.answer.code == "PROCESSING_FAILED"
    assert stage.linkedin.posts == {}


async def test_a_days_limit_postpones_the_post_and_does_not_end_it(stage: Stage) -> None:
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.RATE_LIMITED, endpoint=Endpoint.LINKEDIN_PUBLISH, times=1)
    )
    progress = PublishProgress()
    while progress.phase is not PublishPhase.READY:
        progress = await publishing.step(stage.session, POSTS["text"], progress)
    begun = replace(progress, phase=PublishPhase.PUBLISHING)
    held = await publishing.step(stage.session, POSTS["text"], begun)
    assert held.phase is PublishPhase.READY
    assert held.wait > timedelta()
    stage.clock.seconds += held.wait.total_seconds()
    done = await publish(stage, POSTS["text"], held)
    assert done.phase is PublishPhase.PUBLISHED


async def test_a_dead_token_ends_the_post_and_says_so(stage: Stage) -> None:
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=Endpoint.LINKEDIN_PUBLISH)
    )
    done = await publish(stage, POSTS["text"])
    assert done.phase is PublishPhase.FAILED
    assert done.answer is not None
    assert done.answer.result is AnswerClass.RECONNECT


async def test_a_look_that_fails_may_be_repeated(stage: Stage) -> None:
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.LINKEDIN_POSTS, times=1)
    )
    with pytest.raises(Unavailable):
        await publishing.step(stage.session, POSTS["text"], PublishProgress())
    assert (await publish(stage, POSTS["text"])).phase is PublishPhase.PUBLISHED


async def test_no_allowance_is_told(stage: Stage) -> None:
    assert await publishing.quota(stage.session) is None
