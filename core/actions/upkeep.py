"""Housekeeping: say that we live, and forget what is kept long enough."""

from core import logs
from core.config.sealing import companion_key
from core.kit import Kit
from core.store import companion_keys, health, retention
from core.store.health import Worker

_log = logs.logger(__name__)

RAW_WEBHOOK_DAYS = 30
"""Raw bodies are kept this long (RELIABILITY 4, GDPR); their keys for ever."""


RUN_DAYS = 7
"""How long a run of the assistant may still be resumed; its decision stays for good."""


SILENCE_SECONDS = 300.0
"""After this long without any companion, messages may have been missed (RELIABILITY F30)."""


async def beat(kit: Kit, worker: Worker) -> None:
    """Say that this companion lives; a silence before it is marked on every channel."""
    async with kit.database.claim() as unit:
        since = await health.beat(unit, worker, silence=SILENCE_SECONDS)
    if since is not None:
        _log.warning("companion.was_silent", since=since.isoformat())


async def publish_key(kit: Kit) -> None:
    """Let members on other machines seal tokens to this companion."""
    async with kit.database.claim() as unit:
        await companion_keys.publish(unit, companion_key(kit.vault))


async def prune(kit: Kit) -> None:
    """Forget raw bodies and runs of the assistant past their time.

    A body older than that can no longer be replayed, a run no longer resumed.
    """
    async with kit.database.claim() as unit:
        await retention.empty_bodies(unit, days=RAW_WEBHOOK_DAYS)
    async with kit.database.claim() as unit:
        await retention.forget_runs(unit, days=RUN_DAYS)
