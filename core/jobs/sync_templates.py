"""Read a channel's message templates again."""

from uuid import UUID

from core.actions import sync_templates
from core.domain.ids import ChannelId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Keep exactly what the platform tells now."""
    await sync_templates.of_channel(kit, tenant, ChannelId(of))
