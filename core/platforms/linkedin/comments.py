"""Comments under an organisation's posts: read, answer, reword, delete (CONTRACTS 6).

Two levels only: an answer to an answer hangs under the comment at the top. Lists are paged
by position, so that comments which come meanwhile are seen twice; facts of one call are
distinct, and those of two have the same keys.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.domain.incoming import Incoming, IncomingComment
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentPage, CommentTarget, Obstacle, PublishedPost
from core.platforms.linkedin.calls import PATCH, ask, content, write
from core.platforms.linkedin.inbound import distinct
from core.platforms.linkedin.limits import COMMENT_LIMIT, PAGE, reading, writing
from core.platforms.linkedin.listed import read_listed
from core.platforms.linkedin.posts import latest
from core.platforms.linkedin.send import NO_MESSAGES
from core.platforms.linkedin.urns import comment_urn, encoded, post_urn
from core.platforms.untyped import items, section, words

_COMMENTS: Final = "comments"
_CALLS: Final = 5
"""How many pages of answers under one comment are read."""
_NOT_ADDRESSED: Final = SendAnswer(
    result=AnswerClass.REFUSED, title="This comment has no address on LinkedIn."
)
_NO_HIDING: Final = SendAnswer(
    result=AnswerClass.REFUSED, title="LinkedIn hides no comments; delete it instead."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """One list of comments: those of a post, or those under one comment."""

    urn: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A page of a list: its facts, and where the list goes on."""

    facts: tuple[Incoming, ...]
    onward: _List | None
    answered: tuple[str, ...]
    """Comments of the page that have, or may have, answers of their own."""


