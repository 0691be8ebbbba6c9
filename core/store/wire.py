"""NOTIFY between processes: notices for people, wake-ups for work lists.

A broken line is drawn again; since nothing is replayed on it, whoever listens is told to
read again what it shows (RESYNC), and work lists simply look.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

from core import logs
from core.domain.errors import DatabaseDown
from core.domain.ids import TenantId
from core.notices import Notice, NoticeBus, NoticeKind
from core.store.pool import Database

_log = logs.logger(__name__)
_RECONNECT_SECONDS = 1.0
WAKE_CHANNEL = "socialsync_wake"

_NOTICE_CHANNEL = "select app.notice_channel_v1(%(tenant)s)"


async def relay(database: Database, tenant: TenantId, bus: NoticeBus) -> None:
    """Hand the notices of one inbox to the bus, until cancelled."""
    while True:
        try:
            async with database.unit(tenant) as unit:
                channel: str = await unit.value(_NOTICE_CHANNEL, {"tenant": tenant})
            async for heard, payload in database.listen((channel,)):
                bus.publish(_notice(payload) if heard else Notice(NoticeKind.RESYNC))
        except DatabaseDown as down:
            _log.info("wire.down", why=down.title)
            await asyncio.sleep(_RECONNECT_SECONDS)


def _notice(payload: str) -> Notice:
    """Read `kind:id`; what a newer version says in words we lack means: look again."""
    kind, _, of = payload.partition(":")
    try:
        return Notice(NoticeKind(kind), UUID(of) if of else None)
    except ValueError:
        return Notice(NoticeKind.RESYNC)


async def wake_ups(database: Database, wake: Callable[[str], None]) -> None:
    """Call `wake` with the name of the work list that has something to do, until cancelled.

    An empty name, after the line was drawn, means: any of them.
    """
    while True:
        try:
            async for _, payload in database.listen((WAKE_CHANNEL,)):
                wake(payload)
        except DatabaseDown as down:
            _log.info("wire.down", why=down.title)
            await asyncio.sleep(_RECONNECT_SECONDS)
