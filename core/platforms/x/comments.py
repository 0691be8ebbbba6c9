"""Answer in public: mentions, quotes, and replies under our posts.

X reads no comments but posts: a post's conversation is found by search, for seven days,
and an answer is a post of ours. Since February 2026 it takes such an answer through the
API only where the author named or quoted us (CONTRACTS 5).
"""

from datetime import datetime
from typing import Final

from core.domain.incoming import CommentKind, Incoming
from core.domain.outbox import AnswerClass, SendAnswer
from core.domain.weighing import weigh
from core.net.client import Call
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentPage, CommentTarget, Obstacle, PublishedPost
from core.platforms.x.calls import an_id, change
from core.platforms.x.facts import link_to
from core.platforms.x.limits import CASHTAGS, PAGE, POST_LIMIT, Endpoint, cashtags
from core.platforms.x.posts import Raw, id_at, same_words
from core.platforms.x.reading import conversation, facts_in, own_posts

_FEWEST: Final = 5
_ANSWERABLE: Final = frozenset({CommentKind.MENTION, CommentKind.QUOTE})
_GONE: Final = frozenset({"resource-not-found", "HTTP 404", "34", "144"})


class Comments:
    """Reading and answering on X."""

    async def posts(self, session: ChannelSession, limit: int) -> list[PublishedPost]:
        """Return our latest posts, newest first, without answers and reposts."""
        most = str(min(max(limit, _FEWEST), PAGE))
        params = {"exclude": "replies,retweets", "max_results": most}
        return [
            PublishedPost(
                platform_post_id=post.first_id,
                text=post.text,
                published_at=post.at,
                url=link_to(post.id),
            )
            for post in (await own_posts(session, params))[:limit]
        ]

    async def page(
        self, session: ChannelSession, post_id: str, cursor: str | None
    ) -> CommentPage:
        """Return the conversation under a post, as far as the last seven days go."""
        found = await conversation(session, f"conversation_id:{post_id}", cursor)
        facts: list[Incoming] = [
            fact for fact in facts_in(session, found) if fact.key != post_id
        ]
        return CommentPage(facts=tuple(facts), cursor=found.cursor)

    def obstacle(self, target: CommentTarget, _account_id: str) -> Obstacle | None:
        """Return that X lets us answer here only who named or quoted us.

        What the author did shows in `kind`: a reply that names us in its own words is a
        MENTION, one that only carries the names X puts in front is a COMMENT.
        """
        if target.own or target.kind in _ANSWERABLE:
            return None
        return Obstacle(
            title="X takes answers from here only to posts that mention or quote the account.",
            next_step="Open the post on X and answer there.",
            url=link_to(target.comment_id),
        )

    async def reply(
        self, session: ChannelSession, target: CommentTarget, text: str
    ) -> SendAnswer:
        """Answer in public, once."""
        if problem := text_problem(text):
            return SendAnswer(result=AnswerClass.REFUSED, title=problem)
        call = Call(
            method="POST",
            url=session.url("2/tweets"),
            token=session.token,
            json={"text": text, "reply": {"in_reply_to_tweet_id": target.comment_id}},
        )
        return await change(session, call, Endpoint.POST, an_id)

    async def reply_privately(
        self, _session: ChannelSession, _target: CommentTarget, _text: str
    ) -> SendAnswer:
        """Return REFUSED: X has no private answer to a post, only messages."""
        title = "X has no private answers to posts; write a direct message."
        return SendAnswer(result=AnswerClass.REFUSED, title=title)

    async def find_reply(
        self, session: ChannelSession, target: CommentTarget, text: str, since: datetime
    ) -> str | None:
        """Return our answer to this post with these words, from our own timeline."""
        ours = await own_posts(session, {"since_id": id_at(since)})
        matching = [
            post.id
            for post in ours
            if post.replied_to == target.comment_id and same_words(post.text, text)
        ]
        return matching[-1] if matching else None

    async def hide(
        self, session: ChannelSession, target: CommentTarget, *, hidden: bool
    ) -> SendAnswer:
        """Hide a reply in one of our conversations, or show it again."""
        call = Call(
            method="PUT",
            url=session.url("2/tweets", target.comment_id, "hidden"),
            token=session.token,
            json={"hidden": hidden},
        )

        def done(data: Raw) -> str | None:
            return target.comment_id if data.get("hidden") is hidden else None

        return await change(session, call, Endpoint.HIDE, done)

    async def delete(self, session: ChannelSession, target: CommentTarget) -> SendAnswer:
        """Delete a post of ours; X lets nobody delete what others wrote."""
        if not target.own:
            title = "X deletes only the account's own posts; hide this one instead."
            return SendAnswer(result=AnswerClass.REFUSED, title=title)
        call = Call(
            method="DELETE",
            url=session.url("2/tweets", target.comment_id),
            token=session.token,
        )

        def done(data: Raw) -> str | None:
            return target.comment_id if data.get("deleted") is True else None

        answer = await change(session, call, Endpoint.DELETE, done)
        if answer.result is AnswerClass.REFUSED and answer.code in _GONE:
            return SendAnswer(
                result=AnswerClass.ACCEPTED, platform_message_id=target.comment_id
            )
        return answer


def text_problem(text: str) -> str:
    """Return why X would never take these words as a post, empty when it may."""
    if not text.strip():
        return "There is nothing to post."
    if weigh(text) > POST_LIMIT:
        return f"The text is too long for X: {weigh(text)} of {POST_LIMIT}."
    if cashtags(text) > CASHTAGS:
        return "X takes one cashtag in a post."
    return ""
