"""Group the questions that were handed to people for want of an answer."""

from uuid import UUID

from core.actions import group_gaps
from core.domain.ids import TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, _of: UUID) -> None:
    """Put what waits into groups; a second look finds nothing left to do."""
    await group_gaps.regroup(kit, tenant)
