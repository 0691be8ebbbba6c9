"""Comments under posts and reels: read, answer, hide, remove."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from core.domain.incoming import CommentKind
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentPage, CommentTarget, Obstacle, PublishedPost
from core.platforms.instagram.comment_pages import (
    COMMENT_FIELDS,
    PAGE_LIMIT,
    ask,
    next_cursor,
    read_page,
)
from core.platforms.instagram.inbound import author
from core.platforms.instagram.limits import (
    COMMENT_LIMIT,
    ERRORS,
    private_reply_lane,
    side_lane,
)
from core.platforms.instagram.send import text_problem
from core.platforms.meta.calls import send_in_lane, send_once
from core.platforms.untyped import (
    identifier,
    items,
    moment,
    optional_words,
    section,
    words,
)

Raw = Mapping[str, Any]

_POSTS: Final = "id,caption,timestamp,media_type,media_url,thumbnail_url,permalink"
_SEARCH_PAGES: Final = 5
"""How far back an answer of unknown outcome is looked for: 250 replies."""
_GONE: Final = frozenset({"33", "100/33", "24"})


class Comments:
    """Reading and answering comments on Instagram."""

    async def posts(self, session: ChannelSession, limit: int) -> list[PublishedPost]:
        """Return our latest posts, newest first."""
        params = {"fields": _POSTS, "limit": str(min(limit, PAGE_LIMIT))}
        found: list[PublishedPost] = []
        while True:
            body = await ask(session, f"{session.account_id}/media", params)
            listed = map(section, items(body.get("data")))
            found += [post for raw in listed if (post := _published(raw)) is not None]
            after = next_cursor(body)
            if after is None or len(found) >= limit:
                return found[:limit]
            params["after"] = after

    async def page(
        self, session: ChannelSession, post_id: str, cursor: str | None
    ) -> CommentPage:
        """Return comments under a post, or the next replies to one of them."""
        return await read_page(session, post_id, cursor)

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
        params = {"fields": COMMENT_FIELDS, "limit": str(PAGE_LIMIT)}
        for _ in range(_SEARCH_PAGES):
            body = await ask(session, f"{top}/replies", params)
            for raw in map(section, items(body.get("data"))):
                if _is_answer(session, raw, text, since):
                    return identifier(raw.get("id"))
            after = next_cursor(body)
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


def _is_answer(session: ChannelSession, raw: Raw, text: str, since: datetime) -> bool:
    """Return whether this is our answer; Instagram may leave the author of a reply out."""
    by = author(raw)
    return (
        words(raw.get("text")).strip() == text.strip()
        and moment(raw.get("timestamp")) >= since.replace(microsecond=0)
        and (by is None or by.platform_customer_id == session.account_id)
    )


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
    return await send_in_lane(session, call, lane, ERRORS, _made)


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
