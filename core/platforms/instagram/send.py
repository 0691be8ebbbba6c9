"""Send on Instagram: text, buttons, files, reactions, read marks and the typing sign.

A message is either a text, which may have buttons, or a file. Files are fetched by
Instagram from the address that the item brings along.
"""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from core.domain.attachment import MediaKind
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

_UNTAGGED: Final[Tag] = {}
"""Instagram takes words within the 24 hours without a type."""
_NAMES: Final = {emoji: name for name, emoji in EMOJI.items()}
_PLAIN: Final = str.maketrans("", "", "\ufe0f")
"""Emoji come with and without the mark that asks for colour; a heart is a heart."""


async def send(session: ChannelSession, item: OutboxItem) -> SendAnswer:
    """Send one message; a person's words that come after 24 hours are tagged as such."""
    if problem := _problem(item):
        return SendAnswer(result=AnswerClass.REFUSED, title=problem)
    if isinstance(item.content, ReactionMessage):
        lane = message_lane(session.account_id)
        reaction = _named(item.content)
        return await post_reaction(session, item.recipient, reaction, lane, ERRORS)
    return await post_in_window(partial(_post, session, item), item.origin, _UNTAGGED)


async def mark_read(session: ChannelSession, customer_id: str) -> None:
    """Mark the customer's messages as seen."""
    lane = side_lane(session.account_id, "signals")
    await post_signal(session, customer_id, "mark_seen", lane, ERRORS)


async def show_typing(session: ChannelSession, customer_id: str) -> None:
    """Show the typing sign."""
    lane = side_lane(session.account_id, "signals")
    await post_signal(session, customer_id, "typing_on", lane, ERRORS)


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
    return text_problem(question_text(content))


def _file_problem(media: OutboundMedia, text: str) -> str:
    rule = MEDIA.get(MediaKind(media.kind)) if media.kind in set(MediaKind) else None
    if rule is None or not rule.accepts(media.mime_type):
        return "Instagram does not take files of this kind."
    if text:
        return "Instagram sends no text with a file; send it by itself."
    return "" if media.url else "The file has no address Instagram could fetch it from."


async def _post(session: ChannelSession, item: OutboxItem, tag: Tag) -> SendAnswer:
    body = {"recipient": {"id": item.recipient}, "message": _content(item), **tag}
    return await post_message(session, body, message_lane(session.account_id), ERRORS)


def _content(item: OutboxItem) -> dict[str, Any]:
    if isinstance(item.content, ChoiceMessage):
        return question_content(item.content)
    if item.media is None:
        return {"text": item.text}
    kind = ATTACHMENT_TYPES[MediaKind(item.media.kind)]
    return {"attachment": {"type": kind, "payload": {"url": item.media.url}}}


def _named(reaction: ReactionMessage) -> ReactionMessage:
    """Return a reaction under the name that Instagram has for its sign, if it has one."""
    name = _NAMES.get(reaction.emoji.translate(_PLAIN), reaction.emoji)
    return replace(reaction, emoji=name)
