"""Send in Messenger: text, files, questions with buttons, reactions, signs of life.

Every message carries our own id as `metadata`; its echo returns it, which is how a send
whose answer was lost is settled. A message is either a text or a file.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from core.domain.attachment import MediaKind
from core.domain.outbox import AnswerClass, OutboundMedia, OutboxItem, SendAnswer
from core.domain.rich import ChoiceMessage, ReactionMessage
from core.platforms.base import ChannelSession
from core.platforms.facebook.limits import (
    ERRORS,
    MEDIA,
    QUICK_REPLIES,
    QUICK_REPLY_PAYLOAD,
    QUICK_REPLY_TITLE,
    TEXT_LIMIT,
    UPLOAD_FAILED,
    message_lane,
    side_lane,
)
from core.platforms.meta.messages import (
    ATTACHMENT_TYPES,
    Tag,
    post_in_window,
    post_message,
    post_reaction,
    post_signal,
    question_content,
    question_text,
)

_FETCH_TRIES: Final = 2


async def send(session: ChannelSession, item: OutboxItem) -> SendAnswer:
    """Send one message; a person's words that come after 24 hours are tagged as such."""
    if problem := _problem(item):
        return SendAnswer(result=AnswerClass.REFUSED, title=problem)
    if isinstance(item.content, ReactionMessage):
        lane = message_lane(session.account_id, None)
        return await post_reaction(session, item.recipient, item.content, lane, ERRORS)
    return await post_in_window(partial(_post, session, item), item.origin)


async def mark_read(session: ChannelSession, customer_id: str) -> None:
    """Mark the customer's messages as seen."""
    lane = side_lane(session.account_id, "signals")
    await post_signal(session, customer_id, "mark_seen", lane, ERRORS)


async def show_typing(session: ChannelSession, customer_id: str) -> None:
    """Show the typing sign."""
    lane = side_lane(session.account_id, "signals")
    await post_signal(session, customer_id, "typing_on", lane, ERRORS)


def _problem(item: OutboxItem) -> str:
    """Return why Messenger would never take the item, empty when it may."""
    match item.content:
        case ReactionMessage():
            return ""
        case ChoiceMessage():
            return _choice_problem(item.content)
        case None:
            pass
        case _:
            return "Messenger does not take messages of this kind."
    if item.media is not None:
        return _file_problem(item.media, item.text)
    if not item.text.strip():
        return "There is nothing to send."
    too_long = len(item.text) > TEXT_LIMIT
    return "The text is too long for Messenger." if too_long else ""


def _file_problem(media: OutboundMedia, text: str) -> str:
    rule = MEDIA.get(MediaKind(media.kind)) if media.kind in set(MediaKind) else None
    if rule is None or not rule.accepts(media.mime_type):
        return "Messenger does not take files of this kind."
    if text:
        return "Messenger sends no text with a file; send it by itself."
    return "" if media.url else "The file has no address Messenger could fetch it from."


def _choice_problem(choice: ChoiceMessage) -> str:
    if not choice.text.strip():
        return "There is no question above the buttons."
    if len(question_text(choice)) > TEXT_LIMIT:
        return "The text is too long for Messenger."
    if not 0 < len(choice.choices) <= QUICK_REPLIES:
        return f"Messenger shows 1 to {QUICK_REPLIES} buttons."
    if any(not 0 < len(one.title) <= QUICK_REPLY_TITLE for one in choice.choices):
        return f"A button holds 1 to {QUICK_REPLY_TITLE} characters in Messenger."
    if any(len(one.id) > QUICK_REPLY_PAYLOAD for one in choice.choices):
        return "What a button stands for is too long for Messenger."
    return ""


async def _post(session: ChannelSession, item: OutboxItem, tag: Tag) -> SendAnswer:
    kind = item.media.kind if item.media is not None else None
    message = {**_content(item), "metadata": str(item.id)}
    answer = await post_message(
        session,
        {"recipient": {"id": item.recipient}, "message": message, **tag},
        message_lane(session.account_id, kind),
        ERRORS,
    )
    if answer.code == UPLOAD_FAILED and item.attempt < _FETCH_TRIES:
        return replace(answer, result=AnswerClass.NOT_SENT)
    return answer


def _content(item: OutboxItem) -> Mapping[str, Any]:
    if isinstance(item.content, ChoiceMessage):
        return question_content(item.content)
    if item.media is None:
        return {"text": item.text}
    payload = {"url": item.media.url, "is_reusable": False}
    kind = ATTACHMENT_TYPES[MediaKind(item.media.kind)]
    return {"attachment": {"type": kind, "payload": payload}}
