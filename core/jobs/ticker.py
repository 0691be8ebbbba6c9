"""What happens by the clock: APScheduler ticks, and the tick does its own short work.

A tick is not a queue: one that is missed while the companion was off is simply late, and
several companions ticking at once do no harm, because every tick may run twice.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from core import logs
from core.actions import embed, group_gaps, monitor, retain, upkeep
from core.domain.errors import SocialSyncError
from core.kit import Kit
from core.store.health import Worker

_log = logs.logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Something to do every `seconds`."""

    name: str
    seconds: float
    run: Callable[[Kit], Awaitable[None]]


TICKS = (
    Tick(name="key", seconds=3600, run=upkeep.publish_key),
    Tick(name="prune", seconds=6 * 3600, run=upkeep.prune),
    Tick(name="embedder", seconds=60, run=embed.notice),
    Tick(name="gaps", seconds=120, run=group_gaps.notice),
    Tick(name="posts", seconds=600, run=monitor.look_for_posts),
    Tick(name="retain", seconds=600, run=retain.expire),
)


async def run(kit: Kit, worker: Worker) -> None:
    """Tick until cancelled; the heartbeat of this companion is one of the ticks."""

    async def beat(kit: Kit) -> None:
        await upkeep.beat(kit, worker)

    scheduler = AsyncIOScheduler(timezone="UTC")
    heartbeat = Tick(name="heartbeat", seconds=5, run=beat)
    for tick in (heartbeat, *TICKS):
        scheduler.add_job(
            _once,
            IntervalTrigger(seconds=tick.seconds, timezone="UTC"),
            args=[kit, tick],
            id=tick.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=kit.clock.now(),
        )
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)


async def _once(kit: Kit, tick: Tick) -> None:
    """Run one tick; foreseen trouble waits for the next one."""
    try:
        await tick.run(kit)
    except SocialSyncError as trouble:
        _log.info("tick.failed", tick=tick.name, why=trouble.title)
