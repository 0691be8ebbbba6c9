"""A comment under a post of ours, and what we do about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.channel import PlatformName
from core.domain.ids import (
    ChannelId,
    CommentId,
    DeedId,
    MemberId,
    MonitoredPostId,
    TenantId,
)
from core.domain.incoming import CommentKind


class DeedKind(StrEnum):
    """What can be done about a comment; names as in the database."""

    REPLY = "reply"
    PRIVATE_REPLY = "private_reply"
    HIDE = "hide"
    SHOW = "show"
    DELETE = "delete"

    @property
    def speaks(self) -> bool:
        """Return whether somebody would read it: such a deed must never happen twice."""
        return self in (DeedKind.REPLY, DeedKind.PRIVATE_REPLY)


class DeedState(StrEnum):
    """Where a deed stands; names as in the database, meanings as in the outbox."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NEEDS_HUMAN = "needs_human"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """Return whether it may still happen, or may have happened unseen."""
        return self not in (DeedState.ACCEPTED, DeedState.FAILED, DeedState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A row of `comments` with the post and channel it belongs to.

    `at` is the platform's time. `author` is None where the platform keeps the author to
    itself. `private_reply_ends_at` None means that no private reply is possible at all.
    """

    id: CommentId
    tenant: TenantId
    channel_id: ChannelId
    platform: PlatformName
    account_id: str
    account_name: str
    monitored_post_id: MonitoredPostId
    post_id: str
    post_caption: str | None
    platform_comment_id: str
    parent_id: str | None
    kind: CommentKind
    own: bool
    author_id: str | None
    author_name: str | None
    author_avatar_url: str | None
    text: str
    like_count: int
    url: str | None
    at: datetime
    edited_at: datetime | None
    hidden_at: datetime | None
    deleted_at: datetime | None
    handled_at: datetime | None
    private_reply_ends_at: datetime | None

    @property
    def shown_author(self) -> str | None:
        """Return the best name we know, None where there is none."""
        return self.author_name or self.author_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A row of `comment_deeds`, as the thread shows it."""

    id: DeedId
    comment_id: CommentId
    kind: DeedKind
    text: str | None
    state: DeedState
    member_id: MemberId | None
    platform_id: str | None
    error_title: str | None
    error_next: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDeed:
    """A deed under a lease; `fence` is the number of this claim."""

    tenant_id: TenantId
    deed_id: DeedId
    channel_id: ChannelId
    fence: int
    attempt: int
