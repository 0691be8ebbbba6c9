"""Make a send's call, whatever happens to it into an answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from core.domain.errors import OutcomeUnknown, PlatformDown, RateLimited
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Answer
from core.net.limits import CustomerNeedsRest, Lane
from core.platforms.base import ChannelSession
from core.platforms.meta.errors import ErrorTable, judge


async def send_once(
    call: Awaitable[Answer], table: ErrorTable, find_id: Callable[[Any], str | None]
) -> SendAnswer:
    """Return what came of `call`, which posts one message; `find_id` reads its id."""
    try:
        answer = await call
    except CustomerNeedsRest as rest:
        return _not_sent(AnswerClass.WAIT_PAIR, rest)
    except RateLimited as limit:
        return _not_sent(AnswerClass.SLOW_DOWN, limit)
    except PlatformDown as down:
        return _not_sent(AnswerClass.NOT_SENT, down)
    except OutcomeUnknown as lost:
        return SendAnswer(result=AnswerClass.UNKNOWN, title=lost.title)
    return judge(answer, table, find_id(answer.json))


async def send_in_lane(
    session: ChannelSession,
    call: Awaitable[Answer],
    lane: Lane,
    table: ErrorTable,
    find_id: Callable[[Any], str | None],
) -> SendAnswer:
    """As `send_once`, and a refusal for speed slows the call's `lane` down."""
    answer = await send_once(call, table, find_id)
    if answer.result is AnswerClass.SLOW_DOWN and answer.code is not None:
        session.http.limits.refused(lane, answer.retry_after)
    return answer


def _not_sent(result: AnswerClass, why: PlatformDown | RateLimited) -> SendAnswer:
    return SendAnswer(result=result, title=why.title, retry_after=why.retry_after)
