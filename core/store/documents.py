"""`knowledge_documents` and `document_versions`: files, and the text that was read.

A new text waits in `document_versions` until its chunks are complete. Until then the
document has the text before it, or none when it is new.
"""

from dataclasses import dataclass
from uuid import uuid4

from core.domain.ids import DocumentId
from core.domain.knowledge import Document
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A file that was read; `content` is its text, which every offset refers to."""

    title: str
    name: str
    content: str
    sha256: bytes
    kind: str
    page_starts: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    lang_code: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What ingestion needs of a version."""

    content: str
    lang_code: str
    page_starts: tuple[int, ...]
    sha256: bytes


_KEEP = """
insert into knowledge_documents (id, user_id, title, name, kind, bucket_id, object_name,
                                 lang_code, tsconfig, status)
values (%(id)s, %(tenant)s, %(title)s, %(name)s, %(kind)s, 'kb', %(object)s, %(lang)s,
        app.text_config(%(lang)s), 'processing')
on conflict (id) do update
   set status = 'processing', error = null, chunks_done = 0, chunks_total = 0,
       updated_at = now()
"""
_KEEP_BLOB = """
insert into blobs (id, tenant_id, content, size_bytes, sha256, mime_type)
values (%(blob)s, %(tenant)s, %(bytes)b, octet_length(%(bytes)b), sha256(%(bytes)b),
        'application/octet-stream')
"""
_KEEP_VERSION = """
insert into document_versions as v (tenant_id, document_id, title, content, sha256, kind,
                                    page_starts, warnings, lang_code, file_size_bytes, blob_id)
values (%(tenant)s, %(id)s, %(title)s, %(content)s, %(sha256)s, %(kind)s,
        %(page_starts)s::int[], %(warnings)s::text[], %(lang)s, %(size)s, %(blob)s)
on conflict (tenant_id, document_id) do update
   set title = excluded.title, content = excluded.content, sha256 = excluded.sha256,
       kind = excluded.kind, page_starts = excluded.page_starts,
       warnings = excluded.warnings, lang_code = excluded.lang_code,
       file_size_bytes = excluded.file_size_bytes, blob_id = excluded.blob_id,
       created_at = now()
"""


async def keep(
    unit: Unit, document: DocumentId, version: NewVersion, original: bytes
) -> None:
    """Keep a file and its text under a document, old or new; it waits to be ingested.

    Raises:
        BudgetSpent: the storage of the plan is full.
    """
    params = {
        "id": document,
        "tenant": unit.tenant,
        "title": version.title,
        "name": version.name,
        "kind": version.kind,
        "content": version.content,
        "sha256": version.sha256,
        "page_starts": list(version.page_starts),
        "warnings": list(version.warnings),
        "object": f"{unit.tenant}/{document}",
        "lang": version.lang_code,
        "size": version.size_bytes,
        "blob": uuid4(),
        "bytes": original,
    }
    await unit.execute(_KEEP, params)
    await unit.execute(_KEEP_BLOB, params)
    await unit.execute(_KEEP_VERSION, params)


_WITH_CONTENT = """
select id from knowledge_documents
where user_id = %(tenant)s and sha256 = %(sha256)s
union all
select document_id from document_versions
where tenant_id = %(tenant)s and sha256 = %(sha256)s
order by 1 limit 1
"""


async def with_content(unit: Unit, sha256: bytes) -> DocumentId | None:
    """Return the document made from exactly these bytes, or about to be."""
    found = await unit.value(_WITH_CONTENT, {"tenant": unit.tenant, "sha256": sha256})
    return None if found is None else DocumentId(found)


_RESERVE_NAME = """
select pg_advisory_xact_lock(hashtextextended(%(tenant)s::text || ' ' || %(name)s, 0))
"""
_NAMED = """
select id from knowledge_documents
where user_id = %(tenant)s and name = %(name)s
order by created_at, id limit 1
"""


