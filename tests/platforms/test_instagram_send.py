from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.errors import ChannelSignedOut
from core.domain.message import Origin
from core.domain.outbox import AnswerClass
from core.domain.rich import Choice, ChoiceMessage
from core.platforms.base import ChannelSession, Profile
from core.platforms.instagram import Instagram
from tests.platforms.graph_double import Graph, a_file, an_item

INSTAGRAM = Instagram()
SENT = {"recipient_id": "66", "message_id": "mid.out"}
BEGUN = datetime(2026, 9, 10, 3, 52, 25, tzinfo=UTC)


async def test_a_text_goes_to_the_customer(session: ChannelSession, graph: Graph) -> None:
    graph.reply(SENT)
    got = await INSTAGRAM.send(session, an_item("Hello", recipient="66"), None)

    assert (got.result, got.platform_message_id) == (AnswerClass.ACCEPTED, "mid.out")
    assert graph.paths == ["/v26.0/110/messages"]
    assert graph.bodies == [{"recipient": {"id": "66"}, "message": {"text": "Hello"}}]


@pytest.mark.parametrize(("length", "offered"), [(500, 1), (501, 0)])
async def test_the_limit_is_in_bytes(
    session: ChannelSession,
    graph: Graph,
    length: int,
    offered: int,
) -> None:
    graph.reply(SENT)
    got = await INSTAGRAM.send(session, an_item("é" * length), None)
    assert len(graph.requests) == offered
    assert (got.result is AnswerClass.REFUSED) == (not offered)


async def test_a_file_goes_as_the_address_to_fetch_it_from(
    session: ChannelSession, graph: Graph
) -> None:
    graph.reply(SENT)
    photo = replace(a_file("image", "image/png"), url="https://inbox.example/media/t")
    got = await INSTAGRAM.send(session, an_item("", recipient="66", media=photo), None)

    assert got.result is AnswerClass.ACCEPTED
    attachment = {"type": "image", "payload": {"url": "https://inbox.example/media/t"}}
    assert graph.bodies == [
        {"recipient": {"id": "66"}, "message": {"attachment": attachment}}
    ]


@pytest.mark.parametrize(
    ("kind", "mime_type", "text", "url"),
    [
        ("image", "image/png", "", None),
        ("image", "image/png", "words", "https://inbox.example/media/t"),
        ("image", "image/webp", "", "https://inbox.example/media/t"),
        ("document", "text/plain", "", "https://inbox.example/media/t"),
        ("sticker", "image/webp", "", "https://inbox.example/media/t"),
    ],
    ids=["no address", "with words", "type", "document", "kind"],
)
async def test_a_file_instagram_would_not_take_is_not_offered(
    session: ChannelSession,
    graph: Graph,
    kind: str,
    mime_type: str,
    text: str,
    url: str | None,
) -> None:
    media = replace(a_file(kind, mime_type), url=url)
    got = await INSTAGRAM.send(session, an_item(text, media=media), None)
    assert got.result is AnswerClass.REFUSED
    assert got.title
    assert graph.requests == []


async def test_after_a_day_a_persons_message_is_offered_as_a_persons(
    session: ChannelSession, graph: Graph
) -> None:
    graph.refuse(10, 2534022)
    graph.reply(SENT)
    got = await INSTAGRAM.send(session, an_item("Hello", origin=Origin.MEMBER), None)

    assert got.result is AnswerClass.ACCEPTED
    assert graph.bodies[1] == {
        **graph.bodies[0],
        "messaging_type": "MESSAGE_TAG",
        "tag": "HUMAN_AGENT",
    }


async def test_the_assistant_never_poses_as_a_person(
    session: ChannelSession, graph: Graph
) -> None:
    graph.refuse(10, 2534022)
    got = await INSTAGRAM.send(session, an_item("Hello", origin=Origin.ASSISTANT), None)
    assert got.result is AnswerClass.WINDOW
    assert len(graph.requests) == 1


@pytest.mark.parametrize(
    ("code", "subcode", "result"),
    [
        (10, 2534022, AnswerClass.WINDOW),
        (10, None, AnswerClass.WINDOW),
        (200, None, AnswerClass.WINDOW),
        (100, None, AnswerClass.WINDOW),
        (190, None, AnswerClass.RECONNECT),
        (1, None, AnswerClass.UNKNOWN),
        (4, None, AnswerClass.SLOW_DOWN),
    ],
)
async def test_a_refused_tag_means_the_window_and_not_the_channel(
    session: ChannelSession,
    graph: Graph,
    code: int,
    subcode: int | None,
    result: AnswerClass,
) -> None:
    graph.refuse(10, 2534022)
    graph.refuse(code, subcode)
    got = await INSTAGRAM.send(session, an_item("Hello", origin=Origin.MEMBER), None)
    assert got.result is result


