"""What is forgotten, and what is not."""

from uuid import uuid4

import psycopg

from core.domain.ids import TenantId
from core.store import checkpoints, retention
from core.store.pool import Login, open_database
from tests.fixtures.database import TestDatabase


async def test_runs_of_last_week_are_forgotten_and_todays_stay(
    fresh_database: TestDatabase,
) -> None:
    old, young = str(uuid4()), str(uuid4())
    with psycopg.connect(fresh_database.privileged, autocommit=True) as connection:
        for thread, age in ((old, "8 days"), (young, "1 hour")):
            connection.execute(
                "insert into assistant_threads (thread_id, tenant_id, created_at) "
                "values (%s, %s, now() - %s::interval)",
                (thread, fresh_database.tenant, age),
            )
            connection.execute(
                "insert into checkpoint_writes "
                "(thread_id, checkpoint_id, task_id, idx, channel, blob) "
                "values (%s, 'c', 't', 0, 'reading', '')",
                (thread,),
            )
    async with (
        open_database(fresh_database.service, login=Login.SERVICE) as database,
        database.claim() as unit,
    ):
        assert await retention.forget_runs(unit, days=7) == 1
    with psycopg.connect(fresh_database.privileged) as connection:
        left = connection.execute("select thread_id from assistant_threads").fetchall()
        writes = connection.execute("select thread_id from checkpoint_writes").fetchall()
    assert (left, writes) == ([(young,)], [(young,)])


async def test_a_member_may_not_have_runs_forgotten(fresh_database: TestDatabase) -> None:
    with psycopg.connect(fresh_database.owner) as connection:
        allowed = connection.execute(
            "select has_function_privilege('app.forget_runs_v1(int)', 'execute')"
        ).fetchone()
    assert allowed == (False,)


async def test_checkpoints_of_another_tenant_stay_out_of_sight(
    fresh_database: TestDatabase,
) -> None:
    thread = str(uuid4())
    with psycopg.connect(fresh_database.privileged, autocommit=True) as connection:
        connection.execute(
            "insert into assistant_threads (thread_id, tenant_id) values (%s, %s)",
            (thread, fresh_database.other_tenant),
        )
        connection.execute(
            "insert into checkpoints (thread_id, checkpoint_id, checkpoint) "
            "values (%s, 'c', '{}')",
            (thread,),
        )
    seen = []
    async with checkpoints.open_checkpoint_pool(fresh_database.service) as pool:
        for tenant in (fresh_database.tenant, fresh_database.other_tenant):
            with checkpoints.acting_for(TenantId(tenant)):
                async with pool.connection() as connection:
                    cursor = await connection.execute("select thread_id from checkpoints")
                    seen.append(len(await cursor.fetchall()))
    assert seen == [0, 1]
