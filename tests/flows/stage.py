"""The journey's stage: a companion, a member's engine and the sandbox, really connected.

Everything between them is real: PostgreSQL, HTTP, signatures, NOTIFY. Only the assistant
may be scripted. Tests wait for notices: what was never announced never arrives.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import psycopg

from core.actions import connect
from core.actions.connect import Account
from core.clock import SystemClock
from core.config.secret import Secret
from core.config.settings import Settings, Timings
from core.config.vault import open_vault
from core.domain.channel import AssistantMode, PlatformName
from core.domain.ids import ChannelId, ConversationId
from core.domain.message import Message
from core.engine import Engine, Overrides, Part, open_engine
from core.kit import Kit
from core.notices import NoticeKind, Subscription
from core.queries import conversation as conversation_queries
from core.queries import inbox
from core.queries.conversation import ConversationDetail
from core.queries.inbox import InboxRow
from core.sandbox.accounts import (
    FacebookAccount,
    InstagramAccount,
    ReceiptPlan,
    SandboxConfig,
    WhatsAppAccount,
)
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person
from core.store.pool import Login
from core.web.webhooks import SANDBOX_SECRET
from tests.crash.waiting import eventually
from tests.doubles.scripted_assistant import NoEmbedder, ScriptedAssistant
from tests.fixtures.database import TestDatabase

T = TypeVar("T")

PATIENCE = 15.0
TOKEN = Secret("own-token")
NUMBER = WhatsAppAccount(
    account_id="1065403",
    waba_id="1022901",
    display_phone_number="33639980042",
    name="Brûlerie",
    access_token=TOKEN.reveal(),
)
PAGE = InstagramAccount(
    account_id="1784140",
    username="brulerie",
    name="Brûlerie",
    access_token=TOKEN.reveal(),
)
WALL = FacebookAccount(account_id="104777", name="Brûlerie", access_token=TOKEN.reveal())
AMAL = Person(platform=PlatformName.WHATSAPP, id="33600000001", name="Amal", username="")
BEA = Person(platform=PlatformName.WHATSAPP, id="33600000002", name="Béa", username="")
INES = Person(platform=PlatformName.INSTAGRAM, id="9900001", name="Inès", username="ines.b")
QUIET = ReceiptPlan(whatsapp=(), instagram=(), facebook=())
"""A platform that says nothing after having accepted."""
TIMINGS = Timings(
    burst_pause=0.15,
    burst_cap=2.0,
    poll=0.5,
    lease=20.0,
    sending_margin=5.0,
    sweep=0.2,
    unknown_after=60.0,
    unknown_after_fast=60.0,
)
LISTENING = frozenset({Part.WEB, Part.INBOUND, Part.OUTBOX})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a test wants other than usual."""

    parts: frozenset[Part] = LISTENING
    mode: AssistantMode = AssistantMode.OFF
    receipts: ReceiptPlan = QUIET
    timings: Timings = TIMINGS
    assistant: ScriptedAssistant = field(default_factory=ScriptedAssistant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everybody on the stage, and how to wait for them."""

    sandbox: Sandbox
    companion: Engine
    member: Engine
    assistant: ScriptedAssistant
    database: TestDatabase
    channels: Mapping[PlatformName, ChannelId]
    news: Subscription
    heard: list[NoticeKind]

    @property
    def kit(self) -> Kit:
        """Return the member's kit: what a desktop asks with."""
        return self.member.kit

    async def until(self, check: Callable[[], Awaitable[T | None]]) -> T:
        """Return what `check` finds, asking again after every notice the member hears."""
        async with asyncio.timeout(PATIENCE):
            while not (found := await check()):
                self.heard.append((await self.news.next()).kind)
        return found

    async def conversation_of(self, person: Person) -> InboxRow:
        """Return the line of a customer's conversation, once there is one."""

        async def look() -> InboxRow | None:
            page = await inbox.page(self.kit)
            return next(
                (row for row in page.rows if row.customer_name in (person.name, person.id)),
                None,
            )

        return await self.until(look)

    async def row(self, conversation: ConversationId) -> InboxRow:
        """Return the line of a conversation as it stands now."""
        found = await inbox.row(self.kit, conversation)
        assert found is not None
        return found

    async def detail(self, conversation: ConversationId) -> ConversationDetail:
        """Return what stands around a conversation now."""
        return await conversation_queries.detail(self.kit, conversation)

    async def thread(self, conversation: ConversationId) -> tuple[Message, ...]:
        """Return the messages of a conversation as they stand now."""
        return (await conversation_queries.thread(self.kit, conversation)).messages

    async def message_when(
        self, conversation: ConversationId, fits: Callable[[Message], bool]
    ) -> Message:
        """Return the first message that fits, once one does."""

        async def look() -> Message | None:
            return next((one for one in await self.thread(conversation) if fits(one)), None)

        return await self.until(look)

    async def post(self, platform: PlatformName, payload: Mapping[str, object]) -> None:
        """Deliver a webhook of the test's own making."""
        delivery = await self.sandbox.world.courier.deliver(platform, payload)
        assert delivery.arrived

    async def processed(self) -> None:
        """Return once every body received so far has been processed; nobody announces that."""
        query = "select count(*) from webhook_events where state = 'pending'"
        await eventually(lambda: self._is_zero(query), pause=0.02)

    async def _is_zero(self, query: str) -> bool:
        return await self.count(query) == 0

    async def count(self, query: str) -> int:
        """Return a number that only whoever looks behind the policies sees."""
        async with await psycopg.AsyncConnection.connect(
            self.database.privileged, autocommit=True
        ) as connection:
            row = await (await connection.execute(query)).fetchone()
        assert row is not None
        return int(row[0])

    async def arrange(self, statement: str) -> None:
        """Change the database behind everybody's back."""
        async with await psycopg.AsyncConnection.connect(
            self.database.privileged, autocommit=True
        ) as connection:
            await connection.execute(statement)


_SWEEP = (
    "delete from social_accounts",  # and with them customers, conversations, the outbox
    "delete from webhook_events",
    "delete from ai_decisions",
    "update ai_rules set ai_control_enabled = true",
)


def sweep(database: TestDatabase) -> None:
    """Leave nothing of the test before."""
    with psycopg.connect(database.privileged) as connection:
        for broom in _SWEEP:
            connection.execute(broom)


@asynccontextmanager
async def open_stage(
    database: TestDatabase, home: Path, scene: Scene
) -> AsyncIterator[Stage]:
    """Open the stage and connect both channels, as their owner does."""
    own = Settings(
        home=home,
        port=0,
        vault_key=Secret("a passphrase of tests"),
        timings=scene.timings,
    )
    vault = open_vault(own.secrets_dir, own.vault_key)
    config = SandboxConfig(
        app_secret=vault.get_or_create(SANDBOX_SECRET).reveal(),
        now=SystemClock().now,
        accounts=(NUMBER, PAGE, WALL),
        receipts=scene.receipts,
        redelivery_seconds=(0.1, 0.3, 1.0),
    )
    async with (
        open_sandbox(config) as sandbox,
        open_engine(
            replace(own, database_url=Secret(database.service)),
            scene.parts,
            overrides=Overrides(
                assistant=scene.assistant,
                embedder=NoEmbedder(),
                loopback=(sandbox.url,),
            ),
        ) as companion,
        open_engine(
            replace(own, database_url=Secret(database.owner)),
            frozenset({Part.RELAY}),
            login=Login.MEMBER,
        ) as member,
    ):
        if companion.web_url is not None:
            sandbox.listen_at(f"{companion.web_url}/webhooks")
        with member.kit.notices.subscribed() as news:
            await news.next()  # the line stands: from here on nothing is missed
            yield Stage(
                sandbox=sandbox,
                companion=companion,
                member=member,
                assistant=scene.assistant,
                database=database,
                channels=await _connect(member.kit, sandbox, scene.mode),
                news=news,
                heard=[],
            )


async def _connect(
    kit: Kit, sandbox: Sandbox, mode: AssistantMode
) -> dict[PlatformName, ChannelId]:
    return {
        platform: await connect.channel(kit, account_at(sandbox, platform, mode))
        for platform in (PlatformName.WHATSAPP, PlatformName.INSTAGRAM)
    }


def account_at(sandbox: Sandbox, platform: PlatformName, mode: AssistantMode) -> Account:
    """Return the account on the sandbox to connect a channel to."""
    own = NUMBER if platform is PlatformName.WHATSAPP else PAGE
    return Account(
        platform=platform,
        account_id=own.account_id,
        name=own.name,
        token=TOKEN,
        mode=mode,
        metadata={"base_url": sandbox.url},
    )
