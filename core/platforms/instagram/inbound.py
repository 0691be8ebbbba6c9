"""Read Instagram's webhooks: pure, from JSON to facts.

Direct messages arrive under `messaging`, under `standby` while another app owns the
thread, and under `changes` from the dashboard's test button; comments and mentions only
under `changes`. Our own messages come back in the same place as the customers', also
those typed in Instagram's app.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypedDict

from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingDeletion,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
    IncomingReadMark,
    Sender,
)
from core.domain.message import MessageType
from core.platforms.instagram.content import Raw, read_content, referral_details
from core.platforms.meta.envelope import (
    UNREADABLE,
    Change,
    Entry,
    changes,
    open_envelope,
    other,
    read_each,
)
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

_ENVELOPE: Final = "instagram"
_TEST_ACCOUNT: Final = "0"
_TEST: Final = "dashboard_test"

EMOJI: Final = {
    "love": "❤",
    "like": "👍",
    "dislike": "👎",
    "smile": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😠",
}


class _Common(TypedDict):
    account_id: str
    at: datetime
    raw: Mapping[str, Any]


def read(payload: Any) -> list[Incoming]:
    """Return the facts of a webhook body; BadPayload if it is not Instagram's."""
    opened = open_envelope(payload, _ENVELOPE)
    found: list[Incoming] = list(opened.strays)
    for entry in opened.entries:
        found += _read_entry(entry)
    return found


def _read_entry(entry: Entry) -> list[Incoming]:
    events = [*items(entry.raw.get("messaging")), *items(entry.raw.get("standby"))]
    found = read_each(events, lambda raw: _event(entry, raw), entry.id)
    for change in changes(entry):
        found.append(_change(entry, change))
    if not found:
        found.append(other(UNREADABLE, entry.raw, account_id=entry.id, at=entry.at))
    return found


def _change(entry: Entry, change: Change) -> Incoming:
    """Return a comment, a direct message in the wrong place, or something to keep aside."""
    reader = _CHANGES.get(change.field, _event)
    if entry.id == _TEST_ACCOUNT:
        told = change.value.get("timestamp"), entry.raw.get("time")
        return other(_TEST, change.raw, account_id=entry.id, at=moment(*told))
    if reader is _event and _kind_of(change.value) is None:
        return other(change.field, change.raw, account_id=entry.id, at=entry.at)
    [fact] = read_each([change.value], lambda raw: reader(entry, raw), entry.id)
    return fact


def _event(entry: Entry, raw: Raw) -> Incoming:
    kind = _kind_of(raw)
    at = moment(
        raw.get("timestamp"),
        section(raw.get("read")).get("watermark"),
        entry.raw.get("time"),
    )
    if entry.id == _TEST_ACCOUNT:
        return other(_TEST, raw, account_id=entry.id, at=at)
    if kind is None:
        names = sorted(set(raw) - {"sender", "recipient", "timestamp"})
        return other(words(next(iter(names), "")), raw, account_id=entry.id, at=at)
    if not entry.id:
        raise Unreadable("entry.id")
    return _EVENTS[kind]({"account_id": entry.id, "at": at, "raw": raw}, section(raw[kind]))


def _kind_of(raw: Raw) -> str | None:
    return next((kind for kind in _EVENTS if kind in raw), None)


def _message(common: _Common, body: Raw) -> Incoming:
    mid = required(body.get("mid"), "mid")
    if body.get("is_deleted"):
        return IncomingDeletion(**common, key=mid, target_id=mid)
    content = read_content(body)
    if _is_ours(common, body):
        return IncomingEcho(
            **common,
            key=mid,
            customer=_party(common, "recipient"),
            type=content.type,
            text=content.text,
            media=content.media,
        )
    return IncomingMessage(
        **common,
        key=mid,
        sender=_party(common, "sender"),
        type=content.type,
        text=content.text,
        media=content.media,
        quoted_platform_id=identifier(section(body.get("reply_to")).get("mid")),
        details=content.details,
    )


def _is_ours(common: _Common, body: Raw) -> bool:
    """Return whether we wrote it; the flag is trusted above the names of the parties."""
    sender = section(common["raw"].get("sender"))
    return bool(body.get("is_echo")) or identifier(sender.get("id")) == common["account_id"]


