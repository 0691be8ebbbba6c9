"""Read direct messages: as webhooks bring them, and as the API lists them.

Webhooks still use the shape of API 1.1, with a sender and a recipient; lists name the
conversation instead, `<smaller>-<larger>` for two people and one number for a group, which
is kept aside: an answer to it would go to one of its members alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.incoming import (
    Incoming,
    IncomingEcho,
    IncomingMessage,
    IncomingOther,
    IncomingReadMark,
    Sender,
)
from core.domain.message import MessageType
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    items,
    moment,
    optional_words,
    required,
    section,
    words,
)
from core.platforms.x.posts import Account, Raw, plain, read_accounts, without_last_link

_KINDS: Final[Mapping[str, tuple[MessageType, MediaKind]]] = {
    "photo": (MessageType.IMAGE, MediaKind.IMAGE),
    "video": (MessageType.VIDEO, MediaKind.VIDEO),
    "animated_gif": (MessageType.VIDEO, MediaKind.VIDEO),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message between two people, whichever way it came."""

    id: str
    sender_id: str
    other_id: str
    at: datetime
    text: str
    type: MessageType
    media: tuple[IncomingMedia, ...] = ()
    raw: Raw


def read_event(raw: Raw, account_id: str, people: Mapping[str, Account]) -> Incoming:
    """Return the message in an entry of `direct_message_events`; Unreadable if it is none."""
    if words(raw.get("type")) not in ("", "message_create"):
        return _aside(words(raw.get("type")), raw, account_id)
    made = section(raw.get("message_create"))
    sender_id = required(made.get("sender_id"), "sender_id")
    recipient = required(section(made.get("target")).get("recipient_id"), "recipient_id")
    data = section(made.get("message_data"))
    media = section(section(data.get("attachment")).get("media"))
    file = _old_media(media)
    letter = Letter(
        id=required(raw.get("id"), "id"),
        sender_id=sender_id,
        other_id=recipient if sender_id == account_id else sender_id,
        text=_old_text(data, words(media.get("url"))),
        media=() if file is None else (file,),
        type=_type(words(media.get("type")), data),
        at=moment(raw.get("created_timestamp")),
        raw=raw,
    )
    return _fact(letter, account_id, people)


def read_read_mark(raw: Raw, account_id: str) -> Incoming:
    """Return that a customer has read our messages; our own reading is kept aside."""
    last = identifier(raw.get("last_read_event_id"))
    reader = identifier(raw.get("sender_id"))
    if last is None or reader is None or reader == account_id:
        return _aside("dm.read", raw, account_id)
    return IncomingReadMark(
        account_id=account_id,
        key=last,
        sub=reader,
        at=moment(raw.get("created_timestamp")),
        raw=raw,
        customer_id=reader,
        platform_message_id=last,
    )


def read_secret(raw: Raw, account_id: str) -> Incoming:
    """Return an encrypted chat message: that it came, from whom, and that we cannot read it.

    Its conversation is `<id>:<id>`; groups are kept aside like any other.
    """
    parties = words(raw.get("conversation_id")).replace("-", ":").split(":")
    sender_id = required(raw.get("sender_id"), "sender_id")
    if len(parties) != 2 or account_id not in parties:
        return _aside("chat", raw, account_id)
    others = [party for party in parties if party != account_id]
    letter = Letter(
        id=required(raw.get("id"), "id"),
        sender_id=sender_id,
        other_id=required(next(iter(others), None), "conversation_id"),
        text="",
        type=MessageType.UNSUPPORTED,
        at=moment(raw.get("created_at_msec")),
        raw=raw,
    )
    return _fact(letter, account_id, {})


def read_list(content: Raw, account_id: str) -> list[Incoming]:
    """Return the messages in an answer of `/2/dm_events` and its like, oldest first."""
    included = section(content.get("includes"))
    people = read_accounts(items(included.get("users")))
    files = {
        words(one.get("media_key")): one
        for one in map(section, items(included.get("media")))
    }
    found = []
    for raw in reversed(items(content.get("data"))):
        try:
            found.append(_listed(section(raw), account_id, people, files))
        except Unreadable:
            found.append(_aside("unreadable", section(raw), account_id))
    return found


