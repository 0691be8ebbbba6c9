"""Ask a platform for a message whose edit it announced without the text."""

from uuid import UUID

from core.actions import reread
from core.domain.ids import TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Show the message as it reads now; one that has been asked for is left alone."""
    await reread.message(kit, tenant, of)
