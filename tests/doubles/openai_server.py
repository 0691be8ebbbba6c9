"""A server on loopback that speaks the wire format of OpenAI's embeddings.

It answers truthfully unless a test has planned something else for the next calls.
"""

import asyncio
import base64
import hashlib
import json
import socket
from array import array
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.loopback import serving

Plan = Callable[["Received"], Awaitable[None] | Response | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One call as it came in."""

    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def inputs(self) -> list[str]:
        """Return the texts it brought."""
        texts: list[str] = self.body["input"]
        return texts


@dataclass(slots=True)
class EmbeddingServer:
    """What the double knows, and what it is told to do next."""

    url: str
    size: int = 1536
    """The dimensions of its model."""
    can_shorten: bool = True
    plans: deque[Plan] = field(default_factory=deque)
    """What the next calls get; a plan without a response delays or tells the truth."""
    always: Plan | None = None
    calls: list[Received] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        received = Received(headers=request.headers, body=await request.json())
        self.calls.append(received)
        plan = self.plans.popleft() if self.plans else self.always
        planned = None if plan is None else plan(received)
        if isinstance(planned, Response):
            return planned
        if planned is not None:
            await planned
        return JSONResponse(self.truth(received))

    async def until_closed(self, _: Received) -> None:
        """Keep a caller waiting: a plan."""
        await self.closing.wait()

    def truth(self, received: Received) -> dict[str, Any]:
        """Return the right answer to a call."""
        wanted = received.body.get("dimensions")
        size = wanted if wanted and self.can_shorten else self.size
        in_base64 = received.body.get("encoding_format") == "base64"
        return {
            "object": "list",
            "model": received.body["model"],
            "data": [
                {
                    "object": "embedding",
                    "index": index,
                    "embedding": written(vector_of(text, size), in_base64=in_base64),
                }
                for index, text in enumerate(received.inputs)
            ],
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }


def vector_of(text: str, size: int) -> list[float]:
    """Return the vector of a text before it has length one."""
    noise = hashlib.shake_128(text.encode()).digest(size)
    return [float(byte - 127.5) for byte in noise]


def written(vector: list[float], *, in_base64: bool) -> str | list[float]:
    """Return a vector as it travels."""
    return base64.b64encode(array("f", vector).tobytes()).decode() if in_base64 else vector


def fails(
    status: int, code: str = "", message: str = "", **headers: str
) -> Callable[[Received], Response]:
    """Return a plan that answers with an error, as OpenAI words it."""
    error = {"message": message, "type": "error", "param": None, "code": code or None}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: JSONResponse({"error": error}, status, named)


def says(content: str, media_type: str = "application/json") -> Plan:
    """Return a plan that answers with these bytes and a good status."""
    return lambda _: Response(content, media_type=media_type)


def changed(change: Callable[[list[dict[str, Any]]], object]) -> Plan:
    """Return a plan that tells the truth with its `data` changed in place."""

    def answer(received: Received) -> Response:
        truth = EmbeddingServer(url="", size=8).truth(received)
        change(truth["data"])
        return Response(json.dumps(truth), media_type="application/json")

    return answer


@asynccontextmanager
async def open_server() -> AsyncIterator[EmbeddingServer]:
    """Serve on any free port of loopback until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    double = EmbeddingServer(url=f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
    routes = [Route("/v1/embeddings", double.answer, methods=["POST"])]
    async with serving(listener, routes, double.closing):
        yield double
