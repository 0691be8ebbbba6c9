"""Send on Instagram: text, buttons, files, reactions, read marks and the typing sign.

A message is either a text, which may have buttons, or a file. Files are fetched by
Instagram from the address that the item brings along.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from core.domain.attachment import MediaKind
from core.domain.message import Origin
from core.domain.outbox import AnswerClass, OutboundMedia, OutboxItem, SendAnswer
from core.domain.rich import ChoiceMessage, ReactionMessage
from core.platforms.base import ChannelSession
from core.platforms.instagram.inbound import EMOJI
from core.platforms.instagram.limits import (
    CHOICE_TITLE_LIMIT,
    CHOICES_LIMIT,
    ERRORS,
    MEDIA,
    TEXT_LIMIT_BYTES,
    message_lane,
    side_lane,
)
from core.platforms.meta.calls import send_once
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, section

_BY_A_PERSON: Final = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
"""Sources disagree on whether the tag needs the type; together they are accepted."""
_TYPES: Final = {
    MediaKind.IMAGE: "image",
    MediaKind.AUDIO: "audio",
    MediaKind.VIDEO: "video",
    MediaKind.DOCUMENT: "file",
}
"""What Instagram calls our kinds of files."""
_NAMES: Final = {emoji: name for name, emoji in EMOJI.items()}
_PLAIN: Final = str.maketrans("", "", "\ufe0f")
"""Emoji come with and without the mark that asks for colour; a heart is a heart."""
_PERMISSIONS: Final = frozenset({"3", "10", *map(str, range(200, 300))})


async def send(session: ChannelSession, item: OutboxItem) -> SendAnswer:
    """Send one message.

    Whether the 24 hours are over is for Instagram to say. If they are, and a person wrote
    this, it is offered again as written by a person, which holds for seven days. That
    second call is safe: the first was refused in so many words.
    """
    if problem := _problem(item):
        return SendAnswer(result=AnswerClass.REFUSED, title=problem)
    if isinstance(item.content, ReactionMessage):
        return await _react(session, item.recipient, item.content)
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
    match item.content:
        case ReactionMessage():
            return ""
        case ChoiceMessage():
            return _choice_problem(item.content)
        case None if item.media is not None:
            return _file_problem(item.media, item.text)
        case None:
            return text_problem(item.text)
        case _:
            return "Instagram has no messages of this kind."


def text_problem(text: str) -> str:
    """Return why Instagram would never take this text, empty when it may."""
    if not text.strip():
        return "There is nothing to send."
    too_long = len(text.encode("utf-8", "replace")) > TEXT_LIMIT_BYTES
    return "The text is too long for Instagram." if too_long else ""


def _choice_problem(content: ChoiceMessage) -> str:
    if not 0 < len(content.choices) <= CHOICES_LIMIT:
        return f"Instagram takes 1 to {CHOICES_LIMIT} buttons."
    if any(not 0 < len(choice.title) <= CHOICE_TITLE_LIMIT for choice in content.choices):
        return f"A button on Instagram has 1 to {CHOICE_TITLE_LIMIT} characters."
    return text_problem(_question(content))


def sent_text(item: OutboxItem) -> str:
    """Return the words as the customer reads them, which is how we find them again."""
    return _question(item.content) if isinstance(item.content, ChoiceMessage) else item.text


def _question(content: ChoiceMessage) -> str:
    """Return header, text and footer as one: quick replies hang under a plain text."""
    return "\n\n".join(filter(None, (content.header, content.text, content.footer)))


def _file_problem(media: OutboundMedia, text: str) -> str:
    rule = MEDIA.get(MediaKind(media.kind)) if media.kind in set(MediaKind) else None
    if rule is None or not rule.accepts(media.mime_type):
        return "Instagram does not take files of this kind."
    if text:
        return "Instagram sends no text with a file; send it by itself."
    return "" if media.url else "The file has no address Instagram could fetch it from."


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
    body = {"recipient": {"id": item.recipient}, "message": _content(item), **tag}
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_once(call, ERRORS, _message_id)
    if answer.result is AnswerClass.SLOW_DOWN and answer.code is not None:
        session.http.limits.refused(lane, answer.retry_after)
    return answer


def _content(item: OutboxItem) -> dict[str, Any]:
    if isinstance(item.content, ChoiceMessage):
        replies = [
            {"content_type": "text", "title": choice.title, "payload": choice.id}
            for choice in item.content.choices
        ]
        return {"text": sent_text(item), "quick_replies": replies}
    if item.media is None:
        return {"text": sent_text(item)}
    kind = _TYPES[MediaKind(item.media.kind)]
    return {"attachment": {"type": kind, "payload": {"url": item.media.url}}}


async def _react(
    session: ChannelSession, customer_id: str, reaction: ReactionMessage
) -> SendAnswer:
    """Put a sign on a message or take it away; it has no id, and repeating it changes nothing.

    So what would be uncertain for a message may simply be tried again.
    """
    payload = {"message_id": reaction.target_platform_id}
    if reaction.emoji:
        plain = reaction.emoji.translate(_PLAIN)
        payload["reaction"] = _NAMES.get(plain, reaction.emoji)
    body = {
        "recipient": {"id": customer_id},
        "sender_action": "react" if reaction.emoji else "unreact",
        "payload": payload,
    }
    lane = message_lane(session.account_id)
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_once(call, ERRORS, _recipient_id)
    if answer.result is AnswerClass.UNKNOWN:
        return replace(answer, result=AnswerClass.NOT_SENT)
    return replace(answer, platform_message_id=None)


def _recipient_id(found: Any) -> str | None:
    return identifier(section(found).get("recipient_id"))


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
