"""A post that publishes itself at its time, and what has become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from core.domain.channel import PlatformName
from core.domain.ids import AttachmentId, ChannelId, MemberId, PostId, TenantId


class PostStatus(StrEnum):
    """Where a post stands; names as in the database."""

    DRAFT = "draft"
    QUEUED = "queued"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    UNCERTAIN = "uncertain"
    """It was begun, and nobody could find out whether it is there: a person looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMedia:
    """A picture or video of a post: a file of ours, or a public address of somebody's."""

    kind: str
    mime_type: str
    file_name: str
    alt_text: str = ""
    attachment_id: AttachmentId | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedContent:
    """What is to be published; `format` is one of its platform's."""

    format: str
    text: str = ""
    link: str | None = None
    media: tuple[PlannedMedia, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A row of `scheduled_posts`, as a list shows it.

    `next_step_at` is when something happens next, None at `publish_at`. `error` says what
    holds it back, or ended it, and `error_next` what a person can do.
    """

    id: PostId
    tenant: TenantId
    channel_id: ChannelId
    platform: PlatformName
    account_name: str
    content: PlannedContent
    publish_at: datetime
    time_zone: str
    status: PostStatus
    phase: str
    created_by: MemberId | None
    next_step_at: datetime | None = None
    published_at: datetime | None = None
    platform_post_id: str | None = None
    error_code: str | None = None
    error: str | None = None
    error_next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedPost:
    """A post under a lease; `fence` is the number of this claim."""

    tenant_id: TenantId
    post_id: PostId
    channel_id: ChannelId
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProgress:
    """How far a post had come when it was claimed; `tries` in vain are counted in a row."""

    phase: str
    handles: Mapping[str, str] = field(default_factory=dict)
    begun_at: datetime | None = None
    platform_post_id: str | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One attempt to publish: a post runs once at each of its local times."""

    id: UUID
    occurrence: str


def zone_of(name: str) -> tzinfo:
    """Return a time zone; UTC needs no zone database, which not every machine has.

    Raises ZoneInfoNotFoundError or ValueError for what is no zone's name.
    """
    return UTC if name == "UTC" else ZoneInfo(name)


def run_of(post: PostId, at: datetime, time_zone: str) -> Run:
    """Return the run of a moment (RELIABILITY 5.2): the local time, and which of the two.

    An hour that comes twice in autumn is told apart by its fold.
    """
    local = at.astimezone(zone_of(time_zone))
    occurrence = f"{local.replace(tzinfo=None).isoformat()}+{local.fold}"
    return Run(id=uuid5(post, occurrence), occurrence=occurrence)
