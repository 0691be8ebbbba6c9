"""Let a customer see that an answer is being written."""

from uuid import UUID

from core.actions import courtesies
from core.domain.ids import ConversationId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Show the sign for as long as the platform does."""
    await courtesies.show_typing(kit, tenant, ConversationId(of))
