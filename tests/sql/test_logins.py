"""Who a login is, and that nothing it says about itself changes that."""

import psycopg

from tests.fixtures.database import TestDatabase


def test_every_login_is_who_it_is(shared_database: TestDatabase) -> None:
    database = shared_database
    for conninfo, user in (
        (database.owner, database.owner_id),
        (database.admin, database.admin_id),
        (database.agent, database.agent_id),
        (database.stranger, database.stranger_id),
        (database.service, None),
        (database.assistant, None),
        (database.privileged, None),
    ):
        with psycopg.connect(conninfo) as connection:
            assert connection.execute("select app.uid()").fetchone() == (user,)
