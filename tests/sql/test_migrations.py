"""The runner: each file once, by one installer, whole or not at all."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from core.domain.errors import DatabaseDown, NotSetUp
from core.store.bootstrap import bootstrap
from core.store.migrate import check, migrate
from core.store.migration_files import read_migrations
from tests.fixtures.database import (
    OWNER_EMAIL,
    SQL_DIR,
    MemoryPasswords,
    TestDatabase,
)
from tests.sql.populate import populate, populate_shared
from tests.sql.schema_dump import dump

HISTORY = "select version, name from app_private.schema_version order by version"


async def test_the_steps_meet_a_populated_database(
    empty_database: str, tmp_path: Path
) -> None:
    """Rows stand in every table before the last step, and survive it and a further one."""
    sql_dir = _plan(tmp_path, upto=len(read_migrations(SQL_DIR)) - 1)
    first = await _install(empty_database, sql_dir)
    with psycopg.connect(
        empty_database, options="-c search_path=public,extensions"
    ) as connection:
        populate_shared(connection)
        populate(connection, first.tenant, first.tenant)
        before = _counts(connection)
    _add(sql_dir, SQL_DIR)
    _write(sql_dir, "alter table notes add column pinned boolean not null default false;")
    second = await migrate(empty_database, sql_dir=sql_dir)
    assert second.applied == (read_migrations(SQL_DIR)[-1].name, "planted")
    with psycopg.connect(empty_database) as connection:
        assert set(before) <= set(_counts(connection))
        assert connection.execute("select pinned from notes").fetchall() == [(False,)]


async def test_a_second_run_finds_nothing_to_do(fresh_database: TestDatabase) -> None:
    report = await migrate(fresh_database.privileged, sql_dir=SQL_DIR)
    assert report.applied == ()
    assert report.version == read_migrations(SQL_DIR)[-1].version


async def test_of_five_installers_one_works(empty_database: str) -> None:
    passwords = MemoryPasswords()
    ready = await asyncio.gather(
        *(_install(empty_database, SQL_DIR, passwords) for _ in range(5))
    )
    steps = len(read_migrations(SQL_DIR)) + 2
    assert sorted(len(done.migrated.applied) for done in ready) == [0, 0, 0, 0, steps]
    assert len({done.tenant for done in ready}) == 1
    assert len({done.owner_login for done in ready}) == 1
    with psycopg.connect(empty_database) as connection:
        rows = connection.execute(HISTORY).fetchall()
        assert [version for version, _ in rows] == list(range(1, steps - 1))
        assert connection.execute("select count(*) from users").fetchone() == (1,)


async def test_a_changed_file_is_refused(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    sql_dir = _plan(tmp_path)
    changed = sorted(sql_dir.glob("0003*.sql"))[0]
    changed.write_text(changed.read_text() + "-- a later thought\n")
    for look in (migrate, check):
        with pytest.raises(NotSetUp, match=r"0003 .* another text"):
            await look(fresh_database.privileged, sql_dir=sql_dir)


async def test_a_newer_database_is_refused_and_left_alone(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    newer = _plan(tmp_path / "newer")
    _write(newer, "alter table notes drop column text;")
    await migrate(fresh_database.privileged, sql_dir=newer)
    before = dump(fresh_database.privileged)
    for look in (migrate, check):
        with pytest.raises(NotSetUp, match="newer"):
            await look(fresh_database.privileged, sql_dir=SQL_DIR)
    assert dump(fresh_database.privileged) == before


async def test_a_newer_database_that_only_gained_is_understood(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    newer = _plan(tmp_path)
    _write(newer, "-- min-app: 1\nalter table notes add column pinned boolean;")
    await migrate(fresh_database.privileged, sql_dir=newer)
    state = await check(fresh_database.owner, sql_dir=SQL_DIR)
    assert state.pending == ()
    assert state.version == len(read_migrations(newer))


async def test_an_older_database_says_what_it_lacks(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    newer = _plan(tmp_path)
    _write(newer, "select 1;")
    for conninfo in (fresh_database.agent, fresh_database.service):
        state = await check(conninfo, sql_dir=newer)
        assert state.pending == ("planted",)


async def test_a_database_that_is_not_ours_yet_lacks_everything(
    empty_database: str,
) -> None:
    state = await check(empty_database, sql_dir=SQL_DIR)
    assert (state.version, len(state.pending)) == (0, len(read_migrations(SQL_DIR)))


async def test_an_unprepared_database_is_refused_in_plain_words(
    empty_database: str,
    shared_database: TestDatabase,  # noqa: ARG001 - its roles are the cluster's
) -> None:
    with pytest.raises(NotSetUp, match="has not been prepared"):
        await migrate(empty_database, sql_dir=SQL_DIR)


async def test_a_failing_file_leaves_nothing_behind(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    sql_dir = _plan(tmp_path)
    before = dump(fresh_database.privileged)
    _write(sql_dir, "create table half (id int);\nselect 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        await migrate(fresh_database.privileged, sql_dir=sql_dir)
    assert dump(fresh_database.privileged) == before
    assert (await check(fresh_database.owner, sql_dir=sql_dir)).pending == ("planted",)


async def test_a_backfill_under_row_security_fails_instead_of_doing_nothing(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    sql_dir = _plan(tmp_path)
    _write(sql_dir, "update notes set text = upper(text);")
    with pytest.raises(Exception, match=r"role does not allow|row-level security"):
        await migrate(fresh_database.privileged, sql_dir=sql_dir)


async def test_a_backend_cut_in_the_middle_leaves_a_database_that_can_go_on(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    sql_dir = _plan(tmp_path)
    _write(sql_dir, "create table half (id int);\nselect pg_sleep(60);")
    run = asyncio.create_task(migrate(fresh_database.privileged, sql_dir=sql_dir))
    await _cut(fresh_database)
    with pytest.raises(DatabaseDown):
        await run
    planted = sorted(sql_dir.glob("*_planted.sql"))[-1]
    planted.write_text("create table half (id int);")
    report = await migrate(fresh_database.privileged, sql_dir=sql_dir)
    assert report.applied == ("planted",)


async def test_a_step_outside_a_transaction_can_be_run_again(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    sql_dir = _plan(tmp_path)
    _write(
        sql_dir,
        "-- no-transaction\n"
        "drop index concurrently if exists idx_planted;\n"
        "-- next\n"
        "create index concurrently idx_planted on notes (text);\n"
        "-- next\n"
        "select pg_sleep(60);",
    )
    run = asyncio.create_task(migrate(fresh_database.privileged, sql_dir=sql_dir))
    await _cut(fresh_database)
    with pytest.raises(DatabaseDown):
        await run
    planted = sorted(sql_dir.glob("*_planted.sql"))[-1]
    planted.write_text(planted.read_text().replace("pg_sleep(60)", "1"))
    assert (await migrate(fresh_database.privileged, sql_dir=sql_dir)).applied == (
        "planted",
    )


async def test_a_reader_makes_a_migration_wait_and_is_not_made_to_wait_for_it(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    """A long read delays the step; the lock it asks for is given up again within 2 s."""
    sql_dir = _plan(tmp_path)
    _write(sql_dir, "alter table notes add column pinned boolean;")
    async with await psycopg.AsyncConnection.connect(fresh_database.owner) as reader:
        await reader.execute("select count(*) from notes")
        run = asyncio.create_task(migrate(fresh_database.privileged, sql_dir=sql_dir))
        await _pid_of(fresh_database, "Lock")
        async with await psycopg.AsyncConnection.connect(
            fresh_database.agent, options="-c statement_timeout=2500"
        ) as bystander:
            await bystander.execute("select count(*) from notes")
        await reader.rollback()
    assert (await run).applied == ("planted",)


def test_a_gap_in_the_files_is_refused(tmp_path: Path) -> None:
    sql_dir = _plan(tmp_path)
    sorted(sql_dir.glob("0004*.sql"))[0].unlink()
    with pytest.raises(NotSetUp, match="incomplete"):
        read_migrations(sql_dir)


def test_line_endings_do_not_change_a_file(tmp_path: Path) -> None:
    plain, windows = tmp_path / "plain", tmp_path / "windows"
    for folder, ending in ((plain, "\n"), (windows, "\r\n")):
        folder.mkdir()
        (folder / "0001_found.sql").write_bytes(f"select 1;{ending}".encode())
    assert read_migrations(plain)[0].checksum == read_migrations(windows)[0].checksum


def _plan(folder: Path, *, upto: int | None = None) -> Path:
    """Copy the real files, or the first of them, to a folder of the test's."""
    shutil.copytree(SQL_DIR, folder, dirs_exist_ok=True)
    for migration in read_migrations(SQL_DIR)[upto:] if upto else ():
        (folder / f"{migration.version:04}_{migration.name}.sql").unlink()
    return folder


