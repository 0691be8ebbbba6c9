"""Housekeeping: say that we live, and forget what is kept long enough."""

from core.kit import Kit
from core.store import health, retention
from core.store.health import Worker

RAW_WEBHOOK_DAYS = 30
"""Raw bodies are kept this long (RELIABILITY 4, GDPR); their keys for ever."""


RUN_DAYS = 7
"""How long a run of the assistant may still be resumed; its decision stays for good."""


async def beat(kit: Kit, worker: Worker) -> None:
    """Say that this companion lives."""
    async with kit.database.claim() as unit:
        await health.beat(unit, worker)


async def prune(kit: Kit) -> None:
    """Forget raw bodies and runs of the assistant past their time.

    A body older than that can no longer be replayed, a run no longer resumed.
    """
    async with kit.database.claim() as unit:
        await retention.empty_bodies(unit, days=RAW_WEBHOOK_DAYS)
    async with kit.database.claim() as unit:
        await retention.forget_runs(unit, days=RUN_DAYS)