class LinkedInComments:
    """Comments, as the platform hands them out."""

    async def posts(self, session: ChannelSession, limit: int) -> list[PublishedPost]:
        """Return the organisation's latest posts, newest first."""
        return [post.published for post in await latest(session, limit)]

    async def page(
        self, session: ChannelSession, post_id: str, cursor: str | None
    ) -> CommentPage:
        """Return a page of comments and the answers under each; `cursor` is a position."""
        start = int(cursor) if cursor is not None and cursor.isdecimal() else 0
        found = await _page(session, _List(urn=post_id, start=start), post_id)
        facts = list(found.facts)
        for name in found.answered:
            facts += await _all(session, _List(urn=name, start=0), post_id)
        onward = found.onward
        return CommentPage(
            facts=tuple(distinct(facts)),
            cursor=None if onward is None else str(onward.start),
        )

    def obstacle(self, target: CommentTarget, _account_id: str) -> Obstacle | None:
        """Return why an answer would not be taken: only if there is no address for it."""
        if _thread_of(target) is not None:
            return None
        return Obstacle(
            title="This comment has no address on LinkedIn.",
            next_step="Answer it on linkedin.com.",
        )

    async def reply(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Answer in public as the organisation, once."""
        thread = _thread_of(target)
        if problem := _problem(text):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        if thread is None:
            return _NOT_ADDRESSED
        parent = _parent_of(target)
        body: dict[str, Any] = {
            "actor": session.account_id,
            "object": thread,
            "message": {"text": text},
        }
        if parent is not None:
            body["parentComment"] = parent
        call = Call(method="POST", url=_url(session, parent or thread), json=body)
        written = await write(session, call, writing(session.account_id, _COMMENTS))
        if written.outcome.result is not AnswerClass.ACCEPTED:
            return written.outcome
        made = section(written.answer.json if written.answer is not None else None)
        name = comment_urn(
            made.get("commentUrn"),
            written.created_id,
            f"urn:li:comment:({thread},{written.created_id})",
        )
        if name is None:
            return SendAnswer(
                result=AnswerClass.UNKNOWN, title="LinkedIn did not name our comment."
            )
        return SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=str(name))

    async def reply_privately(
        self, _session: ChannelSession, _target: CommentTarget, _text: str
    ) -> SendAnswer:
        """Refuse: there are no private messages."""
        return NO_MESSAGES

    async def find_reply(
        self, session: ChannelSession, target: CommentTarget, text: str, since: datetime
    ) -> str | None:
        """Return our comment with these words where the answer would hang.

        Of several, the oldest that was made since.
        """
        thread = _thread_of(target)
        if thread is None:
            return None
        place = _List(urn=_parent_of(target) or thread, start=0)
        ours = [
            (fact.at, fact.key)
            for fact in await _all(session, place, target.post_id)
            if isinstance(fact, IncomingComment)
            and fact.own
            and fact.at >= since
            and fact.text.strip() == text.strip()
        ]
        return min(ours)[1] if ours else None

    async def edit(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Reword a comment of ours; may be repeated without harm."""
        if problem := _problem(text):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        url = _own_url(session, target)
        if url is None:
            return _NOT_ADDRESSED
        patch = {"patch": {"message": {"$set": {"text": text}}}}
        call = Call(method="POST", url=url, json=patch, headers=PATCH)
        written = await write(session, call, writing(session.account_id, _COMMENTS))
        return written.outcome

    async def hide(
        self, _session: ChannelSession, _target: CommentTarget, *, hidden: bool
    ) -> SendAnswer:
        """Refuse: LinkedIn hides no comments."""
        del hidden
        return _NO_HIDING

    async def delete(self, session: ChannelSession, target: CommentTarget) -> SendAnswer:
        """Delete a comment; one that is gone already counts as deleted."""
        url = _own_url(session, target)
        if url is None:
            return _NOT_ADDRESSED
        call = Call(method="DELETE", url=url)
        written = await write(session, call, writing(session.account_id, _COMMENTS))
        if written.answer is not None and written.answer.status == 404:
            return SendAnswer(result=AnswerClass.ACCEPTED)
        return written.outcome


def _problem(text: str) -> str:
    if not text.strip():
        return "There is nothing to send."
    return (
        "A comment on LinkedIn has at most 1,250 characters."
        if (len(text) > COMMENT_LIMIT)
        else ""
    )


def _thread_of(target: CommentTarget) -> str | None:
    """Return the post that an answer belongs to, by the name comments know it under."""
    name = comment_urn(target.comment_id)
    return name.thread if name is not None else post_urn(target.comment_id, target.post_id)


def _parent_of(target: CommentTarget) -> str | None:
    """Return the comment at the top; None where a post itself is answered (a mention)."""
    name = comment_urn(target.parent_id) or comment_urn(target.comment_id)
    return None if name is None else str(name)


def _url(session: ChannelSession, under: str) -> str:
    return session.url("socialActions", encoded(under), _COMMENTS)


def _own_url(session: ChannelSession, target: CommentTarget) -> str | None:
    name = comment_urn(target.comment_id)
    if name is None:
        return None
    actor = encoded(session.account_id)
    return f"{_url(session, name.thread)}/{name.id}?actor={actor}"


async def _page(session: ChannelSession, wanted: _List, post_id: str) -> _Found:
    path = (
        f"socialActions/{encoded(wanted.urn)}/{_COMMENTS}?start={wanted.start}&count={PAGE}"
    )
    answer = await ask(session, path, reading(session.account_id, _COMMENTS))
    listed = content(answer)
    elements = items(listed.get("elements"))
    facts = distinct([read_listed(raw, session.account_id, post_id) for raw in elements])
    return _Found(
        facts=tuple(facts),
        onward=_onward(wanted, section(listed.get("paging")), len(elements)),
        answered=tuple(
            fact.key
            for fact in facts
            if isinstance(fact, IncomingComment)
            and fact.parent_id is None
            and _may_have_answers(fact.raw)
        ),
    )


async def _all(session: ChannelSession, place: _List, post_id: str) -> list[Incoming]:
    """Return a whole list, in a bounded number of calls."""
    facts: list[Incoming] = []
    onward: _List | None = place
    for _call in range(_CALLS):
        if onward is None:
            break
        found = await _page(session, onward, post_id)
        facts += found.facts
        onward = found.onward
    return facts


def _onward(wanted: _List, paging: Any, got: int) -> _List | None:
    """Return where the list goes on: `total` decides, then a link, then whether any came.

    A short page is not the last: LinkedIn leaves out what may not be seen.
    """
    after = wanted.start + PAGE
    total = paging.get("total")
    if isinstance(total, int) and not isinstance(total, bool):
        more = after < total
    else:
        links = map(section, items(paging.get("links")))
        more = got > 0 or any(words(link.get("rel")) == "next" for link in links)
    return _List(urn=wanted.urn, start=after) if more else None


def _may_have_answers(raw: Any) -> bool:
    """Return whether to ask for answers under a comment: yes, unless LinkedIn says none."""
    summary = section(raw.get("commentsSummary"))
    counts = [
        summary.get(name) for name in ("aggregatedTotalComments", "totalFirstLevelComments")
    ]
    told = [count for count in counts if isinstance(count, int)]
    return not told or any(told)