def _add(folder: Path, source: Path) -> None:
    for path in source.glob("0*.sql"):
        shutil.copy(path, folder / path.name)


def _write(folder: Path, text: str) -> None:
    number = len(read_migrations(folder)) + 1
    (folder / f"{number:04}_planted.sql").write_text(text)


async def _install(
    privileged: str, sql_dir: Path, passwords: MemoryPasswords | None = None
) -> Any:
    return await bootstrap(
        privileged,
        passwords=passwords or MemoryPasswords(),
        owner_email=OWNER_EMAIL,
        owner_name="Olga Owner",
        sql_dir=sql_dir,
    )


async def _cut(database: TestDatabase) -> None:
    """End the runner's backend as soon as it sleeps in the planted step."""
    pid = await _pid_of(database, "Timeout")
    with psycopg.connect(database.privileged, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(%s)", (pid,))


async def _pid_of(database: TestDatabase, waits_for: str) -> int:
    """Return the runner's backend once it waits for something of this kind."""
    async with await psycopg.AsyncConnection.connect(
        database.privileged, autocommit=True
    ) as connection:
        while True:
            cursor = await connection.execute(
                """
                select pid from pg_stat_activity
                 where application_name = 'socialsync migrate' and state = 'active'
                   and datname = current_database() and wait_event_type = %s
                """,
                (waits_for,),
            )
            found = await cursor.fetchone()
            if found is not None:
                return int(found[0])


def _counts(connection: psycopg.Connection[Any]) -> Sequence[tuple[str, int]]:
    tables = connection.execute(
        "select relname from pg_class where relkind = 'r'"
        " and relnamespace = 'public'::regnamespace order by 1"
    ).fetchall()
    found = []
    for (table,) in tables:
        query = psycopg.sql.SQL("select count(*) from {}").format(
            psycopg.sql.Identifier(table)
        )
        row = connection.execute(query).fetchone()
        assert row is not None
        found.append((str(table), int(row[0])))
    return found
