"""A person sends a customer a file, through the same outbox as every reply.

What may leave is decided from the bytes (`domain/file_type`) and the platform's rules,
before anything is stored; the file, its message and the item that carries it are one
transaction. Words that the platform cannot put under the file follow as a message of
their own, queued right behind it.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

from core.actions import reply
from core.domain.attachment import MediaKind, MediaRule, OutgoingFile
from core.domain.errors import FileNotTaken, FileTooLarge, FileUnreadable
from core.domain.file_type import FileType, display_name, recognise
from core.domain.ids import AttachmentId, ConversationId, MessageId, OutboxId
from core.domain.message import Origin
from core.kit import Kit
from core.platforms.base import Manifest
from core.store import attachments, outbox
from core.store.attachments import Upload
from core.store.outbox import Reply
from core.store.pool import Unit

_KINDS = {
    MediaKind.IMAGE: "photos",
    MediaKind.AUDIO: "audio files",
    MediaKind.VIDEO: "videos",
    MediaKind.DOCUMENT: "documents",
    MediaKind.STICKER: "stickers",
}


async def read(kit: Kit, conversation: ConversationId, path: Path) -> OutgoingFile:
    """Read a file of this machine, if it may be sent in this conversation.

    Raises:
        Refused: it cannot be read, or the platform does not take it.
        NotFound: there is no such conversation in this inbox.
    """
    manifest = await _manifest(kit, conversation)
    largest = max((rule.limit_bytes for rule in manifest.media.values()), default=0)
    file = await asyncio.to_thread(_read, path, manifest, largest)
    await asyncio.to_thread(_check, manifest, file)
    return file


async def accept(
    kit: Kit, conversation: ConversationId, file: OutgoingFile
) -> OutgoingFile:
    """Return a file if it may be sent in this conversation; raises as `read` does."""
    manifest = await _manifest(kit, conversation)
    await asyncio.to_thread(_check, manifest, file)
    return file


async def send_file(
    kit: Kit,
    conversation: ConversationId,
    file: OutgoingFile,
    caption: str = "",
    *,
    key: UUID,
    quoting: MessageId | None = None,
) -> MessageId:
    """Send a customer a file; the same `key` twice is one message, the file's is returned.

    `quoting` is a message of the same conversation that the file shows above itself.

    Raises:
        Refused: the platform does not take the file, or the words are too long.
        WindowClosed: the platform's reply window has ended.
        NotFound: there is no such conversation in this inbox.
    """
    words = caption.strip()
    recognised = await asyncio.to_thread(recognise, file)
    async with kit.mine() as unit:
        manifest = await reply.manifest_of(kit, unit, conversation)
        file_type = _as_taken(manifest, recognised)
        rule = _rule(manifest, file, file_type)
        travels = len(words) <= rule.caption_limit
        quoted = await reply.quotable(kit, unit, conversation, quoting)
        upload = _upload(file, file_type, key)
        await attachments.keep(unit, upload)
        caption = words if travels else ""
        message = await _enqueue(unit, conversation, upload, caption, quoted, key=key)
        if not travels:
            await reply.enqueue_text(
                kit, unit, conversation, words, key=uuid5(key, "words")
            )
    return message


async def _manifest(kit: Kit, conversation: ConversationId) -> Manifest:
    async with kit.mine() as unit:
        return await reply.manifest_of(kit, unit, conversation)


def _read(path: Path, manifest: Manifest, largest: int) -> OutgoingFile:
    """Read a file unless its size alone says that it cannot be sent."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileUnreadable("Only files can be sent.", "Choose a file, not a folder.")
        if manifest.media and size > largest:
            raise _too_large(manifest, size, largest)
        return OutgoingFile(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise FileUnreadable(
            "The file cannot be read.", "Check that it still exists."
        ) from error


def _check(manifest: Manifest, file: OutgoingFile) -> None:
    _rule(manifest, file, _as_taken(manifest, recognise(file)))


def _as_taken(manifest: Manifest, file_type: FileType) -> FileType:
    """Return a picture as a sticker, where its type is taken as one and in no other way."""
    picture = manifest.media.get(MediaKind.IMAGE)
    sticker = manifest.media.get(MediaKind.STICKER)
    if file_type.kind is not MediaKind.IMAGE or sticker is None:
        return file_type
    if picture is not None and picture.accepts(file_type.mime_type):
        return file_type
    if not sticker.accepts(file_type.mime_type):
        return file_type
    return replace(file_type, kind=MediaKind.STICKER)


def _rule(manifest: Manifest, file: OutgoingFile, file_type: FileType) -> MediaRule:
    """Return the platform's rule for a file that satisfies it."""
    if not manifest.media:
        raise FileNotTaken(
            f"{manifest.title} takes no files.", "Send a link or words instead."
        )
    rule = manifest.media.get(file_type.kind)
    if rule is None or not rule.accepts(file_type.mime_type):
        raise FileNotTaken(
            f"{manifest.title} does not take {file_type.mime_type}.",
            _allowed(file_type.kind, rule),
        )
    if len(file.content) > rule.limit_bytes:
        raise _too_large(manifest, len(file.content), rule.limit_bytes, file_type.kind)
    return rule


def _allowed(kind: MediaKind, rule: MediaRule | None) -> str:
    if rule is None:
        return "Send another kind of file."
    return f"It takes {_KINDS[kind]} of these types: {', '.join(sorted(rule.mime_types))}."


def _too_large(
    manifest: Manifest, size: int, limit: int, kind: MediaKind | None = None
) -> FileTooLarge:
    what = "files" if kind is None else _KINDS[kind]
    return FileTooLarge(
        f"The file is too large for {manifest.title}: {_megabytes(size)}.",
        f"Its {what} may have up to {_megabytes(limit)}; make the file smaller.",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def _upload(file: OutgoingFile, file_type: FileType, key: UUID) -> Upload:
    """Return the file as it is kept: its ids come from the key, its type from its bytes."""
    return Upload(
        id=AttachmentId(uuid5(key, "attachment")),
        blob_id=uuid5(key, "blob"),
        kind=file_type.kind,
        mime_type=file_type.mime_type,
        file_name=display_name(file.name),
        content=file.content,
    )


async def _enqueue(
    unit: Unit,
    conversation: ConversationId,
    upload: Upload,
    words: str,
    quoted: str | None,
    *,
    key: UUID,
) -> MessageId:
    media = {
        "attachment_id": str(upload.id),
        "kind": upload.kind,
        "mime_type": upload.mime_type,
        "file_name": upload.file_name,
    }
    queued = Reply(
        id=OutboxId(key),
        conversation_id=conversation,
        message_id=MessageId(uuid5(key, "message")),
        text=words,
        origin=Origin.MEMBER,
        payload={"media": media, **reply.quoting(quoted)},
    )
    return reply.written(await outbox.enqueue(unit, queued))
