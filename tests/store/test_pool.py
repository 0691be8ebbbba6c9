import asyncio
import contextlib
import logging
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from core.domain.errors import Conflict, DatabaseDown, NotFound, Refused
from core.domain.ids import TenantId
from core.store.pool import Database, Login, Unit, cancellable, open_database, translated
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange

_COUNT = "select count(*) from conversations"
_TENANT = "select current_setting('app.tenant', true)"
_BACKEND = "select pg_backend_pid()"


def end_backends(arrange: Arrange, login: str) -> None:
    arrange.run(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where usename = %(login)s and datname = current_database()",
        login=login,
    )


def login_of(conninfo: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(conninfo)["user"])


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (errors.DeadlockDetected, Conflict),
        (errors.SerializationFailure, Conflict),
        (errors.LockNotAvailable, Conflict),
        (errors.InsufficientPrivilege, Refused),
        (errors.ForeignKeyViolation, NotFound),
        (errors.QueryCanceled, DatabaseDown),
        (errors.AdminShutdown, DatabaseDown),
        (errors.TooManyConnections, DatabaseDown),
        (psycopg.OperationalError, DatabaseDown),
        (psycopg.InterfaceError, DatabaseDown),
    ],
)
def test_what_the_database_says_becomes_what_must_happen_next(
    raised: type[psycopg.Error], expected: type[Exception]
) -> None:
    with pytest.raises(expected) as caught, translated():
        raise raised
    assert isinstance(caught.value.__cause__, raised)


@pytest.mark.parametrize(
    "bug", [errors.SyntaxError, errors.UndefinedTable, errors.CheckViolation]
)
def test_a_bug_in_our_sql_flies_on_as_it_is(bug: type[psycopg.Error]) -> None:
    with pytest.raises(bug), translated():
        raise bug


async def test_of_two_units_that_wait_for_each_other_one_may_run_again(
    fresh_database: TestDatabase, arrange: Arrange
) -> None:
    lock = "select from conversations where id = %(id)s for update"
    one, two = arrange.conversation(), arrange.conversation()
    both_hold = asyncio.Barrier(2)

    async def cross(database: Database, first: object, second: object) -> None:
        async with database.unit(fresh_database.tenant) as unit:
            await unit.execute(lock, {"id": first})
            await both_hold.wait()
            await unit.execute(lock, {"id": second})

    async with open_database(fresh_database.owner, login=Login.MEMBER) as database:
        ends = await asyncio.gather(
            cross(database, one, two), cross(database, two, one), return_exceptions=True
        )
    assert sorted(type(end).__name__ for end in ends) == ["Conflict", "NoneType"]


async def test_what_a_role_may_not_do_is_refused(fresh_database: TestDatabase) -> None:
    async with open_database(fresh_database.agent, login=Login.MEMBER) as database:
        with pytest.raises(Refused, match="Your role does not allow this"):
            async with database.unit(fresh_database.tenant) as unit:
                await unit.value("select access_token from social_accounts")


async def test_hanging_a_row_on_nothing_is_not_found(
    fresh_database: TestDatabase, arrange: Arrange
) -> None:
    conversation = arrange.conversation()
    async with open_database(fresh_database.owner, login=Login.MEMBER) as database:
        with pytest.raises(NotFound):
            async with database.unit(fresh_database.tenant) as unit:
                await unit.execute(
                    "update conversations set assignee_user_id = %(nobody)s"
                    " where id = %(id)s",
                    {"nobody": uuid4(), "id": conversation},
                )


async def test_a_killed_connection_is_the_databases_absence_and_heals(
    fresh_database: TestDatabase, arrange: Arrange, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "psycopg.pool")

    async def counted(database: Database, *, killed: bool) -> object:
        async with database.unit(fresh_database.tenant) as unit:
            if killed:
                end_backends(arrange, login_of(fresh_database.owner))
            return await unit.value(_COUNT)

    async with open_database(
        fresh_database.owner, login=Login.MEMBER, max_size=1
    ) as database:
        with pytest.raises(DatabaseDown) as caught:
            await counted(database, killed=True)
        assert caught.value.retry_after
        assert await counted(database, killed=False) == 0


async def fail_after(unit: Unit, priority: int) -> None:
    await unit.execute(
        "update conversations set priority = %(priority)s", {"priority": priority}
    )
    raise ZeroDivisionError


