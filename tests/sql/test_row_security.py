"""Every cell of `core.store.tenancy`: principal, table, operation, own or other tenant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import Connection, errors
from psycopg.rows import TupleRow, scalar_row
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal
from psycopg.types.json import Jsonb

from core.store.tenancy import CHECKPOINT_TABLES, TABLES, Access, Scope
from tests.fixtures.database import TestDatabase
from tests.sql.populate import populate, populate_shared

OPERATIONS = "SIUD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A login: at home with some rights, or a machine that names the tenant it works for."""

    login: str
    home: str | None = None
    rights: str | None = None
    user: str | None = None
    works_for: str | None = None


PRINCIPALS = {
    "agent": Principal(login="agent", home="tenant", rights="agent", user="agent_id"),
    "admin": Principal(login="admin", home="tenant", rights="admin", user="admin_id"),
    "owner": Principal(login="owner", home="tenant", rights="owner", user="owner_id"),
    "revoked member": Principal(login="revoked"),
    "other tenant's owner": Principal(
        login="stranger", home="other_tenant", rights="owner"
    ),
    "person who names our tenant": Principal(
        login="stranger", home="other_tenant", rights="owner", works_for="tenant"
    ),
    "service": Principal(login="service", works_for="tenant"),
    "service without tenant": Principal(login="service"),
    "service of another tenant": Principal(login="service", works_for="other_tenant"),
    "assistant": Principal(login="assistant", works_for="tenant"),
    "assistant without tenant": Principal(login="assistant"),
}


@pytest.fixture(scope="module")
def populated(shared_database: TestDatabase) -> Iterator[Connection[TupleRow]]:
    """The superuser's line to a database with a row of each table for both tenants."""
    with psycopg.connect(shared_database.privileged) as connection:
        populate_shared(connection)
        populate(connection, shared_database.tenant, shared_database.owner_id)
        populate(connection, shared_database.other_tenant, shared_database.stranger_id)
        yield connection


@pytest.mark.parametrize("name", PRINCIPALS)
def test_each_principal_has_exactly_its_rights(
    name: str, shared_database: TestDatabase, populated: Connection[TupleRow]
) -> None:
    principal = PRINCIPALS[name]
    if principal.user is not None:
        _sign_rows(populated, shared_database, principal.user)
    wrong = []
    with psycopg.connect(getattr(shared_database, principal.login)) as connection:
        for table in TABLES:
            for owner in ("tenant", "other_tenant"):
                row = _Row(populated, shared_database, table, owner)
                for operation in OPERATIONS:
                    may = _may(principal, table, operation, owner)
                    did = _does(connection, shared_database, principal, row, operation)
                    if may != did:
                        wrong.append(f"{owner}: {operation} {table}: {did}, not {may}")
    assert wrong == []


def test_a_login_that_is_nobody_here_reaches_no_table(
    populated: Connection[TupleRow],
) -> None:
    populated.execute("create role nobody_here login password 'x'")
    try:
        populated.execute("set session authorization nobody_here")
        for table in TABLES:
            query = SQL("select from public.{}").format(Identifier(table))
            with pytest.raises(errors.InsufficientPrivilege), populated.transaction():
                populated.execute(query)
    finally:
        populated.rollback()


@pytest.mark.parametrize("name", ["agent", "admin", "owner", "service", "assistant"])
@pytest.mark.usefixtures("populated")
def test_no_row_can_be_given_to_another_tenant(
    name: str, shared_database: TestDatabase
) -> None:
    principal = PRINCIPALS[name]
    given_away = []
    with psycopg.connect(getattr(shared_database, principal.login)) as connection:
        for table, access in TABLES.items():
            if access.scope is Scope.UNROUTED or access.column is None:
                continue
            query = SQL("update {} set {} = {}").format(
                Identifier(table),
                Identifier(access.column),
                Literal(shared_database.other_tenant),
            )
            if _succeeds(connection, shared_database, principal, query):
                given_away.append(table)
    assert given_away == []


