"""The companion's address, as a platform or a stranger knocks at it."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from core.clock import SystemClock
from core.engine import Part
from core.sandbox.signing import SIGNATURE_HEADER, signature
from core.sandbox.webhooks import Payload, whatsapp_message
from core.web.webhooks import SANDBOX_SECRET
from tests.flows.stage import AMAL, NUMBER, Scene, Stage

RECEIVING = Scene(parts=frozenset({Part.WEB, Part.INBOUND}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A client of the companion that knows the secret."""

    http: httpx.AsyncClient
    secret: str

    def signed(self, body: bytes) -> dict[str, str]:
        """Return the headers of a delivery that the platform has signed."""
        return {"content-type": "application/json", **self.signature(body)}

    def signature(self, body: bytes) -> dict[str, str]:
        """Return the header that signs a body."""
        return {SIGNATURE_HEADER: signature(self.secret, body)}

    async def deliver(self, body: bytes, platform: str = "whatsapp") -> httpx.Response:
        """Deliver a body as the platform does."""
        return await self.http.post(
            f"/webhooks/{platform}", content=body, headers=self.signed(body)
        )


@asynccontextmanager
async def open_door(stage: Stage) -> AsyncIterator[Door]:
    """Open a client of the companion's own address."""
    kit, url = stage.companion.kit, stage.companion.web_url
    assert url is not None
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        yield Door(http=http, secret=kit.vault.get_or_create(SANDBOX_SECRET).reveal())


def said(number: int, part: Mapping[str, Any] | None = None) -> Payload:
    """Return the body of Amal's message of that number; `part` replaces its content."""
    content = part or {"type": "text", "text": {"body": f"Message {number}"}}
    return whatsapp_message(
        NUMBER, AMAL, f"wamid.{number}", SystemClock().now(), dict(content)
    )


def body_of(payload: Mapping[str, Any]) -> bytes:
    """Return a payload as bytes."""
    return json.dumps(payload).encode()
