"""The pool under the saver: one tenant at a time, and no waiting for the disk."""

from core.store.checkpoints import acting_for, open_checkpoint_pool
from core.store.pool import NO_TENANT
from tests.fixtures.database import TestDatabase


async def test_checkpoints_do_not_wait_for_the_disk_and_keep_to_their_tenant(
    fresh_database: TestDatabase,
) -> None:
    async with open_checkpoint_pool(fresh_database.service) as pool:
        for tenant in (fresh_database.tenant, fresh_database.other_tenant):
            with acting_for(tenant):
                async with pool.connection() as connection:
                    found = await connection.execute(
                        "select current_setting('synchronous_commit') as waits,"
                        " current_setting('app.tenant') as tenant"
                    )
                    assert await found.fetchone() == {"waits": "off", "tenant": str(tenant)}


async def test_a_run_of_no_tenant_gets_nothing_of_the_one_before(
    fresh_database: TestDatabase,
) -> None:
    async with open_checkpoint_pool(fresh_database.service) as pool:
        with acting_for(fresh_database.tenant):
            async with pool.connection() as connection:
                before = connection.info.backend_pid
        async with pool.connection() as connection:
            found = await connection.execute(
                "select current_setting('app.tenant') as tenant"
            )
            assert connection.info.backend_pid == before
            assert await found.fetchone() == {"tenant": str(NO_TENANT)}
