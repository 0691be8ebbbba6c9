"""The fetcher against a transport that records where it would have connected."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest
from typing_extensions import override

from core.config.secret import Secret
from core.domain.errors import (
    ChannelSignedOut,
    NotFound,
    PlatformDown,
    RateLimited,
    Refused,
)
from core.net import fetcher as module
from core.net.fetcher import Fetcher, open_fetcher, resolve_by_system

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Serve = Callable[[Conversation], AbstractAsyncContextManager[str]]

PUBLIC = "157.240.1.60"
ELSEWHERE = "8.8.8.8"
TOKEN = Secret("token-of-the-channel")


class Bytes(httpx.AsyncByteStream):
    """A body that has not been read yet, as one from a socket."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


class Web:
    """Names, their addresses, and what each answers; keeps every request."""

    def __init__(self) -> None:
        self.addresses: dict[str, list[str]] = {}
        self.pages: dict[str, httpx.Response] = {}
        self.requests: list[httpx.Request] = []
        self.lookups: list[str] = []

    def page(self, url: str, response: httpx.Response, address: str = PUBLIC) -> None:
        self.addresses[httpx.URL(url).host] = [address]
        self.pages[url] = response

    async def resolve(self, host: str, _port: int) -> list[str]:
        self.lookups.append(host)
        return self.addresses.get(host, [])

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        host = request.headers["host"]
        return self.pages[str(request.url.copy_with(netloc=host.encode()))]

    @asynccontextmanager
    async def fetcher(self, loopback: Sequence[str] = ()) -> AsyncIterator[Fetcher]:
        transport = httpx.MockTransport(self.answer)
        async with open_fetcher(
            loopback=loopback, resolve=self.resolve, transport=transport
        ) as opened:
            yield opened


@pytest.fixture
def web() -> Web:
    return Web()


def moved(location: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": location})


async def test_the_connection_goes_to_the_checked_address_under_its_name(web: Web) -> None:
    url = "https://cdn.example/photo?sig=1"
    web.page(
        url,
        httpx.Response(200, stream=Bytes(b"jpeg"), headers={"content-type": "image/jpeg"}),
    )
    async with web.fetcher() as fetcher:
        fetched = await fetcher.fetch(url)

    [request] = web.requests
    assert (fetched.content, fetched.mime_type) == (b"jpeg", "image/jpeg")
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "cdn.example"
    assert request.extensions["sni_hostname"] == "cdn.example"
    assert web.lookups == ["cdn.example"]


async def test_a_name_that_changes_its_mind_is_asked_only_once(web: Web) -> None:
    url = "https://rebinding.example/photo"
    web.page(url, httpx.Response(200, stream=Bytes(b"x")))

    async def resolve(host: str, port: int) -> list[str]:
        first = not web.lookups
        await web.resolve(host, port)
        return [PUBLIC] if first else ["127.0.0.1"]

    transport = httpx.MockTransport(web.answer)
    async with open_fetcher(resolve=resolve, transport=transport) as fetcher:
        await fetcher.fetch(url)

    assert [request.url.host for request in web.requests] == [PUBLIC]


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.example/photo",
        "ftp://cdn.example/photo",
        "file:///etc/passwd",
        "https:///photo",
        "https://user:word@cdn.example/photo",
        "https://[half/photo",
        "photo",
        "",
    ],
)
async def test_only_https_without_credentials_is_fetched(url: str, web: Web) -> None:
    web.addresses["cdn.example"] = [PUBLIC]
    async with web.fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch(url)
    assert web.requests == []


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["64:ff9b::7f00:1"], ["10.0.0.1"], [PUBLIC, "10.0.0.1"], []],
)
async def test_a_name_with_any_private_address_is_refused(
    addresses: list[str], web: Web
) -> None:
    web.addresses["inside.example"] = addresses
    async with web.fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch("https://inside.example/")
    assert web.requests == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "017700000001", "127.1", "[::1]"]
)
async def test_no_spelling_of_this_machine_gets_through(host: str) -> None:
    async with open_fetcher(resolve=resolve_by_system) as fetcher:
        with pytest.raises((Refused, PlatformDown)):
            await fetcher.fetch(f"https://{host}/")


