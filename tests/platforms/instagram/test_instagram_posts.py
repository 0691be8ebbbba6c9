"""What Instagram would never take is known before it is asked, and what it answers, by table."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from core.config.secret import Secret
from core.domain.outbox import AnswerClass
from core.net.client import Answer, open_http
from core.platforms.base import ChannelSession
from core.platforms.instagram import MANIFEST
from core.platforms.instagram.containers import (
    ContainerState,
    find_post,
    read_container,
    read_quota,
)
from core.platforms.instagram.pictures import jpeg_size
from core.platforms.instagram.publish import Publishing
from core.platforms.instagram.publish_errors import (
    LOOK_ERRORS,
    POST_ERRORS,
    REMEDIES,
    Remedy,
    code_in,
)
from core.platforms.meta.errors import judge
from core.platforms.publishing import PostContent, PostFormat, PostMedia
from tests.platforms.graph_double import BASE, Graph, StillClock


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
async def session(graph: Graph) -> AsyncIterator[ChannelSession]:
    """Return a channel whose platform answers what a test prepared."""
    transport = httpx.MockTransport(graph.answer)
    async with open_http(clock=StillClock(), loopback=[BASE], transport=transport) as http:
        yield ChannelSession(
            account_id="110", base_url=BASE, token=Secret("the-token"), http=http
        )


PICTURE = PostMedia(
    kind="image", mime_type="image/jpeg", file_name="a.jpg", url="https://m/a"
)
FILM = PostMedia(kind="video", mime_type="video/mp4", file_name="f.mp4", url="https://m/f")
PNG = replace(PICTURE, mime_type="image/png")


def jpeg(width: int, height: int, padding: int = 0) -> bytes:
    """Return the beginning of a picture: two segments, then the frame."""
    app = b"\xff\xe0\x00\x10JFIF" + bytes(10)
    table = b"\xff\xff\xdb\x00\x04" + bytes(2)
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8" + app + table + b"\xff\xc2\x00\x11\x08" + size + bytes(10 + padding)


def post(format_: PostFormat, *media: PostMedia, text: str = "") -> PostContent:
    return PostContent(format=format_, text=text, media=media)


GOOD = [
    post(PostFormat.IMAGE, PICTURE, text="x" * 2200),
    post(PostFormat.IMAGE, PICTURE, text="#é " * 30 + "@a.b " * 20 + "a@b.example &#39;"),
    post(PostFormat.VIDEO, FILM),
    post(PostFormat.REEL, FILM),
    post(PostFormat.STORY, PICTURE),
    post(PostFormat.STORY, FILM),
    post(PostFormat.CAROUSEL, PICTURE, FILM),
    post(PostFormat.CAROUSEL, *[PICTURE] * 10),
    post(PostFormat.IMAGE, replace(PICTURE, content=jpeg(1080, 1350))),
    post(PostFormat.IMAGE, replace(PICTURE, content=jpeg(1910, 1000))),
    post(PostFormat.STORY, replace(PICTURE, content=jpeg(1080, 1920))),
]
BAD = [
    post(PostFormat.TEXT, text="words"),
    post(PostFormat.LINK, PICTURE),
    post(PostFormat.IMAGE),
    post(PostFormat.IMAGE, PICTURE, PICTURE),
    post(PostFormat.IMAGE, PNG),
    post(PostFormat.IMAGE, FILM),
    post(PostFormat.VIDEO, PICTURE),
    post(PostFormat.STORY, PICTURE, text="words"),
    post(PostFormat.CAROUSEL, PICTURE),
    post(PostFormat.CAROUSEL, *[PICTURE] * 11),
    post(PostFormat.CAROUSEL, PICTURE, PNG),
    post(PostFormat.IMAGE, PICTURE, text="x" * 2201),
    post(PostFormat.IMAGE, PICTURE, text="#a " * 31),
    post(PostFormat.IMAGE, PICTURE, text="@a " * 21),
    post(PostFormat.IMAGE, replace(PICTURE, content=jpeg(1080, 1920))),
    post(PostFormat.IMAGE, replace(PICTURE, content=jpeg(2000, 1000))),
    post(PostFormat.IMAGE, replace(PICTURE, content=b"no picture")),
    post(PostFormat.IMAGE, replace(PICTURE, content=jpeg(1080, 1080, 8 * 1024 * 1024))),
]


@pytest.mark.parametrize("content", GOOD)
def test_a_post_that_may_be_taken_has_no_problem(content: PostContent) -> None:
    assert Publishing().problem(content) == ""
    assert content.format in MANIFEST.formats


@pytest.mark.parametrize("content", BAD)
def test_a_post_that_never_would_be_taken_says_why(content: PostContent) -> None:
    assert Publishing().problem(content).endswith(".")


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (jpeg(1080, 1350), (1080, 1350)),
        (jpeg(0, 5), None),
        (jpeg(9, 9)[:30], None),
        (b"", None),
        (b"\xff\xd8", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xd9" + bytes(20), None),
    ],
)
def test_the_size_of_a_picture_is_in_its_header(
    content: bytes, size: tuple[int, int] | None
) -> None:
    assert jpeg_size(content) == size


ROWS: tuple[tuple[int, int, AnswerClass, Remedy], ...] = (
    (-2, 2207003, AnswerClass.NOT_SENT, Remedy.AGAIN),
    (-1, 2207001, AnswerClass.NOT_SENT, Remedy.AGAIN),
    (-1, 2207032, AnswerClass.NOT_SENT, Remedy.AGAIN),
    (-2, 2207020, AnswerClass.NOT_SENT, Remedy.AFRESH),
    (-1, 2207053, AnswerClass.NOT_SENT, Remedy.AFRESH),
    (1, 2207057, AnswerClass.REFUSED, Remedy.REFUSED),
    (4, 2207051, AnswerClass.PERSON, Remedy.PERSON),
    (9, 2207042, AnswerClass.SLOW_DOWN, Remedy.TOMORROW),
    (24, 2207006, AnswerClass.NOT_SENT, Remedy.AFRESH),
    (24, 2207008, AnswerClass.NOT_SENT, Remedy.AGAIN),
    (25, 2207050, AnswerClass.PERSON, Remedy.PERSON),
    (9007, 2207027, AnswerClass.NOT_SENT, Remedy.UNREADY),
    (9004, 2207052, AnswerClass.REFUSED, Remedy.REFUSED),
    (36000, 2207004, AnswerClass.REFUSED, Remedy.REFUSED),
    (36001, 2207005, AnswerClass.REFUSED, Remedy.REFUSED),
    (36003, 2207009, AnswerClass.REFUSED, Remedy.REFUSED),
    (36004, 2207010, AnswerClass.REFUSED, Remedy.REFUSED),
    (352, 2207026, AnswerClass.REFUSED, Remedy.REFUSED),
    (100, 2207023, AnswerClass.REFUSED, Remedy.REFUSED),
    (100, 2207040, AnswerClass.REFUSED, Remedy.REFUSED),
)


def told(code: int, subcode: int | None = None, status: int = 400) -> Answer:
    error = {"message": "no", "code": code}
    if subcode is not None:
        error["error_subcode"] = subcode
    return Answer(status=status, headers={}, json={"error": error})


@pytest.mark.parametrize(("code", "subcode", "meaning", "remedy"), ROWS)
def test_a_code_of_posts_means_what_its_row_says(
    code: int, subcode: int, meaning: AnswerClass, remedy: Remedy
) -> None:
    answer = judge(told(code, subcode), POST_ERRORS, None)
    assert answer.result is meaning
    assert REMEDIES[code_in(answer.code or "") or 0] is remedy


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (-2, AnswerClass.NOT_SENT),
        (9, AnswerClass.SLOW_DOWN),
        (25, AnswerClass.PERSON),
        (36000, AnswerClass.REFUSED),
        (190, AnswerClass.RECONNECT),
        (4, AnswerClass.SLOW_DOWN),
    ],
)
def test_a_code_without_its_subcode_is_known_too(code: int, meaning: AnswerClass) -> None:
    assert judge(told(code), POST_ERRORS, None).result is meaning


def test_a_question_may_be_asked_again_where_a_step_would_be() -> None:
    assert judge(told(-1, 2207001), LOOK_ERRORS, None).result is AnswerClass.UNKNOWN
    assert judge(told(24, 2207008), LOOK_ERRORS, None).result is AnswerClass.REFUSED


def test_a_state_of_next_year_is_asked_about_again() -> None:
    assert read_container({"status_code": "RESTING"}).state is ContainerState.UNKNOWN
    assert read_container({}).state is ContainerState.UNKNOWN


async def test_a_list_or_an_allowance_that_is_refused_is_simply_not_told(
    session: ChannelSession, graph: Graph
) -> None:
    for _ in range(2):
        graph.refuse(100)
    assert await find_post(session, "Bonjour", datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert await Publishing().quota(session) is None


def test_an_allowance_that_is_not_told_is_not_invented() -> None:
    assert read_quota({"data": []}) is None
    quota = read_quota({"data": [{}]})
    assert quota is not None
    assert (quota.used, quota.total) == (None, None)
