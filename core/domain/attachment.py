"""A file that travels with a message."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.ids import AttachmentId


class MediaKind(StrEnum):
    """What a file is to a reader."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"


class AttachmentState(StrEnum):
    """Where the bytes are."""

    PENDING = "pending"
    STORED = "stored"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMedia:
    """A file as a webhook announces it: fetch by `platform_media_id`, else by `url`."""

    kind: MediaKind
    platform_media_id: str | None = None
    url: str | None = None
    mime_type: str | None = None
    file_name: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A row of `attachments`; the bytes are `media:<id>` in the blob store."""

    id: AttachmentId
    kind: MediaKind
    state: AttachmentState
    mime_type: str | None
    file_name: str | None
    size_bytes: int | None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file a member wants to send; name and type are claims until the bytes agree."""

    name: str
    content: bytes = field(repr=False)
    mime_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRule:
    """Which files of one kind a platform takes; no `mime_types` means any.

    `caption_limit` is how many characters may travel with such a file; words beyond it
    have to follow as a message of their own.
    """

    limit_bytes: int
    mime_types: frozenset[str] = frozenset()
    caption_limit: int = 0

    def accepts(self, mime_type: str) -> bool:
        """Return whether a file of this type may be sent."""
        return not self.mime_types or mime_type in self.mime_types
