import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import procrastinate
import pytest
from procrastinate.worker import Worker

from core import queue
from core.actions import teach
from core.clock import SystemClock
from core.config.settings import Timings
from core.domain.ids import TenantId
from core.domain.knowledge import DocumentStatus
from core.jobs import worker
from core.jobs.registry import Job
from core.kit import Kit
from core.llm.base import Embedder
from core.notices import Subscription
from core.queries import knowledge
from core.queue import JobName
from core.store import wire
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange, KitOf

PATIENCE = 30.0
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_END = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and query like '%procrastinate%' and pid <> pg_backend_pid()
"""


@asynccontextmanager
async def working(kit: Kit, database: TestDatabase) -> AsyncIterator[None]:
    quick = replace(kit, settings=replace(kit.settings, timings=Timings(poll=0.2)))
    task = asyncio.create_task(worker.run(quick, database.service))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def hearing(kit: Kit) -> AsyncIterator[Subscription]:
    """Hear the notices of a member's inbox, the first one being to look."""
    relay = asyncio.create_task(wire.relay(kit.database, kit.member.tenant, kit.notices))
    try:
        async with asyncio.timeout(PATIENCE):
            with kit.notices.subscribed() as notices:
                await notices.next()
                yield notices
    finally:
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)


class Bench:
    """Stands in for the work of a job, and tells when it was asked to do it."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[UUID] = asyncio.Queue()

    async def run(self, _kit: Kit, _tenant: TenantId, of: UUID) -> None:
        self.asked.put_nowait(of)

    async def next(self) -> UUID:
        async with asyncio.timeout(PATIENCE):
            return await self.asked.get()


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Have documents be ingested by a bench."""
    stand_in = Bench()
    job = Job(name=JobName.INGEST_DOCUMENT, queue="knowledge", attempts=3, run=stand_in.run)
    monkeypatch.setattr(worker, "JOBS", (job,))
    return stand_in


async def put(kit: Kit, of: UUID) -> None:
    async with kit.mine() as unit:
        await queue.put(unit, JobName.INGEST_DOCUMENT, of)


async def test_a_document_that_was_added_is_indexed_by_the_worker(
    kit_of: KitOf, fresh_database: TestDatabase, embedder: Embedder
) -> None:
    member = replace(await kit_of("owner"), embedder=embedder)
    added = await teach.add_document(member, "hours.md", b"# Hours\n\nWe open at nine.")
    companion = replace(await kit_of("service"), embedder=embedder)
    async with working(companion, fresh_database), hearing(member) as notices:
        while (await knowledge.document(member, added)).document.status is (
            DocumentStatus.PROCESSING
        ):
            await notices.next()
    (hit, *_) = await knowledge.search(member, "When do you open?")
    assert "We open at nine." in hit.quote


async def test_a_job_runs_once_its_transaction_has_committed(
    kit_of: KitOf, fresh_database: TestDatabase, bench: Bench
) -> None:
    member, of = await kit_of("owner"), UUID(int=7)
    async with working(await kit_of("service"), fresh_database):
        await put(member, of)
        assert await bench.next() == of
    assert bench.asked.empty()


async def test_the_worker_outlives_its_connections(
    kit_of: KitOf,
    fresh_database: TestDatabase,
    arrange: Arrange,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(worker, "_REOPEN_SECONDS", 0.05)
    for chatty in ("procrastinate", "psycopg.pool"):
        caplog.set_level(logging.CRITICAL, chatty)
    member = await kit_of("owner")
    async with working(await kit_of("service"), fresh_database):
        await put(member, UUID(int=1))
        assert await bench.next() == UUID(int=1)
        arrange.line.execute(_END.encode())
        await put(member, UUID(int=2))
        assert await bench.next() == UUID(int=2)


@pytest.mark.parametrize("ends", ["returns", "raises"])
async def test_a_worker_that_gives_up_is_started_again(
    kit_of: KitOf,
    fresh_database: TestDatabase,
    monkeypatch: pytest.MonkeyPatch,
    ends: str,
) -> None:
    monkeypatch.setattr(worker, "_REOPEN_SECONDS", 0.0)
    begun: asyncio.Queue[None] = asyncio.Queue()

    async def gives_up(*_: object, **__: object) -> None:
        begun.put_nowait(None)
        if ends == "raises":
            raise procrastinate.exceptions.ConnectorException

    monkeypatch.setattr(Worker, "run", gives_up)
    async with working(await kit_of("service"), fresh_database):
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):
                await begun.get()


async def test_a_worker_can_be_stopped_at_any_moment_of_its_start(
    kit_of: KitOf, fresh_database: TestDatabase
) -> None:
    kit = await kit_of("service")
    for steps in range(0, 120, 4):
        task = asyncio.create_task(worker.run(kit, fresh_database.service))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait((task,))
        assert task.cancelled()


async def test_what_a_dead_worker_held_is_queued_again(
    kit_of: KitOf, fresh_database: TestDatabase, arrange: Arrange, bench: Bench
) -> None:
    member, companion, of = await kit_of("owner"), await kit_of("service"), UUID(int=9)
    await put(member, of)
    arrange.run(
        "with w as (insert into procrastinate.procrastinate_workers (last_heartbeat)"
        " values (%(past)s) returning id) update procrastinate.procrastinate_jobs"
        " set status = 'doing', worker_id = (select id from w)",
        past=LONG_AGO,
    )
    app = worker.application(companion, fresh_database.service)
    async with app.open_async():
        await worker.rescue(app, SystemClock())
    assert arrange.value("select status from procrastinate.procrastinate_jobs") == "todo"
    async with working(companion, fresh_database):
        assert await bench.next() == of
