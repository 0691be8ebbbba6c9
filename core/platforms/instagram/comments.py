"""Comments under posts and reels: read with their replies, answer, hide, remove.

Reading goes from newest to oldest, fifty at a time, and there is no asking for what is
new since a moment. Instagram shows the first replies with each comment and the rest under
a cursor of their own, so our cursor holds both: where the comments go on, and whose
replies are still to be read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from core.domain.incoming import CommentKind, IncomingComment
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentPage, CommentTarget, Obstacle, PublishedPost
from core.platforms.instagram.inbound import author
from core.platforms.instagram.limits import (
    COMMENT_LIMIT,
    ERRORS,
    private_reply_lane,
    side_lane,
)
from core.platforms.instagram.send import text_problem
from core.platforms.meta.calls import send_once
from core.platforms.meta.errors import content_of
from core.platforms.untyped import (
    Unreadable,
    identifier,
    items,
    moment,
    optional_words,
    required,
    section,
    words,
)

Raw = Mapping[str, Any]

_OWN: Final = "id,text,timestamp,username,from,hidden,like_count,parent_id"
FIELDS: Final = f"{_OWN},replies{{{_OWN}}}"
PAGE_LIMIT: Final = 50
_POSTS: Final = "id,caption,timestamp,media_type,media_url,thumbnail_url,permalink"
_SEARCH_PAGES: Final = 5
"""How far back an answer of unknown outcome is looked for: 250 replies."""
_GONE: Final = frozenset({"33", "100/33", "24"})


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


class Comments:
    """Reading and answering comments on Instagram."""

    async def posts(self, session: ChannelSession, limit: int) -> list[PublishedPost]:
        """Return our latest posts, newest first."""
        params = {"fields": _POSTS, "limit": str(min(limit, PAGE_LIMIT))}
        found: list[PublishedPost] = []
        while True:
            body = await _ask(session, f"{session.account_id}/media", params)
            listed = map(section, items(body.get("data")))
            found += [post for raw in listed if (post := _published(raw)) is not None]
            after = _next(body)
            if after is None or len(found) >= limit:
                return found[:limit]
            params["after"] = after

    async def page(
        self, session: ChannelSession, post_id: str, cursor: str | None
    ) -> CommentPage:
        """Return comments under a post, or the next replies to one of them."""
        at = _Cursor.read(cursor)
        if at.replies:
            return await _more_replies(session, post_id, at)
        params = {"fields": FIELDS, "limit": str(PAGE_LIMIT)}
        if at.after is not None:
            params["after"] = at.after
        body = await _ask(session, f"{post_id}/comments", params)
        raws = [section(raw) for raw in items(body.get("data"))]
        facts = [fact for raw in raws for fact in _thread(session, post_id, raw)]
        after = _next(body)
        left = _Cursor(after=after, more=after is not None, replies=_unread(raws))
        return CommentPage(facts=tuple(facts), cursor=left.write())

    def obstacle(self, target: CommentTarget, _account_id: str) -> Obstacle | None:
        """Return why Instagram would not take an answer; it has the last word on the rest."""
        if target.kind == CommentKind.MENTION and not target.post_id:
            return Obstacle(
                title="Instagram does not say where this mention is.",
                next_step="Answer it in the Instagram app.",
            )
        return None

    async def reply(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Answer in public; an answer to a reply appears under the comment at the top."""
        if problem := _problem(text):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        if target.kind == CommentKind.MENTION:
            return await _answer_mention(session, target, text)
        url = session.url(target.comment_id, "replies")
        lane = side_lane(session.account_id, "replies")
        body = {"message": text}
        return await _post(session, url, body, lane)

    async def reply_privately(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Answer the author in a message: once for each comment, within seven days."""
        if problem := text_problem(text):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        body = {"recipient": {"comment_id": target.comment_id}, "message": {"text": text}}
        url = session.url(session.account_id, "messages")
        return await _post(session, url, body, private_reply_lane(session.account_id))

    async def find_reply(
        self, session: ChannelSession, target: CommentTarget, text: str, since: datetime
    ) -> str | None:
        """Return the id of our answer among the replies, None when it is not there."""
        if target.kind == CommentKind.MENTION:
            return None
        top = target.parent_id or target.comment_id
        params = {"fields": _OWN, "limit": str(PAGE_LIMIT)}
        for _ in range(_SEARCH_PAGES):
            body = await _ask(session, f"{top}/replies", params)
            for raw in map(section, items(body.get("data"))):
                if _is_answer(session, raw, text, since):
                    return identifier(raw.get("id"))
            after = _next(body)
            if after is None:
                break
            params["after"] = after
        return None

    async def hide(
        self, session: ChannelSession, target: CommentTarget, *, hidden: bool
    ) -> SendAnswer:
        """Hide a comment, or show it again; our own stay visible whatever is asked."""
        params = {"hide": "true" if hidden else "false"}
        url = session.url(target.comment_id)
        call = Call(method="POST", url=url, token=session.token, params=params)
        return await _repeatable(session, call)

    async def delete(self, session: ChannelSession, target: CommentTarget) -> SendAnswer:
        """Remove a comment for good; one that is gone already counts as removed."""
        url = session.url(target.comment_id)
        call = Call(method="DELETE", url=url, token=session.token)
        answer = await _repeatable(session, call)
        if answer.result is AnswerClass.REFUSED and answer.code in _GONE:
            return SendAnswer(result=AnswerClass.ACCEPTED)
        return answer


def _problem(text: str) -> str:
    if not text.strip():
        return "There is nothing to send."
    too_long = len(text) > COMMENT_LIMIT
    return "The text is too long for a comment on Instagram." if too_long else ""


def _published(raw: Raw) -> PublishedPost | None:
    post_id = identifier(raw.get("id"))
    if post_id is None:
        return None
    picture = optional_words(raw.get("thumbnail_url"))
    return PublishedPost(
        platform_post_id=post_id,
        text=words(raw.get("caption")),
        published_at=moment(raw.get("timestamp")),
        media_url=picture or optional_words(raw.get("media_url")),
        url=optional_words(raw.get("permalink")),
    )


async def _more_replies(session: ChannelSession, post_id: str, at: _Cursor) -> CommentPage:
    """Return the next replies of the first comment that has any left."""
    (comment_id, after), *others = at.replies
    params = {"fields": _OWN, "limit": str(PAGE_LIMIT), "after": after}
    body = await _ask(session, f"{comment_id}/replies", params)
    raws = [section(raw) for raw in items(body.get("data"))]
    facts = [
        fact
        for raw in raws
        if (fact := _comment(session, post_id, raw, comment_id)) is not None
    ]
    further = _next(body)
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
        and (after := _next(section(raw.get("replies")))) is not None
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


def _is_answer(session: ChannelSession, raw: Raw, text: str, since: datetime) -> bool:
    """Return whether this is our answer; Instagram may leave the author of a reply out."""
    by = author(raw)
    return (
        words(raw.get("text")).strip() == text.strip()
        and moment(raw.get("timestamp")) >= since.replace(microsecond=0)
        and (by is None or by.platform_customer_id == session.account_id)
    )


def _next(body: Raw) -> str | None:
    """Return the cursor of the next page; a short page need not be the last."""
    paging = section(body.get("paging"))
    return (
        identifier(section(paging.get("cursors")).get("after"))
        if paging.get("next")
        else None
    )


async def _ask(session: ChannelSession, path: str, params: Mapping[str, str]) -> Raw:
    answer = await session.http.get_json(
        session.url(path),
        params,
        token=session.token,
        lane=side_lane(session.account_id, "comments"),
    )
    return content_of(answer, ERRORS)


async def _answer_mention(
    session: ChannelSession, target: CommentTarget, text: str
) -> SendAnswer:
    """Answer where we were named, which is an edge of our account, not of the comment."""
    body = {"media_id": target.post_id, "message": text}
    if target.comment_id != target.post_id:
        body["comment_id"] = target.comment_id
    url = session.url(session.account_id, "mentions")
    return await _post(session, url, body, side_lane(session.account_id, "replies"))


async def _post(
    session: ChannelSession, url: str, body: Mapping[str, Any], lane: Lane
) -> SendAnswer:
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_once(call, ERRORS, _made)
    if answer.result is AnswerClass.SLOW_DOWN and answer.code is not None:
        session.http.limits.refused(lane, answer.retry_after)
    return answer


def _made(found: Any) -> str | None:
    """Return the id of a comment, or of the message that a private answer is."""
    body = section(found)
    return identifier(body.get("id")) or identifier(body.get("message_id"))


async def _repeatable(session: ChannelSession, call: Call) -> SendAnswer:
    """Make a call that may be made again: what would be uncertain is just not done yet."""
    lane = side_lane(session.account_id, "moderation")
    answer = await send_once(session.http.call(call, lane), ERRORS, _success)
    if answer.result is AnswerClass.UNKNOWN:
        return replace(answer, result=AnswerClass.NOT_SENT)
    return replace(answer, platform_message_id=None)


def _success(found: Any) -> str | None:
    return "done" if section(found).get("success") is True else None
