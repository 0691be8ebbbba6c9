"""Post one webhook over plain HTTP to this machine.

The sandbox may run as a process of its own, without the engine and its HTTP client; a
webhook to loopback needs no TLS, no redirects and no pool, so asyncio's streams do.
Whoever has a client already passes it as `Post` instead.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

ANSWER_LIMIT_SECONDS = 10.0


class Post(Protocol):
    """Sends `body` to `url` and returns the status; raises OSError when nobody answers."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Return the HTTP status of the answer."""
        ...


async def post_over_loopback(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post `body` and return the status; OSError when nobody listens or answers in time."""
    async with asyncio.timeout(ANSWER_LIMIT_SECONDS):  # its TimeoutError is an OSError
        return await _exchange(url, body, headers)


async def _exchange(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname is None:
        raise ConnectionRefusedError(f"not an http address: {url}")
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        lines = [
            f"POST {target} HTTP/1.1",
            f"Host: {parts.netloc}",
            *(f"{name}: {value}" for name, value in headers.items()),
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode("ascii") + body)
        await writer.drain()
        return _status(await reader.readline())
    finally:
        writer.close()


def _status(line: bytes) -> int:
    """Return the code of a status line such as `HTTP/1.1 200 OK`."""
    words = line.split(maxsplit=2)
    if len(words) < 2 or not words[1].isdigit():
        raise ConnectionResetError("closed without an answer")
    return int(words[1])
