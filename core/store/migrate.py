"""Bring a database to the shape this application knows, or say why not.

Each numbered file of `sql/` is one transaction: its row in `app_private.schema_version`
is inserted first, so that a rival collides before it does harm, then the file runs, as
`app_owner`. The whole is guarded by a lock on that table, which only its owner can take
(an advisory lock could be held by anybody who may log in). Five installers at once end
as one that works and four that find nothing left to do.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from psycopg import AsyncConnection, errors
from psycopg.rows import TupleRow, class_row

from core.domain.errors import DatabaseDown, NotSetUp
from core.store.library_schemas import install, outdated
from core.store.migration_files import Applied, Migration, pending, read_migrations
from core.store.pool import translated

_ATTEMPTS = 30
_LONGEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationReport:
    """What a run changed, in order, and the schema's number after it."""

    applied: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaState:
    """How a database that this application understands stands to it."""

    version: int
    """The newest migration it has; 0 for a database that is not ours yet."""
    pending: tuple[str, ...]
    """What it still lacks; the companion, or the owner's desktop, will add it."""


async def migrate(conninfo_privileged: str, *, sql_dir: Path) -> MigrationReport:
    """Apply what is missing.

    Raises:
        NotSetUp: the database is newer than this application, or was made otherwise.
        DatabaseDown: another process has been at it for too long.
    """
    migrations = read_migrations(sql_dir)
    with translated():
        async with await AsyncConnection.connect(
            conninfo_privileged, autocommit=True, application_name="socialsync migrate"
        ) as connection:
            await _patiently(partial(_found_history, connection))
            history = await _history(connection)
            libraries = await outdated(connection, sql_dir)
            if not pending(migrations, history) and not libraries:
                return MigrationReport(applied=(), version=history[-1].version)
            async with _alone(conninfo_privileged):
                return await _apply_all(connection, migrations, sql_dir)


async def check(conninfo: str, *, sql_dir: Path) -> SchemaState:
    """Compare a database with this application, under any login, changing nothing.

    Raises:
        NotSetUp: this application must not write to it, as `migrate` would say.
    """
    migrations = read_migrations(sql_dir)
    with translated():
        async with await AsyncConnection.connect(
            conninfo, autocommit=True, application_name="socialsync check"
        ) as connection:
            history = await _published_history(connection)
    missing = pending(migrations, history)
    return SchemaState(
        version=history[-1].version if history else 0,
        pending=tuple(migration.name for migration in missing),
    )


_HISTORY_EXISTS = "select to_regclass('app_private.schema_version') is not null"
_FOUND_HISTORY = """
set local role app_owner;
create schema app_private;
create table app_private.schema_version (
    version int primary key,
    name text not null,
    checksum text not null,
    min_app int not null,
    applied_at timestamptz not null default clock_timestamp()
);
create table app_private.library_schema (
    library text primary key,
    version text not null,
    scripts text[] not null,
    applied_at timestamptz not null default clock_timestamp()
);
alter table app_private.schema_version enable row level security;
alter table app_private.schema_version force row level security;
create policy "The runner keeps its history" on app_private.schema_version
    for all to app_owner using (true) with check (true);
alter table app_private.library_schema enable row level security;
alter table app_private.library_schema force row level security;
create policy "The runner keeps the libraries' history" on app_private.library_schema
    for all to app_owner using (true) with check (true);
"""


async def _found_history(connection: AsyncConnection[TupleRow]) -> None:
    """Make the runner's own tables in a database that has none."""
    if await _value(connection, _HISTORY_EXISTS):
        return
    try:
        async with connection.transaction():
            await connection.execute(_FOUND_HISTORY)
    except (errors.DuplicateSchema, errors.DuplicateTable, errors.UniqueViolation):
        return  # a rival was faster, and has made the same
    except (errors.InvalidParameterValue, errors.InsufficientPrivilege) as error:
        raise NotSetUp(
            "This database has not been prepared: it does not belong to the role app_owner.",
            "Start SocialSync once with a privileged database address.",
        ) from error


_LOCK = "lock table app_private.schema_version in share update exclusive mode nowait"


@asynccontextmanager
async def _alone(conninfo: str) -> AsyncIterator[None]:
    """Keep every other runner out, on a connection whose death lets them in again.

    The lock conflicts with itself and with nothing that reads or adds rows.
    """
    async with await AsyncConnection.connect(
        conninfo, application_name="socialsync migrate (guard)"
    ) as guard:

        async def take() -> None:
            await guard.rollback()
            await guard.execute(_LOCK)

        await _patiently(take)
        yield


