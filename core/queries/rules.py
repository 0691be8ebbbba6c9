"""The owner's rules in force."""

from core.domain.errors import NotFound
from core.kit import Kit
from core.store import rules
from core.store.rules import RulesRow

__all__ = ["RulesRow", "current"]


async def current(kit: Kit) -> RulesRow:
    """Return the rules of this member's inbox."""
    async with kit.mine() as unit:
        found = await rules.read(unit)
    if found is None:
        raise NotFound("This inbox has no rules.", "Run `migrate` once.")
    return found
