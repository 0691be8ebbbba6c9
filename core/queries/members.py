"""The people of the team."""

from core.domain.member import Member
from core.kit import Kit
from core.store import members as stored


async def members(kit: Kit) -> tuple[Member, ...]:
    """Return the team, by name."""
    async with kit.mine() as unit:
        return tuple(await stored.all_of(unit))
