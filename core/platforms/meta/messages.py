"""Post a message through the Send API that Messenger and Instagram share."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from core.domain.message import Origin
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.meta.calls import send_once
from core.platforms.meta.errors import ErrorTable, content_of
from core.platforms.untyped import identifier, section

BY_A_PERSON: Final = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
"""Written by a person: holds for seven days (CONTRACTS 3.1); both members are sent."""
IN_WINDOW: Final = {"messaging_type": "RESPONSE"}
_PERMISSIONS: Final = frozenset({"3", "10", *map(str, range(200, 300))})

Tag = Mapping[str, str]


async def post_message(
    session: ChannelSession, body: Mapping[str, Any], lane: Lane, errors: ErrorTable
) -> SendAnswer:
    """Post one message, once; a refusal for speed slows the lane down."""
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_once(call, errors, _message_id)
    if answer.result is AnswerClass.SLOW_DOWN and answer.code is not None:
        session.http.limits.refused(lane, answer.retry_after)
    return answer


async def post_in_window(
    post: Callable[[Tag], Awaitable[SendAnswer]], origin: Origin
) -> SendAnswer:
    """Post by `post`; once more, as a person's words, where a person came too late.

    Whether the 24 hours are over is for the platform to say. The second call is safe: the
    first was refused in so many words.
    """
    answer = await post(IN_WINDOW)
    if answer.result is not AnswerClass.WINDOW or origin is not Origin.MEMBER:
        return answer
    tagged = await post(BY_A_PERSON)
    return answer if _is_tag_refused(tagged) else tagged


async def post_signal(
    session: ChannelSession,
    customer_id: str,
    action: str,
    lane: Lane,
    errors: ErrorTable,
) -> None:
    """Post a `sender_action`, such as `mark_seen`; raises as questions do."""
    answer = await session.http.post_json(
        session.url(session.account_id, "messages"),
        {"recipient": {"id": customer_id}, "sender_action": action},
        token=session.token,
        lane=lane,
    )
    content_of(answer, errors)


def _is_tag_refused(answer: SendAnswer) -> bool:
    """Return whether the longer window is not ours to use; the channel itself is fine."""
    if answer.result in (AnswerClass.WINDOW, AnswerClass.REFUSED):
        return True
    code = (answer.code or "").partition("/")[0]
    return answer.result is AnswerClass.RECONNECT and code in _PERMISSIONS


def _message_id(found: Any) -> str | None:
    return identifier(section(found).get("message_id"))
