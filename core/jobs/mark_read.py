"""Let a customer see that their message has been read."""

from uuid import UUID

from core.actions import courtesies
from core.domain.ids import ConversationId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Mark the last message; one that is marked already stays so."""
    await courtesies.mark_read(kit, tenant, ConversationId(of))
