"""What is forgotten, and when."""

from core.store.pool import Unit

_EMPTY_BODIES = "select app.empty_webhook_bodies_v1(%(days)s::int)"


async def empty_bodies(unit: Unit, *, days: int) -> int:
    """Empty the raw bodies of settled webhooks older than `days`; their keys stay."""
    emptied: int = await unit.value(_EMPTY_BODIES, {"days": days})
    return emptied


_FORGET_RUNS = "select app.forget_runs_v1(%(days)s::int)"


async def forget_runs(unit: Unit, *, days: int) -> int:
    """Delete the checkpoints of runs that began more than `days` ago; return how many runs.

    At most 5,000 at a time, so that no lock is held for long.
    """
    forgotten: int = await unit.value(_FORGET_RUNS, {"days": days})
    return forgotten
