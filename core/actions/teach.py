"""Teach the assistant: add, replace and remove what it may answer from.

Adding a document keeps its text and leaves the indexing to a background job, because a
handbook takes minutes to embed. FAQ entries are short and are indexed at once. Vectors
are always made before a transaction is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from core import queue
from core.domain.errors import (
    BudgetSpent,
    Conflict,
    ModelDown,
    NeedsPerson,
    NotFound,
    NotSetUp,
    Refused,
)
from core.domain.ids import DocumentId, FaqId, TenantId
from core.domain.member import Role
from core.kit import Kit
from core.knowledge import extract, faq, ingest
from core.knowledge.faq import FaqText
from core.knowledge.language import detect
from core.llm.base import Embedder
from core.notices import NoticeKind
from core.queue import JobName
from core.store import chunks, documents, faqs
from core.store.documents import NewDocument, Source
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How a table of entries changed the FAQ."""

    added: int
    replaced: int


async def add_document(kit: Kit, name: str, content: bytes) -> DocumentId:
    """Add a file to the knowledge base and have it indexed in the background.

    The same bytes twice are one document. A file of the same name with other bytes is a
    new version: it takes the old one's place and keeps the vectors of what is unchanged.

    Raises:
        BadDocument: the file cannot be read.
        Refused: this member is no admin.
        BudgetSpent: the plan's storage is full.
    """
    _permit(kit)
    text = extract.read_text(name, content)
    digest = sha256(content).digest()
    async with kit.mine() as unit:
        standing = await documents.reserved(unit, name)
        same = await documents.with_content(unit, digest)
        if same is not None:
            return same
        await _refuse_beyond_plan(unit, len(content))
        document = standing or DocumentId(uuid4())
        await documents.keep(
            unit,
            NewDocument(
                id=document,
                title=extract.title_of(name, text),
                name=name,
                content=text,
                lang_code=detect(text),
                size_bytes=len(content),
                sha256=digest,
            ),
        )
        await queue.put(unit, JobName.INGEST_DOCUMENT, document)
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)
    return document


async def reindex_document(kit: Kit, document: DocumentId) -> None:
    """Have a document indexed again, after a failure or a change of the embedder.

    Raises:
        NotFound: there is no such document.
    """
    _permit(kit)
    async with kit.mine() as unit:
        if not await documents.mark_processing(unit, document):
            raise NotFound("This document has been removed.")
        await queue.put(unit, JobName.INGEST_DOCUMENT, document)
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)


async def remove_document(kit: Kit, document: DocumentId) -> None:
    """Remove a document; nothing is answered from it from now on.

    Raises:
        NotFound: there is no such document.
    """
    _permit(kit)
    async with kit.mine() as unit:
        if not await documents.remove(unit, document):
            raise NotFound("This document has been removed already.")
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)


async def ingest_document(kit: Kit, tenant: TenantId, document: DocumentId) -> None:
    """Index the stored text of a document; the body of the background job.

    Safe to run twice. A document that was removed meanwhile is left alone; a newer
    version has a job of its own.

    Raises:
        ModelDown: the embedder does not answer; the document says so until a later run.
        Conflict: another run of this job was faster; run it again.
    """
    async with kit.unit(tenant) as unit:
        source = await documents.source(unit, document)
    if source is None:
        return
    try:
        await _index(kit, tenant, document, source)
    except (ModelDown, NeedsPerson, Refused) as error:
        async with kit.unit(tenant) as unit:
            await documents.mark_failed(unit, document, str(error))
            await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)
        raise


async def _index(kit: Kit, tenant: TenantId, document: DocumentId, source: Source) -> None:
    embedder = _embedder(kit)
    async with kit.unit(tenant) as unit:
        standing = await chunks.indexed(unit, document, embedder.name)
    plan = ingest.plan(source.content, standing)
    new = await ingest.embedded(embedder, plan.missing, source.lang_code)
    async with kit.unit(tenant) as unit:
        if await documents.lock(unit, document) != source.sha256:
            return
        if await chunks.indexed(unit, document, embedder.name) != standing:
            raise Conflict("This document was indexed at the same time.", "Try again.")
        await chunks.keep_only(unit, document, plan.kept)
        await chunks.add(unit, document, embedder.name, new)
        await documents.mark_indexed(unit, document, chunk_count=len(plan.kept) + len(new))
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)


async def add_faq(kit: Kit, entry: FaqText) -> FaqId:
    """Add an entry; the same question in the same language is replaced.

    Raises:
        BadDocument: the question or the answer is missing.
        BudgetSpent: the plan's storage is full.
        ModelDown: the embedder does not answer.
    """
    ids = await _keep_entries(kit, [faq.checked(entry)])
    return next(iter(ids))


async def import_faq_csv(kit: Kit, content: bytes) -> Imported:
    """Add all entries of a table, or none when one of them cannot be read.

    Raises:
        BadDocument: the table lacks a column, or a line a question or an answer.
        BudgetSpent: the plan's storage is full.
        ModelDown: the embedder does not answer.
    """
    ids = await _keep_entries(kit, faq.read_csv(content))
    replaced = sum(ids.values())
    return Imported(added=len(ids) - replaced, replaced=replaced)


async def _keep_entries(kit: Kit, entries: Sequence[FaqText]) -> dict[FaqId, bool]:
    """Keep entries in one transaction; return their ids and whether each replaced one."""
    _permit(kit)
    embedder = _embedder(kit)
    last_of_key = {(entry.key, entry.lang_code): entry for entry in entries}
    ready = [
        await faq.embedded(embedder, entry, FaqId(uuid4()))
        for entry in last_of_key.values()
    ]
    kept: dict[FaqId, bool] = {}
    async with kit.mine() as unit:
        await _refuse_beyond_plan(unit, sum(entry.size_bytes for entry in entries))
        for new in ready:
            faq_id, replaced = await faqs.keep(unit, embedder.name, new)
            await unit.publish(NoticeKind.FAQ_CHANGED, faq_id)
            kept[faq_id] = replaced
    return kept


async def enable_faq(kit: Kit, entry: FaqId) -> None:
    """Let the assistant answer from an entry again; raises `NotFound`."""
    _permit(kit)
    async with kit.mine() as unit:
        if not await faqs.enable(unit, entry):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry)


async def disable_faq(kit: Kit, entry: FaqId) -> None:
    """Keep an entry, but answer nothing from it; raises `NotFound`."""
    _permit(kit)
    async with kit.mine() as unit:
        if not await faqs.disable(unit, entry):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry)


async def remove_faq(kit: Kit, entry: FaqId) -> None:
    """Remove an entry with its phrasings; raises `NotFound`."""
    _permit(kit)
    async with kit.mine() as unit:
        if not await faqs.remove(unit, entry):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry)


def _permit(kit: Kit) -> None:
    """Refuse what the database would: to a deletion it only says that nothing was there."""
    if kit.member.role is Role.AGENT:
        raise Refused(
            "Only owners and admins change the knowledge base.", "Ask one of them."
        )


def _gone() -> NotFound:
    return NotFound("This entry has been removed.")


async def _refuse_beyond_plan(unit: Unit, more_bytes: int) -> None:
    storage = await documents.storage(unit)
    if storage.allowed is not None and storage.used + more_bytes > storage.allowed:
        raise BudgetSpent(
            "The knowledge base has reached the storage of your plan.",
            "Remove documents you no longer need, or choose a larger plan.",
        )


def _embedder(kit: Kit) -> Embedder:
    if kit.embedder is None:
        raise NotSetUp(
            "This process runs without an embedder.", "Open the inbox with its models."
        )
    return kit.embedder
