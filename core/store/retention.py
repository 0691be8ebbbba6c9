"""What is forgotten, and when."""

from core.store.pool import Unit

_EMPTY_BODIES = "select app.empty_webhook_bodies_v1(%(days)s::int)"


async def empty_bodies(unit: Unit, *, days: int) -> int:
    """Empty the raw bodies of settled webhooks older than `days`; their keys stay."""
    emptied: int = await unit.value(_EMPTY_BODIES, {"days": days})
    return emptied
