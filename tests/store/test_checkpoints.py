"""The pool under the saver: one tenant at a time, and no waiting for the disk."""

from core.store.checkpoints import acting_for, open_checkpoint_pool
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
