"""A thousand times a person and the assistant act on one conversation at the same moment.

On a private server with fsync on, through the real actions. The same meetings are then
judged with an assistant that checks first and sends afterwards: what it gets wrong shows
that the judge sees. Two workers of the assistant meet as well, one with a lost lease.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from core.actions import decide
from core.config.settings import Settings
from core.engine import open_engine
from core.store.embedded import open_embedded
from core.store.pool import Login
from tests.bench import _race
from tests.bench._race import PEOPLE, Deciding, Ring, Score
from tests.fixtures.homes import passing_home
from tests.fixtures.inbox import Arrange

MEETINGS = 1_000
WORKERS = 200
CARELESS = 100
SEED = 20261128


async def run() -> dict[str, Any]:
    """Let them meet, and compare with an assistant that is careless."""
    async with _ring() as ring:
        people = await _meetings(ring, MEETINGS)
        workers = await _workers(ring, WORKERS)
        careless = await _meetings(ring, CARELESS, _race.carelessly)
    return {
        "seed": SEED,
        "people_against_the_assistant": people,
        "two_workers": workers,
        "check_first_send_afterwards": careless,
        "goal": "no violation and no deadlock; the careless one must be found out",
    }


async def _meetings(
    ring: Ring, count: int, deciding: Deciding = decide.act
) -> dict[str, Any]:
    channel, score, names = _race.a_channel(ring), Score(), list(PEOPLE)
    before, started = _race.deadlocks(ring), perf_counter()
    for at in range(count):
        await _race.meet(ring, names[at % len(names)], channel, score, deciding)
    return _figures(score, _race.deadlocks(ring) - before, perf_counter() - started)


async def _workers(ring: Ring, count: int) -> dict[str, Any]:
    channel, score = _race.a_channel(ring), Score()
    before, started = _race.deadlocks(ring), perf_counter()
    for _ in range(count):
        await _race.two_workers(ring, channel, score)
    return _figures(score, _race.deadlocks(ring) - before, perf_counter() - started)


def _figures(score: Score, deadlocks: int, seconds: float) -> dict[str, Any]:
    return {
        "meetings": score.meetings,
        "violations": len(score.violations),
        "first_violations": score.violations[:5],
        "deadlocks": deadlocks,
        "left": dict(score.left),
        "ends": dict(sorted(score.ends.items())),
        "seconds": round(seconds, 1),
    }


@asynccontextmanager
async def _ring() -> AsyncIterator[Ring]:
    with passing_home() as home:
        own = Settings(home=home)
        async with (
            open_engine(own, login=Login.SERVICE) as companion,
            open_engine(own, login=Login.MEMBER) as member,
            open_embedded(own.home) as server,
        ):
            privileged = make_conninfo(
                server.conninfo(user=server.superuser, password=server.password),
                options="-c search_path=public,extensions",
            )
            with psycopg.connect(privileged, autocommit=True) as line:
                arrange = Arrange(line=line, tenant=member.kit.member.tenant)
                yield _race.open_ring(companion.kit, member.kit, member.kit, arrange, SEED)
