"""Ten minutes of 300 webhooks a second, while PostgreSQL and the companion are killed.

Whatever was answered 200 must be in the database afterwards: applied, or put aside for a
person with its reason, and each message exactly once. The pace is kept by the clock; what
was not taken comes again, as the platforms do it. `SECONDS` and `RATE` shorten a trial.
"""

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from core.config.settings import Settings
from core.config.vault import open_vault
from core.engine import open_engine
from core.store.embedded import EmbeddedServer, open_embedded
from core.store.pool import Login
from core.web.webhooks import SANDBOX_SECRET
from tests.bench._flood_load import Ledger, Load, parcels
from tests.crash.processes import Child
from tests.fixtures.homes import passing_home
from tests.fixtures.inbox import Arrange

SECONDS = 600.0
RATE = 300.0
KILL_COMPANION_EVERY = 75.0
KILL_POSTGRES_EVERY = 110.0
DRAIN_SECONDS = 300.0
NUMBER, PAGE = "1065403", "1784140"
_BACK = 10.0


async def run() -> dict[str, Any]:
    """Flood, kill, drain, and count."""
    seconds = float(os.environ.get("SECONDS", SECONDS))  # noqa: TID251 - a bench's own size
    rate = float(os.environ.get("RATE", RATE))  # noqa: TID251 - a bench's own size
    async with _ground() as ground:
        load = Load(ground.port, ground.secret, parcels(NUMBER, PAGE))
        nemesis = asyncio.create_task(ground.rage())
        try:
            ledger = await load.run(rate=rate, seconds=seconds)
        finally:
            nemesis.cancel()
            await asyncio.gather(nemesis, return_exceptions=True)
        ground.watch()
        drained = await _drained(ground)
        figures = _account(ground, ledger)
    return {
        "seconds": seconds,
        "asked_per_second": rate,
        **figures,
        "drained_after_seconds": round(drained, 1),
        "companion_killed": ground.companion_kills,
        "postgres_killed": ground.postgres_kills,
        "goal": "nothing taken is missing or double; p50 50 ms, p99 500 ms between kills",
    }


@dataclass(slots=True, kw_only=True)
class Ground:
    """A private home with its server and its companion, both of which may be killed."""

    home: Path
    port: int
    secret: bytes
    server: EmbeddedServer
    companion: Child | None = None
    companion_kills: int = 0
    postgres_kills: int = 0
    troubles: list[tuple[float, float]] = field(default_factory=list)

    def watch(self) -> None:
        """Start the companion where none lives."""
        if self.companion is None or self.companion.look() != "running":
            self.companion = Child(
                ["-m", "core", "serve", "--loops", "inbound", "--exit-with-stdin"],
                self.home / "companion.log",
                {
                    **os.environ,  # noqa: TID251 - a child lives where its parent does
                    "SOCIALSYNC_HOME": str(self.home),
                    "SOCIALSYNC_PORT": str(self.port),
                },
            )

    async def rage(self) -> None:
        """Kill the one and the other at their times, and put the companion back."""
        started = perf_counter()
        next_companion = started + KILL_COMPANION_EVERY
        next_postgres = started + KILL_POSTGRES_EVERY
        while True:
            now = perf_counter()
            self.watch()
            if now > next_companion and self.companion is not None:
                self.companion.kill()
                self.companion_kills += 1
                self.troubles.append((now, now + _BACK))
                next_companion = now + KILL_COMPANION_EVERY
            if now > next_postgres:
                pid = int((self.server.data_dir / "postmaster.pid").read_text().split()[0])
                os.kill(pid, signal.SIGKILL)
                self.postgres_kills += 1
                self.troubles.append((now, now + _BACK))
                next_postgres = now + KILL_POSTGRES_EVERY
            await asyncio.sleep(0.25)

    def line(self) -> psycopg.Connection[Any]:
        """Open a connection behind all policies."""
        conninfo = make_conninfo(
            self.server.conninfo(user=self.server.superuser, password=self.server.password),
            options="-c search_path=public,extensions",
        )
        return psycopg.connect(conninfo, autocommit=True)


@asynccontextmanager
async def _ground() -> AsyncIterator[Ground]:
    with passing_home() as home:
        settings = Settings(home=home)
        vault = open_vault(settings.secrets_dir, settings.vault_key)
        secret = vault.get_or_create(SANDBOX_SECRET).reveal().encode()
        async with open_embedded(home) as server:
            async with open_engine(settings, login=Login.MEMBER) as member:
                tenant = member.kit.member.tenant
            ground = Ground(home=home, port=_free_port(), secret=secret, server=server)
            with ground.line() as line:
                arrange = Arrange(line=line, tenant=tenant)
                for platform, account in (("whatsapp", NUMBER), ("instagram", PAGE)):
                    arrange.run(
                        "insert into social_accounts (user_id, platform, account_id,"
                        " account_name, assistant_mode) values (%(tenant)s, %(platform)s,"
                        " %(account)s, 'Shop', 'off')",
                        platform=platform,
                        account=account,
                    )
            ground.watch()
            await _listening(ground.port)
            try:
                yield ground
            finally:
                if ground.companion is not None:
                    ground.companion.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _listening(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


async def _drained(ground: Ground) -> float:
    """Wait until nothing received is unprocessed; returns how long that took."""
    started = perf_counter()
    while perf_counter() - started < DRAIN_SECONDS:
        with ground.line() as line:
            row = line.execute(
                "select count(*) from webhook_events where state = 'pending'"
            ).fetchone()
        if row == (0,):
            break
        await asyncio.sleep(1.0)
    return perf_counter() - started


def _account(ground: Ground, ledger: Ledger) -> dict[str, Any]:
    """Compare what was taken with what is there."""
    with ground.line() as line:
        rows = line.execute("select body_sha256, state from webhook_events").fetchall()
        kept = {bytes(digest): state for digest, state in rows}
        said = Counter(
            row[0]
            for row in line.execute(
                "select platform_message_id from conversation_messages"
            ).fetchall()
        )
    unread = {digest for digest, message in ledger.taken.items() if message is None}
    messages = [message for message in ledger.taken.values() if message is not None]
    times = sorted(ledger.seconds)
    hundredths = quantiles(times, n=100)
    return {
        "taken": len(ledger.taken),
        "taken_and_missing": sum(digest not in kept for digest in ledger.taken),
        "taken_and_unprocessed": sum(
            kept.get(digest) not in ("done", "parked") for digest in ledger.taken
        ),
        "unreadable_and_parked": sum(kept.get(digest) == "parked" for digest in unread),
        "unreadable": len(unread),
        "messages": len(messages),
        "messages_missing": sum(said[message] == 0 for message in messages),
        "messages_doubled": sum(said[message] > 1 for message in messages),
        "not_taken_and_tried_again": ledger.retries,
        "answers": {str(code): n for code, n in sorted(ledger.statuses.items())},
        "from_due_to_taken_ms": {
            "p50": round(hundredths[49] * 1000, 1),
            "p99": round(hundredths[98] * 1000, 1),
            "longest": round(times[-1] * 1000, 1),
        },
    }
