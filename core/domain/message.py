"""A message and the life of its delivery."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.attachment import Attachment
from core.domain.ids import ConversationId, DecisionId, MemberId, MessageId


class Direction(StrEnum):
    """Who spoke."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Origin(StrEnum):
    """Whose hand wrote it."""

    CUSTOMER = "customer"
    MEMBER = "member"
    ASSISTANT = "assistant"
    ELSEWHERE = "elsewhere"
    """Ours, but typed in the platform's own app: known from its echo."""


class MessageType(StrEnum):
    """The kinds a thread can show; platforms' own names map onto these."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    INTERACTIVE = "interactive"
    BUTTON = "button"
    ORDER = "order"
    TEMPLATE = "template"
    SHARE = "share"
    STORY_MENTION = "story_mention"
    STORY_REPLY = "story_reply"
    POSTBACK = "postback"
    CALL = "call"
    SYSTEM = "system"
    UNSUPPORTED = "unsupported"


class DeliveryState(StrEnum):
    """How far an outbound message has come, as shown under its bubble."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    HELD = "held"
    CANCELLED = "cancelled"


_RANK = {
    DeliveryState.QUEUED: 0,
    DeliveryState.HELD: 0,
    DeliveryState.SENDING: 1,
    DeliveryState.UNCERTAIN: 2,
    DeliveryState.CANCELLED: 2,
    DeliveryState.ACCEPTED: 3,
    DeliveryState.FAILED: 4,
    DeliveryState.DELIVERED: 5,
    DeliveryState.READ: 6,
}


def raised(current: DeliveryState, reported: DeliveryState) -> DeliveryState:
    """Return the state after a platform's report, which can only raise it.

    Platforms repeat and reorder statuses; a late `sent` must not undo `delivered`.
    `failed` beats `accepted` (Meta reports it after `sent`) but not proof of arrival.
    """
    return reported if _RANK[reported] > _RANK[current] else current


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The message that another one answers, as far as it is here.

    `id` is None where we do not have it: it was written before the channel was connected,
    or its platform forgets. `text` is its beginning.
    """

    id: MessageId | None = None
    origin: Origin | None = None
    type: MessageType = MessageType.TEXT
    text: str = ""
    sender_name: str | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A row of `conversation_messages` with its attachments, as a thread shows it.

    `at` is the platform's own time for inbound messages, ours for outbound ones.
    `reactions` are the customer's, `own_reaction` is the team's; `details` is what a bubble
    shows beside text and files, in the names of `IncomingMessage.details`.
    """

    id: MessageId
    conversation_id: ConversationId
    direction: Direction
    origin: Origin
    type: MessageType
    text: str
    at: datetime
    platform_message_id: str | None = None
    delivery: DeliveryState | None = None
    failure: str | None = None
    sent_by: MemberId | None = None
    sender_name: str | None = None
    decision_id: DecisionId | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    reactions: tuple[str, ...] = ()
    own_reaction: str | None = None
    quoted_platform_id: str | None = None
    quoted: Quoted | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
