"""`attachments` and `blobs`: the files that travel with messages."""

from dataclasses import dataclass, field
from uuid import UUID

from core.domain.attachment import Attachment, IncomingMedia, MediaKind
from core.domain.ids import AttachmentId, ChannelId, MessageId
from core.store.pool import Unit

_INSERT = """
insert into attachments (id, tenant_id, message_id, kind, state, mime_type, file_name,
                         platform_media_id, source_url, sha256)
values (%(id)s, %(tenant)s, %(message)s, %(kind)s, 'pending', %(mime_type)s, %(file_name)s,
        %(platform_media_id)s, %(url)s, %(sha256)s)
"""


async def insert(
    unit: Unit, attachment: AttachmentId, message: MessageId, media: IncomingMedia
) -> None:
    """Note a file that is still at the platform."""
    await unit.execute(
        _INSERT,
        {
            "id": attachment,
            "tenant": unit.tenant,
            "message": message,
            "kind": media.kind,
            "mime_type": media.mime_type,
            "file_name": media.file_name,
            "platform_media_id": media.platform_media_id,
            "url": media.url,
            "sha256": media.sha256,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingFile:
    """A file to fetch, with the channel whose token opens it."""

    id: AttachmentId
    kind: MediaKind
    platform_media_id: str | None
    source_url: str | None
    sha256: str | None
    channel_id: ChannelId
    conversation_id: UUID


_PENDING = """
select a.id, a.kind, a.platform_media_id, a.source_url, a.sha256,
       v.social_account_id as channel_id, v.id as conversation_id
from attachments a
join conversation_messages m on m.user_id = a.tenant_id and m.id = a.message_id
join conversations v on v.user_id = m.user_id and v.id = m.conversation_id
where a.tenant_id = %(tenant)s and a.id = %(id)s and a.state = 'pending'
"""


async def pending(unit: Unit, attachment: AttachmentId) -> PendingFile | None:
    """Return a file that is still to be fetched."""
    return await unit.row(PendingFile, _PENDING, {"tenant": unit.tenant, "id": attachment})


_BLOB = """
insert into blobs (id, tenant_id, content, size_bytes, sha256, mime_type)
values (%(id)s, %(tenant)s, %(content)s, %(size)s, sha256(%(content)s), %(mime_type)s)
"""
_STORED = """
update attachments
   set state = 'stored', blob_id = %(blob)s, size_bytes = %(size)s, error = null,
       mime_type = coalesce(%(mime_type)s, mime_type)
 where tenant_id = %(tenant)s and id = %(id)s and state = 'pending'
"""
_FAILED = """
update attachments set state = 'failed', error = %(error)s
 where tenant_id = %(tenant)s and id = %(id)s and state = 'pending'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of a file."""

    content: bytes = field(repr=False)
    mime_type: str | None


async def store(unit: Unit, attachment: AttachmentId, blob: UUID, content: Content) -> None:
    """Keep the bytes of a fetched file."""
    params = {
        "id": blob,
        "tenant": unit.tenant,
        "content": content.content,
        "size": len(content.content),
        "mime_type": content.mime_type,
    }
    await unit.execute(_BLOB, params)
    await unit.execute(_STORED, {**params, "blob": blob, "id": attachment})


async def fail(unit: Unit, attachment: AttachmentId, error: str) -> None:
    """Record that a file cannot be had any more."""
    params = {"tenant": unit.tenant, "id": attachment, "error": error}
    await unit.execute(_FAILED, params)


_KEEP_BLOB = """
insert into blobs (id, tenant_id, content, size_bytes, sha256, mime_type)
values (%(blob)s, %(tenant)s, %(content)b, octet_length(%(content)b), sha256(%(content)b),
        %(mime_type)s)
on conflict (id) do nothing
"""
_KEEP = """
insert into attachments (id, tenant_id, kind, state, mime_type, file_name, size_bytes, blob_id)
values (%(id)s, %(tenant)s, %(kind)s, 'stored', %(mime_type)s, %(file_name)s, %(size)s,
        %(blob)s)
on conflict (id) do nothing
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of ours to keep; the same ids twice are one file."""

    id: AttachmentId
    blob_id: UUID
    kind: MediaKind
    mime_type: str
    file_name: str
    content: bytes = field(repr=False)


async def keep(unit: Unit, upload: Upload) -> None:
    """Store a file that a message is about to carry."""
    params = {
        "id": upload.id,
        "blob": upload.blob_id,
        "tenant": unit.tenant,
        "kind": upload.kind,
        "mime_type": upload.mime_type,
        "file_name": upload.file_name,
        "size": len(upload.content),
    }
    await unit.execute(_KEEP_BLOB, {**params, "content": upload.content})
    await unit.execute(_KEEP, params)


_READ = """
select b.content, b.mime_type from attachments a
join blobs b on b.tenant_id = a.tenant_id and b.id = a.blob_id
where a.tenant_id = %(tenant)s and a.id = %(id)s
"""


async def read(unit: Unit, attachment: AttachmentId) -> Content | None:
    """Return the bytes of a stored file."""
    return await unit.row(Content, _READ, {"tenant": unit.tenant, "id": attachment})


_IS_STORED = """
select state = 'stored' from attachments where tenant_id = %(tenant)s and id = %(id)s
"""


async def is_stored(unit: Unit, attachment: AttachmentId) -> bool:
    """Return whether a file is here, without reading it."""
    return bool(await unit.value(_IS_STORED, {"tenant": unit.tenant, "id": attachment}))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMessage(Attachment):
    """An attachment and the message it belongs to."""

    message_id: MessageId


_OF_MESSAGES = """
select id, message_id, kind, state, mime_type, file_name, size_bytes, error
from attachments where tenant_id = %(tenant)s and message_id = any (%(messages)s::uuid[])
order by created_at, id
"""


async def of_messages(unit: Unit, messages: list[MessageId]) -> list[OfMessage]:
    """Return the attachments of some messages."""
    params = {"tenant": unit.tenant, "messages": messages}
    return await unit.rows(OfMessage, _OF_MESSAGES, params)
