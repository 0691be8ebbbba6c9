from uuid import uuid4

import pytest

from core import queue
from core.domain.errors import Refused
from core.jobs.registry import JOBS
from core.kit import Kit
from core.queue import JobName
from tests.fixtures.inbox import Arrange, KitOf

_WAITING = "select count(*) from procrastinate.procrastinate_jobs"


def test_every_job_that_can_be_put_can_be_run() -> None:
    assert sorted(job.name for job in JOBS) == sorted(JobName)


def test_the_database_puts_each_of_our_jobs_where_the_worker_takes_it(
    arrange: Arrange,
) -> None:
    rows = arrange.line.execute("select job, queue from app_private.deferrable_job")
    allowed = set(rows.fetchall())
    assert {(job.name.value, job.queue) for job in JOBS} <= allowed


async def put_and_fail(kit: Kit, arrange: Arrange) -> None:
    async with kit.unit(arrange.tenant) as unit:
        await queue.put(unit, JobName.INGEST_DOCUMENT, uuid4())
        raise ZeroDivisionError


async def test_a_job_is_put_with_its_tenant_and_id_alone(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, of = await kit_of("owner"), uuid4()
    async with kit.mine() as unit:
        await queue.put(unit, JobName.INGEST_DOCUMENT, of)
    args = arrange.value("select args from procrastinate.procrastinate_jobs")
    assert args == {"tenant": str(arrange.tenant), "id": str(of)}


async def test_a_job_of_a_transaction_that_fails_never_was(
    kit_of: KitOf, arrange: Arrange
) -> None:
    with pytest.raises(ZeroDivisionError):
        await put_and_fail(await kit_of("owner"), arrange)
    assert arrange.value(_WAITING) == 0


async def test_a_member_cannot_put_a_job_of_the_companion(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    with pytest.raises(Refused):
        async with kit.mine() as unit:
            await queue.put(unit, JobName.FETCH_MEDIA, uuid4())
    assert arrange.value(_WAITING) == 0


async def test_nobody_writes_to_the_queue_past_its_door(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    with pytest.raises(Refused):
        async with kit.mine() as unit:
            await unit.execute(
                "insert into procrastinate.procrastinate_jobs (queue_name, task_name, args)"
                " values ('media', 'fetch_media', '{}')"
            )
    assert arrange.value(_WAITING) == 0
