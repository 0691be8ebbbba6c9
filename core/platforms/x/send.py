"""Send direct messages, and find those whose answer was lost."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from core.domain.attachment import MediaKind
from core.domain.errors import Unavailable
from core.domain.incoming import IncomingEcho
from core.domain.outbox import AnswerClass, OutboundMedia, OutboxItem, SendAnswer
from core.net.client import Call
from core.platforms.base import ChannelSession, Profile
from core.platforms.untyped import identifier, section
from core.platforms.x.calls import USER_FIELDS, ask, change
from core.platforms.x.direct import read_list
from core.platforms.x.limits import (
    GIF,
    GIF_BYTES,
    MEDIA,
    MESSAGE_LIMIT,
    Endpoint,
    lane,
)
from core.platforms.x.posts import Raw, read_account, same_words
from core.platforms.x.uploads import Blob, ready

DM_FIELDS: Final = {
    "dm_event.fields": (
        "id,event_type,text,sender_id,dm_conversation_id,created_at,attachments,entities"
    ),
    "event_types": "MessageCreate",
    "expansions": "sender_id,attachments.media_keys",
    "media.fields": "media_key,type,url,variants",
    "user.fields": USER_FIELDS,
}
_RECENT: Final = timedelta(minutes=15)
_SIDE: Final = 20
"""How many messages of one conversation are looked through."""


async def send(
    session: ChannelSession, item: OutboxItem, content: bytes | None
) -> SendAnswer:
    """Send one message; a file is uploaded first, and sent by the id that this gives."""
    if problem := _problem(item, content):
        return SendAnswer(result=AnswerClass.REFUSED, title=problem)
    body: dict[str, Any] = {"text": item.text} if item.text else {}
    if item.media is not None and content is not None:
        upload = await _upload(session, item.media, content)
        if upload.platform_message_id is None:
            return upload
        body["attachments"] = [{"media_id": upload.platform_message_id}]
    call = Call(
        method="POST",
        url=session.url("2/dm_conversations/with", item.recipient, "messages"),
        token=session.token,
        json=body,
    )
    return await change(session, call, Endpoint.DM_SEND, _event_id)


async def find_sent(
    session: ChannelSession,
    item: OutboxItem,
    *,
    since: datetime | None,
    taken: Collection[str],
) -> str | None:
    """Return the id of our message with the item's words and file, sent since it was begun.

    Of several the oldest, as an earlier item comes before a later one with the same words;
    `taken` ids belong elsewhere. Without `since`, the last quarter of an hour counts.
    """
    path = f"2/dm_conversations/with/{item.recipient}/dm_events"
    params = {**DM_FIELDS, "max_results": str(_SIDE)}
    found = await ask(session, path, params, Endpoint.DM_READ)
    earliest = since or session.http.clock.now() - _RECENT
    ours = [
        fact.key
        for fact in read_list(found, session.account_id)
        if isinstance(fact, IncomingEcho)
        and fact.at >= earliest
        and fact.key not in taken
        and same_words(fact.text, item.text)
        and bool(section(fact.raw.get("attachments"))) == (item.media is not None)
    ]
    return next(iter(ours), None)


async def customer_profile(session: ChannelSession, customer_id: str) -> Profile | None:
    """Return what X shows of a customer; None for who is gone or suspended."""
    params = {"user.fields": USER_FIELDS}
    call = Call(
        method="GET",
        url=session.url("2/users", customer_id),
        token=session.token,
        params=params,
    )
    answer = await session.http.call(call, lane(session.account_id, Endpoint.USERS))
    account = read_account(section(section(answer.json).get("data")))
    if account is None:
        return None
    return Profile(
        name=account.name, username=account.username, picture_url=account.picture_url
    )


def _problem(item: OutboxItem, content: bytes | None) -> str:
    """Return why X would never take the item, empty when it may."""
    if len(item.text) > MESSAGE_LIMIT:
        return "The text is too long for X."
    if item.media is not None:
        return _file_problem(item.media, content)
    return "" if item.text.strip() else "There is nothing to send."


def _file_problem(media: OutboundMedia, content: bytes | None) -> str:
    rule = MEDIA.get(MediaKind(media.kind)) if media.kind in set(MediaKind) else None
    if rule is None or not rule.accepts(media.mime_type):
        return "X does not take files of this kind in messages."
    if content is None:
        return "The file to send is missing."
    limit = GIF_BYTES if media.mime_type == GIF else rule.limit_bytes
    return "The file is too large for X." if len(content) > limit else ""


async def _upload(
    session: ChannelSession, media: OutboundMedia, content: bytes
) -> SendAnswer:
    blob = Blob(
        content=content, mime_type=media.mime_type, file_name=media.file_name, use="dm"
    )
    try:
        return await ready(session, blob)
    except Unavailable as away:
        return SendAnswer(
            result=AnswerClass.NOT_SENT, title=away.title, retry_after=away.retry_after
        )


def _event_id(data: Raw) -> str | None:
    return identifier(data.get("dm_event_id"))
