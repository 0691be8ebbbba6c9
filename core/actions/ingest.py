"""Index a document that waits: cut it, embed it, and let it take its place.

Vectors are made in batches outside any transaction and kept as they come, so that a run
that was killed goes on where it was; the chunks of the new version become visible together,
in the transaction that also makes its text the document's.
"""

from core import queue
from core.actions import embed
from core.domain.errors import Conflict, ModelDown, NeedsPerson, RateLimited, Refused
from core.domain.ids import DocumentId, TenantId
from core.kit import Kit
from core.knowledge import ingest
from core.knowledge.ingest import Plan
from core.llm.base import Embedder
from core.notices import NoticeKind
from core.queue import JobName
from core.store import chunks, documents
from core.store.documents import Source
from core.store.pool import Unit


async def document(kit: Kit, tenant: TenantId, document_id: DocumentId) -> None:
    """Index the version of a document that waits; the body of the background job.

    Safe to run twice. A document that was removed meanwhile is left alone; a newer
    version has a job of its own.

    Raises:
        ModelDown, RateLimited: the embedder does not answer, or not yet; the document says
            so until a later run.
        Conflict: another run of this job was faster; run it again.
    """
    async with kit.unit(tenant) as unit:
        source = await documents.source(unit, document_id)
        if source is None:
            # Cancelled, perhaps: what a killed run had made for it is of no use.
            await chunks.unstage(unit, document_id)
            return
    try:
        await _index(kit, tenant, document_id, source)
    except (ModelDown, RateLimited, NeedsPerson, Refused) as error:
        async with kit.unit(tenant) as unit:
            await documents.mark_failed(unit, document_id, str(error))
            await unit.publish(NoticeKind.DOCUMENT_CHANGED, document_id)
        raise


async def _index(
    kit: Kit, tenant: TenantId, document_id: DocumentId, source: Source
) -> None:
    async with kit.unit(tenant) as unit:
        embedder = await embed.searched_with(kit, unit)
        standing = await chunks.indexed(unit, document_id, embedder.name)
        staged = await chunks.staged(unit, document_id, embedder.name)
    plan = ingest.plan(source, standing)
    batches = plan.batches(staged)
    left = sum(map(len, batches))
    for batch in batches:
        ready = await ingest.embedded(embedder, batch)
        left -= len(batch)
        async with kit.unit(tenant) as unit:
            if not await _is_wanted(unit, document_id, source):
                return
            await chunks.stage(unit, document_id, embedder.name, ready)
            await documents.mark_progress(
                unit, document_id, done=max(0, plan.total - left), total=plan.total
            )
            await unit.publish(NoticeKind.DOCUMENT_CHANGED, document_id)
    await _take_over(kit, tenant, document_id, source, (embedder, plan))


async def _take_over(
    kit: Kit,
    tenant: TenantId,
    document_id: DocumentId,
    source: Source,
    made: tuple[Embedder, Plan],
) -> None:
    embedder, plan = made
    async with kit.unit(tenant) as unit:
        if not await _is_wanted(unit, document_id, source):
            return
        await embed.hold(unit, embedder)
        standing = {
            one.id for one in await chunks.indexed(unit, document_id, embedder.name)
        }
        if not standing.issuperset(place.id for place in plan.kept):
            raise Conflict("This document was indexed at the same time.", "Try again.")
        # First, because the words of a chunk hold the title of its document.
        await documents.take_over(unit, document_id, chunk_count=plan.total)
        await chunks.keep_only(unit, document_id, plan.kept)
        added = await chunks.add(unit, document_id, embedder.name, plan.missing)
        if added != len(plan.missing):
            raise Conflict("This document was indexed at the same time.", "Try again.")
        await queue.put(unit, JobName.REVIEW_DOCUMENT, document_id)
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document_id)


async def _is_wanted(unit: Unit, document_id: DocumentId, source: Source) -> bool:
    """Hold the document; tell whether it is still this version that waits.

    Of one that was cancelled, what was made so far is dropped; a newer one may use it.
    """
    waiting = await documents.lock(unit, document_id)
    if waiting is None:
        await chunks.unstage(unit, document_id)
    return waiting == source.sha256
