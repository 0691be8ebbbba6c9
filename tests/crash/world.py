"""What a crash run takes place in: the platform and a member.

The platform is a process of its own, so that its record survives whatever befalls ours.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
from psycopg.rows import class_row

from core.actions import connect
from core.actions.connect import Account
from core.clock import SystemClock
from core.config.secret import Secret
from core.config.settings import Settings
from core.config.vault import open_vault
from core.domain.channel import AssistantMode, PlatformName
from core.domain.ids import ConversationId
from core.domain.outbox import OutboxState
from core.engine import open_engine
from core.kit import Kit
from core.queries import inbox
from core.sandbox.accounts import WhatsAppAccount, read_accounts
from core.store.pool import Login
from core.web.webhooks import SANDBOX_SECRET
from tests.crash.checker import Item, Taken
from tests.crash.processes import CHECKOUT, Child
from tests.crash.waiting import eventually
from tests.crash.worker import Orders
from tests.fixtures.database import TestDatabase

PASSPHRASE = "a passphrase of crash tests"  # noqa: S105 - opens nothing but these tests
TOKEN = Secret("own-token")
CHANNELS = CHECKOUT / "resources" / "demo" / "channels.json"
LEASE = 4.0
TIMINGS = {
    "poll": 0.2,
    "lease": LEASE,
    "sending_margin": 2.0,
    "sweep": 0.5,
    "unknown_after": LEASE,
    "unknown_after_fast": LEASE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everybody a run needs besides the processes that send."""

    home: Path
    database: TestDatabase
    kit: Kit
    sandbox_url: str
    http: httpx.AsyncClient

    def child(self, name: str, parts: tuple[str, ...], **more: Any) -> Child:
        """Start a process of ours with these parts."""
        orders = Orders(
            database_url=self.database.service,
            home=str(self.home),
            vault_key=PASSPHRASE,
            sandbox_url=self.sandbox_url,
            parts=parts,
            timings=TIMINGS,
            **more,
        )
        arguments = ["-m", "tests.crash.worker", json.dumps(asdict(orders))]
        return Child(arguments, self.home / f"{name}.log")

    async def listen_at(self, address: str) -> None:
        """Have the platform deliver its webhooks to a companion."""
        await self.http.post("/_sandbox/webhooks", json={"base": f"{address}/webhooks"})

    async def add_fault(self, **rule: object) -> None:
        """Have the platform spoil some calls."""
        answer = await self.http.post("/_sandbox/faults", json=rule)
        assert answer.status_code == httpx.codes.CREATED, answer.text

    async def clear_faults(self) -> None:
        """Let all calls go well again."""
        await self.http.delete("/_sandbox/faults")

    async def write(self, customer: int, text: str) -> str:
        """Write as a customer; return the platform's id once the companion has taken it."""
        order = {
            "platform": "whatsapp",
            "from": f"336{customer:08d}",
            "name": f"Customer {customer}",
            "text": text,
        }
        answer = await self.http.post("/_sandbox/write", json=order, timeout=120)
        written = answer.json()
        assert written["statuses"][-1] == httpx.codes.OK, written
        return str(written["message_id"])

    async def conversations(self, wanted: int) -> list[ConversationId]:
        """Return the conversations, once there are as many as wanted."""

        async def all_there() -> list[ConversationId] | None:
            page = await inbox.page(self.kit, limit=wanted)
            return [row.id for row in page.rows] if len(page.rows) == wanted else None

        return await eventually(all_there)

    async def conversation_of(self, customer: int) -> ConversationId:
        """Return a customer's conversation, once there is one."""

        async def there() -> ConversationId | None:
            page = await inbox.page(self.kit, search=f"Customer {customer}")
            return next(
                (
                    row.id
                    for row in page.rows
                    if row.customer_name == f"Customer {customer}"
                ),
                None,
            )

        return await eventually(there)

    async def taken(self) -> list[Taken]:
        """Return what the platform took of our items."""
        sends = (await self.http.get("/_sandbox/sends")).json()
        return [
            Taken(order=send["order"], item=UUID(send["opaque_id"]))
            for send in sends
            if send["opaque_id"]
        ]

    async def items(self) -> list[Item]:
        """Return the rows of the outbox."""
        async with await psycopg.AsyncConnection.connect(
            self.database.privileged, autocommit=True, row_factory=class_row(_Row)
        ) as connection:
            rows = await (await connection.execute(_ITEMS)).fetchall()
        return [Item(**{**asdict(row), "state": OutboxState(row.state)}) for row in rows]

    async def sql(self, query: str, params: Mapping[str, object] | None = None) -> int:
        """Return a number that only whoever looks behind the policies sees."""
        async with await psycopg.AsyncConnection.connect(
            self.database.privileged, autocommit=True
        ) as connection:
            row = await (await connection.execute(query, params)).fetchone()
        return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: UUID
    message_id: UUID
    conversation_id: UUID
    seq: int
    state: str
    reason: str | None


_ITEMS = """
select id, message_id, conversation_id, seq, state, error_title as reason from outbox_items
"""


@asynccontextmanager
async def open_world(database: TestDatabase, home: Path) -> AsyncIterator[World]:
    """Open the platform, and a member who has connected a channel; nobody listens yet."""
    settings = Settings(
        home=home, database_url=Secret(database.owner), vault_key=Secret(PASSPHRASE)
    )
    vault = open_vault(settings.secrets_dir, settings.vault_key)
    platform = open_platform(home, vault.get_or_create(SANDBOX_SECRET))
    try:
        sandbox_url = str((await platform.said())["url"])
        async with (
            httpx.AsyncClient(base_url=sandbox_url, timeout=30) as http,
            open_engine(settings, login=Login.MEMBER) as member,
        ):
            await connect_channel(member.kit, sandbox_url)
            yield World(
                home=home,
                database=database,
                kit=member.kit,
                sandbox_url=sandbox_url,
                http=http,
            )
    finally:
        platform.kill()


def open_platform(home: Path, secret: Secret) -> Child:
    """Start the platform as a process of its own."""
    return Child(
        [
            "-m",
            "core.sandbox",
            f"--secret={secret.reveal()}",
            f"--token={TOKEN.reveal()}",
            f"--channels={CHANNELS}",
            "--whatsapp-receipts=sent,delivered",
        ],
        home / "platform.log",
    )


async def connect_channel(kit: Kit, sandbox_url: str) -> None:
    """Connect the platform's number, as the owner does; the assistant keeps out."""
    [number] = [
        account
        for account in read_accounts(CHANNELS, TOKEN.reveal())
        if isinstance(account, WhatsAppAccount)
    ]
    account = Account(
        platform=PlatformName.WHATSAPP,
        account_id=number.account_id,
        name=number.name,
        token=TOKEN,
        mode=AssistantMode.OFF,
        metadata={"base_url": sandbox_url},
    )
    await connect.channel(kit, account)


def seconds() -> float:
    """Return the time on a clock that never jumps."""
    return SystemClock().elapsed()
