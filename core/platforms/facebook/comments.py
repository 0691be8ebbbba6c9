"""Comments on a Page: read with all replies, answered, hidden, deleted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from core.domain.incoming import CommentKind, Incoming, IncomingComment, Sender
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.platforms.base import ChannelSession
from core.platforms.commenting import (
    CommentPage,
    CommentTarget,
    Obstacle,
    PublishedPost,
)
from core.platforms.facebook.limits import (
    COMMENT_LIMIT,
    ERRORS,
    TEXT_LIMIT,
    pages_lane,
    private_replies_lane,
)
from core.platforms.meta.asking import Question, next_cursor, rows
from core.platforms.meta.calls import send_in_lane
from core.platforms.meta.envelope import UNREADABLE, other
from core.platforms.meta.messages import IN_WINDOW, post_message
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

_PAGE_SIZE: Final = 50
_REPLY_PAGES: Final = 4
_GONE: Final = frozenset({"100/33", "33"})
_FIELDS: Final = (
    "id,from{id,name,picture{url}},message,created_time,is_hidden,can_hide,"
    "can_reply_privately,parent{id},attachment,comment_count,like_count,permalink_url"
)
_POST_FIELDS: Final = "id,message,created_time,full_picture,permalink_url"


class FacebookComments:
    """Reading and answering comments under a Page's posts."""

    async def posts(self, session: ChannelSession, limit: int) -> list[PublishedPost]:
        """Return the Page's latest posts, newest first."""
        found = await _question(session).ask(
            f"{session.account_id}/posts", fields=_POST_FIELDS, limit=str(limit)
        )
        return [
            PublishedPost(
                platform_post_id=post_id,
                text=words(post.get("message")),
                published_at=moment(post.get("created_time")),
                media_url=optional_words(post.get("full_picture")),
                url=optional_words(post.get("permalink_url")),
            )
            for post in rows(found)[:limit]
            if (post_id := identifier(post.get("id"))) is not None
        ]

    async def page(
        self, session: ChannelSession, post_id: str, cursor: str | None
    ) -> CommentPage:
        """Return comments with their replies, newest first; `filter=stream` brings both."""
        found = await _ask_comments(session, post_id, cursor)
        facts = [_fact(session.account_id, post_id, row) for row in rows(found)]
        return CommentPage(facts=tuple(facts), cursor=next_cursor(found))

    def obstacle(self, target: CommentTarget, _account_id: str) -> Obstacle | None:
        """Return why an answer would not be taken; Facebook lets us answer what it shows."""
        if target.comment_id:
            return None
        return Obstacle(
            title="Facebook did not say which comment this is.",
            next_step="Answer it on Facebook.",
        )

    async def reply(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Answer under the comment; under a visitor's post where that is what spoke."""
        if problem := _text_problem(text, COMMENT_LIMIT):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        call = _post(session, f"{target.comment_id}/comments", {"message": text})
        return await _deed(session, call, _id)

    async def reply_privately(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Write to the author, once per comment and within seven days of it."""
        if target.own:
            title = "This comment is the Page's own."
            return SendAnswer(result=AnswerClass.REFUSED, title=title)
        if problem := _text_problem(text, TEXT_LIMIT):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        is_post = target.comment_id == target.post_id
        recipient = {"post_id" if is_post else "comment_id": target.comment_id}
        body = {"recipient": recipient, "message": {"text": text}, **IN_WINDOW}
        lane = private_replies_lane(session.account_id)
        return await post_message(session, body, lane, ERRORS)

    async def find_reply(
        self, session: ChannelSession, target: CommentTarget, text: str, since: datetime
    ) -> str | None:
        """Return our answer with these words, if it stands near the comment by now.

        An answer to a reply may hang under the comment above, so both are looked at.
        """
        above = {target.comment_id, target.parent_id} - {None}
        if target.comment_id == target.post_id:
            above = {None}  # what answers a post stands at the top
        under = target.post_id or target.parent_id or target.comment_id
        cursor: str | None = None
        for _ in range(_REPLY_PAGES):
            found = await _ask_comments(session, under, cursor)
            for row in rows(found):
                parent = identifier(section(row.get("parent")).get("id"))
                if parent in above and _is_answer(session, row, text, since):
                    return identifier(row.get("id"))
            cursor = next_cursor(found)
            if cursor is None or _reaches_before(found, since):
                return None
        return None

    async def hide(
        self, session: ChannelSession, target: CommentTarget, *, hidden: bool
    ) -> SendAnswer:
        """Hide a comment from all but its author and their friends, or show it again."""
        call = _post(session, target.comment_id, {"is_hidden": hidden})
        return _repeatable(await _deed(session, call, _done(target)))

    async def delete(self, session: ChannelSession, target: CommentTarget) -> SendAnswer:
        """Remove a comment for good; one that is gone already counts as removed."""
        call = Call(
            method="DELETE", url=session.url(target.comment_id), token=session.token
        )
        answer = await _deed(session, call, _done(target))
        if answer.code in _GONE:
            return SendAnswer(
                result=AnswerClass.ACCEPTED, platform_message_id=target.comment_id
            )
        return _repeatable(answer)


def _question(session: ChannelSession) -> Question:
    lane = pages_lane(session.account_id)
    return Question(session=session, lane=lane, errors=ERRORS)


async def _ask_comments(session: ChannelSession, under: str, cursor: str | None) -> Raw:
    params = {
        "filter": "stream",
        "order": "reverse_chronological",
        "fields": _FIELDS,
        "limit": str(_PAGE_SIZE),
    }
    if cursor is not None:
        params["after"] = cursor
    return await _question(session).ask(f"{under}/comments", **params)


def _post(session: ChannelSession, path: str, body: Mapping[str, Any]) -> Call:
    return Call(method="POST", url=session.url(path), token=session.token, json=body)


async def _deed(
    session: ChannelSession, call: Call, find_id: Callable[[Any], str | None]
) -> SendAnswer:
    lane = pages_lane(session.account_id)
    return await send_in_lane(session, session.http.call(call, lane), lane, ERRORS, find_id)


def _text_problem(text: str, limit: int) -> str:
    if not text.strip():
        return "There is nothing to send."
    return "The text is too long for Facebook." if len(text) > limit else ""


def _id(found: Any) -> str | None:
    return identifier(section(found).get("id"))


def _done(target: CommentTarget) -> Callable[[Any], str | None]:
    """Return a reader that finds the comment's id where `success` says it was done."""
    return lambda found: target.comment_id if section(found).get("success") else None


def _repeatable(answer: SendAnswer) -> SendAnswer:
    """Return what an uncertain deed means that may be done twice without harm."""
    if answer.result is not AnswerClass.UNKNOWN:
        return answer
    return SendAnswer(result=AnswerClass.NOT_SENT, code=answer.code, title=answer.title)


def _fact(account_id: str, post_id: str, row: Raw) -> Incoming:
    """Return the fact that a webhook would have brought; `from` may be kept from us."""
    try:
        return _comment(account_id, post_id, row)
    except Unreadable:
        return other(UNREADABLE, row, account_id=account_id)


def _comment(account_id: str, post_id: str, row: Raw) -> Incoming:
    author = section(row.get("from"))
    author_id = identifier(author.get("id"))
    likes = row.get("like_count")
    return IncomingComment(
        account_id=account_id,
        key=required(row.get("id"), "id"),
        at=moment(row.get("created_time")),
        raw=row,
        post_id=post_id,
        sender=Sender(
            platform_customer_id=author_id, name=optional_words(author.get("name"))
        )
        if author_id is not None
        else None,
        text=words(row.get("message")),
        parent_id=identifier(section(row.get("parent")).get("id")),
        own=author_id == account_id,
        kind=CommentKind.COMMENT,
        url=optional_words(row.get("permalink_url")),
        avatar_url=_picture(author),
        like_count=likes if isinstance(likes, int) else None,
        hidden=row.get("is_hidden") is True,
    )


def _picture(author: Raw) -> str | None:
    picture = section(section(author.get("picture")).get("data"))
    return optional_words(picture.get("url"))


def _is_answer(session: ChannelSession, row: Raw, text: str, since: datetime) -> bool:
    author_id = identifier(section(row.get("from")).get("id"))
    same = words(row.get("message")).strip() == text.strip()
    return (
        author_id == session.account_id
        and same
        and moment(row.get("created_time")) >= since
    )


def _reaches_before(page: Raw, since: datetime) -> bool:
    """Return whether a page, newest first, already goes back beyond `since`."""
    times = [moment(section(row).get("created_time")) for row in items(page.get("data"))]
    return bool(times) and min(times) < since
