"""What a person with a login of their own, or a careless service, may try."""

from collections.abc import Iterator
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection, errors
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Composed, Identifier, Literal

from core.store.tenancy import TABLES
from tests.fixtures.database import TestDatabase
from tests.sql.populate import populate

OTHERS_ROWS: LiteralString = "select count(*) from conversations where user_id = %s"


@pytest.fixture(scope="module")
def behind(shared_database: TestDatabase) -> Iterator[Connection[TupleRow]]:
    """The superuser's line to a database where both tenants have rows."""
    with psycopg.connect(shared_database.privileged, autocommit=True) as connection:
        populate(connection, shared_database.tenant, shared_database.owner_id)
        populate(connection, shared_database.other_tenant, shared_database.stranger_id)
        yield connection


@pytest.fixture
def agent(
    shared_database: TestDatabase, behind: Connection[TupleRow]
) -> Iterator[Connection[TupleRow]]:
    assert behind.info.dbname == shared_database.name
    with psycopg.connect(shared_database.agent, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "setting",
    ["request.jwt.claims", "request.jwt.claim.sub", "app.tenant", "app.ticket", "app.uid"],
)
def test_s01_s03_settings_do_not_change_who_a_person_is(
    setting: str, shared_database: TestDatabase, agent: Connection[TupleRow]
) -> None:
    victim = str(shared_database.other_tenant)
    for value in (victim, f'{{"sub": "{victim}"}}'):
        agent.execute("select set_config(%s, %s, false)", (setting, value))
        found = agent.execute("select app.uid()").fetchone()
        assert found == (shared_database.agent_id,)
        if setting == "app.tenant" and value != victim:
            continue  # not a tenant at all: doors refuse it, policies never look
        assert agent.execute(OTHERS_ROWS, (victim,)).fetchone() == (0,)
        assert agent.execute(OTHERS_ROWS, (shared_database.tenant,)).fetchone() == (1,)


@pytest.mark.parametrize(
    "escape",
    [
        b"set role app_service",
        b"set role app_owner",
        b"set role app_claimer",
        b"set role app_door",
        b"set session authorization postgres",
        b"alter role current_user bypassrls",
        b"create role accomplice",
        b"grant app_service to current_user",
        b"create schema mine",
        b"create table public.mine (id int)",
        b"create temporary table mine (id int)",
        b"create function app.uid() returns uuid language sql as 'select null::uuid'",
        b"select app_private.create_tenant_v1('a@b.c', 'A')",
        b"select * from app_private.login_user",
        b"insert into app_private.schema_version values (99, '', '', 99)",
        b"lock table app_private.schema_version in share update exclusive mode",
        b"select app_private.announce(gen_random_uuid(), 'resync', null)",
        b"copy conversations to '/tmp/out'",
        b"select pg_read_file('postgresql.conf')",
    ],
)
def test_s02_nobody_becomes_more_than_they_are(
    escape: bytes, agent: Connection[TupleRow]
) -> None:
    with pytest.raises(errors.InsufficientPrivilege), agent.transaction():
        agent.execute(escape)


def test_s02_security_switched_off_is_an_error_not_a_way_in(
    agent: Connection[TupleRow],
) -> None:
    agent.execute("set row_security = off")
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        agent.execute("select * from conversations")


def test_s05_names_shadowed_by_the_caller_are_not_what_a_definer_sees(
    fresh_database: TestDatabase,
) -> None:
    """Given temporary tables, which people do not get, a definer still looks in its own."""
    with psycopg.connect(fresh_database.privileged, autocommit=True) as behind:
        behind.execute(
            SQL("grant temporary on database {} to app_member").format(
                Identifier(fresh_database.name)
            )
        )
    with psycopg.connect(fresh_database.agent, autocommit=True) as agent:
        for name in ("team_members", "login_user", "pg_roles", "users"):
            agent.execute(
                SQL(
                    "create temporary table {} as select {}::uuid as tenant_id,"
                    " {}::uuid as user_id, 'owner' as role, null::timestamptz as revoked_at"
                ).format(
                    Identifier(name),
                    Literal(str(fresh_database.other_tenant)),
                    Literal(str(fresh_database.agent_id)),
                )
            )
        agent.execute(
            "create function pg_temp.current_setting(text, boolean) returns text"
            " language sql as $$ select 'forged' $$"
        )
        agent.execute("set search_path = pg_temp, public")
        found = agent.execute("select app.uid(), array(select app.tenants())").fetchone()
        assert found == (fresh_database.agent_id, [fresh_database.tenant])


