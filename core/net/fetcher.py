"""Download what somebody else's address points at, without being led astray.

Media addresses come out of messages, so a customer can choose them. The name is resolved
once, the address is checked, and the connection goes to that very address with the name
kept for TLS and `Host`: a second look-up could answer differently.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx

from core.config.secret import Secret
from core.domain.errors import (
    ChannelSignedOut,
    NotFound,
    PlatformDown,
    RateLimited,
    Refused,
    SocialSyncError,
)
from core.net.addresses import is_loopback, is_public
from core.net.limits import read_retry_after

LIMIT_BYTES: Final = 25 * 1024 * 1024
TOTAL_SECONDS: Final = 20.0
CONNECT_SECONDS: Final = 5.0
MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Returns every address of a host name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A downloaded file; `mime_type` is what its server claims."""

    content: bytes
    mime_type: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    scheme: str
    host: str
    port: int


async def resolve_by_system(host: str, port: int) -> list[str]:
    """Return the addresses the operating system knows for `host`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Fetcher:
    """Fetches files over https from public addresses only; made by `open_fetcher`."""

    def __init__(
        self, client: httpx.AsyncClient, *, loopback: Collection[str], resolve: Resolve
    ) -> None:
        self._client = client
        self._resolve = resolve
        self._loopback = frozenset(_origin(httpx.URL(base)) for base in loopback)

    async def fetch(self, url: str, *, token: Secret | None = None) -> Fetched:
        """Return the file at `url`.

        `token` goes to that URL's own origin and to no other, wherever redirects lead.
        Raises Refused for an address or a size we do not take, NotFound when the file is
        gone, and Unavailable when trying again makes sense.
        """
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                return await self._follow(_parsed(url), token)
        except (httpx.RequestError, TimeoutError, socket.gaierror) as error:
            raise PlatformDown("The file could not be downloaded.") from error

    async def _follow(self, url: httpx.URL, token: Secret | None) -> Fetched:
        meant_for = _origin(url)
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._open(url, token if _origin(url) == meant_for else None)
            try:
                if response.status_code not in _REDIRECTS:
                    return await _received(response)
                url = _redirected(url, response)
            finally:
                await response.aclose()
        raise Refused("The file's address leads in circles.")

    async def _open(self, url: httpx.URL, token: Secret | None) -> httpx.Response:
        address = await self._checked_address(url)
        headers = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.reveal()}"
        request = self._client.build_request(
            "GET",
            url.copy_with(host=address),
            headers=headers,
            extensions={"sni_hostname": url.host},
        )
        return await self._client.send(request, stream=True)

    async def _checked_address(self, url: httpx.URL) -> str:
        """Return the one address to connect to; all that the name has must be allowed."""
        origin = _origin(url)
        trusted = origin in self._loopback
        if url.userinfo or not url.host or not (trusted or url.scheme == "https"):
            raise Refused("Files are fetched over https only.")
        allowed = is_loopback if trusted else is_public
        addresses = await self._resolve(url.host, origin.port)
        if not addresses or not all(allowed(address) for address in addresses):
            raise Refused("The file's address is not on the public internet.")
        return addresses[0]


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise Refused("The file's address cannot be read.") from error


def _origin(url: httpx.URL) -> _Origin:
    port = url.port or (443 if url.scheme == "https" else 80)
    return _Origin(scheme=url.scheme, host=url.host, port=port)


def _redirected(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    try:
        return url.join(response.headers.get("location", ""))
    except httpx.InvalidURL as error:
        raise Refused("The file's address cannot be read.") from error


async def _received(response: httpx.Response) -> Fetched:
    if response.status_code != 200:
        raise _failure(response)
    if response.headers.get("content-encoding", "identity") != "identity":
        # We asked for plain bytes; a compressed answer could unfold to any size.
        raise Refused("The file arrived packed in a way we did not ask for.")
    content = bytearray()
    async for part in response.aiter_raw():
        content += part
        if len(content) > LIMIT_BYTES:
            raise Refused("The file is larger than 25 MB.")
    mime_type = response.headers.get("content-type", "").partition(";")[0].strip()
    return Fetched(content=bytes(content), mime_type=mime_type or None)


def _failure(response: httpx.Response) -> SocialSyncError:
    status = response.status_code
    if status == 401:
        return ChannelSignedOut("The platform no longer accepts the channel's token.")
    if status == 429:
        wait = read_retry_after({"retry-after": response.headers.get("retry-after", "")})
        return RateLimited("The platform asks us to slow down.", retry_after=wait)
    if status >= 500:
        return PlatformDown("The platform could not hand out the file.")
    return NotFound("The file is no longer there.")


@asynccontextmanager
async def open_fetcher(
    *,
    loopback: Collection[str] = (),
    resolve: Resolve = resolve_by_system,
    transport: httpx.AsyncBaseTransport | None = None,
) -> AsyncIterator[Fetcher]:
    """Open a fetcher; only the base URLs in `loopback` may be plain http on this machine.

    Connections are not kept: they are pooled by address, and one that was checked for one
    name must not serve another name on the same address.
    """
    client = httpx.AsyncClient(
        timeout=httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS),
        limits=httpx.Limits(max_connections=20, max_keepalive_connections=0),
        follow_redirects=False,
        trust_env=False,
        transport=transport,
    )
    async with client:
        yield Fetcher(client, loopback=loopback, resolve=resolve)
