"""Teach the assistant documents: add, replace and remove what it may answer from.

A file is read in a sandboxed child before anything is kept, and its text is left to a
background job (`ingest`), because a handbook takes minutes to embed. FAQ entries are the
business of `phrase`. Nothing is read or embedded inside a transaction.
"""

import asyncio
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from core import queue
from core.domain.errors import AlreadyDecided, BadDocument, BudgetSpent, NotFound, Refused
from core.domain.ids import ConflictId, DocumentId
from core.domain.member import Role
from core.kit import Kit
from core.knowledge.language import detect
from core.knowledge.reading.reader import LARGEST_BYTES, read_file
from core.notices import NoticeKind
from core.queue import JobName
from core.store import conflicts, documents, storage
from core.store.documents import NewVersion
from core.store.pool import Unit


async def add_file(kit: Kit, path: str, name: str) -> DocumentId:
    """Add a file of this machine; `name` is what it is called in the knowledge base.

    Raises:
        BadDocument: there is no such file, or it cannot be read.
        Refused: this member is no admin.
        BudgetSpent: the plan's storage is full.
    """
    permit(kit)
    return await add_document(kit, name, await asyncio.to_thread(_bytes, Path(path)))


def _bytes(path: Path) -> bytes:
    """Read a file, but not more of it than is ever taken: it may be a disk image."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise too_large()
        return path.read_bytes()
    except OSError as error:
        raise BadDocument(
            "The file cannot be opened.", "Check that it is still there, and yours to read."
        ) from error


def too_large() -> BadDocument:
    """Return the refusal of a file that is larger than any that is read."""
    return BadDocument(
        f"The file is larger than {LARGEST_BYTES // 1048576} MB.",
        "Split it into several documents.",
    )


async def add_document(kit: Kit, name: str, content: bytes) -> DocumentId:
    """Add a file to the knowledge base and have it indexed in the background.

    The same bytes twice are one document. A file of the same name with other bytes is a
    new version: it takes the old one's place once it is indexed, and keeps the vectors of
    what is unchanged.

    Raises:
        BadDocument: the file cannot be read.
        Refused: this member is no admin.
        BudgetSpent: the plan's storage is full.
    """
    permit(kit)
    digest = sha256(content).digest()
    async with kit.mine() as unit:
        same = await documents.with_content(unit, digest)
        if same is not None:
            return same
        # A new version takes the old one's room.
        await refuse_beyond_plan(unit, len(content) - await storage.size_named(unit, name))
    version = await _read(name, content, digest)
    async with kit.mine() as unit:
        standing = await documents.reserved(unit, name)
        same = await documents.with_content(unit, digest)
        if same is not None:
            return same
        document = standing or DocumentId(uuid4())
        await documents.keep(unit, document, version, content)
        await queue.put(unit, JobName.INGEST_DOCUMENT, document)
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)
    return document


async def _read(name: str, content: bytes, digest: bytes) -> NewVersion:
    read = await read_file(name, content)
    return NewVersion(
        title=read.title or title_of(name),
        name=name,
        content=read.text,
        sha256=digest,
        kind=read.kind,
        page_starts=read.page_starts,
        warnings=read.warnings,
        lang_code=detect(read.text),
        size_bytes=len(content),
    )


def title_of(name: str) -> str:
    """Return a file name in words, for a document that has no title of its own."""
    words = Path(name).stem.replace("_", " ").replace("-", " ").split()
    stem = " ".join(words) or name
    return stem[0].upper() + stem[1:]


async def reindex_document(kit: Kit, document: DocumentId) -> None:
    """Have a document read in again, after a failure or an update of SocialSync.

    Raises:
        NotFound: there is no such document.
        BadDocument: its file cannot be read any more; the document stays as it is.
    """
    permit(kit)
    async with kit.mine() as unit:
        standing = await documents.get(unit, document)
        waiting = await documents.source(unit, document)
        original = None if waiting else await documents.original(unit, document)
    if standing is None:
        raise NotFound("This document has been removed.")
    version = None
    if original is not None:
        version = await _read(standing.name, original, sha256(original).digest())
    async with kit.mine() as unit:
        if version is not None and original is not None:
            await documents.keep(unit, document, version, original)
        elif not await documents.mark_processing(unit, document):
            raise NotFound("This document has been removed.")
        await queue.put(unit, JobName.INGEST_DOCUMENT, document)
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)


async def cancel_document(kit: Kit, document: DocumentId) -> None:
    """Stop reading a document in: a new one is removed, an older version stays.

    Raises:
        NotFound: nothing is being read in under this id.
    """
    permit(kit)
    async with kit.mine() as unit:
        if not await documents.cancel(unit, document):
            raise NotFound("This document is not being read in any more.")
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)


async def remove_document(kit: Kit, document: DocumentId) -> None:
    """Remove a document; nothing is answered from it from now on.

    Raises:
        NotFound: there is no such document.
    """
    permit(kit)
    async with kit.mine() as unit:
        if not await documents.remove(unit, document):
            raise NotFound("This document has been removed already.")
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document)


async def dismiss_conflict(kit: Kit, conflict: ConflictId) -> None:
    """Note that two statements do not contradict each other; it is not shown again.

    Raises:
        AlreadyDecided: somebody settled it before.
    """
    permit(kit)
    async with kit.mine() as unit:
        if not await conflicts.dismiss(unit, conflict, kit.member.id):
            raise AlreadyDecided("This has been settled already.")
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, None)


def permit(kit: Kit) -> None:
    """Refuse what the database would: to a deletion it only says that nothing was there.

    Raises:
        Refused: this member is no admin.
    """
    if kit.member.role is Role.AGENT:
        raise Refused(
            "Only owners and admins change the knowledge base.", "Ask one of them."
        )


async def refuse_beyond_plan(unit: Unit, more_bytes: int) -> None:
    """Refuse before any work what the database would refuse after it.

    Raises:
        BudgetSpent: the plan's storage has no room for so many bytes.
    """
    kept = await storage.of_tenant(unit)
    if more_bytes <= 0 or kept.allowed is None:
        return
    if kept.used + more_bytes > kept.allowed:
        raise BudgetSpent(
            "The knowledge base has reached the storage of your plan.",
            "Remove documents you no longer need, or choose a larger plan.",
        )