def _without_checks(behind: Connection[TupleRow], table: str) -> list[Composed]:
    names = behind.execute(
        "select conname from pg_constraint where contype = 'c' and conrelid = %s::regclass",
        (table,),
    ).fetchall()
    return [
        SQL("alter table {} drop constraint {}").format(Identifier(table), Identifier(name))
        for (name,) in names
    ]


def test_s07_no_row_hangs_under_another_tenants(
    shared_database: TestDatabase, behind: Connection[TupleRow]
) -> None:
    """Even the superuser, whom no policy binds, is stopped by the key itself."""
    tried = 0
    keys = behind.execute(
        """
        select child.relname, column_.attname, parent.relname, target.attname
          from pg_constraint k
          join pg_class child on child.oid = k.conrelid
          join pg_class parent on parent.oid = k.confrelid
          join pg_attribute column_ on column_.attrelid = k.conrelid
                                   and column_.attnum = k.conkey[2]
          join pg_attribute target on target.attrelid = k.confrelid
                                  and target.attnum = k.confkey[2]
         where k.contype = 'f' and cardinality(k.conkey) = 2
        """
    ).fetchall()
    for child, column, parent, target in keys:
        of_child, of_parent = TABLES[child].column, TABLES[parent].column
        assert of_child is not None
        assert of_parent is not None
        query = SQL(
            "update {child} set {column} ="
            " (select {target} from {parent} where {of_parent} = {other} limit 1)"
            " where {of_child} = {ours}"
        ).format(
            child=Identifier(child),
            column=Identifier(column),
            target=Identifier(target),
            parent=Identifier(parent),
            of_parent=Identifier(of_parent),
            of_child=Identifier(of_child),
            other=Literal(shared_database.other_tenant),
            ours=Literal(shared_database.tenant),
        )
        # So that no unique key and no check speaks before the foreign key.
        out_of_the_way = SQL("delete from {} where {} = {}").format(
            Identifier(child), Identifier(of_child), Literal(shared_database.other_tenant)
        )
        statements = [
            *_without_checks(behind, child),
            *([] if child == parent else [out_of_the_way]),
            query,
        ]
        with pytest.raises(errors.ForeignKeyViolation):
            _together(behind, statements)
        tried += 1
    assert tried == len(keys) > 40


def test_s08_a_key_another_tenant_has_is_free_for_us(
    shared_database: TestDatabase, behind: Connection[TupleRow]
) -> None:
    """Both tenants were populated with the same accounts, customers, posts and labels."""
    for table, key in (
        ("social_accounts", "account_id"),
        ("customers", "platform_customer_id"),
        ("monitored_posts", "platform_post_id"),
        ("labels", "name"),
        ("faq_qa", "key"),
        ("inbound_keys", "platform_id"),
    ):
        tenant = TABLES[table].column
        assert tenant is not None
        query = SQL("select count(*), count(distinct {}), count(distinct {}) from {}")
        found = behind.execute(
            query.format(Identifier(key), Identifier(tenant), Identifier(table))
        ).fetchone()
        assert found is not None
        rows, keys, tenants = found
        assert (rows, tenants) == (2 * keys, 2), table
    assert shared_database.tenant != shared_database.other_tenant


@pytest.mark.parametrize("login", ["agent", "owner", "service", "assistant"])
def test_s09_rights_that_row_security_ignores_are_nobodys(
    login: str, shared_database: TestDatabase, behind: Connection[TupleRow]
) -> None:
    attempts = (
        "truncate {}",
        "lock table {} in access exclusive mode",
        "alter table {} disable row level security",
        "drop table {}",
        "create index on {} ((1))",
    )
    assert behind.info.dbname == shared_database.name
    with psycopg.connect(getattr(shared_database, login)) as connection:
        for table in TABLES:
            for attempt in attempts:
                query = SQL(attempt).format(Identifier(table))
                if attempt.startswith("lock") and _writes(connection, table):
                    continue  # who may update a table may always lock it
                with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(query)


def test_s11_notices_carry_ids_alone_on_a_channel_nobody_can_guess(
    shared_database: TestDatabase, behind: Connection[TupleRow]
) -> None:
    channels = behind.execute("select tenant_id, channel from notices_channels").fetchall()
    by_tenant: dict[UUID, str] = dict(channels)
    with psycopg.connect(shared_database.stranger, autocommit=True) as stranger:
        seen = stranger.execute("select channel from notices_channels").fetchall()
        assert seen == [(by_tenant[shared_database.other_tenant],)]
        asked = stranger.execute(
            "select app.notice_channel_v1(%s)", (shared_database.tenant,)
        ).fetchone()
        assert asked == (None,)
        listener = psycopg.connect(shared_database.owner, autocommit=True)
        with listener:
            ours = SQL("listen {}").format(Identifier(by_tenant[shared_database.tenant]))
            listener.execute(ours)
            stranger.execute("select app.publish_v1('resync', null)")
            with psycopg.connect(shared_database.agent, autocommit=True) as agent:
                subject = uuid4()
                agent.execute("select app.publish_v1('message_arrived', %s)", (subject,))
            heard = [n.payload for n in listener.notifies(timeout=5, stop_after=1)]
    assert heard == [f"message_arrived:{subject}"]


