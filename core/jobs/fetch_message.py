"""Ask a platform for a message or a mention that it announced without the words."""

from uuid import UUID

from core.actions import reread
from core.domain.ids import TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Show it as it reads now; what has been asked for is left alone."""
    await reread.noted(kit, tenant, of)