async def _patiently(action: Callable[[], Awaitable[None]]) -> None:
    """Repeat an action that found a lock taken, with growing pauses that never align."""
    for attempt in range(_ATTEMPTS):
        try:
            await action()
        except errors.LockNotAvailable:
            longest = min(_LONGEST_PAUSE, 0.05 * (attempt + 1))
            await asyncio.sleep(random.uniform(0.01, longest))  # noqa: S311 - jitter
        else:
            return
    raise DatabaseDown(
        "Another process is changing the database's structure, or reading it for long.",
        "Wait for it to finish, then try again.",
        retry_after=30.0,
    )


async def _apply_all(
    connection: AsyncConnection[TupleRow], migrations: Sequence[Migration], sql_dir: Path
) -> MigrationReport:
    # What was missing before the lock may have been added while we waited for it.
    libraries = await outdated(connection, sql_dir)
    preloaded = [asyncio.create_task(library.preload()) for library in libraries]
    applied: list[str] = []
    for migration in pending(migrations, await _history(connection)):
        await _patiently(partial(_apply, connection, migration))
        applied.append(migration.name)
    for library, loading in zip(libraries, preloaded, strict=True):
        await loading
        await _patiently(partial(install, connection, library))
        applied.append(library.name)
    history = await _history(connection)
    return MigrationReport(applied=tuple(applied), version=history[-1].version)


_BECOME_OWNER = "set role app_owner"
_STOP_BEING_OWNER = "reset role"
_SEARCH_PATH = """
select set_config('search_path', concat_ws(', ', 'public', string_agg(
           distinct quote_ident(n.nspname), ', ') filter (where n.nspname <> 'public')), false),
       set_config('lock_timeout', '2s', false),
       set_config('statement_timeout', %(statement_timeout)s, false)
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
 where e.extname in ('vector', 'pg_trgm', 'unaccent')
"""
_RECORD = """
insert into app_private.schema_version (version, name, checksum, min_app)
values (%(version)s, %(name)s, %(checksum)s, %(min_app)s)
"""
_NO_FILTERED_BACKFILL = "set local row_security = off"


async def _apply(connection: AsyncConnection[TupleRow], migration: Migration) -> None:
    await connection.execute(_BECOME_OWNER)
    try:
        await connection.execute(
            _SEARCH_PATH, {"statement_timeout": migration.statement_timeout}
        )
        record = {
            "version": migration.version,
            "name": migration.name,
            "checksum": migration.checksum,
            "min_app": migration.min_app,
        }
        if not migration.transactional:
            for step in migration.steps():
                await connection.execute(step.encode())
            await connection.execute(_RECORD, record)
            return
        async with connection.transaction():
            await connection.execute(_RECORD, record)
            # A backfill that row security would silently thin out fails instead.
            await connection.execute(_NO_FILTERED_BACKFILL)
            await connection.execute(migration.text.encode())
    finally:
        if not connection.closed:
            await connection.execute(_STOP_BEING_OWNER)


_HISTORY = """
select version, name, checksum, min_app from app_private.schema_version order by version
"""
_PUBLISHED = "select to_regprocedure('app.schema_history_v1()') is not null"
_PUBLISHED_HISTORY = "select version, name, checksum, min_app from app.schema_history_v1()"


async def _history(connection: AsyncConnection[TupleRow]) -> list[Applied]:
    await connection.execute(_BECOME_OWNER)
    async with connection.cursor(row_factory=class_row(Applied)) as cursor:
        await cursor.execute(_HISTORY)
        found = await cursor.fetchall()
    await connection.execute(_STOP_BEING_OWNER)
    return found


async def _published_history(connection: AsyncConnection[TupleRow]) -> list[Applied]:
    if not await _value(connection, _PUBLISHED):
        return []
    async with connection.cursor(row_factory=class_row(Applied)) as cursor:
        await cursor.execute(_PUBLISHED_HISTORY)
        return await cursor.fetchall()


async def _value(connection: AsyncConnection[TupleRow], query: str) -> object:
    cursor = await connection.execute(query.encode())
    row = await cursor.fetchone()
    return None if row is None else row[0]
