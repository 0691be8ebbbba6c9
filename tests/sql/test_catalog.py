"""The catalogs keep our rules, and each rule notices when they do not."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import TupleRow

from tests.fixtures.database import TestDatabase
from tests.sql import catalog

PLANTED = {
    "tables are bound by row security": "create table public.forgotten (id uuid)",
    "policies check what they let in": (
        "create policy half on public.labels for update to app_member using (true)"
    ),
    "policies name their role": (
        "create policy everybody on public.labels for select using (true)"
    ),
    "policies ask once per query": (
        "create policy slow on public.labels for select to app_member"
        " using (tenant_id = app.job_tenant())"
    ),
    "definers have no search path": (
        "create function app.loose() returns int language sql security definer"
        " as 'select 1'"
    ),
    "functions are for whom we name": (
        "create function app.open() returns int language sql as 'select 1';"
        " grant execute on function app.open() to public"
    ),
    "logins own nothing and rule nobody": "create role mighty login bypassrls",
    "views show what their reader may see": (
        "create view public.leak as select * from public.labels"
    ),
    "nobody has rights that row security ignores": (
        "grant truncate on public.labels to app_member"
    ),
    "changes are timed by the database": "drop trigger users_touch on public.users",
}


@pytest.fixture
def behind(shared_database: TestDatabase) -> Iterator[Connection[TupleRow]]:
    """The superuser's line; whatever a test plants is undone."""
    with psycopg.connect(shared_database.privileged) as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("rule", catalog.RULES)
def test_the_database_keeps_a_rule(rule: str, behind: Connection[TupleRow]) -> None:
    assert catalog.breaches(behind, catalog.RULES[rule]) == []


@pytest.mark.parametrize("rule", catalog.RULES)
def test_a_planted_breach_is_noticed(rule: str, behind: Connection[TupleRow]) -> None:
    behind.execute(PLANTED[rule].encode())
    assert len(catalog.breaches(behind, catalog.RULES[rule])) == 1


def test_a_login_that_owns_something_is_noticed(behind: Connection[TupleRow]) -> None:
    behind.execute("create role greedy login; create schema authorization greedy")
    found = catalog.breaches(behind, catalog.POWERFUL_LOGINS)
    assert found == ["the login greedy owns greedy"]


def test_every_table_is_in_the_map(behind: Connection[TupleRow]) -> None:
    assert catalog.tables_without_access(behind) == []
    behind.execute("create table public.forgotten (id uuid)")
    assert catalog.tables_without_access(behind) == ["forgotten"]


def test_no_foreign_key_crosses_tenants(behind: Connection[TupleRow]) -> None:
    assert list(catalog.keys_across_tenants(behind)) == []
    behind.execute(
        "alter table public.notes add constraint crossing"
        " foreign key (conversation_id) references public.conversations (id)"
    )
    assert list(catalog.keys_across_tenants(behind)) == ["notes.crossing"]


def test_no_unique_key_crosses_tenants(behind: Connection[TupleRow]) -> None:
    assert list(catalog.uniques_across_tenants(behind)) == []
    behind.execute("create unique index oracle on public.customers (phone_number)")
    assert list(catalog.uniques_across_tenants(behind)) == ["oracle on customers"]
