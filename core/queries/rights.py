"""What the person at this screen may do; the database has the last word all the same."""

from core.domain.member import Role
from core.kit import Kit

__all__ = ["may_change_rules"]


async def may_change_rules(kit: Kit) -> bool:
    """Return whether this member may change the rules, for controls to say so early."""
    return kit.member.role in {Role.ADMIN, Role.OWNER}
