"""A Graph API made of prepared answers, and messages to send through it."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from typing_extensions import override

from core.domain.channel import PlatformName
from core.domain.ids import ChannelId, ConversationId, MessageId, OutboxId, TenantId
from core.domain.message import Origin
from core.domain.outbox import OutboundMedia, OutboxItem

BASE = "http://127.0.0.1:9/v26.0"

Reply = httpx.Response | Exception


class Graph:
    """A Graph API that answers what it is told to, in order, and keeps every request."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.requests: list[httpx.Request] = []

    def reply(self, body: Any, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies.append(httpx.Response(status, json=body, headers=named))

    def refuse(self, code: int, subcode: int | None = None, status: int = 400) -> None:
        error: dict[str, Any] = {"message": f"refused with {code}", "code": code}
        if subcode is not None:
            error["error_subcode"] = subcode
        self.reply({"error": error}, status)

    def fail(self, error: Exception) -> None:
        self.replies.append(error)

    def hand_out(self, content: bytes, mime_type: str = "image/jpeg") -> None:
        headers = {"content-type": mime_type}
        self.replies.append(httpx.Response(200, stream=Body(content), headers=headers))

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(request.content) for request in self.requests]

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.requests]


class Body(httpx.AsyncByteStream):
    """A body that has not been read yet, as one from a socket."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


class StillClock:
    """A clock that the tests move."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        raise AssertionError("platforms tell the time")

    def elapsed(self) -> float:
        return self.seconds


def an_item(text: str = "Bonjour", **fields: Any) -> OutboxItem:
    """Return a claimed message; `fields` replace what every one of them has."""
    known: Mapping[str, Any] = {
        "id": OutboxId(UUID(int=1)),
        "tenant": TenantId(UUID(int=2)),
        "conversation_id": ConversationId(UUID(int=3)),
        "message_id": MessageId(UUID(int=4)),
        "channel_id": ChannelId(UUID(int=5)),
        "platform": PlatformName.WHATSAPP,
        "account_id": "110",
        "recipient": "33644001122",
        "origin": Origin.MEMBER,
        "seq": 1,
        "attempt": 1,
        "fence": 1,
    }
    return OutboxItem(text=text, **{**known, **fields})


def a_file(kind: str = "document", mime_type: str = "application/pdf") -> OutboundMedia:
    """Return a file to send along."""
    return OutboundMedia(
        attachment_id=UUID(int=6), kind=kind, mime_type=mime_type, file_name="menu.pdf"
    )
