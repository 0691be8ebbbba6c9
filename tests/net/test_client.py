"""The three endings of a call, against a server that misbehaves on a real socket."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from core.clock import SystemClock
from core.config.secret import Secret
from core.domain.errors import OutcomeUnknown, PlatformDown, RateLimited
from core.net import client
from core.net.client import Http, Upload, open_http
from core.net.limits import Lane

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Serve = Callable[[Conversation], AbstractAsyncContextManager[str]]

TOKEN = Secret("token-of-the-channel")
LANE = Lane(account_id="1", endpoint="messages", per_second=100)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with open_http(clock=SystemClock()) as opened:
        yield opened


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """Return a whole request, body included."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


def answering(*parts: bytes) -> Conversation:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"".join(parts))

    return answer


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def never(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    await reader.read()


async def test_an_answer_carries_status_headers_and_json(serve: Serve, http: Http) -> None:
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(b"HTTP/1.1 200 OK\r\nX-App-Usage: {}\r\nContent-Length: 8\r\n\r\n")
        writer.write(b'{"a": 1}')

    async with serve(answer) as url:
        got = await http.post_json(f"{url}/1/messages", {"b": 2}, token=TOKEN, lane=LANE)

    assert (got.status, got.json, got.headers["x-app-usage"]) == (200, {"a": 1}, "{}")
    assert got.good
    assert b"Authorization: Bearer token-of-the-channel" in seen[0]
    assert seen[0].endswith(b'{"b":2}')


async def test_a_file_travels_as_a_form(serve: Serve, http: Http) -> None:
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"id":"7"}')

    upload = Upload(
        file_name="menu.pdf",
        content=b"%PDF",
        mime_type="application/pdf",
        fields={"messaging_product": "whatsapp"},
    )
    async with serve(answer) as url:
        got = await http.post_file(f"{url}/1/media", upload, token=TOKEN, lane=LANE)

    assert got.json == {"id": "7"}
    assert b'filename="menu.pdf"' in seen[0]
    assert b'name="messaging_product"' in seen[0]


async def test_a_refused_connection_sent_nothing(http: Http) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(PlatformDown):
            await http.post_json(url, {}, token=TOKEN, lane=LANE)


async def test_an_unknown_host_sent_nothing(http: Http) -> None:
    with pytest.raises(PlatformDown):
        await http.post_json("http://host.invalid/", {}, token=TOKEN, lane=LANE)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://[half", "127.0.0.1"])
async def test_an_address_that_cannot_be_called_sent_nothing(url: str, http: Http) -> None:
    with pytest.raises(PlatformDown):
        await http.post_json(url, {}, token=TOKEN, lane=LANE)


async def test_a_failed_tls_handshake_sent_nothing(serve: Serve, http: Http) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with serve(plain) as url:
        with pytest.raises(PlatformDown):
            await http.post_json(url.replace("http:", "https:"), {}, token=TOKEN, lane=LANE)


async def test_a_time_out_while_connecting_sent_nothing(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.1)

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serve(silent) as url, open_http(clock=SystemClock()) as http:
        secure = url.replace("http:", "https:")
        with pytest.raises(PlatformDown):
            # The server never answers the TLS greeting: no request has begun.
            await http.post_json(secure, {}, token=TOKEN, lane=LANE)


@pytest.mark.parametrize(
    "conversation",
    [
        pytest.param(answering(), id="closed without a word"),
        pytest.param(reset, id="reset"),
        pytest.param(answering(b"HTTP/1.1 200 OK\r\nContent-Le"), id="cut in the headers"),
        pytest.param(
            answering(b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"messages"'),
            id="cut in the body",
        ),
        pytest.param(
            answering(b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"messages":'),
            id="broken JSON",
        ),
        pytest.param(
            answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), id="empty"
        ),
        pytest.param(
            answering(
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"
            ),
            id="not what it says",
        ),
        pytest.param(answering(b"hello\r\n\r\n"), id="not HTTP"),
    ],
)
async def test_a_request_without_readable_answer_may_have_arrived(
    conversation: Conversation, serve: Serve, http: Http
) -> None:
    async with serve(conversation) as url:
        with pytest.raises(OutcomeUnknown):
            await http.post_json(url, {}, token=TOKEN, lane=LANE)


async def test_a_late_answer_is_no_answer(
    serve: Serve, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TOTAL_SECONDS", 0.1)
    async with serve(never) as url:
        with pytest.raises(OutcomeUnknown):
            await http.post_json(url, {}, token=TOKEN, lane=LANE)


async def test_an_endless_answer_is_not_read_to_its_end(
    serve: Serve, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_LIMIT_BYTES", 1000)
    body = b'"' + b"x" * 2000 + b'"'
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2002\r\n\r\n"
    async with serve(answering(head, body)) as url:
        with pytest.raises(OutcomeUnknown):
            await http.post_json(url, {}, token=TOKEN, lane=LANE)


@pytest.mark.parametrize("status", [400, 429, 500, 502, 503])
async def test_every_status_is_an_answer_even_with_a_body_of_html(
    status: int, serve: Serve, http: Http
) -> None:
    head = f"HTTP/1.1 {status} Oh\r\nContent-Length: 6\r\n\r\n".encode()
    async with serve(answering(head, b"<html>")) as url:
        got = await http.post_json(url, {}, token=TOKEN, lane=LANE)
    assert (got.status, got.json, got.good) == (status, None, False)


async def test_a_redirect_is_not_followed(serve: Serve, http: Http) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"
    async with serve(answering(head)) as url:
        got = await http.post_json(url, {}, token=TOKEN, lane=LANE)
    assert got.status == 302


async def test_a_question_without_answer_may_be_asked_again(
    serve: Serve, http: Http
) -> None:
    async def cut(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with serve(cut) as url:
        with pytest.raises(PlatformDown):
            await http.get_json(url, {"fields": "id"}, token=TOKEN, lane=LANE)


async def test_a_refusal_closes_the_lane_before_the_next_byte(
    serve: Serve, http: Http
) -> None:
    head = b"HTTP/1.1 429 Slow\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n"
    async with serve(answering(head)) as url:
        await http.post_json(url, {}, token=TOKEN, lane=LANE)
        with pytest.raises(RateLimited) as limit:
            await http.post_json(url, {}, token=TOKEN, lane=LANE)
        other = Lane(account_id="2", endpoint="messages", per_second=100)
        elsewhere = await http.post_json(url, {}, token=TOKEN, lane=other)

    assert limit.value.retry_after == pytest.approx(90, abs=5)
    assert elsewhere.status == 429


async def test_a_slow_channel_does_not_hold_up_another(
    serve: Serve, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TOTAL_SECONDS", 2.0)
    quick = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    async with serve(never) as slow_url, serve(quick) as quick_url:
        slow = asyncio.create_task(http.post_json(slow_url, {}, token=TOKEN, lane=LANE))
        got = await http.post_json(quick_url, {}, token=TOKEN, lane=LANE)
        assert got.good
        assert not slow.done()
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