async def reserved(unit: Unit, name: str) -> DocumentId | None:
    """Return the document of this name; nobody else adds one until the unit ends."""
    params = {"tenant": unit.tenant, "name": name}
    await unit.execute(_RESERVE_NAME, params)
    found = await unit.value(_NAMED, params)
    return None if found is None else DocumentId(found)


_SHOWN_DOCUMENTS = """
select d.id, coalesce(v.title, d.title) as title, d.name, coalesce(v.kind, d.kind) as kind,
       coalesce(v.lang_code, d.lang_code) as lang_code, d.status, d.error,
       coalesce(v.warnings, d.warnings) as warnings,
       coalesce(nullif(v.file_size_bytes, 0), d.file_size_bytes) as file_size_bytes,
       cardinality(coalesce(v.page_starts, d.page_starts)) as page_count, d.chunk_count,
       d.chunks_done, d.chunks_total, v.document_id is not null and d.sha256 is not null
           as is_replacing,
       d.created_at, d.last_ingested_at
from knowledge_documents d
left join document_versions v on v.tenant_id = d.user_id and v.document_id = d.id
where d.user_id = %(tenant)s and (%(id)s::uuid is null or d.id = %(id)s)
order by 2, d.id
"""


async def get(unit: Unit, document: DocumentId) -> Document | None:
    """Return one document."""
    return await unit.row(
        Document, _SHOWN_DOCUMENTS, {"tenant": unit.tenant, "id": document}
    )


async def all_of(unit: Unit) -> list[Document]:
    """Return the tenant's documents by title."""
    return await unit.rows(Document, _SHOWN_DOCUMENTS, {"tenant": unit.tenant, "id": None})


_SOURCE = """
select content, lang_code, page_starts, sha256 from document_versions
where tenant_id = %(tenant)s and document_id = %(id)s
"""


async def source(unit: Unit, document: DocumentId) -> Source | None:
    """Return the version of a document that waits; None when there is nothing to do."""
    return await unit.row(Source, _SOURCE, {"tenant": unit.tenant, "id": document})


_SHOWN = """
select case when d.sha256 is null then v.content else d.content end
from knowledge_documents d
left join document_versions v on v.tenant_id = d.user_id and v.document_id = d.id
where d.user_id = %(tenant)s and d.id = %(id)s
"""


async def shown_text(unit: Unit, document: DocumentId) -> str | None:
    """Return the text that answers, or that will once it was read in for the first time."""
    text: str | None = await unit.value(_SHOWN, {"tenant": unit.tenant, "id": document})
    return text


_ORIGINAL = """
select b.content from knowledge_documents d
left join document_versions v on v.tenant_id = d.user_id and v.document_id = d.id
join blobs b on b.tenant_id = d.user_id and b.id = coalesce(d.storage_object_id, v.blob_id)
where d.user_id = %(tenant)s and d.id = %(id)s
"""


async def original(unit: Unit, document: DocumentId) -> bytes | None:
    """Return the file that a document was read from, where it was kept."""
    found = await unit.value(_ORIGINAL, {"tenant": unit.tenant, "id": document})
    return None if found is None else bytes(found)


_LOCK = """
select 1 from knowledge_documents
where user_id = %(tenant)s and id = %(id)s for update
"""
_WAITING = """
select sha256 from document_versions where tenant_id = %(tenant)s and document_id = %(id)s
"""


async def lock(unit: Unit, document: DocumentId) -> bytes | None:
    """Hold a document until the unit ends; return the version that waits, if one does."""
    params = {"tenant": unit.tenant, "id": document}
    await unit.execute(_LOCK, params)
    # A statement of its own: one that had to wait for the lock would still see the version
    # that whoever held it has just put in place.
    sha256 = await unit.value(_WAITING, params)
    return None if sha256 is None else bytes(sha256)


