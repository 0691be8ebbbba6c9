"""`knowledge_documents`: the files of the knowledge base, with the text that was read."""

from dataclasses import dataclass

from core.domain.ids import DocumentId
from core.domain.knowledge import Document
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A file to add; `content` is its text, which every offset refers to from now on."""

    id: DocumentId
    title: str
    name: str
    content: str
    lang_code: str
    size_bytes: int
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What ingestion needs of a document."""

    content: str
    lang_code: str
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """How much a tenant keeps and how much its plan allows, in bytes; None is no limit."""

    used: int
    allowed: int | None


_KEEP = """
insert into knowledge_documents (id, user_id, title, name, content, sha256, bucket_id,
                                 object_name, lang_code, tsconfig, status, file_size_bytes)
values (%(id)s, %(tenant)s, %(title)s, %(name)s, %(content)s, %(sha256)s, 'kb',
        %(object)s, %(lang)s, app.text_config(%(lang)s), 'processing', %(size)s)
on conflict (id) do update
   set title = excluded.title, content = excluded.content, sha256 = excluded.sha256,
       lang_code = excluded.lang_code, tsconfig = excluded.tsconfig, status = 'processing',
       error = null, file_size_bytes = excluded.file_size_bytes, updated_at = now()
"""


async def keep(unit: Unit, document: NewDocument) -> None:
    """Add a document, or give the one with this id a new text; it waits to be ingested."""
    await unit.execute(
        _KEEP,
        {
            "id": document.id,
            "tenant": unit.tenant,
            "title": document.title,
            "name": document.name,
            "content": document.content,
            "sha256": document.sha256,
            "object": f"{unit.tenant}/{document.id}",
            "lang": document.lang_code,
            "size": document.size_bytes,
        },
    )


_WITH_CONTENT = """
select id from knowledge_documents
where user_id = %(tenant)s and sha256 = %(sha256)s
order by created_at, id limit 1
"""


async def with_content(unit: Unit, sha256: bytes) -> DocumentId | None:
    """Return the document made from exactly these bytes, if there is one."""
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


_ONE = """
select id, title, name, lang_code, status, error, file_size_bytes,
       chunk_count, created_at, last_ingested_at
from knowledge_documents where user_id = %(tenant)s and id = %(id)s
"""
_ALL = """
select id, title, name, lang_code, status, error, file_size_bytes,
       chunk_count, created_at, last_ingested_at
from knowledge_documents where user_id = %(tenant)s order by title, id
"""


async def get(unit: Unit, document: DocumentId) -> Document | None:
    """Return one document."""
    return await unit.row(Document, _ONE, {"tenant": unit.tenant, "id": document})


async def all_of(unit: Unit) -> list[Document]:
    """Return the tenant's documents by title."""
    return await unit.rows(Document, _ALL, {"tenant": unit.tenant})


_SOURCE = """
select content, lang_code, sha256 from knowledge_documents
where user_id = %(tenant)s and id = %(id)s
"""


async def source(unit: Unit, document: DocumentId) -> Source | None:
    """Return the stored text of a document."""
    return await unit.row(Source, _SOURCE, {"tenant": unit.tenant, "id": document})


_LOCK = """
select sha256 from knowledge_documents
where user_id = %(tenant)s and id = %(id)s for update
"""


async def lock(unit: Unit, document: DocumentId) -> bytes | None:
    """Hold a document until the unit ends; return its version, None when it is gone."""
    sha256: bytes | None = await unit.value(_LOCK, {"tenant": unit.tenant, "id": document})
    return sha256


_INDEXED = """
update knowledge_documents
   set status = 'indexed', error = null, chunk_count = %(count)s, last_ingested_at = now(),
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def mark_indexed(unit: Unit, document: DocumentId, *, chunk_count: int) -> None:
    """Say that a document can be searched."""
    await unit.execute(
        _INDEXED, {"tenant": unit.tenant, "id": document, "count": chunk_count}
    )


_FAILED = """
update knowledge_documents
   set status = 'failed', error = %(reason)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def mark_failed(unit: Unit, document: DocumentId, reason: str) -> None:
    """Say why a document cannot be searched."""
    await unit.execute(_FAILED, {"tenant": unit.tenant, "id": document, "reason": reason})


_PROCESSING = """
update knowledge_documents set status = 'processing', error = null, updated_at = now()
where user_id = %(tenant)s and id = %(id)s
"""


async def mark_processing(unit: Unit, document: DocumentId) -> bool:
    """Say that a document is to be read again; return False when it is gone."""
    params = {"tenant": unit.tenant, "id": document}
    return await unit.execute(_PROCESSING, params) > 0


_REMOVE = "delete from knowledge_documents where user_id = %(tenant)s and id = %(id)s"


async def remove(unit: Unit, document: DocumentId) -> bool:
    """Delete a document with its chunks; return False when it was gone already."""
    return await unit.execute(_REMOVE, {"tenant": unit.tenant, "id": document}) > 0


_STORAGE = """
select (select coalesce(sum(file_size_bytes), 0)::bigint from knowledge_documents
        where user_id = %(tenant)s)
       + (select coalesce(sum(text_size_bytes), 0)::bigint from faq_qa
          where user_id = %(tenant)s) as used,
       (select (storage_limit_mb * 1048576)::bigint from user_subscriptions
        where user_id = %(tenant)s and status = 'active'
        order by storage_limit_mb desc nulls first limit 1) as allowed
"""


async def storage(unit: Unit) -> Storage:
    """Return what the knowledge base takes up and what the tenant's plan allows."""
    found = await unit.row(Storage, _STORAGE, {"tenant": unit.tenant})
    return found or Storage(used=0, allowed=None)
