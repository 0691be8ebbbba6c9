"""What somebody wrote when they named us: their webhook tells only where.

Posts and comments of others are not ours to read, but Instagram shows those that name us
as fields of our own account (Facebook's login only).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from core.domain.errors import NotFound
from core.domain.incoming import IncomingComment
from core.platforms.base import UNDATED, ChannelSession
from core.platforms.instagram.limits import ERRORS, side_lane
from core.platforms.meta.errors import content_of
from core.platforms.untyped import moment, optional_words, section, words

_POST: Final = "mentioned_media"
_COMMENT: Final = "mentioned_comment"
_POST_FIELDS: Final = "id,caption,timestamp,permalink"
_COMMENT_FIELDS: Final = "id,text,timestamp,media{id,caption,permalink}"


async def complete(
    session: ChannelSession, mention: IncomingComment
) -> IncomingComment | None:
    """Return a mention with its words, None when Instagram does not show it (any more).

    Its author is known by name alone, so there is nobody to write to in private.
    """
    in_post = mention.key == mention.post_id
    name, of = (_POST, "media_id") if in_post else (_COMMENT, "comment_id")
    fields = _POST_FIELDS if in_post else _COMMENT_FIELDS
    answer = await session.http.get_json(
        session.url(session.account_id),
        {"fields": f"{name}.{of}({mention.key}){{{fields}}}"},
        token=session.token,
        lane=side_lane(session.account_id, "comments"),
    )
    try:
        found = section(content_of(answer, ERRORS).get(name))
    except NotFound:
        return None
    if not found:
        return None
    return _post(mention, found) if in_post else _comment(mention, found)


def _post(mention: IncomingComment, found: Mapping[str, Any]) -> IncomingComment:
    return replace(
        mention,
        text=words(found.get("caption")),
        at=_at(mention, found),
        url=optional_words(found.get("permalink")),
    )


def _comment(mention: IncomingComment, found: Mapping[str, Any]) -> IncomingComment:
    media = section(found.get("media"))
    return replace(
        mention,
        text=words(found.get("text")),
        at=_at(mention, found),
        url=optional_words(media.get("permalink")),
        post_text=optional_words(media.get("caption")),
    )


def _at(mention: IncomingComment, found: Mapping[str, Any]) -> datetime:
    told = moment(found.get("timestamp"))
    return mention.at if told == UNDATED else told
