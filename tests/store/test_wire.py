import asyncio
from uuid import UUID, uuid4

import pytest

from core.domain.ids import TenantId
from core.notices import Notice, NoticeBus, NoticeKind
from core.store import wire
from core.store.pool import Database, Login, open_database
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange

PATIENCE = 10.0
_END = """
select pg_terminate_backend(pid) from pg_stat_activity
where application_name = 'socialsync listen' and datname = current_database()
"""
RESYNC = Notice(NoticeKind.RESYNC)


async def publish(database: TestDatabase, kind: NoticeKind, of: UUID) -> None:
    async with (
        open_database(database.service, login=Login.SERVICE) as opened,
        opened.unit(database.tenant) as unit,
    ):
        await unit.publish(kind, of)


async def publish_and_fail(database: Database, tenant: TenantId) -> None:
    async with database.unit(tenant) as unit:
        await unit.publish(NoticeKind.FAQ_CHANGED, uuid4())
        raise ZeroDivisionError


async def test_notices_of_another_process_reach_the_bus_after_a_resync(
    fresh_database: TestDatabase,
) -> None:
    bus, of = NoticeBus(), uuid4()
    async with open_database(fresh_database.agent, login=Login.MEMBER) as database:
        with bus.subscribed() as heard:
            relay = asyncio.create_task(wire.relay(database, fresh_database.tenant, bus))
            async with asyncio.timeout(PATIENCE):
                assert await heard.next() == RESYNC
                await publish(fresh_database, NoticeKind.MESSAGE_ARRIVED, of)
                assert await heard.next() == Notice(NoticeKind.MESSAGE_ARRIVED, of)
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)


async def test_a_notice_of_another_tenant_is_not_heard(
    fresh_database: TestDatabase,
) -> None:
    bus, ours = NoticeBus(), uuid4()
    async with (
        open_database(fresh_database.agent, login=Login.MEMBER) as database,
        open_database(fresh_database.service, login=Login.SERVICE) as service,
    ):
        with bus.subscribed() as heard:
            relay = asyncio.create_task(wire.relay(database, fresh_database.tenant, bus))
            async with asyncio.timeout(PATIENCE):
                assert await heard.next() == RESYNC
                for tenant, of in (
                    (fresh_database.other_tenant, uuid4()),
                    (fresh_database.tenant, ours),
                ):
                    async with service.unit(tenant) as unit:
                        await unit.publish(NoticeKind.CHANNEL_CHANGED, of)
                assert await heard.next() == Notice(NoticeKind.CHANNEL_CHANGED, ours)
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)


async def test_a_notice_of_a_transaction_that_fails_is_never_heard(
    fresh_database: TestDatabase,
) -> None:
    bus, later = NoticeBus(), uuid4()
    async with open_database(fresh_database.owner, login=Login.MEMBER) as database:
        with bus.subscribed() as heard:
            relay = asyncio.create_task(wire.relay(database, fresh_database.tenant, bus))
            async with asyncio.timeout(PATIENCE):
                assert await heard.next() == RESYNC
                with pytest.raises(ZeroDivisionError):
                    await publish_and_fail(database, fresh_database.tenant)
                await publish(fresh_database, NoticeKind.FAQ_CHANGED, later)
                assert await heard.next() == Notice(NoticeKind.FAQ_CHANGED, later)
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)


async def test_a_broken_line_is_drawn_again_and_says_so(
    fresh_database: TestDatabase, arrange: Arrange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_RECONNECT_SECONDS", 0.0)
    bus, of = NoticeBus(), uuid4()
    async with open_database(fresh_database.agent, login=Login.MEMBER) as database:
        with bus.subscribed() as heard:
            relay = asyncio.create_task(wire.relay(database, fresh_database.tenant, bus))
            async with asyncio.timeout(PATIENCE):
                assert await heard.next() == RESYNC
                arrange.run(_END)
                assert await heard.next() == RESYNC
                await publish(fresh_database, NoticeKind.DRAFT_READY, of)
                assert await heard.next() == Notice(NoticeKind.DRAFT_READY, of)
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)


@pytest.mark.parametrize(
    ("payload", "notice"),
    [
        ("a kind of next year:", RESYNC),
        ("message_arrived:not an id", RESYNC),
        ("rules_changed:", Notice(NoticeKind.RULES_CHANGED)),
    ],
)
async def test_what_a_newer_version_says_means_look_again(
    fresh_database: TestDatabase, arrange: Arrange, payload: str, notice: Notice
) -> None:
    channel = arrange.value(
        "select channel from notices_channels where tenant_id = %(tenant)s"
    )
    bus = NoticeBus()
    async with open_database(fresh_database.agent, login=Login.MEMBER) as database:
        with bus.subscribed() as heard:
            relay = asyncio.create_task(wire.relay(database, fresh_database.tenant, bus))
            async with asyncio.timeout(PATIENCE):
                assert await heard.next() == RESYNC
                arrange.run(
                    "select pg_notify(%(channel)s, %(words)s)",
                    channel=channel,
                    words=payload,
                )
                assert await heard.next() == notice
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)


async def test_a_wake_up_names_its_work_list_and_a_new_line_means_all(
    fresh_database: TestDatabase, arrange: Arrange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_RECONNECT_SECONDS", 0.0)
    rung: asyncio.Queue[str] = asyncio.Queue()
    async with open_database(fresh_database.service, login=Login.SERVICE) as database:
        bell = asyncio.create_task(wire.wake_ups(database, rung.put_nowait))
        async with asyncio.timeout(PATIENCE):
            assert await rung.get() == ""
            arrange.run("select app.wake_v1('outbox')")
            assert await rung.get() == "outbox"
            arrange.run(_END)
            assert await rung.get() == ""
            arrange.run("select app.wake_v1('inbound')")
            assert await rung.get() == "inbound"
        bell.cancel()
        await asyncio.gather(bell, return_exceptions=True)
