"""Connections to PostgreSQL, and the unit of work every store function is given.

A `Unit` is one open transaction of one tenant. Its login decides whose rows it sees
(members by their own login, services by the tenant set here); the tenant is set for the
transaction only, so that a pooled connection carries nothing over. psycopg's errors are
translated here and nowhere else.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from enum import StrEnum
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, AsyncCursor, AsyncPipeline, errors, sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow, scalar_row, tuple_row
from psycopg.types.json import set_json_dumps
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from core.domain.errors import BudgetSpent, Conflict, DatabaseDown, NotFound, Refused
from core.domain.ids import TenantId
from core.notices import NoticeKind
from core.store.rows import value_row

T = TypeVar("T")
Params = Mapping[str, Any]

NO_TENANT = TenantId(UUID(int=0))
"""No tenant: such a unit may only call claims, and doors that find out whose row it is."""


class Login(StrEnum):
    """As whom a process stands before the database."""

    SERVICE = "service"
    ASSISTANT = "assistant"
    MEMBER = "member"


_SET_TENANT = "select set_config('app.tenant', %(tenant)s, true)"
_REPEAT_PLANS = "set local plan_cache_mode = force_generic_plan"
_PUBLISH = "select app.publish_v1(%(kind)s, %(id)s)"


class Unit:
    """One transaction of one tenant; committed when its block ends without an error."""

    def __init__(self, connection: AsyncConnection[TupleRow], tenant: TenantId) -> None:
        self._connection = connection
        self._pipeline: AsyncPipeline | None = None
        self._last: dict[tuple[LiteralString, tuple[tuple[str, Any], ...]], None] = {}
        self.tenant = tenant

    async def execute(self, query: LiteralString, params: Params | None = None) -> int:
        """Run a statement; return how many rows it touched."""
        async with self._cursor(query, params, tuple_row) as cursor:
            if self._pipeline is not None:
                await self._pipeline.sync()
            return cursor.rowcount

    async def tell(self, query: LiteralString, params: Params) -> None:
        """Run a statement whose answer nobody needs: a pipeline does not wait for it."""
        async with self._cursor(query, params, tuple_row):
            pass

    async def rows(
        self, cls: type[T], query: LiteralString, params: Params | None = None
    ) -> list[T]:
        """Return the rows of a query as objects of `cls`, matched by column name."""
        async with self._cursor(query, params, value_row(cls)) as cursor:
            return await cursor.fetchall()

    async def row(
        self, cls: type[T], query: LiteralString, params: Params | None = None
    ) -> T | None:
        """Return the first row as an object of `cls`, or None."""
        async with self._cursor(query, params, value_row(cls)) as cursor:
            return await cursor.fetchone()

    async def tuples(
        self, query: LiteralString, params: Params | None = None
    ) -> list[TupleRow]:
        """Return the rows of a query as plain tuples, for results that have no name."""
        async with self._cursor(query, params, tuple_row) as cursor:
            return await cursor.fetchall()

    async def value(self, query: LiteralString, params: Params | None = None) -> Any:
        """Return the first column of the first row, or None."""
        async with self._cursor(query, params, scalar_row) as cursor:
            return await cursor.fetchone()

    async def many(self, query: LiteralString, params: list[Params]) -> None:
        """Run a statement once for each set of parameters, in one round trip."""
        with translated():
            async with self._connection.cursor() as cursor:
                await cursor.executemany(query, params)

    def lastly(self, query: LiteralString, params: Params) -> None:
        """Run a statement when everything else is done, once for the same parameters.

        For what is said of the whole: a batch that touches a conversation twenty times
        tells of it once. Its answer is nobody's, and its parameters are plain values.
        """
        self._last[query, tuple(params.items())] = None

    async def publish(self, kind: NoticeKind, of: UUID | None) -> None:
        """Tell this tenant's members, when the transaction commits, that `of` changed."""
        self.lastly(_PUBLISH, {"kind": kind.value, "id": of})

    async def repeat_plans(self) -> None:
        """Let this transaction's statements keep their plans.

        For the same few looked-up keys thousands of times over, where planning each time
        costs more than running, and how many rows a tenant has makes no difference.
        """
        await self.tell(_REPEAT_PLANS, {})

    @asynccontextmanager
    async def pipelined(self) -> AsyncIterator[None]:
        """Let tasks that use this unit at once share the ways to the database and back.

        After the first error every other statement of the block is refused, as by a
        database that is down; nothing of the transaction can be kept.
        """
        with translated():
            async with self._connection.pipeline() as pipeline:
                self._pipeline = pipeline
                try:
                    yield
                finally:
                    self._pipeline = None

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo only what the block did if it raises, also what it left for the end."""
        before = self._last
        self._last = {}
        try:
            async with self._connection.transaction():
                yield
                await self.finish()
        finally:
            self._last = before

    async def finish(self) -> None:
        """Run what was left for the end; whoever opened the unit does it."""
        last, self._last = self._last, {}
        statements: dict[LiteralString, list[Params]] = {}
        for query, params in last:
            statements.setdefault(query, []).append(dict(params))
        for query, each in statements.items():
            await self.many(query, each)

    @asynccontextmanager
    async def _cursor(
        self, query: LiteralString, params: Params | None, rows: Callable[[Any], Any]
    ) -> AsyncIterator[AsyncCursor[Any]]:
        with translated():
            async with self._connection.cursor(row_factory=rows) as cursor:
                await cursor.execute(query, params)
                yield cursor


class Database:
    """The pool of one process and one login."""

    def __init__(self, pool: AsyncConnectionPool, conninfo: str, login: Login) -> None:
        self._pool = pool
        self._conninfo = conninfo
        self.login = login

    @asynccontextmanager
    async def unit(self, tenant: TenantId) -> AsyncIterator[Unit]:
        """Open a transaction of a tenant.

        Raises:
            DatabaseDown: there is no connection to be had.
            Conflict: a deadlock or serialization failure; run the whole unit again.
        """
        with translated():
            async with self._connection() as connection, connection.transaction():
                unit = Unit(connection, tenant)
                if tenant != NO_TENANT:
                    await unit.execute(_SET_TENANT, {"tenant": str(tenant)})
                yield unit
                await unit.finish()

    @asynccontextmanager
    async def claim(self) -> AsyncIterator[Unit]:
        """Open a transaction of no tenant, for claims and doors that say theirs."""
        async with self.unit(NO_TENANT) as unit:
            yield unit

    @asynccontextmanager
    async def single(self) -> AsyncIterator[Unit]:
        """Open a unit of no tenant whose every statement is its own transaction.

        For what is one statement and hot: one round trip instead of three.
        """
        with translated():
            async with self._connection() as connection:
                unit = Unit(connection, NO_TENANT)
                yield unit
                await unit.finish()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[TupleRow]]:
        async with AsyncExitStack() as stack:
            with cancellable():
                connection = await stack.enter_async_context(self._pool.connection())
            yield connection

    async def listen(self, channels: tuple[str, ...]) -> AsyncIterator[tuple[str, str]]:
        """Yield (channel, payload) of every notification, on a connection of its own.

        First yields ("", "") once the line stands, so that the caller can read what it
        may have missed. Ends with DatabaseDown when the line breaks.
        """
        with translated():
            async with await AsyncConnection.connect(
                self._conninfo, autocommit=True, application_name="socialsync listen"
            ) as connection:
                for channel in channels:
                    await connection.execute(
                        sql.SQL("listen {}").format(sql.Identifier(channel))
                    )
                yield "", ""
                async for notification in connection.notifies():
                    yield notification.channel, notification.payload


@asynccontextmanager
async def open_database(
    conninfo: str, *, login: Login, max_size: int = 8
) -> AsyncIterator[Database]:
    """Open a pool for one login.

    Raises:
        DatabaseDown: the server does not answer or refuses this login.
    """
    set_json_dumps(_compact_json)
    watched = make_conninfo(conninfo, **_KEEPALIVE)
    pool = AsyncConnectionPool(
        watched,
        min_size=1,
        max_size=max_size,
        open=False,
        timeout=15.0,
        reconnect_timeout=_RECONNECT_SECONDS,
        kwargs={"application_name": f"socialsync {login}", "autocommit": True},
        configure=_configure,
    )
    try:
        with translated(), cancellable():
            await pool.open(wait=True, timeout=15.0)
        yield Database(pool, watched, login)
    finally:
        await pool.close(timeout=5.0)


def within_schema(conninfo: str, schema: str) -> str:
    """Return an address whose sessions look names up in `schema` first.

    For a library that brings its own tables and connects by itself.
    """
    return make_conninfo(conninfo, options=f"-c search_path={schema},pg_catalog")


_RECONNECT_SECONDS = 5.0
"""After this the pool's attempts begin anew, a second apart. Left to itself it waits twice
as long each time, and stays away for minutes after an outage of minutes."""
_STORAGE_FULL = "SS507"
"""What `app.count_storage` raises when a plan's storage would be exceeded."""
_KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A dead link is noticed within 30 s, also while nothing is sent (RELIABILITY F60)."""


async def _configure(connection: AsyncConnection[TupleRow]) -> None:
    """Keep plans custom: a generic plan ignores how many rows this tenant has."""
    await connection.execute("set plan_cache_mode = force_custom_plan")


def _compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


@contextmanager
def cancellable() -> Iterator[None]:
    """Raise a cancellation that the block was asked for and did not pass on.

    psycopg's pool waits with `asyncio.wait_for`, which before Python 3.12 forgets a
    cancellation that comes together with its result; a loop around it then never ends.
    """
    task = asyncio.current_task()
    asked = task.cancelling() if task else 0
    yield
    if task is not None and task.cancelling() > asked:
        raise asyncio.CancelledError


@contextmanager
def translated() -> Iterator[None]:
    """Turn psycopg's errors into ours; a bug in our SQL flies on as it is."""
    try:
        yield
    except (
        errors.DeadlockDetected,
        errors.SerializationFailure,
        errors.LockNotAvailable,
    ) as e:
        raise Conflict("Somebody else was changing the same rows.", "Try again.") from e
    except errors.InsufficientPrivilege as e:
        raise Refused(
            "Your role does not allow this.", "Ask the owner of the inbox."
        ) from e
    except errors.ForeignKeyViolation as e:
        raise NotFound("That no longer exists in this inbox.") from e
    except (errors.QueryCanceled, PoolTimeout, TimeoutError) as e:
        raise DatabaseDown("PostgreSQL did not answer in time.", retry_after=1.0) from e
    except (psycopg.OperationalError, psycopg.InterfaceError) as e:
        raise DatabaseDown("PostgreSQL cannot be reached.", retry_after=1.0) from e
    except psycopg.DatabaseError as e:
        if e.sqlstate == _STORAGE_FULL:
            raise BudgetSpent(
                "The knowledge base has reached the storage of your plan.",
                "Remove documents you no longer need, or choose a larger plan.",
            ) from e
        raise
