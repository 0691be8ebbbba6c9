"""Send on WhatsApp: text, files, templates and the like, read marks, the typing sign.

Every message carries our own id as `biz_opaque_callback_data`; statuses return it, which
is how a send whose answer was lost is settled.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from core.domain.attachment import MediaKind
from core.domain.outbox import AnswerClass, OutboundMedia, OutboxItem, SendAnswer
from core.domain.rich import ReactionMessage
from core.platforms.base import ChannelSession
from core.platforms.meta.calls import send_in_lane, send_once
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, items, section
from core.platforms.whatsapp.limits import (
    ERRORS,
    MEDIA,
    TEXT_LIMIT,
    VOICE_LIMIT_BYTES,
    message_lane,
    pair_pause,
    side_lane,
)
from core.platforms.whatsapp.media import upload_media
from core.platforms.whatsapp.people import is_user_id
from core.platforms.whatsapp.rich import body_of, problem_of

_OPUS_WITHIN: Final = 128
"""The name of the codec stands in the first page of an Ogg file."""
_UPLOAD_TRIES: Final = 2


async def send(
    session: ChannelSession, item: OutboxItem, content: bytes | None
) -> SendAnswer:
    """Send one message; a file is uploaded first, and sent by the id that this gives."""
    if problem := _problem(item, content):
        return SendAnswer(result=AnswerClass.REFUSED, title=problem)
    if item.content is not None:
        return await _post(session, item, body_of(item.content))
    if item.media is None or content is None:
        return await _post(session, item, _text(item.text))
    upload = await _upload(session, item, item.media, content)
    if upload.result is not AnswerClass.ACCEPTED or upload.platform_message_id is None:
        return upload
    body = _file(item.media, upload.platform_message_id, item.text)
    if _is_voice(item.media, content):
        body["audio"]["voice"] = True
    return await _post(session, item, body)


async def mark_read(session: ChannelSession, message_id: str) -> None:
    """Mark the customer's message, and all before it, as read."""
    await _signal(session, {"status": "read", "message_id": message_id})


async def show_typing(session: ChannelSession, message_id: str) -> None:
    """Show the typing sign for up to 25 seconds; WhatsApp marks the message read with it."""
    typing = {"typing_indicator": {"type": "text"}}
    await _signal(session, {"status": "read", "message_id": message_id, **typing})


def _problem(item: OutboxItem, content: bytes | None) -> str:
    """Return why WhatsApp would never take the item, empty when it may."""
    if item.content is not None:
        return problem_of(item.content)
    if item.media is None:
        if not item.text.strip():
            return "There is nothing to send."
        return "" if len(item.text) <= TEXT_LIMIT else "The text is too long for WhatsApp."
    if content is None:
        return "The file to send is missing."
    return _file_problem(item.media, content, item.text)


def _file_problem(media: OutboundMedia, content: bytes, caption: str) -> str:
    rule = MEDIA.get(MediaKind(media.kind)) if media.kind in set(MediaKind) else None
    if rule is None or not rule.accepts(media.mime_type):
        return "WhatsApp does not take files of this kind."
    if len(content) > rule.limit_bytes:
        return "The file is too large for WhatsApp."
    if len(caption) <= rule.caption_limit:
        return ""
    return "The text is too long to travel with this file; send it by itself."


def _is_voice(media: OutboundMedia, content: bytes) -> bool:
    """Return whether a recording is shown as spoken: Opus in Ogg, and small enough."""
    opus = b"OpusHead" in content[:_OPUS_WITHIN]
    return media.kind == MediaKind.AUDIO and opus and len(content) <= VOICE_LIMIT_BYTES


async def _upload(
    session: ChannelSession, item: OutboxItem, media: OutboundMedia, content: bytes
) -> SendAnswer:
    """Return the upload's outcome, with the file's id in the place of a message's.

    An upload reaches no customer: what would be uncertain for a message may be repeated
    here. A file that is refused gets a second chance, as Meta advises.
    """
    call = upload_media(session, media, content)
    answer = await send_once(
        call, ERRORS, lambda found: identifier(section(found).get("id"))
    )
    refused = answer.result is AnswerClass.REFUSED and item.attempt < _UPLOAD_TRIES
    if refused or answer.result is AnswerClass.UNKNOWN:
        return SendAnswer(result=AnswerClass.NOT_SENT, code=answer.code, title=answer.title)
    return answer


async def _post(
    session: ChannelSession, item: OutboxItem, content: Mapping[str, Any]
) -> SendAnswer:
    lane = message_lane(session.account_id, item.recipient)
    body = {
        "messaging_product": "whatsapp",
        **_recipient(item.recipient),
        **content,
        "biz_opaque_callback_data": str(item.id),
    }
    if item.quoted_platform_id is not None and not isinstance(
        item.content, ReactionMessage
    ):
        body["context"] = {"message_id": item.quoted_platform_id}
    url = session.url(session.account_id, "messages")
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    answer = await send_in_lane(session, call, lane, ERRORS, _message_id)
    if answer.result is AnswerClass.WAIT_PAIR and answer.code is not None:
        pause = pair_pause(item.attempt)
        session.http.limits.rest(lane, pause)
        return replace(answer, retry_after=pause)
    return answer


def _recipient(customer_id: str) -> dict[str, str]:
    """Return the fields that name the customer: a number, a user id, or a group's id."""
    if is_user_id(customer_id):
        return {"recipient_type": "individual", "recipient": customer_id}
    kind = "individual" if customer_id.lstrip("+").isdigit() else "group"
    return {"recipient_type": kind, "to": customer_id}


def _text(text: str) -> dict[str, Any]:
    preview = "https://" in text or "http://" in text
    return {"type": "text", "text": {"body": text, "preview_url": preview}}


def _file(media: OutboundMedia, media_id: str, caption: str) -> dict[str, Any]:
    body: dict[str, Any] = {"id": media_id}
    if caption:
        body["caption"] = caption
    if media.kind == MediaKind.DOCUMENT:
        body["filename"] = media.file_name
    return {"type": media.kind, media.kind: body}


def _message_id(found: Any) -> str | None:
    messages = items(section(found).get("messages"))
    return identifier(section(messages[0]).get("id")) if messages else None


async def _signal(session: ChannelSession, body: Mapping[str, Any]) -> None:
    answer = await session.http.post_json(
        session.url(session.account_id, "messages"),
        {"messaging_product": "whatsapp", **body},
        token=session.token,
        lane=side_lane(session.account_id, "signals"),
    )
    content_of(answer, ERRORS)