async def test_redirects_are_followed_three_times(web: Web) -> None:
    web.page("https://a.example/", moved("https://b.example/"))
    web.page("https://b.example/", moved("/c"))
    web.page("https://b.example/c", moved("https://d.example/"))
    web.page("https://d.example/", httpx.Response(200, stream=Bytes(b"here")))
    async with web.fetcher() as fetcher:
        assert (await fetcher.fetch("https://a.example/")).content == b"here"


async def test_a_fourth_redirect_is_refused(web: Web) -> None:
    web.page("https://a.example/", moved("https://a.example/"))
    async with web.fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch("https://a.example/")
    assert len(web.requests) == 4


@pytest.mark.parametrize(
    "location", ["https://inside.example/", "http://b.example/", "https://[half"]
)
async def test_every_redirect_is_checked_again(location: str, web: Web) -> None:
    web.addresses["inside.example"] = ["169.254.169.254"]
    web.addresses["b.example"] = [ELSEWHERE]
    web.page("https://a.example/", moved(location))
    async with web.fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch("https://a.example/")
    assert len(web.requests) == 1


async def test_the_token_goes_to_the_origin_it_was_meant_for_and_no_further(
    web: Web,
) -> None:
    web.page("https://a.example/", moved("https://a.example/again"))
    web.page("https://a.example/again", moved("https://b.example/"))
    web.page("https://b.example/", httpx.Response(200, stream=Bytes(b"x")), ELSEWHERE)
    async with web.fetcher() as fetcher:
        await fetcher.fetch("https://a.example/", token=TOKEN)

    sent = [request.headers.get("authorization") for request in web.requests]
    assert sent == ["Bearer token-of-the-channel"] * 2 + [None]


async def test_a_file_beyond_the_limit_is_dropped(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LIMIT_BYTES", 1000)
    web.page("https://a.example/", httpx.Response(200, stream=Bytes(b"x" * 1001)))
    async with web.fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch("https://a.example/")


async def test_a_packed_answer_is_refused(web: Web) -> None:
    packed = httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=Bytes(b"anything")
    )
    web.page("https://a.example/", packed)
    async with web.fetcher() as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch("https://a.example/")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, ChannelSignedOut),
        (403, NotFound),
        (404, NotFound),
        (410, NotFound),
        (429, RateLimited),
        (500, PlatformDown),
        (503, PlatformDown),
    ],
)
async def test_a_refusal_is_named_after_what_comes_next(
    status: int, error: type[Exception], web: Web
) -> None:
    web.page("https://a.example/", httpx.Response(status, headers={"retry-after": "7"}))
    async with web.fetcher() as fetcher:
        with pytest.raises(error):
            await fetcher.fetch("https://a.example/")


async def test_a_name_nobody_knows_may_be_asked_for_again() -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    async with open_fetcher(resolve=resolve) as fetcher:
        with pytest.raises(PlatformDown):
            await fetcher.fetch("https://a.example/")


async def test_a_sandbox_on_this_machine_is_fetched_from_only_when_listed(
    serve: Serve,
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")

    async with (
        serve(answer) as listed,
        serve(answer) as unlisted,
        open_fetcher(loopback=[f"{listed}/v26.0"]) as fetcher,
    ):
        assert (await fetcher.fetch(f"{listed}/file")).content == b"abc"
        with pytest.raises(Refused):
            await fetcher.fetch(f"{unlisted}/file")


async def test_a_listed_base_is_held_to_this_machine(web: Web) -> None:
    web.addresses["sandbox.example"] = [PUBLIC]
    async with web.fetcher(loopback=["http://sandbox.example"]) as fetcher:
        with pytest.raises(Refused):
            await fetcher.fetch("http://sandbox.example/file")


async def test_a_server_that_never_ends_is_left(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOTAL_SECONDS", 0.1)

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        await reader.read()

    async with serve(hang) as url, open_fetcher(loopback=[url]) as fetcher:
        with pytest.raises(PlatformDown):
            await fetcher.fetch(url)
