"""What the sandbox's tests share: accounts, a companion that only listens, a clock."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from core.sandbox.accounts import InstagramAccount, ReceiptPlan, WhatsAppAccount
from core.sandbox.sandbox import Sandbox

SECRET = "own-app-secret"  # noqa: S105 - opens nothing but these tests
TOKEN = "own-token"  # noqa: S105 - opens nothing but these tests
NUMBER = WhatsAppAccount(
    account_id="1065403",
    waba_id="1022901",
    display_phone_number="33639980042",
    name="Brûlerie",
    access_token=TOKEN,
)
PAGE = InstagramAccount(
    account_id="1784140", username="brulerie", name="Brûlerie", access_token=TOKEN
)


@dataclass
class Listener:
    """Takes webhooks as the companion would; `refusals` answers come first."""

    bodies: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    refusals: list[int | OSError] = field(default_factory=list)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        if self.refusals:
            answer = self.refusals.pop(0)
            if isinstance(answer, OSError):
                raise answer
            return answer
        self.bodies.append((url, body, headers))
        return 200

    def payloads(self) -> list[dict[str, object]]:
        return [json.loads(body) for _url, body, _headers in self.bodies]


@dataclass
class Watch:
    """A clock that is set by hand, and a sleep that takes no time but is written down."""

    at: datetime = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def advance(self, step: timedelta) -> None:
        self.at += step

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


OpenSandbox = Callable[[ReceiptPlan], AbstractAsyncContextManager[Sandbox]]


def client_of(sandbox: Sandbox) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"{sandbox.url}/v26.0",
        headers={"Authorization": f"Bearer {TOKEN}"},
        trust_env=False,
    )


def text_to(
    recipient: str, body: str = "Bonjour", opaque: str = "item-1"
) -> dict[str, object]:
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": recipient,
        "type": "text",
        "text": {"body": body},
        "biz_opaque_callback_data": opaque,
    }
