"""Facebook's numbers: what its codes mean, and how fast it lets us go."""

from typing import Final

from core.domain.attachment import MediaKind, MediaRule
from core.domain.outbox import AnswerClass
from core.net.limits import Lane
from core.platforms.meta.errors import GRAPH_ERRORS, ErrorTable

TEXT_LIMIT: Final = 2000
COMMENT_LIMIT: Final = 8000
POST_LIMIT: Final = 63_206
QUICK_REPLIES: Final = 13
QUICK_REPLY_TITLE: Final = 20
QUICK_REPLY_PAYLOAD: Final = 1000
PHOTOS_OF_A_POST: Final = 10

TEXTS_PER_SECOND: Final = 300.0
FILES_PER_SECOND: Final = 10.0
CONVERSATIONS_PER_SECOND: Final = 2.0
PRIVATE_REPLIES_PER_SECOND: Final = 1.0
"""Facebook takes 750 an hour; spaced evenly, the second of two would wait five seconds, so
the pace is left to its refusals."""
OTHER_CALLS_PER_SECOND: Final = 20.0

_MB: Final = 1024 * 1024

MEDIA: Final = {
    MediaKind.IMAGE: MediaRule(
        limit_bytes=8 * _MB, mime_types=frozenset({"image/jpeg", "image/png", "image/gif"})
    ),
    MediaKind.AUDIO: MediaRule(
        limit_bytes=25 * _MB,
        mime_types=frozenset({"audio/aac", "audio/mp4", "audio/mpeg", "audio/wav"}),
    ),
    MediaKind.VIDEO: MediaRule(
        limit_bytes=25 * _MB,
        mime_types=frozenset({"video/mp4", "video/quicktime", "video/webm"}),
    ),
    MediaKind.DOCUMENT: MediaRule(limit_bytes=25 * _MB),
}
"""No kind carries words: a message is either a text or a file."""

UPLOAD_FAILED: Final = "100/2018047"

ERRORS: Final = ErrorTable(
    codes={
        1200: AnswerClass.NOT_SENT,  # for the moment, says Facebook
        10900: AnswerClass.REFUSED,  # this comment has had its private reply
        10903: AnswerClass.REFUSED,  # nobody to write to about this comment
    },
    subcodes={
        2018278: AnswerClass.WINDOW,
        2018065: AnswerClass.REFUSED,  # not to this person, not now
        2018108: AnswerClass.REFUSED,
        2018001: AnswerClass.REFUSED,  # no such customer
        2018109: AnswerClass.REFUSED,  # the file is too large
        2018047: AnswerClass.REFUSED,  # the file could not be fetched
        2018034: AnswerClass.REFUSED,  # nothing in it
        2018022: AnswerClass.SLOW_DOWN,
        2018344: AnswerClass.PERSON,  # terms that nobody has accepted
        2534025: AnswerClass.REFUSED,
    },
).over(GRAPH_ERRORS)

PUBLISH_ERRORS: Final = ErrorTable(
    codes={506: AnswerClass.REFUSED},
    subcodes={
        1366046: AnswerClass.REFUSED,  # the photo's size or type
        1366051: AnswerClass.REFUSED,  # these photos have been posted already
        1346003: AnswerClass.REFUSED,  # held to be abusive
        1390008: AnswerClass.SLOW_DOWN,  # too many posts in a short time
        1404078: AnswerClass.PERSON,  # the Page has to be authorised for publishing
        1363047: AnswerClass.NOT_SENT,
        1609010: AnswerClass.NOT_SENT,
    },
).over(ERRORS)
"""Codes seen by others who publish (CONTRACTS 4)."""


def message_lane(account_id: str, kind: str | None) -> Lane:
    """Return the lane of a message: films and recordings have a narrow one of their own."""
    if kind in (MediaKind.AUDIO, MediaKind.VIDEO):
        return Lane(account_id=account_id, endpoint="files", per_second=FILES_PER_SECOND)
    return Lane(account_id=account_id, endpoint="messages", per_second=TEXTS_PER_SECOND)


def conversations_lane(account_id: str) -> Lane:
    """Return the lane of the Conversations API, by far the narrowest."""
    return Lane(
        account_id=account_id, endpoint="conversations", per_second=CONVERSATIONS_PER_SECOND
    )


def private_replies_lane(account_id: str) -> Lane:
    """Return the lane of messages to the authors of comments."""
    return Lane(
        account_id=account_id,
        endpoint="private_replies",
        per_second=PRIVATE_REPLIES_PER_SECOND,
    )


def pages_lane(account_id: str) -> Lane:
    """Return the lane of all that is done with a Page but messages: it has one budget."""
    return Lane(account_id=account_id, endpoint="pages", per_second=OTHER_CALLS_PER_SECOND)


def side_lane(account_id: str, endpoint: str) -> Lane:
    """Return the lane of a call around messages; what headers say narrows it."""
    return Lane(account_id=account_id, endpoint=endpoint, per_second=OTHER_CALLS_PER_SECOND)
