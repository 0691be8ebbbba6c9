"""How many webhooks a second are taken, each on disk before its 200.

Four ways in the same run, on a private server with fsync on: group commit (ours), a
transaction for each request, no database at all, and pgbench with the same insert, which
has no HTTP to do. The first three are asked by the same client over loopback.
"""

import asyncio
import hashlib
import hmac
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from typing_extensions import override

from core import paths
from core.config.settings import Settings
from core.config.vault import open_vault
from core.store.access import open_access
from core.store.pool import Login
from core.store.postgres_binaries import find_binaries
from core.web.webhooks import SANDBOX_SECRET
from tests.fixtures.homes import passing_home

CLIENTS = (1, 16, 64)
WARM_SECONDS = 0.4
SECONDS = 2.0
BODY_BYTES = 1200
_OK = b"HTTP/1.1 200"
_PGBENCH = """\
insert into webhook_events (id, platform, body, body_sha256)
select gen_random_uuid(), 'whatsapp', convert_to(repeat('x', 1163) || n, 'UTF8'),
       sha256(convert_to(n, 'UTF8'))
from (select gen_random_uuid()::text as n) as fresh;
"""
_TPS = re.compile(r"tps = ([0-9.]+) \(without")


async def run() -> dict[str, Any]:
    """Measure, and compare with what PERFORMANCE asks for."""
    with passing_home() as home:
        settings = Settings(home=home)
        vault = open_vault(settings.secrets_dir, settings.vault_key)
        secret = vault.get_or_create(SANDBOX_SECRET).reveal().encode()
        async with open_access(settings, vault, Login.SERVICE) as entry:
            found = {way: await _asked(home, way, secret) for way in _WAYS}
            found["pgbench"] = {
                str(clients): {"per_second": await _pgbench(entry.conninfo, clients, home)}
                for clients in CLIENTS
            }
    return {**found, "verdict": _verdict(found)}


_WAYS = ("group_commit", "insert_each", "no_database")


def _verdict(found: dict[str, dict[str, dict[str, float]]]) -> dict[str, Any]:
    most = str(CLIENTS[-1])
    ours = found["group_commit"][most]
    of_each = ours["per_second"] / found["insert_each"][most]["per_second"]
    of_ceiling = ours["per_second"] / found["pgbench"][most]["per_second"]
    return {
        "times_insert_each": round(of_each, 2),
        "share_of_pgbench": round(of_ceiling, 2),
        "p99_ms": ours["p99_ms"],
        "goal": "2 times insert_each, 0.45 of pgbench, p99 50 ms, at 64 clients",
    }


async def _asked(home: Path, way: str, secret: bytes) -> dict[str, dict[str, float]]:
    async with _server(home, way) as address:
        return {str(clients): await _load(address, clients, secret) for clients in CLIENTS}


@asynccontextmanager
async def _server(home: Path, way: str) -> AsyncIterator[str]:
    child = _started(home, way)
    with child:
        try:
            assert child.stdout is not None
            line = await asyncio.to_thread(child.stdout.readline)
            yield str(json.loads(line)["url"])
        finally:
            child.kill()


def _started(home: Path, way: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.bench._webhook_server", str(home), way],
        cwd=paths.installation_dir(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


async def _load(address: str, clients: int, secret: bytes) -> dict[str, float]:
    """Return what `clients` callers, each waiting for its answer, get done in a while."""
    where = urlsplit(address)
    assert where.hostname is not None
    assert where.port is not None
    loop = asyncio.get_running_loop()
    bodies = _Bodies(secret)
    callers = []
    for _ in range(clients):
        _, caller = await loop.create_connection(
            lambda: _Caller(bodies), where.hostname, where.port
        )
        callers.append(caller)
    for caller in callers:
        caller.call()
    await asyncio.sleep(WARM_SECONDS)
    for caller in callers:
        caller.took.clear()
    started = perf_counter()
    await asyncio.sleep(SECONDS)
    took = [one for caller in callers for one in caller.took]
    seconds = perf_counter() - started
    for caller in callers:
        caller.hang_up()
    refused = sum(caller.refused for caller in callers)
    assert not refused, f"{refused} deliveries were refused"
    times = quantiles(took, n=100)
    return {
        "per_second": round(len(took) / seconds),
        "p50_ms": round(times[49] * 1000, 1),
        "p99_ms": round(times[98] * 1000, 1),
    }


class _Bodies:
    """Signed deliveries, no two alike, of the size of a real message."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._numbers = count()

    def next(self) -> bytes:
        """Return the bytes of one request."""
        start = b'{"object":"whatsapp_business_account","n":%d,"pad":"' % next(
            self._numbers
        )
        body = start + b"x" * (BODY_BYTES - len(start) - 2) + b'"}'
        signed = hmac.new(self._secret, body, hashlib.sha256).hexdigest().encode()
        return (
            b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: here\r\n"
            b"Content-Type: application/json\r\nX-Hub-Signature-256: sha256=%b\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (signed, len(body), body)
        )


class _Caller(asyncio.Protocol):
    """One connection that calls again as soon as it is answered."""

    def __init__(self, bodies: _Bodies) -> None:
        self._bodies = bodies
        self._line: asyncio.Transport | None = None
        self._called_at = 0.0
        self._heard = b""
        self.took: list[float] = []
        self.refused = 0

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._line = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    @override
    def data_received(self, data: bytes) -> None:
        # The body is a small JSON object: the answer is whole when its brace is here.
        self._heard += data
        if not self._heard.endswith(b"}"):
            return
        self.took.append(perf_counter() - self._called_at)
        self.refused += not self._heard.startswith(_OK)
        self._heard = b""
        self.call()

    def call(self) -> None:
        """Deliver the next body."""
        if self._line is not None:
            self._called_at = perf_counter()
            self._line.write(self._bodies.next())

    def hang_up(self) -> None:
        """End the line."""
        line, self._line = self._line, None
        if line is not None:
            line.close()


async def _pgbench(conninfo: str, clients: int, home: Path) -> float:
    """Return the transactions a second that the same insert reaches without HTTP."""
    script = home / "insert.sql"
    script.write_text(_PGBENCH)
    threads = min(2, clients)
    command = [
        str(find_binaries().bin_dir / "pgbench"),
        "--no-vacuum",
        "--protocol=prepared",
        f"--client={clients}",
        f"--jobs={threads}",
        f"--time={SECONDS:.0f}",
        f"--file={script}",
        make_conninfo(conninfo, password=None),
    ]
    password = str(conninfo_to_dict(conninfo)["password"])
    done = await asyncio.to_thread(
        subprocess.run,
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"PGPASSWORD": password},
    )
    found = _TPS.search(done.stdout)
    assert found is not None, done.stderr
    return round(float(found[1]))
