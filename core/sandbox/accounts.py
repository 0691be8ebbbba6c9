"""The business accounts that the sandbox hosts, and how it behaves towards their owner."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from core.domain.channel import PlatformName
from core.sandbox.fetching import Fetch, fetch_over_loopback
from core.sandbox.posting import Post, post_over_loopback

Sleep = Callable[[float], Awaitable[None]]
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppAccount:
    """A business phone number; `account_id` is its phone-number id."""

    account_id: str
    waba_id: str
    display_phone_number: str
    name: str
    access_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstagramAccount:
    """A professional account; `account_id` is what `entry[].id` holds in webhooks."""

    account_id: str
    username: str
    name: str
    access_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacebookAccount:
    """A Page; `account_id` is its id, `access_token` the Page's own token."""

    account_id: str
    name: str
    access_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class XAccount:
    """An account on X; `username` stands after the @."""

    account_id: str
    username: str
    name: str
    access_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedInAccount:
    """An organisation; `account_id` is its URN, `urn:li:organization:<digits>`."""

    account_id: str
    name: str
    access_token: str


Account = WhatsAppAccount | InstagramAccount | FacebookAccount | XAccount | LinkedInAccount


class ReceiptTiming(StrEnum):
    """When receipts leave: Meta's may overtake the answer to the call they belong to."""

    BEFORE_ANSWER = "before-answer"
    AFTER_ANSWER = "after-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPlan:
    """Which webhooks follow an accepted send, in which order, how late and how often.

    An empty sequence silences a platform; any order of WhatsApp's statuses is allowed,
    `failed` included, because the real one promises none.
    """

    whatsapp: tuple[str, ...] = ("sent", "delivered", "read")
    instagram: tuple[str, ...] = ("echo", "read")
    x: tuple[str, ...] = ("sent", "read")
    facebook: tuple[str, ...] = ("echo", "delivery", "read")
    delay_seconds: float = 0.05
    copies: int = 1
    timing: ReceiptTiming = ReceiptTiming.AFTER_ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxConfig:
    """Everything that may differ between a demo, a test and a crash test.

    `webhook_base` is the companion's `/webhooks` address, None while nobody listens.
    `redelivery_seconds` are the pauses before each further attempt at a webhook that was
    not answered 2xx: seconds where Meta takes up to days.
    """

    app_secret: str
    now: Now
    accounts: tuple[Account, ...]
    webhook_base: str | None = None
    port: int = 0
    receipts: ReceiptPlan = field(default_factory=ReceiptPlan)
    redelivery_seconds: tuple[float, ...] = (0.5, 1, 2, 4, 8, 15, 30)
    container_polls: int = 1
    post: Post = post_over_loopback
    fetch: Fetch = fetch_over_loopback
    sleep: Sleep = asyncio.sleep


def read_accounts(channels: Path, access_token: str) -> tuple[Account, ...]:
    """Return the accounts that a `channels.json` describes, all opened by `access_token`.

    The demo's channels and the sandbox are set up from this one file, so that neither can
    drift from the other; the token is made per installation and is not part of it.
    """
    entries = json.loads(channels.read_text("utf-8"))
    return tuple(_account(entry, access_token) for entry in entries)


def _account(entry: dict[str, str], access_token: str) -> Account:
    account_id, name = entry["account_id"], entry["account_name"]
    match PlatformName(entry["platform"]):
        case PlatformName.WHATSAPP:
            return WhatsAppAccount(
                account_id=account_id,
                waba_id=entry["waba_id"],
                display_phone_number=entry["display_phone_number"],
                name=name,
                access_token=access_token,
            )
        case PlatformName.INSTAGRAM:
            return InstagramAccount(
                account_id=account_id,
                username=entry["username"],
                name=name,
                access_token=access_token,
            )
        case PlatformName.FACEBOOK:
            return FacebookAccount(
                account_id=account_id, name=name, access_token=access_token
            )
        case PlatformName.X:
            return XAccount(
                account_id=account_id,
                username=entry["username"],
                name=name,
                access_token=access_token,
            )
        case PlatformName.LINKEDIN:
            return LinkedInAccount(
                account_id=account_id, name=name, access_token=access_token
            )
        case PlatformName.SANDBOX:
            raise ValueError("the sandbox hosts other platforms' accounts, not its own")
