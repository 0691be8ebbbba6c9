"""How full the work lists are, for services over all tenants and for members over one."""

from dataclasses import dataclass
from datetime import datetime

from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Lengths and ages (seconds) of the work lists of all tenants."""

    inbound_pending: int
    inbound_parked: int
    inbound_oldest_seconds: float
    assistant_due: int
    outbox_queued: int
    outbox_oldest_seconds: float
    outbox_unknown: int
    outbox_needs_human: int
    channels_paused: int


_FIGURES = "select * from app.work_figures_v1()"


async def figures(unit: Unit) -> Figures:
    """Return the figures for `/metrics`; services only."""
    found = await unit.row(Figures, _FIGURES)
    assert found is not None  # noqa: S101 - the function always returns one row
    return found


_VERSION = "select max(version) from app.schema_history_v1()"


async def schema_version(unit: Unit) -> int:
    """Return the version of the schema this database has."""
    version: int = await unit.value(_VERSION)
    return version


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a member may know of the machinery of their inbox."""

    companion_alive: bool
    queued: int
    uncertain: int
    parked: int


_COUNTS = """
select app.worker_alive_v1('companion', 30) as companion_alive,
       (select count(*) from outbox_items
         where tenant_id = %(tenant)s and state in ('queued', 'claimed', 'sending', 'held')
       ) as queued,
       (select count(*) from outbox_items
         where tenant_id = %(tenant)s and state in ('unknown', 'needs_human')) as uncertain,
       app.parked_events_v1() as parked
"""


async def counts(unit: Unit) -> Counts:
    """Return the health of one inbox."""
    found = await unit.row(Counts, _COUNTS, {"tenant": unit.tenant})
    assert found is not None  # noqa: S101 - a select without from returns one row
    return found


_BEAT = """
select app.beat_v2(%(id)s, %(kind)s, %(host)s, %(pid)s::int, %(silence)s::int)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One running companion."""

    id: str
    kind: str
    host: str
    pid: int


async def beat(unit: Unit, worker: Worker, *, silence: float) -> datetime | None:
    """Say that a companion lives; members are told when none has for 30 s.

    Returns when the last companion was heard before, if that is more than `silence` seconds
    ago: the silence is then marked on every channel, in the same transaction.
    """
    params = {
        "id": worker.id,
        "kind": worker.kind,
        "host": worker.host,
        "pid": worker.pid,
        "silence": int(silence),
    }
    since: datetime | None = await unit.value(_BEAT, params)
    return since
