"""Ask a platform what a customer shows of themselves, once, after their first message."""

from uuid import UUID

from core.actions import introduce
from core.domain.ids import CustomerId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Give a customer their name; one who has a name is left alone."""
    await introduce.customer(kit, tenant, CustomerId(of))