def test_s16_a_tenant_set_for_one_unit_is_forgotten_after_it(
    shared_database: TestDatabase, behind: Connection[TupleRow]
) -> None:
    assert behind.info.dbname == shared_database.name
    tenants: list[UUID | None] = [
        shared_database.tenant,
        None,
        shared_database.other_tenant,
        None,
    ]
    with psycopg.connect(shared_database.service) as service:
        for tenant in tenants * 50:
            with service.transaction():
                if tenant is not None:
                    service.execute(
                        "select set_config('app.tenant', %s, true)", (str(tenant),)
                    )
                found = service.execute("select user_id from conversations").fetchall()
                assert found == ([] if tenant is None else [(tenant,)])


def test_s17_a_member_removed_sees_nothing_from_the_next_statement_on(
    fresh_database: TestDatabase,
) -> None:
    with (
        psycopg.connect(fresh_database.privileged, autocommit=True) as behind,
        psycopg.connect(fresh_database.agent) as agent,
    ):
        populate(behind, fresh_database.tenant, fresh_database.owner_id)
        count = "select count(*) from conversations"
        assert agent.execute(count).fetchone() == (1,)
        behind.execute(
            "update team_members set revoked_at = now() where user_id = %s",
            (fresh_database.agent_id,),
        )
        # In the very transaction that was open before.
        assert agent.execute(count).fetchone() == (0,)
        behind.execute(
            "update team_members set revoked_at = null where user_id = %s",
            (fresh_database.agent_id,),
        )
        behind.execute(
            "update app_private.login_user set revoked_at = now() where user_id = %s",
            (fresh_database.agent_id,),
        )
        assert agent.execute(count).fetchone() == (0,)


@pytest.mark.parametrize(
    ("login", "promotion"),
    [
        ("agent", "update team_members set role = 'owner' where user_id = app.uid()"),
        ("admin", "update team_members set role = 'owner' where user_id = app.uid()"),
        ("admin", "update team_members set role = 'agent' where role = 'owner'"),
        ("admin", "update team_members set role = 'owner' where role = 'agent'"),
        ("admin", "delete from team_members"),
        ("owner", "delete from team_members where user_id = app.uid()"),
        ("owner", "update team_members set role = 'admin' where user_id = app.uid()"),
        ("owner", "update team_members set revoked_at = now() where user_id = app.uid()"),
        ("agent", "update team_members set login_role = 'mine'"),
    ],
)
def test_s18_nobody_promotes_themselves_and_the_last_owner_stays(
    login: str, promotion: LiteralString, fresh_database: TestDatabase
) -> None:
    ranks = (
        "select user_id, role, revoked_at, login_role from team_members order by user_id"
    )
    with psycopg.connect(fresh_database.privileged, autocommit=True) as behind:
        before = behind.execute(ranks).fetchall()
        with psycopg.connect(getattr(fresh_database, login)) as member:
            try:
                touched = member.execute(promotion).rowcount
            except errors.InsufficientPrivilege:
                touched = 0
        assert touched == 0
        assert behind.execute(ranks).fetchall() == before


@pytest.mark.parametrize("login", ["agent", "owner", "assistant"])
@pytest.mark.parametrize("column", ["access_token", "refresh_token", "*"])
def test_tokens_are_the_companions_alone(
    login: str,
    column: LiteralString,
    shared_database: TestDatabase,
    behind: Connection[TupleRow],
) -> None:
    assert behind.info.dbname == shared_database.name
    with (
        psycopg.connect(getattr(shared_database, login)) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute(SQL("select {} from social_accounts").format(SQL(column)))


def _writes(connection: Connection[TupleRow], table: str) -> bool:
    row = connection.execute(
        "select has_table_privilege(%s, 'UPDATE') or has_table_privilege(%s, 'DELETE')",
        (table, table),
    ).fetchone()
    return bool(row and row[0])


def _together(connection: Connection[TupleRow], statements: list[Composed]) -> None:
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)
