"""Make the vectors of another embedder, and search with them once they are complete."""

from uuid import UUID

from core.actions import embed
from core.domain.ids import TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, _of: UUID) -> None:
    """Change an inbox to the embedder of this companion; a killed run goes on."""
    await embed.change(kit, tenant)
