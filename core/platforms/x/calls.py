"""Make a call to X, and turn whatever happens to it into an answer or an error."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from core.domain.errors import OutcomeUnknown, PlatformDown, RateLimited
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Answer, Call
from core.platforms.base import ChannelSession
from core.platforms.untyped import identifier, section
from core.platforms.x.errors import content_of, judge
from core.platforms.x.limits import Endpoint, lane

USER_FIELDS: Final = "name,username,profile_image_url"
POST_FIELDS: Final = ",".join(
    (
        "author_id",
        "conversation_id",
        "created_at",
        "display_text_range",
        "edit_history_tweet_ids",
        "entities",
        "in_reply_to_user_id",
        "public_metrics",
        "referenced_tweets",
    )
)

FindId = Callable[[Mapping[str, Any]], str | None]
"""Finds in an answer's `data` the id that proves success."""


async def change(
    session: ChannelSession, call: Call, endpoint: Endpoint, find: FindId
) -> SendAnswer:
    """Make a call that changes something over there, once, and say what came of it."""
    return await judged(
        session, session.http.call(call, lane(session.account_id, endpoint)), endpoint, find
    )


async def judged(
    session: ChannelSession, calling: Awaitable[Answer], endpoint: Endpoint, find: FindId
) -> SendAnswer:
    """Return what came of a call that is about to be made in the lane of `endpoint`."""
    try:
        answer = await calling
    except RateLimited as limit:
        return SendAnswer(
            result=AnswerClass.SLOW_DOWN, title=limit.title, retry_after=limit.retry_after
        )
    except PlatformDown as down:
        return SendAnswer(
            result=AnswerClass.NOT_SENT, title=down.title, retry_after=down.retry_after
        )
    except OutcomeUnknown as lost:
        return SendAnswer(result=AnswerClass.UNKNOWN, title=lost.title)
    closed_for = session.http.limits.closed_for(lane(session.account_id, endpoint))
    return judge(answer, find(section(section(answer.json).get("data"))), closed_for)


async def ask(
    session: ChannelSession, path: str, params: Mapping[str, str], endpoint: Endpoint
) -> Mapping[str, Any]:
    """Return the JSON object that a question is answered with.

    Raises Unavailable, NeedsPerson or Refused, as `content_of` says.
    """
    way = lane(session.account_id, endpoint)
    call = Call(method="GET", url=session.url(path), token=session.token, params=params)
    answer = await session.http.call(call, way)
    return content_of(answer, session.http.limits.closed_for(way))


def an_id(data: Mapping[str, Any]) -> str | None:
    """Return the id of what was made."""
    return identifier(data.get("id"))
