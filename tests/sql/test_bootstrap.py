"""From a privileged address to an inbox: logins, passwords, and coming back."""

from time import perf_counter

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from core.config.secret import Secret
from core.store.bootstrap import Bootstrapped, bootstrap
from tests.fixtures.database import SQL_DIR, MemoryPasswords, TestDatabase


async def test_a_fresh_database_can_be_entered_by_each_login(empty_database: str) -> None:
    passwords = MemoryPasswords()
    ready = await _bootstrap(empty_database, passwords)
    for login in (ready.service_login, ready.assistant_login, ready.owner_login):
        with _enter(empty_database, login, passwords.get_or_create(login)) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    with _enter(
        empty_database, ready.owner_login, passwords.get_or_create(ready.owner_login)
    ) as owner:
        found = owner.execute("select * from app.tenants('owner')").fetchall()
        assert found == [(ready.tenant,)]
        balance = owner.execute(
            "select credits_remaining, (select sum(amount) from credit_transactions)"
            "  from user_credits"
        ).fetchone()
        assert balance is not None
        assert balance[0] == balance[1] > 0


async def test_coming_back_changes_nothing_and_is_quick(empty_database: str) -> None:
    passwords = MemoryPasswords()
    first = await _bootstrap(empty_database, passwords)
    began = perf_counter()
    again = await _bootstrap(empty_database, passwords)
    assert perf_counter() - began < 1.0
    assert again.migrated.applied == ()
    assert (again.tenant, again.owner_login) == (first.tenant, first.owner_login)


async def test_a_lost_vault_is_replaced_by_new_passwords(empty_database: str) -> None:
    first = await _bootstrap(empty_database, MemoryPasswords())
    passwords = MemoryPasswords()
    again = await _bootstrap(empty_database, passwords)
    assert again.owner_login == first.owner_login
    for login in (again.service_login, again.assistant_login, again.owner_login):
        _enter(empty_database, login, passwords.get_or_create(login)).close()


async def test_two_inboxes_of_a_cluster_have_logins_of_their_own(
    empty_database: str, shared_database: TestDatabase
) -> None:
    passwords = MemoryPasswords()
    ready = await _bootstrap(empty_database, passwords)
    with psycopg.connect(shared_database.privileged) as connection:
        taken = connection.execute("select rolname from app_private.service_login")
        assert ready.service_login not in {name for (name,) in taken.fetchall()}
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        _enter(
            shared_database.privileged,
            ready.service_login,
            passwords.get_or_create(ready.service_login),
        )


async def test_a_login_dropped_and_made_again_is_bound_again(empty_database: str) -> None:
    """As in a restored cluster, where every role has another number."""
    passwords = MemoryPasswords()
    ready = await _bootstrap(empty_database, passwords)
    login = Identifier(ready.owner_login)
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(SQL("drop owned by {}").format(login))
        connection.execute(SQL("drop role {}").format(login))
        connection.execute(SQL("create role {} login").format(login))
    again = await _bootstrap(empty_database, passwords)
    password = passwords.get_or_create(again.owner_login)
    with _enter(empty_database, again.owner_login, password) as owner:
        assert owner.execute("select app.uid()").fetchone() == (ready.tenant,)


async def test_no_password_reaches_the_servers_statements(empty_database: str) -> None:
    passwords = MemoryPasswords()
    ready = await _bootstrap(empty_database, passwords)
    with psycopg.connect(empty_database) as connection:
        stored = connection.execute(
            "select rolpassword from pg_authid where rolname = %s", (ready.owner_login,)
        ).fetchone()
    assert stored is not None
    assert stored[0].startswith("SCRAM-SHA-256$")


async def _bootstrap(privileged: str, passwords: MemoryPasswords) -> Bootstrapped:
    return await bootstrap(
        privileged,
        passwords=passwords,
        owner_email="Olga@Team.example",
        owner_name="Olga Owner",
        sql_dir=SQL_DIR,
    )


def _enter(
    conninfo: str, login: str, password: Secret
) -> psycopg.Connection[psycopg.rows.TupleRow]:
    return psycopg.connect(
        make_conninfo(conninfo, user=login, password=password.reveal(), options="")
    )
