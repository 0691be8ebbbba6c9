"""Ask Messenger for what its webhooks told, or should have told.

Conversations come latest first, each with its newest messages in one call; older ones are
paged through while they are still of interest, up to a bound.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.incoming import Incoming, IncomingEcho, IncomingMessage, Sender
from core.domain.message import MessageType
from core.platforms.base import ChannelSession
from core.platforms.catching_up import Missed
from core.platforms.facebook.lookup import PLATFORM, about_conversations
from core.platforms.meta.asking import Question, Raw, next_cursor, rows
from core.platforms.meta.conversations import is_ours
from core.platforms.meta.envelope import UNREADABLE, other
from core.platforms.untyped import (
    Unreadable,
    identifier,
    moment,
    optional_words,
    required,
    section,
    words,
)

_CONVERSATIONS: Final = 25
_MESSAGES: Final = 20
"""Details are told of the latest twenty messages only (CONTRACTS 3.1)."""
_MOST_CALLS: Final = 20
_FIELDS: Final = (
    "id,created_time,from{id,name},to{data{id,name}},message,sticker,"
    "attachments{id,mime_type,name,image_data{url},video_data{url},file_url}"
)
_KINDS: Final[Mapping[str, tuple[MessageType, MediaKind]]] = {
    "image": (MessageType.IMAGE, MediaKind.IMAGE),
    "audio": (MessageType.AUDIO, MediaKind.AUDIO),
    "video": (MessageType.VIDEO, MediaKind.VIDEO),
}
_DOCUMENT: Final = (MessageType.DOCUMENT, MediaKind.DOCUMENT)


class FacebookHistory:
    """Looking at the newest conversations of a Page."""

    async def since(self, session: ChannelSession, begin: datetime) -> Missed:
        """Return the messages since `begin`, both ways, oldest first."""
        look = _Look(session, begin)
        await look.around()
        look.found.sort(key=lambda fact: fact.at)
        return Missed(facts=tuple(look.found), complete=look.complete)


class _Look:
    """One look: what it found, and the calls it may still make."""

    def __init__(self, session: ChannelSession, begin: datetime) -> None:
        self._session = session
        self._begin = begin
        self._question: Question = about_conversations(session)
        self._calls = _MOST_CALLS
        self.found: list[Incoming] = []
        self.complete = True

    async def around(self) -> None:
        """Go through the conversations, latest first, until one is older than asked."""
        messages = f"messages.limit({_MESSAGES}){{{_FIELDS}}}"
        params = {
            "platform": PLATFORM,
            "fields": f"id,updated_time,{messages}",
            "limit": str(_CONVERSATIONS),
        }
        while True:
            page = await self._ask(f"{self._session.account_id}/conversations", params)
            if page is None:
                return
            for conversation in rows(page):
                if moment(conversation.get("updated_time")) < self._begin:
                    return
                await self._read(conversation)
            cursor = next_cursor(page)
            if cursor is None:
                return
            params = {**params, "after": cursor}

    async def _ask(self, path: str, params: Mapping[str, str]) -> Raw | None:
        """Ask, unless enough has been asked: then what was found is not all there is."""
        if self._calls == 0:
            self.complete = False
            return None
        self._calls -= 1
        return await self._question.ask(path, **params)

    async def _read(self, conversation: Raw) -> None:
        page: Raw | None = section(conversation.get("messages"))
        path = f"{identifier(conversation.get('id')) or ''}/messages"
        while page is not None:
            if self._keep(page):
                return
            cursor = next_cursor(page)
            if cursor is None:
                return
            params = {"fields": _FIELDS, "limit": str(_MESSAGES), "after": cursor}
            page = await self._ask(path, params)

    def _keep(self, page: Raw) -> bool:
        """Keep a page's messages; return whether it goes back to the beginning."""
        for row in rows(page):
            at = moment(row.get("created_time"))
            if at < self._begin:
                return True
            self.found.append(_fact(self._session, row, at))
        return False


def _fact(session: ChannelSession, row: Raw, at: datetime) -> Incoming:
    """Return the fact that a webhook would have brought, with the same key."""
    try:
        return _message(session, row, at)
    except Unreadable:
        return other(UNREADABLE, row, account_id=session.account_id, at=at)


def _message(session: ChannelSession, row: Raw, at: datetime) -> Incoming:
    media = tuple(_media(row))
    common: dict[str, Any] = {
        "account_id": session.account_id,
        "key": required(row.get("id"), "id"),
        "at": at,
        "raw": row,
        "type": _type(row, media),
        "text": words(row.get("message")),
        "media": media,
    }
    if is_ours(session, row):
        receivers = rows(section(row.get("to")))
        return IncomingEcho(
            customer=_person(receivers[0] if receivers else {}, "to"), **common
        )
    return IncomingMessage(sender=_person(section(row.get("from")), "from"), **common)


def _person(raw: Raw, name: str) -> Sender:
    return Sender(
        platform_customer_id=required(raw.get("id"), name),
        name=optional_words(raw.get("name")),
    )


def _type(row: Raw, media: tuple[IncomingMedia, ...]) -> MessageType:
    if words(row.get("sticker")):
        return MessageType.STICKER
    if media:
        return next(
            (kind for kind, of in _KINDS.values() if of is media[0].kind), _DOCUMENT[0]
        )
    return MessageType.TEXT if words(row.get("message")) else MessageType.UNSUPPORTED


def _media(row: Raw) -> list[IncomingMedia]:
    sticker = optional_words(row.get("sticker"))
    if sticker is not None:
        return [IncomingMedia(kind=MediaKind.STICKER, url=sticker)]
    found = []
    for attachment in rows(section(row.get("attachments"))):
        url = _address(attachment)
        mime_type = optional_words(attachment.get("mime_type"))
        _, kind = _KINDS.get((mime_type or "").partition("/")[0], _DOCUMENT)
        if url is not None:
            name = optional_words(attachment.get("name"))
            found.append(
                IncomingMedia(kind=kind, url=url, mime_type=mime_type, file_name=name)
            )
    return found


def _address(attachment: Raw) -> str | None:
    places = (section(attachment.get("image_data")), section(attachment.get("video_data")))
    named = (optional_words(place.get("url")) for place in places)
    return next(filter(None, named), None) or optional_words(attachment.get("file_url"))
