"""Keep what platforms let us keep, as long as they let us: their manifests say how long.

Runs by the clock. Each batch is a transaction of its own, so that a run that is cut short
has done what it has done, and the next one goes on; a second run at once finds rows locked
and leaves them. Words are gone from every table that may hold them: the comment, what the
assistant decided about it and its run, the raw webhook, updates that wait.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial

from core import logs
from core.domain.expiry import expired_by
from core.kit import Kit
from core.platforms.base import Manifest
from core.store import expiry
from core.store.expiry import Batch, ChannelOf
from core.store.pool import Unit

_log = logs.logger(__name__)

BATCH_ROWS = 500
MOST_BATCHES = 40
"""Of one kind of row in one channel and run: 20,000 rows, then the others have their turn."""

_Step = Callable[[Unit], Awaitable[int]]
_Open = Callable[[], AbstractAsyncContextManager[Unit]]


async def expire(kit: Kit) -> None:
    """Forget what every platform's terms no longer let us keep.

    Raises:
        Unavailable: the database is away; the next run makes up for it.
    """
    for platform in kit.platforms.values():
        manifest = platform.manifest
        if manifest.keeps_activity is None and manifest.keeps_profiles is None:
            continue
        forgotten = await _expire_platform(kit, manifest)
        if forgotten:
            _log.info("retention.expired", platform=manifest.name.value, rows=forgotten)


async def _expire_platform(kit: Kit, manifest: Manifest) -> int:
    async with kit.database.claim() as unit:
        found = await expiry.channels_of(unit, manifest.name)
    forgotten = 0
    for channel in found:
        forgotten += await _expire_channel(kit, manifest, channel)
    if manifest.keeps_activity is not None:
        empty = partial(
            expiry.bodies,
            platform=manifest.name,
            kept=manifest.keeps_activity,
            limit=BATCH_ROWS,
        )
        forgotten += await _in_batches(kit.database.claim, empty)
    return forgotten


async def _expire_channel(kit: Kit, manifest: Manifest, channel: ChannelOf) -> int:
    unit_of = partial(kit.unit, channel.tenant_id)
    steps: list[_Step] = []
    if manifest.keeps_profiles is not None:
        batch = _batch(channel, manifest.keeps_profiles)
        steps += [partial(step, batch=batch) for step in (expiry.authors, expiry.profiles)]
    if manifest.keeps_activity is not None:
        batch = _batch(channel, manifest.keeps_activity)
        words = expired_by(manifest.title)
        steps += [partial(_expire_words, batch=batch, words=words)]
        steps += [partial(step, batch=batch) for step in (expiry.waiting, expiry.runs)]
    return sum([await _in_batches(unit_of, step) for step in steps])


def _batch(channel: ChannelOf, kept: timedelta) -> Batch:
    return Batch(channel=channel.channel_id, kept=kept, limit=BATCH_ROWS)


async def _expire_words(unit: Unit, batch: Batch, words: str) -> int:
    """Forget comments' words, and in the same transaction what was decided about them."""
    gone = await expiry.comments(unit, batch)
    await expiry.decisions(unit, gone.decisions, words)
    return gone.comments


async def _in_batches(open_unit: _Open, step: _Step) -> int:
    forgotten = 0
    for _batch_number in range(MOST_BATCHES):
        async with open_unit() as unit:
            changed = await step(unit)
        forgotten += changed
        if changed < BATCH_ROWS:
            break
    return forgotten