def _reaction(common: _Common, body: Raw) -> Incoming:
    """Return a reaction; it has no id of its own, so its key says who, what and when."""
    target_id = required(body.get("mid"), "mid")
    sender = _party(common, "sender")
    taken_back = body.get("action") == "unreact"
    name = words(body.get("reaction"))
    emoji = words(body.get("emoji")) or EMOJI.get(name, name)
    if not (taken_back or emoji):
        raise Unreadable("reaction")
    at = common["at"].isoformat()
    return IncomingReaction(
        **common,
        key=target_id,
        sub=f"{sender.platform_customer_id}:{words(body.get('action'))}:{at}",
        target_id=target_id,
        sender=sender,
        emoji="" if taken_back else emoji,
    )


def _postback(common: _Common, body: Raw) -> Incoming:
    return IncomingMessage(
        **common,
        key=identifier(body.get("mid")) or fingerprint(common["raw"]),
        sender=_party(common, "sender"),
        type=MessageType.POSTBACK,
        text=words(body.get("title")) or words(body.get("payload")),
        details={
            **({"payload": payload} if (payload := words(body.get("payload"))) else {}),
            **referral_details(body.get("referral")),
        },
    )


def _read_mark(common: _Common, body: Raw) -> Incoming:
    """Return a read mark; these have been seen without sender and recipient."""
    mid = identifier(body.get("mid"))
    return IncomingReadMark(
        **common,
        key=mid or fingerprint(common["raw"]),
        customer_id=identifier(section(common["raw"].get("sender")).get("id")),
        platform_message_id=mid,
    )


def _edit(common: _Common, body: Raw) -> Incoming:
    """Return an edit; without a text, as seen in the wild, the platform has to be asked.

    Edits are numbered, but those without a text all say 0: their time tells them apart.
    """
    mid = required(body.get("mid"), "mid")
    text = optional_words(body.get("text"))
    number = identifier(body.get("num_edit")) or ""
    return IncomingEdit(
        **common,
        key=mid,
        sub=number if text is not None else f"{number}:{common['at'].isoformat()}",
        target_id=mid,
        text=text,
    )


_EVENTS: Final[Mapping[str, Callable[[_Common, Raw], Incoming]]] = {
    "message": _message,
    "message_edit": _edit,
    "reaction": _reaction,
    "postback": _postback,
    "read": _read_mark,
}


def _comment(entry: Entry, value: Raw) -> Incoming:
    """Return a comment; one login's documents call its id `comment_id`, the other's `id`."""
    if not entry.id:
        raise Unreadable("entry.id")
    media = section(value.get("media"))
    sender = author(value)
    return IncomingComment(
        account_id=entry.id,
        key=required(identifier(value.get("id")) or value.get("comment_id"), "id"),
        at=moment(value.get("created_time"), value.get("timestamp"), entry.raw.get("time")),
        raw=value,
        post_id=identifier(media.get("id")) or "",
        sender=sender,
        text=words(value.get("text")),
        parent_id=identifier(value.get("parent_id")),
        own=sender is not None and sender.platform_customer_id == entry.id,
        post_text=optional_words(media.get("ad_title")),
    )


def author(value: Raw) -> Sender | None:
    """Return who wrote a comment, None where Instagram keeps that to itself."""
    named = section(value.get("from"))
    author_id = identifier(named.get("id"))
    if author_id is None:
        return None
    username = optional_words(named.get("username"))
    return Sender(
        platform_customer_id=author_id,
        username=username or optional_words(value.get("username")),
    )


def _mention(entry: Entry, value: Raw) -> Incoming:
    """Return that somebody named us in a caption or a comment; only its ids are told."""
    if not entry.id:
        raise Unreadable("entry.id")
    post_id = required(value.get("media_id"), "media_id")
    return IncomingComment(
        account_id=entry.id,
        key=identifier(value.get("comment_id")) or post_id,
        at=entry.at,
        raw=value,
        post_id=post_id,
        sender=None,
        text="",
        kind=CommentKind.MENTION,
    )


_CHANGES: Final[Mapping[str, Callable[[Entry, Raw], Incoming]]] = {
    "comments": _comment,
    "live_comments": _comment,
    "mentions": _mention,
}


def _party(common: _Common, role: str) -> Sender:
    return Sender(
        platform_customer_id=required(section(common["raw"].get(role)).get("id"), role)
    )