async def test_a_restriction_told_under_200_is_heard(
    session: ChannelSession, graph: Graph
) -> None:
    graph.refuse(400, status=200)
    got = await INSTAGRAM.send(session, an_item(), None)
    assert (got.result, got.code) == (AnswerClass.UNKNOWN, "400")


async def test_read_mark_and_typing_are_actions(
    session: ChannelSession, graph: Graph
) -> None:
    for _ in range(2):
        graph.reply({"recipient_id": "66"})
    await INSTAGRAM.mark_read(session, "66", "mid.in")
    await INSTAGRAM.show_typing(session, "66", "mid.in")
    assert [body["sender_action"] for body in graph.bodies] == ["mark_seen", "typing_on"]


def said(
    mid: str, seconds: float, text: str = "Hello", author: str = "110"
) -> dict[str, Any]:
    at = (BEGUN + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {"id": mid, "created_time": at, "from": {"id": author}, "message": text}


def listed(graph: Graph, *messages: dict[str, Any]) -> None:
    graph.reply({"data": [{"id": "thread-1"}]})
    graph.reply(
        {"id": "thread-1", "messages": {"data": list(messages)}},
        date="Thu, 10 Sep 2026 03:53:00 GMT",
    )


async def test_a_lost_message_is_found_by_its_words_and_time(
    session: ChannelSession, graph: Graph
) -> None:
    listed(
        graph,
        said("mid.later", 9),
        said("mid.this", 3),
        said("mid.taken", 2),
        said("mid.other words", 2, "Bye"),
        said("mid.theirs", 2, author="66"),
        said("mid.earlier", -60),
    )
    found = await INSTAGRAM.find_sent(
        session, an_item("Hello", recipient="66"), since=BEGUN, taken={"mid.taken"}
    )

    assert found == "mid.this"
    assert graph.paths == ["/v26.0/110/conversations", "/v26.0/thread-1"]
    assert graph.requests[0].url.params["user_id"] == "66"


async def test_without_a_beginning_the_last_quarter_of_an_hour_counts(
    session: ChannelSession, graph: Graph
) -> None:
    listed(graph, said("mid.this", -600), said("mid.old", -1200))
    assert await INSTAGRAM.find_sent(session, an_item("Hello")) == "mid.this"


async def test_what_instagram_does_not_list_is_not_found(
    session: ChannelSession, graph: Graph
) -> None:
    listed(graph, said("mid.old", -1200))
    assert await INSTAGRAM.find_sent(session, an_item("Hello"), since=BEGUN) is None
    graph.reply({"data": []})
    assert await INSTAGRAM.find_sent(session, an_item("Hello"), since=BEGUN) is None
    assert await INSTAGRAM.find_sent(session, an_item(""), since=BEGUN) is None


@pytest.mark.parametrize(
    ("taken", "found"), [((), None), (("mid.other",), "mid.this")], ids=["two", "one"]
)
async def test_a_lost_file_is_found_where_no_other_could_be_meant(
    session: ChannelSession, graph: Graph, taken: tuple[str, ...], found: str | None
) -> None:
    file = {"attachments": {"data": [{"id": "1", "image_data": {"url": "https://c/1"}}]}}
    listed(
        graph,
        said("mid.words", 4),
        {**said("mid.this", 3, ""), **file},
        {**said("mid.other", 2, ""), **file},
        {**said("mid.theirs", 2, "", author="66"), **file},
        {**said("mid.earlier", -60, ""), **file},
    )
    item = an_item("", media=a_file("image", "image/png"))
    assert await INSTAGRAM.find_sent(session, item, since=BEGUN, taken=taken) == found


async def test_a_lost_question_is_found_by_what_the_customer_reads(
    session: ChannelSession, graph: Graph
) -> None:
    question = ChoiceMessage(text="Size?", choices=(Choice(id="s", title="Small"),))
    listed(graph, said("mid.this", 3, "Size?"))
    item = an_item(question.summary, content=question)
    assert await INSTAGRAM.find_sent(session, item, since=BEGUN) == "mid.this"


async def test_a_search_with_a_dead_token_says_so(
    session: ChannelSession, graph: Graph
) -> None:
    graph.refuse(190, status=401)
    with pytest.raises(ChannelSignedOut):
        await INSTAGRAM.find_sent(session, an_item("Hello"), since=BEGUN)


async def test_a_profile_is_shown_or_it_is_not(
    session: ChannelSession, graph: Graph
) -> None:
    graph.reply({"name": "Jo", "username": "jo", "profile_pic": "https://c/jo"})
    graph.refuse(230)
    shown = await INSTAGRAM.customer_profile(session, "66")
    hidden = await INSTAGRAM.customer_profile(session, "67")
    assert shown == Profile(name="Jo", username="jo", picture_url="https://c/jo")
    assert hidden is None
