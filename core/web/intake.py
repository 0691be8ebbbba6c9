"""Keep bodies before answering for them, many with one commit.

Requests that wait together share one statement: whatever queued up while the last one
ran goes with the next, without any timer, so that a lone request pays no delay and a
crowd costs few commits. A request is answered only after its commit.
"""

import asyncio
import hashlib

from core.clock import time_ordered_id
from core.domain.errors import Conflict, DatabaseDown
from core.domain.ids import EventId
from core.store import webhook_events
from core.store.pool import Database
from core.store.webhook_events import ReceivedBody
from core.web import patience

_LARGEST_COMMIT = 256


class Intake:
    """The door of `webhook_events`; `run` must be running for `keep` to return."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[ReceivedBody, asyncio.Future[None]]] = []
        self._bell = asyncio.Event()

    async def keep(self, platform: str, body: bytes) -> None:
        """Return once the body is on disk; a body that is there already is fine.

        Raises:
            DatabaseDown, Conflict: it could not be stored; the platform must try again.
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        received = ReceivedBody(
            id=EventId(time_ordered_id()),
            platform=platform,
            body=body,
            sha256=hashlib.sha256(body).digest(),
        )
        self._waiting.append((received, kept))
        self._bell.set()
        await kept

    async def run(self) -> None:
        """Store what waits, again and again, until cancelled."""
        while True:
            await self._bell.wait()
            batch, self._waiting = (
                self._waiting[:_LARGEST_COMMIT],
                self._waiting[_LARGEST_COMMIT:],
            )
            if not self._waiting:
                self._bell.clear()
            await self._store(batch)

    async def _store(self, batch: list[tuple[ReceivedBody, asyncio.Future[None]]]) -> None:
        try:
            async with patience.in_time(), self._database.single() as unit:
                await webhook_events.insert(unit, [received for received, _ in batch])
        except (DatabaseDown, Conflict) as trouble:
            for _, kept in batch:
                if not kept.done():
                    kept.set_exception(trouble)
            return
        for _, kept in batch:
            if not kept.done():
                kept.set_result(None)
