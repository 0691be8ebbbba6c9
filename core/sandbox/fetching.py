"""Fetch a file from this machine, as Instagram fetches what it was given an address for.

The counterpart of `posting`: plain HTTP to loopback needs no client. The sandbox reaches
nothing else, so an address elsewhere cannot be fetched, which is what it then says.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from core.net.addresses import is_loopback

LIMIT_SECONDS = 10.0
LIMIT_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer; `headers` are in lower case."""

    status: int
    headers: dict[str, str]
    content: bytes = field(repr=False)


class Fetch(Protocol):
    """Gets `url`; raises OSError when there is no whole answer."""

    async def __call__(self, url: str) -> Fetched:
        """Return the answer."""
        ...


async def fetch_over_loopback(url: str) -> Fetched:
    """Get `url` from this machine; OSError when it is elsewhere or does not answer in time."""
    async with asyncio.timeout(LIMIT_SECONDS):  # its TimeoutError is an OSError
        return await _exchange(url)


async def _exchange(url: str) -> Fetched:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http" or not (host == "localhost" or is_loopback(host)):
        raise ConnectionRefusedError("not an http address of this machine")
    reader, writer = await asyncio.open_connection(host, parts.port or 80)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close"]
        writer.write("\r\n".join([*lines, "", ""]).encode("ascii"))
        return await _read(reader)
    except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        raise ConnectionResetError("closed within the answer") from error
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader) -> Fetched:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    start, *lines = head.strip().split("\r\n")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    length = int(headers["content-length"]) if "content-length" in headers else 0
    if length > LIMIT_BYTES:
        raise ConnectionAbortedError("longer than any platform fetches")
    content = await reader.readexactly(length)
    return Fetched(status=int(start.split()[1]), headers=headers, content=content)