@pytest.mark.parametrize("table", CHECKPOINT_TABLES[:3])
def test_checkpoints_are_reached_through_threads_of_the_tenant(
    table: str, shared_database: TestDatabase, populated: Connection[TupleRow]
) -> None:
    count = SQL("select count(*) from {}").format(Identifier(table))
    assert populated.execute(count).fetchone() == (2,)
    for login in ("service", "assistant"):
        with psycopg.connect(getattr(shared_database, login)) as connection:
            assert connection.execute(count).fetchone() == (0,)
            _name_tenant(connection, shared_database, "tenant")
            assert connection.execute(count).fetchone() == (1,)
            stolen = SQL("update {} set thread_id = {}").format(
                Identifier(table), Literal(f"thread of {shared_database.other_tenant}")
            )
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(stolen)
    with (
        psycopg.connect(shared_database.owner) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute(count)


def test_members_act_only_in_their_own_name(
    shared_database: TestDatabase, populated: Connection[TupleRow]
) -> None:
    _sign_rows(populated, shared_database, "owner_id")
    authored = {table: access for table, access in TABLES.items() if access.author}
    with psycopg.connect(shared_database.agent) as connection:
        for table, access in authored.items():
            row = _Row(populated, shared_database, table, "tenant")
            for operation in "IUD" if access.scope is Scope.TENANT else "SIUD":
                agent = PRINCIPALS["agent"]
                did = _does(connection, shared_database, agent, row, operation)
                assert not did, f"{operation} {table}"


class _Row:
    """A row of a table, found by the superuser."""

    def __init__(
        self,
        populated: Connection[TupleRow],
        database: TestDatabase,
        table: str,
        owner: str,
    ) -> None:
        access = TABLES[table]
        self.table = table
        self.where: Composable = SQL("true")
        if access.column is not None:
            self.where = _equals(access.column, getattr(database, owner))
        if table == "team_members" and owner == "tenant":
            self.where = _equals("user_id", database.revoked_id)
        query = SQL("select to_jsonb(t) from {} t where {} limit 1").format(
            Identifier(table), self.where
        )
        with populated.cursor(row_factory=scalar_row) as cursor:
            found = cursor.execute(query).fetchone()
        assert found is not None, f"populate() lacks a row of {table}"
        self.values: dict[str, Any] = found


def _equals(column: str, value: object) -> Composed:
    return SQL("{} = {}").format(Identifier(column), Literal(value))


def _may(principal: Principal, table: str, operation: str, owner: str) -> bool:
    access = TABLES[table]
    if _last_owner_leaves(principal, table, operation):
        return False
    kind = _standing(principal, access, owner)
    return kind is not None and operation in getattr(access, kind)


def _standing(principal: Principal, access: Access, owner: str) -> str | None:
    """Return as what a principal stands before a row of a tenant."""
    is_machine = principal.login in ("service", "assistant")
    if access.scope in (Scope.SHARED, Scope.UNROUTED):
        return principal.login if is_machine else "agent"
    if is_machine:
        return principal.login if principal.works_for == owner else None
    return principal.rights if principal.home == owner else None


def _last_owner_leaves(principal: Principal, table: str, operation: str) -> bool:
    return (principal.login, table, operation) == ("stranger", "team_members", "D")


def _does(
    connection: Connection[TupleRow],
    database: TestDatabase,
    principal: Principal,
    row: _Row,
    operation: str,
) -> bool:
    table = Identifier(row.table)
    if operation == "S":
        query = SQL("select from {} where {}").format(table, row.where)
    elif operation == "I":
        values = {**row.values}
        if "id" in values and row.table not in ("products", "prices"):
            values["id"] = str(uuid4())
        names = SQL(", ").join(map(Identifier, _given(connection, row)))
        query = SQL(
            "insert into {table} ({names})"
            " select {names} from jsonb_populate_record(null::{table}, {row})"
        ).format(table=table, names=names, row=Literal(Jsonb(values)))
    elif operation == "U":
        column = Identifier(_updatable(connection, row))
        query = SQL("update {} set {} = {} where {}").format(
            table, column, column, row.where
        )
    else:
        query = SQL("delete from {} where {}").format(table, row.where)
    return _succeeds(connection, database, principal, query)


def _given(connection: Connection[TupleRow], row: _Row) -> list[str]:
    """Return the columns that an insert may name: all but those that are worked out."""
    found = connection.execute(
        """
        select attname from pg_attribute
         where attrelid = %(table)s::regclass and attnum > 0 and not attisdropped
           and attgenerated = '' order by attnum
        """,
        {"table": row.table},
    )
    return [str(name) for (name,) in found.fetchall()]


def _updatable(connection: Connection[TupleRow], row: _Row) -> str:
    """Return a column this login may update, or any if there is none."""
    found = connection.execute(
        """
        select attname from pg_attribute
         where attrelid = %(table)s::regclass and attnum > 0 and not attisdropped
         order by has_column_privilege(attrelid, attnum, 'UPDATE') desc, attnum limit 1
        """,
        {"table": row.table},
    ).fetchone()
    assert found is not None
    return str(found[0])


def _succeeds(
    connection: Connection[TupleRow],
    database: TestDatabase,
    principal: Principal,
    query: Composed,
) -> bool:
    """Return whether a statement touches a row; its effect is undone."""
    try:
        if principal.works_for is not None:
            _name_tenant(connection, database, principal.works_for)
        return connection.execute(query).rowcount > 0
    except errors.InsufficientPrivilege:
        return False
    except (errors.UniqueViolation, errors.ForeignKeyViolation):
        return True  # the policy let it pass; another row stands in the way
    finally:
        connection.rollback()


def _name_tenant(
    connection: Connection[TupleRow], database: TestDatabase, tenant: str
) -> None:
    connection.execute(
        "select set_config('app.tenant', %s, true)", (str(getattr(database, tenant)),)
    )


def _sign_rows(populated: Connection[TupleRow], database: TestDatabase, user: str) -> None:
    """Make a member the author of our tenant's rows, where rows have one."""
    for table, access in TABLES.items():
        if access.author is not None and access.column is not None:
            populated.execute(
                SQL("update {} set {} where {}").format(
                    Identifier(table),
                    _equals(access.author, getattr(database, user)),
                    _equals(access.column, database.tenant),
                )
            )
    populated.commit()
