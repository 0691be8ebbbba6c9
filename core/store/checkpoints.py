"""The pool under LangGraph's saver: every connection works for one tenant, or for none.

The saver runs its own SQL and knows nothing of tenants. Its tables are guarded by row
security through `assistant_threads`, so each checkout says whose run this is before the
connection is lent, and nothing of another run's is carried over.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from typing_extensions import override

from core.domain.ids import TenantId
from core.store.pool import NO_TENANT

_ACTING_FOR: ContextVar[TenantId] = ContextVar("acting_for", default=NO_TENANT)
_SET = "select set_config('app.tenant', %s, false)"
_DO_NOT_WAIT = "set synchronous_commit = off"


@contextmanager
def acting_for(tenant: TenantId) -> Iterator[None]:
    """Have the checkpoints written and read in this block be this tenant's."""
    token = _ACTING_FOR.set(tenant)
    try:
        yield
    finally:
        _ACTING_FOR.reset(token)


class TenantPool(AsyncConnectionPool[AsyncConnection[dict[str, Any]]]):
    """A pool whose connections act for the tenant of the block they are taken in."""

    @asynccontextmanager
    @override
    async def connection(
        self, timeout: float | None = None
    ) -> AsyncIterator[AsyncConnection[dict[str, Any]]]:
        """Lend a connection that sees the checkpoints of one tenant."""
        async with super().connection(timeout) as connection:
            # Not taken back when it returns: nobody gets a connection but through here, and
            # a decision would wait three times more for the database.
            await connection.execute(_SET, (str(_ACTING_FOR.get()),))
            yield connection


async def _without_waiting(connection: AsyncConnection[dict[str, Any]]) -> None:
    """Have commits not wait for the disk.

    A run writes some fifteen checkpoints. They outlive this process as before; should the
    server itself go down, the last of them are steps that are simply taken again, for none
    has an effect. A third of a decision's time was this waiting.
    """
    await connection.execute(_DO_NOT_WAIT)


@asynccontextmanager
async def open_checkpoint_pool(conninfo: str) -> AsyncIterator[TenantPool]:
    """Open the pool for the saver of one process."""
    pool = TenantPool(
        conninfo,
        min_size=0,
        max_size=4,
        open=False,
        configure=_without_waiting,
        kwargs={
            "autocommit": True,
            "prepare_threshold": 0,
            "row_factory": dict_row,
            "application_name": "socialsync checkpoints",
        },
    )
    await pool.open()
    try:
        yield pool
    finally:
        await pool.close(timeout=5.0)
