"""List a channel's newest posts: somebody has commented under one we knew nothing about."""

from uuid import UUID

from core.actions import monitor
from core.domain.ids import ChannelId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Learn the words and pictures of a channel's posts, and begin to read new ones."""
    await monitor.find_posts(kit, tenant, ChannelId(of))
