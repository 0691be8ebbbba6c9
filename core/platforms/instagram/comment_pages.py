"""Read the comments under a post, with all their replies.

Reading goes from newest to oldest, fifty at a time, and there is no asking for what is
new since a moment. Instagram shows the first replies with each comment and the rest under
a cursor of their own, so our cursor holds both: where the comments go on, and whose
replies are still to be read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core.domain.incoming import IncomingComment
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentPage
from core.platforms.instagram.inbound import author
from core.platforms.instagram.limits import ERRORS, side_lane
from core.platforms.meta.errors import content_of
from core.platforms.untyped import (
    Unreadable,
    identifier,
    items,
    moment,
    required,
    section,
    words,
)

Raw = Mapping[str, Any]

COMMENT_FIELDS: Final = "id,text,timestamp,username,from,hidden,like_count,parent_id"
FIELDS: Final = f"{COMMENT_FIELDS},replies{{{COMMENT_FIELDS}}}"
PAGE_LIMIT: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cursor:
    """Where to read on: `replies` first (comment id, cursor), then comments `after`.

    `more` says that there are comments left; without `after` those from the start.
    """

    after: str | None = None
    more: bool = True
    replies: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, text: str | None) -> "_Cursor":
        if text is None:
            return cls()
        found = section(json.loads(text))
        return cls(
            after=identifier(found.get("after")),
            more=bool(found.get("more")),
            replies=tuple((str(of), str(at)) for of, at in found.get("replies", [])),
        )

    def write(self) -> str | None:
        """Return the cursor as text, None at the end."""
        if not self.more and not self.replies:
            return None
        replies = [list(pair) for pair in self.replies]
        return json.dumps({"after": self.after, "more": self.more, "replies": replies})


async def read_page(
    session: ChannelSession, post_id: str, cursor: str | None
) -> CommentPage:
    """Return comments under a post, or the next replies to one of them; one call."""
    at = _Cursor.read(cursor)
    if at.replies:
        return await _more_replies(session, post_id, at)
    params = {"fields": FIELDS, "limit": str(PAGE_LIMIT)}
    if at.after is not None:
        params["after"] = at.after
    body = await ask(session, f"{post_id}/comments", params)
    raws = [section(raw) for raw in items(body.get("data"))]
    facts = [fact for raw in raws for fact in _thread(session, post_id, raw)]
    after = next_cursor(body)
    left = _Cursor(after=after, more=after is not None, replies=_unread(raws))
    return CommentPage(facts=tuple(facts), cursor=left.write())


async def _more_replies(session: ChannelSession, post_id: str, at: _Cursor) -> CommentPage:
    """Return the next replies of the first comment that has any left."""
    (comment_id, after), *others = at.replies
    params = {"fields": COMMENT_FIELDS, "limit": str(PAGE_LIMIT), "after": after}
    body = await ask(session, f"{comment_id}/replies", params)
    raws = [section(raw) for raw in items(body.get("data"))]
    facts = [
        fact
        for raw in raws
        if (fact := _comment(session, post_id, raw, comment_id)) is not None
    ]
    further = next_cursor(body)
    if further is not None:
        others.insert(0, (comment_id, further))
    left = replace(at, replies=tuple(others))
    return CommentPage(facts=tuple(facts), cursor=left.write())


def _thread(session: ChannelSession, post_id: str, raw: Raw) -> list[IncomingComment]:
    """Return a comment and the replies that came with it, the comment first."""
    top = _comment(session, post_id, raw, None)
    if top is None:
        return []
    replies = map(section, items(section(raw.get("replies")).get("data")))
    read = (_comment(session, post_id, reply, top.key) for reply in replies)
    return [top, *(reply for reply in read if reply is not None)]


def _unread(raws: Sequence[Raw]) -> tuple[tuple[str, str], ...]:
    """Return whose replies were not all told, with the cursors to go on from."""
    return tuple(
        (of, after)
        for raw in raws
        if (of := identifier(raw.get("id"))) is not None
        and (after := next_cursor(section(raw.get("replies")))) is not None
    )


def _comment(
    session: ChannelSession, post_id: str, raw: Raw, parent_id: str | None
) -> IncomingComment | None:
    """Return a comment as its webhook would have told it, None if it cannot be read."""
    try:
        key = required(raw.get("id"), "id")
    except Unreadable:
        return None
    sender = author(raw)
    likes = raw.get("like_count")
    return IncomingComment(
        account_id=session.account_id,
        key=key,
        at=moment(raw.get("timestamp")),
        raw=raw,
        post_id=post_id,
        sender=sender,
        text=words(raw.get("text")),
        parent_id=identifier(raw.get("parent_id")) or parent_id,
        own=sender is not None and sender.platform_customer_id == session.account_id,
        like_count=likes if isinstance(likes, int) else None,
        hidden=raw.get("hidden") is True,
    )


def next_cursor(body: Raw) -> str | None:
    """Return the cursor of the next page; a short page need not be the last."""
    paging = section(body.get("paging"))
    return (
        identifier(section(paging.get("cursors")).get("after"))
        if paging.get("next")
        else None
    )


async def ask(session: ChannelSession, path: str, params: Mapping[str, str]) -> Raw:
    answer = await session.http.get_json(
        session.url(path),
        params,
        token=session.token,
        lane=side_lane(session.account_id, "comments"),
    )
    return content_of(answer, ERRORS)
