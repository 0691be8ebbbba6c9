"""How conversations end, for whoever compares them with what was expected."""

from core.kit import Kit
from core.store import outcomes
from core.store.outcomes import OutcomeRow

__all__ = ["OutcomeRow", "of_customer"]


async def of_customer(kit: Kit, platform_customer_id: str) -> OutcomeRow | None:
    """Return how a customer's conversation stands; None if they never wrote."""
    async with kit.mine() as unit:
        return await outcomes.of_customer(unit, platform_customer_id)
