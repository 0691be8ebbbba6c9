"""Instagram's numbers: what its codes mean, and how fast it lets us go."""

from typing import Final

from core.domain.attachment import MediaKind, MediaRule
from core.domain.outbox import AnswerClass
from core.net.limits import Lane
from core.platforms.meta.errors import GRAPH_ERRORS, ErrorTable

TEXT_LIMIT_BYTES: Final = 1000
CHOICES_LIMIT: Final = 13
CHOICE_TITLE_LIMIT: Final = 20
"""Characters that a quick reply shows; Instagram cuts the rest."""
COMMENT_LIMIT: Final = 2200
"""What Instagram's app takes; its API names no ceiling (CONTRACTS 8.5)."""
MESSAGES_PER_SECOND: Final = 100.0
"""The lower of two published numbers (100 and 300)."""
CONVERSATIONS_PER_SECOND: Final = 2.0
PRIVATE_REPLIES_PER_SECOND: Final = 750 / 3600
"""To comments under posts and reels (CONTRACTS 1); live broadcasts allow more."""
OTHER_CALLS_PER_SECOND: Final = 20.0

_MB: Final = 1024 * 1024

MEDIA: Final = {
    MediaKind.IMAGE: MediaRule(
        limit_bytes=8 * _MB, mime_types=frozenset({"image/jpeg", "image/png", "image/gif"})
    ),
    MediaKind.AUDIO: MediaRule(
        limit_bytes=25 * _MB, mime_types=frozenset({"audio/aac", "audio/mp4", "audio/wav"})
    ),
    MediaKind.VIDEO: MediaRule(
        limit_bytes=25 * _MB,
        mime_types=frozenset({"video/mp4", "video/quicktime", "video/webm"}),
    ),
    MediaKind.DOCUMENT: MediaRule(
        limit_bytes=25 * _MB, mime_types=frozenset({"application/pdf"})
    ),
}
"""No kind carries words: a message is either a text or a file."""

ERRORS: Final = ErrorTable(
    subcodes={
        2534022: AnswerClass.WINDOW,
        2534014: AnswerClass.REFUSED,  # no such customer
        2534025: AnswerClass.REFUSED,  # this comment has had its private reply
        2534029: AnswerClass.REFUSED,  # the customer's account is blocked
        2534040: AnswerClass.SLOW_DOWN,
        2534041: AnswerClass.RECONNECT,  # access to messages is off in the app
        1893063: AnswerClass.PERSON,  # our account is restricted
    }
).over(GRAPH_ERRORS)


def message_lane(account_id: str) -> Lane:
    """Return the lane of messages."""
    return Lane(account_id=account_id, endpoint="messages", per_second=MESSAGES_PER_SECOND)


def conversations_lane(account_id: str) -> Lane:
    """Return the lane of the Conversations API, by far the narrowest."""
    return Lane(
        account_id=account_id, endpoint="conversations", per_second=CONVERSATIONS_PER_SECOND
    )


def private_reply_lane(account_id: str) -> Lane:
    """Return the lane of messages to the authors of comments."""
    return Lane(
        account_id=account_id,
        endpoint="private replies",
        per_second=PRIVATE_REPLIES_PER_SECOND,
    )


def side_lane(account_id: str, endpoint: str) -> Lane:
    """Return the lane of a call that is no message."""
    return Lane(account_id=account_id, endpoint=endpoint, per_second=OTHER_CALLS_PER_SECOND)
