"""Post a message through the Send API that Messenger and Instagram share."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from core.domain.attachment import MediaKind
from core.domain.message import Origin
from core.domain.outbox import AnswerClass, OutboxItem, SendAnswer
from core.domain.rich import ChoiceMessage, ReactionMessage
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.meta.calls import send_in_lane, send_once
from core.platforms.meta.errors import ErrorTable, content_of
from core.platforms.untyped import identifier, section

BY_A_PERSON: Final = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
"""Written by a person: holds for seven days (CONTRACTS 3.1); both members are sent."""
IN_WINDOW: Final = {"messaging_type": "RESPONSE"}
ATTACHMENT_TYPES: Final = {
    MediaKind.IMAGE: "image",
    MediaKind.AUDIO: "audio",
    MediaKind.VIDEO: "video",
    MediaKind.DOCUMENT: "file",
}
"""What the Send API calls our kinds of files."""
_PERMISSIONS: Final = frozenset({"3", "10", *map(str, range(200, 300))})

Tag = Mapping[str, str]


def question_text(choice: ChoiceMessage) -> str:
    """Return header, text and footer as one: quick replies hang under a plain text."""
    return "\n\n".join(filter(None, (choice.header, choice.text, choice.footer)))


def sent_text(item: OutboxItem) -> str:
    """Return the words as the customer reads them, which is how we find them again."""
    if isinstance(item.content, ChoiceMessage):
        return question_text(item.content)
    return item.text


def question_content(choice: ChoiceMessage) -> dict[str, Any]:
    """Return a question with its buttons as a message of the Send API."""
    replies = [
        {"content_type": "text", "title": one.title, "payload": one.id}
        for one in choice.choices
    ]
    return {"text": question_text(choice), "quick_replies": replies}


async def post_message(
    session: ChannelSession, body: Mapping[str, Any], lane: Lane, errors: ErrorTable
) -> SendAnswer:
    """Post one message, once; a refusal for speed slows the lane down."""
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    return await send_in_lane(session, call, lane, errors, _message_id)


async def post_in_window(
    post: Callable[[Tag], Awaitable[SendAnswer]], origin: Origin, tag: Tag = IN_WINDOW
) -> SendAnswer:
    """Post by `post` with `tag`; once more, as a person's words, where a person came late.

    Whether the 24 hours are over is for the platform to say. The second call is safe: the
    first was refused in so many words.
    """
    answer = await post(tag)
    if answer.result is not AnswerClass.WINDOW or origin is not Origin.MEMBER:
        return answer
    tagged = await post(BY_A_PERSON)
    return answer if _is_tag_refused(tagged) else tagged


async def post_reaction(
    session: ChannelSession,
    customer_id: str,
    reaction: ReactionMessage,
    lane: Lane,
    errors: ErrorTable,
) -> SendAnswer:
    """Put a sign on a message, or take it away; nothing over there gets an id by that.

    Done twice it is the same sign on the same message: an outcome that nobody knows may
    be tried again.
    """
    payload = {"message_id": reaction.target_platform_id}
    if reaction.emoji:
        payload["reaction"] = reaction.emoji
    body = {
        "recipient": {"id": customer_id},
        "sender_action": "react" if reaction.emoji else "unreact",
        "payload": payload,
    }
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_once(call, errors, _recipient_id)
    if answer.result is AnswerClass.UNKNOWN:
        return replace(answer, result=AnswerClass.NOT_SENT)
    return replace(answer, platform_message_id=None)


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


def _recipient_id(found: Any) -> str | None:
    return identifier(section(found).get("recipient_id"))


def _message_id(found: Any) -> str | None:
    return identifier(section(found).get("message_id"))