def _listed(
    raw: Raw, account_id: str, people: Mapping[str, Account], files: Mapping[str, Raw]
) -> Incoming:
    if words(raw.get("event_type")) != "MessageCreate":
        return _aside(words(raw.get("event_type")), raw, account_id)
    sender_id = required(raw.get("sender_id"), "sender_id")
    parties = words(raw.get("dm_conversation_id")).split("-")
    if parties != [""] and (len(parties) != 2 or account_id not in parties):
        return _aside("group_dm", raw, account_id)
    others = [party for party in (*parties, sender_id) if party not in ("", account_id)]
    keys = section(raw.get("attachments")).get("media_keys")
    media = _new_media([files[key] for key in _texts(keys) if key in files])
    attached = bool(_texts(keys))
    letter = Letter(
        id=required(raw.get("id"), "id"),
        sender_id=sender_id,
        other_id=required(next(iter(others), None), "dm_conversation_id"),
        text=_new_text(raw, attached=attached),
        media=tuple(file for _, file in media),
        type=media[0][0] if media else _type("", {"text": raw.get("text")}),
        at=moment(raw.get("created_at")),
        raw=raw,
    )
    return _fact(letter, account_id, people)


def _fact(letter: Letter, account_id: str, people: Mapping[str, Account]) -> Incoming:
    known = people.get(letter.other_id)
    customer = Sender(
        platform_customer_id=letter.other_id,
        name=known.name if known is not None else None,
        username=known.username if known is not None else None,
    )
    if letter.sender_id == account_id:
        return IncomingEcho(
            account_id=account_id,
            key=letter.id,
            at=letter.at,
            raw=letter.raw,
            customer=customer,
            type=letter.type,
            text=letter.text,
            media=letter.media,
        )
    return IncomingMessage(
        account_id=account_id,
        key=letter.id,
        at=letter.at,
        raw=letter.raw,
        sender=customer,
        type=letter.type,
        text=letter.text,
        media=letter.media,
    )


def _old_text(data: Raw, media_url: str) -> str:
    text = words(data.get("text"))
    for entity in map(section, items(section(data.get("entities")).get("urls"))):
        short, long = words(entity.get("url")), words(entity.get("expanded_url"))
        if short and short != media_url:
            text = text.replace(short, long or short)
    if media_url:
        text = text.replace(media_url, "")
    return plain(text).strip() if media_url else plain(text)


def _new_text(raw: Raw, *, attached: bool) -> str:
    text = words(raw.get("text"))
    for entity in map(section, items(section(raw.get("entities")).get("urls"))):
        short, long = words(entity.get("url")), words(entity.get("expanded_url"))
        if short and long and "media_key" not in entity:
            text = text.replace(short, long)
    return plain(without_last_link(text) if attached else text)


def _type(kind: str, data: Raw) -> MessageType:
    if kind in _KINDS:
        return _KINDS[kind][0]
    if section(data.get("quick_reply_response")):
        return MessageType.INTERACTIVE
    has_text = bool(words(data.get("text")).strip())
    return MessageType.TEXT if has_text and not kind else MessageType.UNSUPPORTED


def _old_media(media: Raw) -> IncomingMedia | None:
    kind = words(media.get("type"))
    if kind not in _KINDS:
        return None
    return IncomingMedia(
        kind=_KINDS[kind][1],
        url=_film(section(media.get("video_info")))
        or optional_words(media.get("media_url_https")),
    )


def _new_media(files: Sequence[Raw]) -> list[tuple[MessageType, IncomingMedia]]:
    found = []
    for file in files:
        kind = _KINDS.get(words(file.get("type")))
        if kind is not None:
            url = _film(file) or optional_words(file.get("url"))
            found.append((kind[0], IncomingMedia(kind=kind[1], url=url)))
    return found


def _film(info: Raw) -> str | None:
    """Return the address of a film's best mp4; its picture has another."""
    films = [
        (
            rate if isinstance(rate := one.get("bit_rate", one.get("bitrate")), int) else 0,
            url,
        )
        for one in map(section, items(info.get("variants")))
        if words(one.get("content_type")) == "video/mp4" and (url := words(one.get("url")))
    ]
    return max(films)[1] if films else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _aside(kind: str, raw: Raw, account_id: str) -> IncomingOther:
    return IncomingOther(
        account_id=account_id,
        key=identifier(raw.get("id")) or fingerprint(raw),
        at=moment(
            raw.get("created_at"), raw.get("created_timestamp"), raw.get("created_at_msec")
        ),
        raw=raw or {"value": None},
        kind=kind or "unreadable",
    )
