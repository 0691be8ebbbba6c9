"""A Page on a sandbox over real HTTP, and what a session with it takes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.net.client import Http, open_http
from core.platforms.base import ChannelSession
from core.platforms.facebook import Facebook
from core.sandbox.accounts import FacebookAccount, InstagramAccount, SandboxConfig
from core.sandbox.fetching import Fetched
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import Listener

SECRET = "own-app-secret"  # noqa: S105 - opens nothing but these tests
PAGE = FacebookAccount(
    account_id="104777",
    name="Brûlerie",
    access_token="page-token",  # noqa: S106 - as above
)
NEIGHBOUR = InstagramAccount(
    account_id="1784140",
    username="brulerie",
    name="Brûlerie",
    access_token="another-token",  # noqa: S106 - as above
)
ADA = Person(platform=PlatformName.FACEBOOK, id="7700110022", name="Ada Roux", username="")
START = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass
class Watch:
    """The platform's clock, which moves a second with every look."""

    at: datetime = START

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class Patience:
    """Our own clock, on which waiting takes no time but passes it."""

    seconds: float = 0.0

    def now(self) -> datetime:
        raise AssertionError("platforms tell the time")

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A Page, its platform, and what the platform told by webhook."""

    sandbox: Sandbox
    http: Http
    session: ChannelSession
    listener: Listener
    watch: Watch

    async def heard(self) -> list[Incoming]:
        """Return the facts of every webhook so far, in order."""
        await self.sandbox.settle()
        payloads: list[Any] = self.listener.payloads()
        return [fact for payload in payloads for fact in Facebook().read(payload)]

    async def heard_of(self, kind: type[Incoming]) -> list[Any]:
        """Return the facts of one kind."""
        return [fact for fact in await self.heard() if isinstance(fact, kind)]


async def _fetch(url: str) -> Fetched:
    """Hand out a file for any address but a broken one."""
    if "broken" in url:
        return Fetched(status=404, headers={}, content=b"")
    headers = {"content-type": "image/png"}
    return Fetched(status=200, headers=headers, content=b"\x89PNG")


@asynccontextmanager
async def open_page(
    transport: httpx.AsyncBaseTransport | None = None,
) -> AsyncIterator[Stage]:
    """Open a sandbox with a Page and a neighbour, and a session with the Page."""
    listener, watch, patience = Listener(), Watch(), Patience()
    config = SandboxConfig(
        app_secret=SECRET,
        now=watch.now,
        accounts=(NEIGHBOUR, PAGE),
        webhook_base="http://companion.invalid/webhooks",
        redelivery_seconds=(),
        container_polls=2,
        post=listener.post,
        fetch=_fetch,
        sleep=patience.sleep,
    )
    async with (
        open_sandbox(config) as sandbox,
        open_http(
            clock=patience,
            loopback=[sandbox.url],
            transport=transport,
            sleep=patience.sleep,
        ) as http,
    ):
        yield Stage(
            sandbox=sandbox,
            http=http,
            session=ChannelSession(
                account_id=PAGE.account_id,
                base_url=f"{sandbox.url}/v26.0",
                token=Secret(PAGE.access_token),
                http=http,
            ),
            listener=listener,
            watch=watch,
        )
