"""Housekeeping: say that we live, and forget what is kept long enough."""

from core.kit import Kit
from core.store import health, retention
from core.store.health import Worker

RAW_WEBHOOK_DAYS = 30
"""Raw bodies are kept this long (RELIABILITY 4, GDPR); their keys for ever."""


async def beat(kit: Kit, worker: Worker) -> None:
    """Say that this companion lives."""
    async with kit.database.claim() as unit:
        await health.beat(unit, worker)


async def prune(kit: Kit) -> None:
    """Empty raw bodies past their time; a replay of one older is no longer possible."""
    async with kit.database.claim() as unit:
        await retention.empty_bodies(unit, days=RAW_WEBHOOK_DAYS)
