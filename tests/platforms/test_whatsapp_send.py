import json
from dataclasses import replace

import httpx
import pytest

from core.domain.outbox import AnswerClass
from core.platforms.base import ChannelSession
from core.platforms.whatsapp import WhatsApp
from tests.platforms.graph_double import Graph, StillClock, a_file, an_item

WHATSAPP = WhatsApp()
SENT = {"messages": [{"id": "wamid.out"}]}


async def test_a_text_carries_our_id(session: ChannelSession, graph: Graph) -> None:
    graph.reply(SENT)
    got = await WHATSAPP.send(session, an_item("Voilà"), None)

    assert (got.result, got.platform_message_id) == (AnswerClass.ACCEPTED, "wamid.out")
    assert graph.paths == ["/v26.0/110/messages"]
    assert graph.requests[0].headers["authorization"] == "Bearer the-token"
    assert graph.bodies == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "33644001122",
            "type": "text",
            "text": {"body": "Voilà", "preview_url": False},
            "biz_opaque_callback_data": "00000000-0000-0000-0000-000000000001",
        }
    ]


async def test_a_reply_quotes_a_link_is_shown_and_a_user_id_is_a_recipient(
    session: ChannelSession, graph: Graph
) -> None:
    graph.reply(SENT)
    quoting = an_item(
        "see https://x.example", quoted_platform_id="wamid.in", recipient="FR.12"
    )
    await WHATSAPP.send(session, quoting, None)

    [body] = graph.bodies
    assert body["context"] == {"message_id": "wamid.in"}
    assert body["text"]["preview_url"] is True
    assert body["recipient"] == "FR.12"
    assert "to" not in body


@pytest.mark.parametrize(
    ("kind", "mime_type", "text", "sent"),
    [
        (
            "document",
            "application/pdf",
            "The menu",
            {"id": "77", "caption": "The menu", "filename": "menu.pdf"},
        ),
        ("image", "image/png", "", {"id": "77"}),
        ("video", "video/mp4", "Look", {"id": "77", "caption": "Look"}),
        ("audio", "audio/ogg", "", {"id": "77"}),
    ],
)
async def test_a_file_is_uploaded_and_sent_by_its_id(
    session: ChannelSession,
    graph: Graph,
    kind: str,
    mime_type: str,
    text: str,
    sent: dict[str, str],
) -> None:
    graph.reply({"id": "77"})
    graph.reply(SENT)
    got = await WHATSAPP.send(
        session, an_item(text, media=a_file(kind, mime_type)), b"bytes"
    )

    assert got.result is AnswerClass.ACCEPTED
    assert graph.paths == ["/v26.0/110/media", "/v26.0/110/messages"]
    assert b"bytes" in graph.requests[0].content
    assert mime_type.encode() in graph.requests[0].content
    body = json.loads(graph.requests[1].content)
    assert (body["type"], body[kind]) == (kind, sent)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4097])
async def test_a_text_whatsapp_would_never_take_is_not_offered(
    session: ChannelSession, graph: Graph, text: str
) -> None:
    got = await WHATSAPP.send(session, an_item(text), None)
    assert got.result is AnswerClass.REFUSED
    assert got.title
    assert graph.requests == []


