"""Fetch a file that came with a message, while the platform still has it."""

from uuid import UUID

from core.actions import media
from core.domain.ids import AttachmentId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Store the file of an attachment; one that is stored already is left alone."""
    await media.fetch(kit, tenant, AttachmentId(of))
