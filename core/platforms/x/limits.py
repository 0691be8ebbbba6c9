"""X's numbers: how often each endpoint may be called, how large files and texts may be.

Windows are a quarter of an hour per user (CONTRACTS 5). The documents disagree with each
other and with what is observed, so these are only where we begin: the limiter obeys the
`x-rate-limit-*` headers of every answer.
"""

import re
from enum import StrEnum
from typing import Final

from core.domain.attachment import MediaKind, MediaRule
from core.net.limits import Lane

WINDOW_SECONDS: Final = 900
MESSAGE_LIMIT: Final = 10_000
POST_LIMIT: Final = 280
"""In weighted characters; accounts that pay may write more, which X does not tell us."""
CASHTAGS: Final = 1
PICTURES: Final = 4
HISTORY_DAYS: Final = 30
SEARCH_DAYS: Final = 7
PAGE: Final = 100
CHUNK_BYTES: Final = 2 * 1024 * 1024

_MB: Final = 1024 * 1024
IMAGE_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
GIF: Final = "image/gif"
IMAGE_BYTES: Final = 5 * _MB
GIF_BYTES: Final = 15 * _MB
VIDEO_TYPES: Final = frozenset({"video/mp4", "video/quicktime"})
VIDEO_BYTES: Final = 512 * _MB

MEDIA: Final = {
    MediaKind.IMAGE: MediaRule(
        limit_bytes=IMAGE_BYTES,
        mime_types=IMAGE_TYPES | {GIF},
        caption_limit=MESSAGE_LIMIT,
    ),
    MediaKind.VIDEO: MediaRule(
        limit_bytes=VIDEO_BYTES, mime_types=VIDEO_TYPES, caption_limit=MESSAGE_LIMIT
    ),
}

_CASHTAG: Final = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")


class Endpoint(StrEnum):
    """Calls that X counts separately."""

    POST = "post"
    DELETE = "delete"
    HIDE = "hide"
    MENTIONS = "mentions"
    SEARCH = "search"
    TIMELINE = "timeline"
    DM_READ = "dm_read"
    DM_SEND = "dm_send"
    MEDIA = "media"
    USERS = "users"
    HOOKS = "hooks"


CALLS: Final = {
    Endpoint.POST: 100,
    Endpoint.DELETE: 50,
    Endpoint.HIDE: 50,
    Endpoint.MENTIONS: 300,
    Endpoint.SEARCH: 300,
    Endpoint.TIMELINE: 900,
    Endpoint.DM_READ: 15,
    Endpoint.DM_SEND: 15,
    Endpoint.MEDIA: 500,
    Endpoint.USERS: 75,
    Endpoint.HOOKS: 450,
}
"""Calls per window."""


def lane(account_id: str, endpoint: Endpoint) -> Lane:
    """Return the lane of a call."""
    calls = CALLS[endpoint]
    return Lane(
        account_id=account_id,
        endpoint=f"x.{endpoint}",
        per_second=calls / WINDOW_SECONDS,
        burst=calls,
    )


def cashtags(text: str) -> int:
    """Return how many cashtags (`$ACME`) a text holds."""
    return len(_CASHTAG.findall(text))