@pytest.mark.parametrize(
    ("kind", "mime_type", "text", "content"),
    [
        ("image", "image/gif", "", b"x"),
        ("image", "image/png", "", b"x" * (5 * 1024 * 1024 + 1)),
        ("image", "image/png", "x" * 1025, b"x"),
        ("audio", "audio/ogg", "with words", b"x"),
        ("hologram", "x/y", "", b"x"),
        ("image", "image/png", "", None),
    ],
    ids=["type", "size", "caption", "words", "kind", "missing"],
)
async def test_a_file_whatsapp_would_never_take_is_not_offered(
    session: ChannelSession,
    graph: Graph,
    kind: str,
    mime_type: str,
    text: str,
    content: bytes | None,
) -> None:
    got = await WHATSAPP.send(
        session, an_item(text, media=a_file(kind, mime_type)), content
    )
    assert got.result is AnswerClass.REFUSED
    assert graph.requests == []


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (httpx.ConnectError("refused"), AnswerClass.NOT_SENT),
        (httpx.ConnectTimeout("slow"), AnswerClass.NOT_SENT),
        (httpx.PoolTimeout("busy"), AnswerClass.NOT_SENT),
        (httpx.ReadTimeout("slow"), AnswerClass.UNKNOWN),
        (httpx.ReadError("reset"), AnswerClass.UNKNOWN),
        (httpx.WriteError("reset"), AnswerClass.UNKNOWN),
        (httpx.RemoteProtocolError("cut"), AnswerClass.UNKNOWN),
    ],
)
async def test_a_broken_line_is_an_answer_too(
    session: ChannelSession,
    graph: Graph,
    error: Exception,
    result: AnswerClass,
) -> None:
    graph.fail(error)
    assert (await WHATSAPP.send(session, an_item(), None)).result is result


@pytest.mark.parametrize(
    ("code", "status", "attempt", "result"),
    [
        (190, 401, 1, AnswerClass.RECONNECT),
        (131053, 400, 1, AnswerClass.NOT_SENT),
        (131053, 400, 2, AnswerClass.REFUSED),
        (1, 500, 1, AnswerClass.NOT_SENT),
    ],
)
async def test_a_failed_upload_has_reached_no_customer(
    session: ChannelSession,
    graph: Graph,
    code: int,
    status: int,
    attempt: int,
    result: AnswerClass,
) -> None:
    graph.refuse(code, status=status)
    got = await WHATSAPP.send(session, an_item("", media=a_file(), attempt=attempt), b"x")
    assert got.result is result
    assert len(graph.requests) == 1


async def test_haste_towards_one_customer_makes_that_one_wait_and_no_other(
    session: ChannelSession, graph: Graph, clock: StillClock
) -> None:
    graph.refuse(131056)
    first = await WHATSAPP.send(session, an_item(attempt=2), None)
    again = await WHATSAPP.send(session, an_item(), None)
    graph.reply(SENT)
    other = await WHATSAPP.send(session, an_item(recipient="33600000000"), None)
    clock.seconds = 24
    graph.reply(SENT)
    later = await WHATSAPP.send(session, an_item(), None)

    assert (first.result, first.retry_after) == (AnswerClass.WAIT_PAIR, 24)
    assert (again.result, again.retry_after) == (AnswerClass.WAIT_PAIR, 24)
    assert other.result is AnswerClass.ACCEPTED
    assert later.result is AnswerClass.ACCEPTED


async def test_a_limit_of_the_number_holds_back_what_follows(
    session: ChannelSession, graph: Graph
) -> None:
    graph.replies.append(
        httpx.Response(400, json={"error": {"code": 130429}}, headers={"retry-after": "30"})
    )
    first = await WHATSAPP.send(session, an_item(), None)
    second = await WHATSAPP.send(session, an_item(recipient="336"), None)

    assert (first.result, first.retry_after) == (AnswerClass.SLOW_DOWN, 30)
    assert (second.result, second.retry_after) == (AnswerClass.SLOW_DOWN, 30)
    assert len(graph.requests) == 1


async def test_read_mark_and_typing_share_a_call(
    session: ChannelSession, graph: Graph
) -> None:
    for _ in range(2):
        graph.reply({"success": True})
    await WHATSAPP.mark_read(session, "33644001122", "wamid.in")
    await WHATSAPP.show_typing(session, "33644001122", "wamid.in")

    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.in"}
    assert graph.bodies == [read, {**read, "typing_indicator": {"type": "text"}}]


async def test_whatsapp_lists_neither_messages_nor_people(session: ChannelSession) -> None:
    assert await WHATSAPP.find_sent(session, replace(an_item(), attempt=3)) is None
    assert await WHATSAPP.customer_profile(session, "33644001122") is None
