"""Read Facebook's webhooks: pure, from JSON to facts.

One envelope, `object: page`, carries two worlds: `messaging` (and `standby`, while another
app owns the thread) is Messenger; `changes` is what happens on the Page's wall.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingDeliveryMark,
    IncomingEcho,
    IncomingMessage,
    IncomingNotice,
    IncomingReadMark,
    IncomingStatus,
    NoticeWeight,
)
from core.domain.message import DeliveryState
from core.platforms.facebook.content import read_content
from core.platforms.facebook.feed import read_change
from core.platforms.meta.envelope import (
    UNREADABLE,
    Entry,
    changes,
    open_envelope,
    other,
)
from core.platforms.meta.messaging import (
    Event,
    Raw,
    read_edit,
    read_postback,
    read_reaction,
)
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    items,
    moment,
    required,
    section,
    words,
)

_ENVELOPE: Final = "page"
_TEST_ACCOUNT: Final = "0"
_NAMES_OF_PARTIES: Final = frozenset({"sender", "recipient", "timestamp"})
_WEIGHTS: Final = {
    "block": NoticeWeight.STOPPED,
    "unblock": NoticeWeight.INFO,
}
_TITLES: Final = {
    "block": "Facebook has blocked this Page's messages.",
    "unblock": "Facebook has unblocked this Page's messages.",
    "warning": "Facebook warns this Page about its messages.",
}


def read(payload: Any) -> list[Incoming]:
    """Return the facts of a webhook body; BadPayload if it is not a Page's."""
    opened = open_envelope(payload, _ENVELOPE)
    found: list[Incoming] = list(opened.strays)
    for entry in opened.entries:
        found += _read_entry(entry)
    return found


def _read_entry(entry: Entry) -> list[Incoming]:
    found: list[Incoming] = []
    for raw in (*items(entry.raw.get("messaging")), *items(entry.raw.get("standby"))):
        found += _read_event(entry, raw)
    for change in changes(entry):
        found.append(read_change(entry, change))
    if not found:
        found.append(other(UNREADABLE, entry.raw, account_id=entry.id, at=entry.at))
    return found


def _read_event(entry: Entry, raw: Any) -> list[Incoming]:
    """Return the facts of one event; an unreadable one is kept as such."""
    try:
        return _event(entry, section(raw))
    except Unreadable:
        return [other(UNREADABLE, raw, account_id=entry.id)]


def _event(entry: Entry, raw: Raw) -> list[Incoming]:
    kind = next((kind for kind in _EVENTS if kind in raw), None)
    at = moment(raw.get("timestamp"), entry.raw.get("time"))
    if entry.id == _TEST_ACCOUNT:
        return [other("dashboard_test", raw, account_id=entry.id, at=at)]
    if kind is None:
        names = sorted(set(raw) - _NAMES_OF_PARTIES)
        name = words(next(iter(names), ""))
        return [other(name, raw, account_id=entry.id, at=at)]
    if not entry.id:
        raise Unreadable("entry.id")
    event = Event(account_id=entry.id, at=at, raw=raw, body=section(raw[kind]))
    return _EVENTS[kind](event)


def _message(event: Event) -> Incoming:
    mid = required(event.body.get("mid"), "mid")
    if event.body.get("is_deleted"):
        return IncomingDeletion(**event.common, key=mid, target_id=mid)
    content = read_content(event.body)
    if event.ours:
        return IncomingEcho(
            **event.common,
            key=mid,
            customer=event.party("recipient"),
            type=content.type,
            text=content.text,
            media=content.media,
            opaque_id=identifier(event.body.get("metadata")),
        )
    return IncomingMessage(
        **event.common,
        key=mid,
        sender=event.party("sender"),
        type=content.type,
        text=content.text,
        media=content.media,
        quoted_platform_id=identifier(section(event.body.get("reply_to")).get("mid")),
        details=content.details,
    )


def _reaction(event: Event) -> Incoming:
    """Return a customer's reaction; the Page's own is on its message already."""
    if event.ours:
        kind = "own_reaction"
        return other(kind, event.raw, account_id=event.account_id, at=event.at)
    return read_reaction(event)


def _deliveries(event: Event) -> list[Incoming]:
    """Return the messages named, and the mark, which speaks of all up to its time."""
    customer_id = event.party("sender").platform_customer_id
    at = moment(event.body.get("watermark"), event.raw.get("timestamp"))
    stamp = _stamp(event.body)
    found: list[Incoming] = [
        IncomingStatus(
            account_id=event.account_id,
            at=at,
            raw=event.raw,
            key=mid,
            sub=DeliveryState.DELIVERED.value,
            state=DeliveryState.DELIVERED,
            customer_id=customer_id,
        )
        for mid in map(identifier, _listed(event.body.get("mids")))
        if mid is not None
    ]
    mark = IncomingDeliveryMark(
        account_id=event.account_id,
        at=at,
        raw=event.raw,
        key=customer_id,
        sub=stamp,
        customer_id=customer_id,
    )
    return [*found, mark]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _read_mark(event: Event) -> Incoming:
    customer_id = event.party("sender").platform_customer_id
    return IncomingReadMark(
        account_id=event.account_id,
        at=moment(event.body.get("watermark"), event.raw.get("timestamp")),
        raw=event.raw,
        key=customer_id,
        sub=_stamp(event.body),
        customer_id=customer_id,
    )


def _stamp(body: Raw) -> str:
    """Return what tells one mark from the next; a watermark is a number or a text."""
    return identifier(body.get("watermark")) or fingerprint(body)


def _policy(event: Event) -> Incoming:
    """Return Facebook's word about the Page; it has no sender."""
    action = words(event.body.get("action"))
    title = _TITLES.get(action, "Facebook has a remark about this Page's messages.")
    reason = words(event.body.get("reason"))
    return IncomingNotice(
        **event.common,
        key=fingerprint(event.raw),
        kind="policy_enforcement",
        weight=_WEIGHTS.get(action, NoticeWeight.WARNING),
        title=f"{title} {reason}".strip(),
    )


def _one(read_one: Callable[[Event], Incoming]) -> Callable[[Event], list[Incoming]]:
    return lambda event: [read_one(event)]


_EVENTS: Final[Mapping[str, Callable[[Event], list[Incoming]]]] = {
    "message": _one(_message),
    "message_edit": _one(read_edit),
    "reaction": _one(_reaction),
    "postback": _one(read_postback),
    "delivery": _deliveries,
    "read": _one(_read_mark),
    "policy-enforcement": _one(_policy),
    "policy_enforcement": _one(_policy),
}
"""What is not listed (referrals, opt-ins, who owns a thread) is kept under its own name."""
