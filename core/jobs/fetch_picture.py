"""Keep a copy of the picture that a platform shows of a customer."""

from uuid import UUID

from core.actions import portray
from core.domain.ids import CustomerId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Fetch a customer's picture; one that is here already is left alone."""
    await portray.customer(kit, tenant, CustomerId(of))
