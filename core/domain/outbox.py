"""The outbox: what we owe a customer, and how we keep from sending it twice.

    queued -> claimed -> sending -> accepted -> delivered -> read
                 |          |-> failed
                 |          `-> unknown -> accepted | needs_human
                 `-> held, cancelled

Nothing leaves `unknown` towards `queued`: no platform but Stripe takes an idempotency
key, so a second attempt may be a second message (RELIABILITY 5.3 of the design notes).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.ids import ChannelId, ConversationId, MessageId, OutboxId, TenantId
from core.domain.message import Origin
from core.domain.rich import RichContent


class OutboxState(StrEnum):
    """Where an item stands; names as in the database."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NEEDS_HUMAN = "needs_human"
    HELD = "held"
    CANCELLED = "cancelled"


REPORTED = frozenset(
    {OutboxState.ACCEPTED, OutboxState.FAILED, OutboxState.DELIVERED, OutboxState.READ}
)
"""What a platform's report can make of an item."""

NEXT: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.QUEUED: REPORTED
    | {OutboxState.CLAIMED, OutboxState.HELD, OutboxState.CANCELLED},
    OutboxState.CLAIMED: REPORTED
    | {OutboxState.SENDING, OutboxState.QUEUED, OutboxState.HELD, OutboxState.CANCELLED},
    OutboxState.SENDING: REPORTED | {OutboxState.QUEUED, OutboxState.UNKNOWN},
    OutboxState.UNKNOWN: REPORTED | {OutboxState.NEEDS_HUMAN},
    OutboxState.NEEDS_HUMAN: REPORTED,
    OutboxState.HELD: REPORTED | {OutboxState.QUEUED, OutboxState.CANCELLED},
    OutboxState.CANCELLED: REPORTED,
    OutboxState.ACCEPTED: REPORTED - {OutboxState.ACCEPTED},
    OutboxState.FAILED: frozenset({OutboxState.DELIVERED, OutboxState.READ}),
    OutboxState.DELIVERED: frozenset({OutboxState.READ}),
    OutboxState.READ: frozenset(),
}
"""Who may follow whom. A platform's report is believed whatever we thought: an echo can
outrun our own bookkeeping, and prove that even a cancelled item has left; but it only
raises, since reports come repeated and out of order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """One claimed message, with all the sender needs and nothing it must look up.

    `fence` is the number of this claim: every later write names it, so that a worker
    that was frozen past its lease cannot overwrite its successor. A reaction has no
    message: it shows on the one that it was put on.
    """

    id: OutboxId
    tenant: TenantId
    conversation_id: ConversationId
    message_id: MessageId | None
    channel_id: ChannelId
    platform: PlatformName
    account_id: str
    recipient: str
    text: str
    origin: Origin
    seq: int
    attempt: int
    fence: int
    media: "OutboundMedia | None" = None
    quoted_platform_id: str | None = None
    content: RichContent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMedia:
    """A file to send along.

    `url` is where the platform may fetch it for a while; absent for platforms that are
    handed the bytes.
    """

    attachment_id: UUID
    kind: str
    mime_type: str
    file_name: str
    url: str | None = None


class AnswerClass(StrEnum):
    """What a platform's answer to a send means for the item."""

    ACCEPTED = "accepted"
    NOT_SENT = "not_sent"
    """Nothing left us: back to the queue with jitter, the attempt counts."""
    SLOW_DOWN = "slow_down"
    """A rate limit: back to the queue, the attempt does not count, the channel slows."""
    WAIT_PAIR = "wait_pair"
    """Too fast for this one customer: only this conversation waits."""
    RECONNECT = "reconnect"
    """The token or a permission is gone: the channel pauses, the item stays queued."""
    PERSON = "person"
    """The account is blocked or restricted: the channel pauses until a person has looked."""
    WINDOW = "window"
    """The reply window is closed: failed, a template may be offered."""
    REFUSED = "refused"
    """The platform will never take this: failed with its reason."""
    UNKNOWN = "unknown"
    """It may have been sent: reconcile, never resend alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAnswer:
    """A platform's answer to one send, already classified by that platform's table."""

    result: AnswerClass
    platform_message_id: str | None = None
    code: str | None = None
    title: str = ""
    retry_after: float | None = None
