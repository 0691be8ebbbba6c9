"""Run background jobs on Procrastinate, and rescue those whose worker died.

Jobs are put into its table by `app.defer_v1` and by nothing else; here they are taken
out. Rescue is a loop of this process and no job itself: a rescue that rides the queue
can stall with it.
"""

import asyncio
from typing import Any
from uuid import UUID

import procrastinate
from procrastinate import PsycopgConnector, RetryStrategy
from procrastinate.jobs import Status
from procrastinate.worker import Worker

from core import logs
from core.clock import Clock
from core.domain.errors import Unavailable
from core.domain.ids import TenantId
from core.jobs.registry import JOBS, Job
from core.kit import Kit
from core.store.pool import cancellable, translated, within_schema

_log = logs.logger(__name__)

SCHEMA = "procrastinate"
_REOPEN_SECONDS = 1.0
_RESCUE_SECONDS = 15.0
_STALLED_SECONDS = 30.0
_FORGET_SECONDS = 6 * 3600.0
_KEPT_HOURS = 7 * 24
_CONCURRENCY = 4
_GRACE_SECONDS = 25.0


async def run(kit: Kit, conninfo: str) -> None:
    """Work off the queue until cancelled; running jobs get 25 s to end.

    Procrastinate gives up when the database goes away, sometimes by raising and sometimes
    by simply returning; we open the queue again until it is back.
    """
    while True:
        try:
            with translated():
                await _work(kit, conninfo)
        except (procrastinate.exceptions.ProcrastinateException, Unavailable) as away:
            _log.info("jobs.waits", why=str(away))
        await asyncio.sleep(_REOPEN_SECONDS)


async def _work(kit: Kit, conninfo: str) -> None:
    """Work until one of the parts ends; a TaskGroup could lose our cancel."""
    app = application(kit, conninfo)
    try:
        with cancellable():
            await app.open_async()
        ends = await _run_parts(kit, app)
    finally:
        await app.close_async()
    for end in ends:
        if isinstance(end, Exception):
            raise end


async def _run_parts(kit: Kit, app: procrastinate.App) -> list[BaseException | None]:
    worker = Worker(
        app,
        concurrency=_CONCURRENCY,
        install_signal_handlers=False,
        shutdown_graceful_timeout=_GRACE_SECONDS,
        fetch_job_polling_interval=kit.settings.timings.poll,
        delete_jobs="never",
    )
    working = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
    others = [
        asyncio.create_task(_rescue(app, kit.clock)),
        asyncio.create_task(_forget(app)),
    ]
    try:
        await asyncio.wait((working, *others), return_when=asyncio.FIRST_COMPLETED)
    finally:
        # Stopped, not cancelled: the worker can lose a cancellation, and takes a second
        # one for leave to abandon what it runs.
        worker.stop()  # type: ignore[no-untyped-call]
        for task in others:
            task.cancel()
        ends = await asyncio.gather(working, *others, return_exceptions=True)
    return ends


def application(kit: Kit, conninfo: str) -> procrastinate.App:
    """Return a Procrastinate app with one task for each row of the registry."""
    connector = PsycopgConnector(
        conninfo=within_schema(conninfo, SCHEMA),
        min_size=1,
        max_size=4,
    )
    app = procrastinate.App(connector=connector)
    for job in JOBS:
        app.task(
            name=job.name.value,
            queue=job.queue,
            retry=RetryStrategy(max_attempts=job.attempts, exponential_wait=4),
        )(_body(kit, job))
    return app


def _body(kit: Kit, job: Job) -> Any:
    async def body(tenant: str, id: str) -> None:
        await job.run(kit, TenantId(UUID(tenant)), UUID(id))

    return body


async def _forget(app: procrastinate.App) -> None:
    """Delete jobs that ended a week ago: a long table makes every fetch slower."""
    while True:
        with cancellable():
            await app.job_manager.delete_old_jobs(
                nb_hours=_KEPT_HOURS, include_failed=True, include_cancelled=True
            )
        await asyncio.sleep(_FORGET_SECONDS)


async def _rescue(app: procrastinate.App, clock: Clock) -> None:
    while True:
        await asyncio.sleep(_RESCUE_SECONDS)
        with cancellable():
            await rescue(app, clock)


async def rescue(app: procrastinate.App, clock: Clock) -> None:
    """Queue again what dead workers held; a job that cannot be retried is failed.

    One bad row must not keep the others from being rescued: Procrastinate raises when a
    sibling with the same queueing lock waits already.
    """
    stalled = await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=_STALLED_SECONDS
    )
    for job in stalled:
        try:
            await app.job_manager.retry_job(job, retry_at=clock.now())
            _log.info("jobs.rescued", job_id=job.id)
        except procrastinate.exceptions.ProcrastinateException:
            _log.warning("jobs.not_rescued", job_id=job.id)
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
