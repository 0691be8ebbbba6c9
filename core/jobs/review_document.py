"""Look a document over, after it was read in: what contradicts, and what has passed."""

from uuid import UUID

from core.actions import review
from core.domain.ids import DocumentId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Compare a document with the others; a second look replaces what the first found."""
    await review.document(kit, tenant, DocumentId(of))
