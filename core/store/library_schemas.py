"""The tables of libraries we build on, installed by their own means and then secured.

Procrastinate ships a schema and numbered scripts from each version to the next;
LangGraph's checkpointer has a set-up that brings its tables up to date. Both happen when
the installed version of the library, or what `sql/libraries/` adds to it, has changed.
The libraries themselves are imported only then, since that takes longer than the work.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow, dict_row

_CHECKPOINTER = "langgraph.checkpoint.postgres.aio"
Connection = AsyncConnection[TupleRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A library whose tables in this database are not those of its installed version."""

    name: str
    version: str
    scripts: tuple[str, ...]
    """What its tables were made by until now; empty where they have not been made."""
    secure: str
    set_up: Callable[[Connection, "Library"], Awaitable[tuple[str, ...]]]

    async def preload(self) -> None:
        """Import, beside the migrations, what the set-up will need."""
        if self.name == "langgraph":
            await asyncio.to_thread(import_module, _CHECKPOINTER)


_BECOME_OWNER = "set role app_owner"
_STOP_BEING_OWNER = "reset role"
_INSTALLED = """
select library, version, scripts from app_private.library_schema
"""


async def outdated(connection: Connection, sql_dir: Path) -> list[Library]:
    """Return the libraries that need their set-up, in the order to run it."""
    await connection.execute(_BECOME_OWNER)
    async with connection.cursor() as cursor:
        await cursor.execute(_INSTALLED)
        rows = {name: (text, tuple(scripts)) async for name, text, scripts in cursor}
    await connection.execute(_STOP_BEING_OWNER)
    libraries = []
    for name, distribution, set_up in _LIBRARIES:
        secure = (sql_dir / "libraries" / f"{name}.sql").read_text(encoding="utf-8")
        ours = hashlib.sha256(secure.encode()).hexdigest()[:12]
        wanted = f"{version(distribution)} with {ours}"
        found, scripts = rows.get(name, ("", ()))
        if found != wanted:
            libraries.append(
                Library(
                    name=name, version=wanted, scripts=scripts, secure=secure, set_up=set_up
                )
            )
    return libraries


_RECORD = """
insert into app_private.library_schema as l (library, version, scripts)
values (%(library)s, %(version)s, %(scripts)s)
on conflict (library) do update
   set version = excluded.version, scripts = excluded.scripts, applied_at = clock_timestamp()
"""


async def install(connection: Connection, library: Library) -> None:
    """Run a library's set-up and ours after it."""
    await connection.execute(_BECOME_OWNER)
    try:
        scripts = await library.set_up(connection, library)
        async with connection.transaction():
            await connection.execute(_PUBLIC)
            await connection.execute(library.secure.encode())
            await connection.execute(
                _RECORD,
                {
                    "library": library.name,
                    "version": library.version,
                    "scripts": list(scripts),
                },
            )
    finally:
        if not connection.closed:
            await connection.execute(_STOP_BEING_OWNER)


_PUBLIC = "set local search_path = public"
_QUEUE_EXISTS = "select to_regclass('procrastinate.procrastinate_jobs') is not null"
_CREATE_QUEUE_SCHEMA = "create schema procrastinate"
_QUEUE = "set local search_path = procrastinate"


async def _set_up_procrastinate(
    connection: Connection, library: Library
) -> tuple[str, ...]:
    package = find_spec("procrastinate")
    assert package is not None  # noqa: S101 - a locked dependency
    assert package.origin is not None  # noqa: S101 - it is a package with files
    folder = Path(package.origin).parent / "sql"
    scripts = sorted((folder / "migrations").glob("*.sql"))
    exists = await (await connection.execute(_QUEUE_EXISTS)).fetchone()
    async with connection.transaction():
        if not (exists and exists[0]):
            await connection.execute(_CREATE_QUEUE_SCHEMA)
            await connection.execute(_QUEUE)
            await connection.execute((folder / "schema.sql").read_bytes())
        else:
            await connection.execute(_QUEUE)
            for script in scripts:
                if script.name not in library.scripts:
                    await connection.execute(script.read_bytes())
    return tuple(script.name for script in scripts)


async def _set_up_langgraph(
    connection: Connection,
    library: Library,  # noqa: ARG001 - one shape for every library
) -> tuple[str, ...]:
    """Let the checkpointer bring its tables up to date, on a connection made to its taste."""
    saver = import_module(_CHECKPOINTER).AsyncPostgresSaver
    conninfo = make_conninfo(
        connection.info.dsn,
        password=connection.info.password,
        options="-c role=app_owner -c search_path=public",
    )
    async with await AsyncConnection.connect(
        conninfo, autocommit=True, row_factory=dict_row, prepare_threshold=0
    ) as its_own:
        await saver(its_own).setup()
    return ()


_LIBRARIES = (
    ("procrastinate", "procrastinate", _set_up_procrastinate),
    ("langgraph", "langgraph-checkpoint-postgres", _set_up_langgraph),
)
