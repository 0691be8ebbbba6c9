"""Send on Instagram, and find what was sent.

Only text leaves: the API takes a file by public address, and ours are on this machine.
"""

from collections.abc import Mapping
from typing import Any, Final

from core.domain.message import Origin
from core.domain.outbox import AnswerClass, OutboxItem, SendAnswer
from core.platforms.base import ChannelSession
from core.platforms.instagram.limits import (
    ERRORS,
    TEXT_LIMIT_BYTES,
    message_lane,
    side_lane,
)
from core.platforms.meta.calls import send_once
from core.platforms.meta.errors import content_of
from core.platforms.meta.untyped import identifier, section

_BY_A_PERSON: Final = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
"""Sources disagree on whether the tag needs the type; together they are accepted."""
_PERMISSIONS: Final = frozenset({"3", "10", *map(str, range(200, 300))})


async def send(session: ChannelSession, item: OutboxItem) -> SendAnswer:
    """Send one message.

    Whether the 24 hours are over is for Instagram to say. If they are, and a person wrote
    this, it is offered again as written by a person, which holds for seven days. That
    second call is safe: the first was refused in so many words.
    """
    if problem := _problem(item):
        return SendAnswer(result=AnswerClass.REFUSED, title=problem)
    answer = await _post(session, item, {})
    if answer.result is not AnswerClass.WINDOW or item.origin is not Origin.MEMBER:
        return answer
    tagged = await _post(session, item, _BY_A_PERSON)
    return answer if _is_tag_refused(tagged) else tagged


async def mark_read(session: ChannelSession, customer_id: str) -> None:
    """Mark the customer's messages as seen."""
    await _signal(session, customer_id, "mark_seen")


async def show_typing(session: ChannelSession, customer_id: str) -> None:
    """Show the typing sign."""
    await _signal(session, customer_id, "typing_on")


def _problem(item: OutboxItem) -> str:
    """Return why Instagram would never take the item, empty when it may."""
    if item.media is not None:
        return "Instagram takes files by public address only; this one is on our machine."
    if not item.text.strip():
        return "There is nothing to send."
    too_long = len(item.text.encode("utf-8", "replace")) > TEXT_LIMIT_BYTES
    return "The text is too long for Instagram." if too_long else ""


def _is_tag_refused(answer: SendAnswer) -> bool:
    """Return whether the longer window is not ours to use; the channel itself is fine."""
    if answer.result in (AnswerClass.WINDOW, AnswerClass.REFUSED):
        return True
    code = (answer.code or "").partition("/")[0]
    return answer.result is AnswerClass.RECONNECT and code in _PERMISSIONS


async def _post(
    session: ChannelSession, item: OutboxItem, tag: Mapping[str, str]
) -> SendAnswer:
    lane = message_lane(session.account_id)
    body = {"recipient": {"id": item.recipient}, "message": {"text": item.text}, **tag}
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_once(call, ERRORS, _message_id)
    if answer.result is AnswerClass.SLOW_DOWN and answer.code is not None:
        session.http.limits.refused(lane, answer.retry_after)
    return answer


def _message_id(found: Any) -> str | None:
    return identifier(section(found).get("message_id"))


async def _signal(session: ChannelSession, customer_id: str, action: str) -> None:
    answer = await session.http.post_json(
        session.url(session.account_id, "messages"),
        {"recipient": {"id": customer_id}, "sender_action": action},
        token=session.token,
        lane=side_lane(session.account_id, "signals"),
    )
    content_of(answer, ERRORS)
