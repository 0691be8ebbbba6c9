"""A server on loopback that speaks the chat formats of OpenAI and of Anthropic.

It says `reply` unless a test has planned something else for the next calls.
"""

import asyncio
import json
import socket
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.doubles.loopback import serving

Plan = Callable[["ChatCall"], Awaitable[None] | Response | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatCall:
    """One call as it came in."""

    headers: Mapping[str, str]
    body: dict[str, Any]


@dataclass(slots=True)
class ChatServer:
    """What the double says, and what it is told to do next."""

    root: str
    reply: str = "Hello from the model."
    finish: str = ""
    """Why it stopped, in the words of whichever format is spoken; usual when empty."""
    pieces: int = 5
    """How long the parts of a streamed reply are."""
    plans: deque[Plan] = field(default_factory=deque)
    always: Plan | None = None
    calls: list[ChatCall] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Return the base URL as OpenAI's settings want it."""
        return f"{self.root}/v1"

    async def openai(self, request: Request) -> Response:
        """Answer a call to `/v1/chat/completions`."""
        return await self._answer(request, self._openai_whole, self._openai_parts)

    async def anthropic(self, request: Request) -> Response:
        """Answer a call to `/v1/messages`."""
        return await self._answer(request, self._anthropic_whole, self._anthropic_parts)

    async def until_closed(self, _: ChatCall) -> None:
        """Keep a caller waiting: a plan."""
        await self.closing.wait()

    async def _answer(
        self,
        request: Request,
        whole: Callable[[ChatCall], dict[str, Any]],
        parts: Callable[[], Iterator[str]],
    ) -> Response:
        call = ChatCall(headers=request.headers, body=await request.json())
        self.calls.append(call)
        plan = self.plans.popleft() if self.plans else self.always
        planned = None if plan is None else plan(call)
        if isinstance(planned, Response):
            return planned
        if planned is not None:
            await planned
        if call.body.get("stream"):
            return StreamingResponse(parts(), media_type="text/event-stream")
        return JSONResponse(whole(call))

    def _openai_whole(self, call: ChatCall) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": f"{call.body['model']}-2026",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": self.reply},
                    "finish_reason": self.finish or "stop",
                }
            ],
            "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
        }

    def _openai_parts(self) -> Iterator[str]:
        for text in self._cut():
            yield data({"choices": [{"index": 0, "delta": {"content": text}}]})
        last = {"index": 0, "delta": {}, "finish_reason": self.finish or "stop"}
        yield data({"choices": [last]})
        yield data({"choices": [], "usage": {"prompt_tokens": 11}})
        yield "data: [DONE]\n\n"

    def _anthropic_whole(self, call: ChatCall) -> dict[str, Any]:
        content: dict[str, Any] = {"type": "text", "text": self.reply}
        if "tools" in call.body:
            name = call.body["tools"][0]["name"]
            given = json.loads(self.reply)
            content = {"type": "tool_use", "id": "toolu_1", "name": name, "input": given}
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": f"{call.body['model']}-2026",
            "content": [content],
            "stop_reason": self.finish or "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": 11, "output_tokens": 7},
        }

    def _anthropic_parts(self) -> Iterator[str]:
        yield data({"type": "message_start", "message": {"usage": {}}}, "message_start")
        yield data({"type": "ping"}, "ping")
        for text in self._cut():
            said = {"type": "text_delta", "text": text}
            event = {"type": "content_block_delta", "index": 0, "delta": said}
            yield data(event, "content_block_delta")
        stop = {"stop_reason": self.finish or "end_turn", "stop_sequence": None}
        yield data({"type": "message_delta", "delta": stop, "usage": {}}, "message_delta")
        yield data({"type": "message_stop"}, "message_stop")

    def _cut(self) -> Iterator[str]:
        for start in range(0, len(self.reply), self.pieces):
            yield self.reply[start : start + self.pieces]


def data(value: object, event: str = "") -> str:
    """Return one server-sent event."""
    named = f"event: {event}\n" if event else ""
    return f"{named}data: {json.dumps(value)}\n\n"


def says(content: str, media_type: str = "application/json") -> Plan:
    """Return a plan that answers with these bytes and a good status."""
    return lambda _: Response(content, media_type=media_type)


def openai_fails(
    status: int, code: str = "", message: str = "", **headers: str
) -> Callable[[ChatCall], Response]:
    """Return a plan that answers with an error, as OpenAI words it."""
    error = {"message": message, "type": "error", "param": None, "code": code or None}
    return lambda _: JSONResponse({"error": error}, status, _named(headers))


def anthropic_fails(
    status: int, kind: str = "", message: str = "", **headers: str
) -> Callable[[ChatCall], Response]:
    """Return a plan that answers with an error, as Anthropic words it."""
    error = {"type": "error", "error": {"type": kind or "api_error", "message": message}}
    return lambda _: JSONResponse(error, status, _named(headers))


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@asynccontextmanager
async def open_chat_server() -> AsyncIterator[ChatServer]:
    """Serve on any free port of loopback until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    double = ChatServer(root=f"http://127.0.0.1:{listener.getsockname()[1]}")
    routes = [
        Route("/v1/chat/completions", double.openai, methods=["POST"]),
        Route("/v1/messages", double.anthropic, methods=["POST"]),
    ]
    async with serving(listener, routes, double.closing):
        yield double