async def fail_in_savepoint(unit: Unit) -> None:
    async with unit.savepoint():
        await fail_after(unit, 7)


async def test_what_raises_leaves_nothing_behind(
    fresh_database: TestDatabase, arrange: Arrange
) -> None:
    conversation = arrange.conversation()
    async with open_database(fresh_database.owner, login=Login.MEMBER) as database:
        with pytest.raises(ZeroDivisionError):
            async with database.unit(fresh_database.tenant) as unit:
                await fail_after(unit, 7)
    assert arrange.row("conversations", conversation)["priority"] == 0


async def test_a_savepoint_undoes_its_block_alone(
    fresh_database: TestDatabase, arrange: Arrange
) -> None:
    conversation = arrange.conversation()
    async with (
        open_database(fresh_database.owner, login=Login.MEMBER) as database,
        database.unit(fresh_database.tenant) as unit,
    ):
        await unit.execute("update conversations set priority = 3")
        with pytest.raises(ZeroDivisionError):
            await fail_in_savepoint(unit)
    assert arrange.row("conversations", conversation)["priority"] == 3


async def test_the_tenant_is_set_for_the_transaction_and_not_for_the_connection(
    fresh_database: TestDatabase, arrange: Arrange
) -> None:
    arrange.conversation()
    async with open_database(
        fresh_database.service, login=Login.SERVICE, max_size=1
    ) as database:
        async with database.unit(fresh_database.tenant) as unit:
            used = await unit.value(_BACKEND)
            assert await unit.value(_COUNT) == 1
        async with database.claim() as unit:
            assert await unit.value(_BACKEND) == used
            assert not await unit.value(_TENANT)
            assert await unit.value(_COUNT) == 0


async def test_a_unit_of_one_tenant_does_not_see_another_one(
    fresh_database: TestDatabase, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    arrange.conversation()
    arrange_elsewhere.conversation()
    async with open_database(fresh_database.service, login=Login.SERVICE) as database:

        async def seen(tenant: TenantId) -> object:
            async with database.unit(tenant) as unit:
                return await unit.value(
                    "select string_agg(user_id::text, ' ') from conversations"
                )

        for tenant in (fresh_database.tenant, fresh_database.other_tenant):
            assert await seen(tenant) == str(tenant)


async def test_many_runs_a_statement_for_each_set_of_values(
    fresh_database: TestDatabase, arrange: Arrange
) -> None:
    ids = [arrange.conversation() for _ in range(3)]
    async with (
        open_database(fresh_database.owner, login=Login.MEMBER) as database,
        database.unit(fresh_database.tenant) as unit,
    ):
        await unit.many(
            "update conversations set priority = %(priority)s where id = %(id)s",
            [{"id": one, "priority": place} for place, one in enumerate(ids)],
        )
    assert [arrange.row("conversations", one)["priority"] for one in ids] == [0, 1, 2]


async def test_the_line_that_listens_notices_a_dead_link(
    fresh_database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    connect = psycopg.AsyncConnection.connect

    def spied(conninfo: str, *, autocommit: bool, application_name: str) -> object:
        drawn.append(psycopg.conninfo.conninfo_to_dict(conninfo))
        return connect(conninfo, autocommit=autocommit, application_name=application_name)

    async with open_database(fresh_database.owner, login=Login.MEMBER) as database:
        monkeypatch.setattr(psycopg.AsyncConnection, "connect", spied)
        async for _ in database.listen(("made_up",)):
            break
    assert [line["keepalives_idle"] for line in drawn] == ["10"]


async def wait_deafly() -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


async def ended(task: asyncio.Task[None]) -> asyncio.Task[None]:
    """Cancel a task that has begun, and wait until it is over."""
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait((task,))
    return task


async def test_a_cancellation_that_something_swallowed_is_raised_all_the_same() -> None:
    async def work() -> None:
        with cancellable():
            await wait_deafly()

    assert (await ended(asyncio.create_task(work()))).cancelled()


async def test_what_was_cancelled_before_may_still_clean_up() -> None:
    async def work() -> None:
        await wait_deafly()
        with cancellable():
            await asyncio.sleep(0)

    assert not (await ended(asyncio.create_task(work()))).cancelled()
