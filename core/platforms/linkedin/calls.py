"""Call LinkedIn's REST API: the headers it wants, and its answers as ours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from core.domain.errors import (
    ChannelSignedOut,
    NotFound,
    NotSetUp,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
    SocialSyncError,
)
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Answer, Call
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.linkedin.limits import (
    VERSION,
    RestError,
    meaning_of,
    pause_after,
    read_error,
)
from core.platforms.untyped import optional_words, section

HEADERS: Final = {"Linkedin-Version": VERSION, "X-Restli-Protocol-Version": "2.0.0"}
FINDER: Final = {"X-RestLi-Method": "FINDER"}
PATCH: Final = {"X-RestLi-Method": "PARTIAL_UPDATE"}
_OLD_VERSION: Final = "LinkedIn no longer takes calls from this version of SocialSync."


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of a call that was to change something, with LinkedIn's answer if any came."""

    outcome: SendAnswer
    answer: Answer | None = None

    @property
    def created_id(self) -> str | None:
        """Return the id of what was made: it is in a header, since bodies may be empty."""
        if self.answer is None:
            return None
        header = self.answer.headers.get("x-restli-id")
        return optional_words(header) or optional_words(section(self.answer.json).get("id"))


async def ask(
    session: ChannelSession,
    path: str,
    lane: Lane,
    *,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask for `path`, whose query is written out: Rest.li wants `List(...)` unescaped.

    Raises PlatformDown, RateLimited, ChannelSignedOut, NotSetUp or NotFound for anything
    but an answer.
    """
    call = Call(
        method="GET",
        url=session.url(path),
        token=session.token,
        headers={**HEADERS, **(headers or {})},
    )
    answer = await session.http.call(call, lane)
    if answer.good:
        return answer
    raise refusal(session, lane, answer)


async def write(session: ChannelSession, call: Call, lane: Lane) -> Written:
    """Make a call that changes something, once, and say what came of it."""
    dressed = replace(
        call, token=session.token, headers={**HEADERS, **call.headers}, may_be_empty=True
    )
    try:
        answer = await session.http.call(dressed, lane)
    except RateLimited as limit:
        return _failed(AnswerClass.SLOW_DOWN, limit)
    except PlatformDown as down:
        return _failed(AnswerClass.NOT_SENT, down)
    except OutcomeUnknown as lost:
        outcome = SendAnswer(result=AnswerClass.UNKNOWN, title=lost.title)
        return Written(outcome=outcome)
    if answer.good:
        return Written(outcome=SendAnswer(result=AnswerClass.ACCEPTED), answer=answer)
    return Written(outcome=_judged(session, lane, answer), answer=answer)


def _failed(result: AnswerClass, why: PlatformDown | RateLimited) -> Written:
    outcome = SendAnswer(result=result, title=why.title, retry_after=why.retry_after)
    return Written(outcome=outcome)


def _judged(session: ChannelSession, lane: Lane, answer: Answer) -> SendAnswer:
    error = read_error(answer.status, answer.json)
    meaning = meaning_of(error)
    pause = _slow_down(session, lane, answer, error, meaning)
    return SendAnswer(
        result=meaning,
        code=error.name,
        title=_OLD_VERSION if meaning is AnswerClass.PERSON else error.message,
        retry_after=pause,
    )


def _slow_down(
    session: ChannelSession,
    lane: Lane,
    answer: Answer,
    error: RestError,
    meaning: AnswerClass,
) -> float | None:
    """Close the lane for as long as LinkedIn means, and return that; None for no limit."""
    if meaning is not AnswerClass.SLOW_DOWN:
        return None
    pause = pause_after(answer, error)
    session.http.limits.refused(lane, pause)
    return pause


def refusal(session: ChannelSession, lane: Lane, answer: Answer) -> SocialSyncError:
    """Return what a refused question means; nothing was sent, so asking again is safe."""
    judged = _judged(session, lane, answer)
    title = judged.title or "LinkedIn refused."
    if judged.result is AnswerClass.RECONNECT:
        return ChannelSignedOut(title, "Connect the channel again.")
    if judged.result is AnswerClass.SLOW_DOWN:
        return RateLimited(title, retry_after=judged.retry_after)
    if judged.result is AnswerClass.PERSON:
        return NotSetUp(title, "Install the newest version.")
    if judged.result is AnswerClass.UNKNOWN:
        return PlatformDown(title)
    return NotFound(title)


def content(answer: Answer) -> Mapping[str, Any]:
    """Return an answer's JSON object."""
    return section(answer.json)
