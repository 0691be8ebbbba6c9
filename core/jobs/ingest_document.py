"""Read a document into the knowledge base: chunks, vectors, and the status to show."""

from uuid import UUID

from core.actions import ingest
from core.domain.ids import DocumentId, TenantId
from core.kit import Kit


async def run(kit: Kit, tenant: TenantId, of: UUID) -> None:
    """Index a document; unchanged chunks of an earlier version keep their vectors."""
    await ingest.document(kit, tenant, DocumentId(of))