_PROGRESS = """
update knowledge_documents
   set chunks_done = %(done)s, chunks_total = %(total)s, status = 'processing',
       error = null, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def mark_progress(unit: Unit, document: DocumentId, *, done: int, total: int) -> None:
    """Say how many of the new version's chunks are ready."""
    params = {"tenant": unit.tenant, "id": document, "done": done, "total": total}
    await unit.execute(_PROGRESS, params)


_TAKE_OVER = """
update knowledge_documents d
   set title = v.title, content = v.content, sha256 = v.sha256, kind = v.kind,
       page_starts = v.page_starts, warnings = v.warnings, lang_code = v.lang_code,
       tsconfig = app.text_config(v.lang_code),
       file_size_bytes = coalesce(nullif(v.file_size_bytes, 0), d.file_size_bytes),
       storage_object_id = v.blob_id, status = 'indexed', error = null,
       chunk_count = %(count)s, chunks_done = %(count)s, chunks_total = %(count)s,
       last_ingested_at = now(), updated_at = now()
  from document_versions v
 where d.user_id = %(tenant)s and d.id = %(id)s
   and v.tenant_id = d.user_id and v.document_id = d.id
"""
_DROP_VERSION = """
delete from document_versions where tenant_id = %(tenant)s and document_id = %(id)s
"""


async def take_over(unit: Unit, document: DocumentId, *, chunk_count: int) -> None:
    """Let the version that waited be the document, which can be searched now."""
    params = {"tenant": unit.tenant, "id": document, "count": chunk_count}
    await unit.execute(_TAKE_OVER, params)
    await unit.execute(_DROP_VERSION, params)


_FAILED = """
update knowledge_documents
   set status = 'failed', error = %(reason)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def mark_failed(unit: Unit, document: DocumentId, reason: str) -> None:
    """Say why a version cannot be searched; the one before it goes on answering."""
    await unit.execute(_FAILED, {"tenant": unit.tenant, "id": document, "reason": reason})


_PROCESSING = """
update knowledge_documents set status = 'processing', error = null, updated_at = now()
where user_id = %(tenant)s and id = %(id)s
"""
_SAME_AGAIN = """
insert into document_versions (tenant_id, document_id, title, content, sha256, kind,
                               page_starts, warnings, lang_code, file_size_bytes, blob_id)
select user_id, id, title, content, sha256, kind, page_starts, warnings, lang_code, 0,
       storage_object_id
from knowledge_documents
where user_id = %(tenant)s and id = %(id)s and sha256 is not null
on conflict (tenant_id, document_id) do nothing
"""


async def mark_processing(unit: Unit, document: DocumentId) -> bool:
    """Have a document's text ingested again; return False when it is gone."""
    params = {"tenant": unit.tenant, "id": document}
    if not await unit.execute(_PROCESSING, params):
        return False
    await unit.execute(_SAME_AGAIN, params)
    return True


_REMOVE = "delete from knowledge_documents where user_id = %(tenant)s and id = %(id)s"
_REMOVE_NEW = """
delete from knowledge_documents
where user_id = %(tenant)s and id = %(id)s and sha256 is null
"""
_KEEP_OLD = """
update knowledge_documents
   set status = 'indexed', error = null, chunks_done = chunk_count,
       chunks_total = chunk_count, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and status <> 'indexed'
"""


async def remove(unit: Unit, document: DocumentId) -> bool:
    """Delete a document with its chunks; return False when it was gone already."""
    return await unit.execute(_REMOVE, {"tenant": unit.tenant, "id": document}) > 0


async def cancel(unit: Unit, document: DocumentId) -> bool:
    """Drop what waits: a new document altogether; return False when nothing waited."""
    params = {"tenant": unit.tenant, "id": document}
    if await unit.execute(_REMOVE_NEW, params):
        return True
    # The document before its version, in the order in which every other unit takes them.
    await unit.execute(_KEEP_OLD, params)
    return await unit.execute(_DROP_VERSION, params) > 0
