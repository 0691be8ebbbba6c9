"""X as its tests meet it: the sandbox over real HTTP, one account, two customers, a clock."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from typing_extensions import override

from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.net.client import open_http
from core.platforms.base import ChannelSession
from core.platforms.x import X
from core.sandbox.accounts import ReceiptPlan, SandboxConfig, XAccount
from core.sandbox.fetching import Fetched
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import SECRET, Listener, Watch

TOKEN = "own-token"  # noqa: S105 - opens nothing but these tests
US = XAccount(
    account_id="1700000000000000001",
    username="brulerie",
    name="Brûlerie",
    access_token=TOKEN,
)
ANNA = Person(
    platform=PlatformName.X, id="1700000000000000002", name="Anna", username="anna_sorel"
)
TOM = Person(platform=PlatformName.X, id="170003", name="Tom", username="tom_reed")
CALLBACK = "https://inbox.example/webhooks/x"


@dataclass
class Hands(Watch):
    """A clock whose hands the tests and the waiting move."""

    seconds: float = 0.0

    def elapsed(self) -> float:
        return self.seconds

    @override
    def advance(self, step: timedelta) -> None:
        super().advance(step)
        self.seconds += step.total_seconds()

    @override
    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        self.advance(timedelta(seconds=seconds))


@dataclass
class Companion:
    """Answers the challenge as the companion's webhook address does."""

    secret: str = SECRET
    asked: list[str] = field(default_factory=list)

    async def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        query: Mapping[str, str] = dict(parse_qsl(urlsplit(url).query))
        answer = X().handshake(query, "", [self.secret])
        return Fetched(status=answer.status, headers={}, content=answer.body.encode())


@dataclass(kw_only=True)
class Stage:
    sandbox: Sandbox
    session: ChannelSession
    hands: Hands
    listener: Listener
    companion: Companion

    def facts(self) -> list[Incoming]:
        """Return what the companion reads in everything that was delivered, in order."""
        return [
            fact
            for _url, body, _headers in self.listener.bodies
            for fact in X().read(json.loads(body))
        ]


@asynccontextmanager
async def open_stage(receipts: ReceiptPlan | None = None) -> AsyncIterator[Stage]:
    hands, listener, companion = Hands(), Listener(), Companion()
    config = SandboxConfig(
        app_secret=SECRET,
        now=hands.now,
        accounts=(US,),
        webhook_base="http://companion.invalid/webhooks",
        receipts=receipts or ReceiptPlan(delay_seconds=0),
        redelivery_seconds=(),
        post=listener.post,
        fetch=companion.fetch,
        sleep=hands.sleep,
    )
    async with open_sandbox(config) as sandbox:
        for person in (ANNA, TOM):
            sandbox.state.people[person.id] = person
        async with open_http(
            clock=hands, loopback=[sandbox.url], sleep=hands.sleep
        ) as http:
            session = ChannelSession(
                account_id=US.account_id,
                base_url=f"{sandbox.url}/x",
                token=Secret(TOKEN),
                http=http,
            )
            yield Stage(
                sandbox=sandbox,
                session=session,
                hands=hands,
                listener=listener,
                companion=companion,
            )
