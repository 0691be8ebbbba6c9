"""What a platform can tell us, after its dialect has been read.

A webhook body becomes a list of these. They carry the platform's ids as strings and its
own clock as aware UTC datetimes; `raw` keeps the part of the payload they came from, so
that an unknown kind is stored, shown as unsupported, and never lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.attachment import IncomingMedia
from core.domain.message import DeliveryState, MessageType


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The customer as the payload names them."""

    platform_customer_id: str
    name: str | None = None
    username: str | None = None
    phone_number: str | None = None
    other_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One fact for one channel; `account_id` routes it to `social_accounts`.

    `key` and `sub` are unique per channel and kind: a redelivered fact has the same ones.
    """

    account_id: str
    key: str
    sub: str = ""
    at: datetime
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage(Incoming):
    """The customer wrote.

    `details` is what a bubble shows beyond text and files, by plain names: `latitude`,
    `longitude`, `place`; `url` of a shared post or story; `payload` of a button.
    """

    sender: Sender
    type: MessageType
    text: str = ""
    media: tuple[IncomingMedia, ...] = ()
    quoted_platform_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingEcho(Incoming):
    """We wrote: from here, or by hand in the platform's own app.

    `opaque_id` is our own id when the platform returns it.
    """

    customer: Sender
    type: MessageType
    text: str = ""
    media: tuple[IncomingMedia, ...] = ()
    opaque_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingStatus(Incoming):
    """How far a message of ours has come; `key` is the platform's message id."""

    state: DeliveryState
    customer_id: str | None = None
    opaque_id: str | None = None
    error_code: str | None = None
    error_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingReadMark(Incoming):
    """The customer has read everything of ours up to `at` (Instagram, Messenger)."""

    customer_id: str | None = None
    platform_message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDeliveryMark(Incoming):
    """Everything of ours up to `at` has reached the customer (Messenger)."""

    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingEdit(Incoming):
    """The author changed a message; `text` None means: ask the platform."""

    target_id: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDeletion(Incoming):
    """The author took a message back: its content must not be shown again."""

    target_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingReaction(Incoming):
    """A reaction was put on a message; an empty `emoji` takes it away."""

    target_id: str
    sender: Sender
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRenaming(Incoming):
    """A customer goes on under another id: a new number, a new user id.

    `customer` is who they were until now; what they wrote stays theirs.
    """

    customer: Sender
    new_id: str
    note: str = ""


class CommentKind(StrEnum):
    """How somebody came to speak to us in public."""

    COMMENT = "comment"
    """Under a post of ours, or under a comment there."""
    MENTION = "mention"
    """In a post or comment of their own that names us."""
    QUOTE = "quote"
    """In a post of their own that shows one of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingComment(Incoming):
    """Somebody spoke to us in public; `key` is the comment's id.

    `post_id` is the post at the top, ours or (for a mention) theirs; `parent_id` the comment
    it answers, None directly under the post. `sender` is None where the platform keeps the
    author to itself, and `own` says that it was us. `url` leads to it on the platform.
    """

    post_id: str
    sender: Sender | None
    text: str
    parent_id: str | None = None
    own: bool = False
    kind: CommentKind = CommentKind.COMMENT
    url: str | None = None
    avatar_url: str | None = None
    like_count: int | None = None
    hidden: bool = False
    post_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingCommentChange(Incoming):
    """A comment was reworded, hidden, shown again or removed; None means: as before."""

    comment_id: str
    post_id: str | None = None
    text: str | None = None
    hidden: bool | None = None
    removed: bool = False


class NoticeWeight(StrEnum):
    """What a platform's notice asks of the team."""

    INFO = "info"
    WARNING = "warning"
    STOPPED = "stopped"
    """The platform takes nothing more from us until a person has looked."""
    SIGNED_OUT = "signed_out"
    """Our permission was taken back: the channel must be connected again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingNotice(Incoming):
    """The platform says something about the account: quality, restriction, a ban."""

    kind: str
    weight: NoticeWeight
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingTemplate(Incoming):
    """A message template was approved, rejected, paused or moved to another category."""

    name: str
    language: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingOther(Incoming):
    """Something we know of but have no use for yet; kept as it came."""

    kind: str
