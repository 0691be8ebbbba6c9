"""Read WhatsApp's webhooks: pure, from JSON to facts.

Who a customer is says `people`, what a message holds `content`, what WhatsApp says about
our own account `account`, how far our messages have come `statuses`. Here is the rest: envelopes, messages and what changes them
later, calls, and what we wrote in the phone's own app.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypedDict

from core.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
    IncomingRenaming,
    Sender,
)
from core.domain.message import MessageType
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
    identifier,
    items,
    moment,
    required,
    section,
    words,
)
from core.platforms.whatsapp.account import read_account
from core.platforms.whatsapp.content import Raw, read_content
from core.platforms.whatsapp.people import author_of, goes_on_as, person, sender_of
from core.platforms.whatsapp.statuses import read_status, stop_in

_ENVELOPE: Final = "whatsapp_business_account"

_KEPT_ASIDE: Final = frozenset({"request_welcome"})
"""Opening a chat is no message: nothing may come into being from it."""


class _Common(TypedDict):
    account_id: str
    key: str
    at: datetime
    raw: Mapping[str, Any]


def read(payload: Any) -> list[Incoming]:
    """Return the facts of a webhook body; BadPayload if it is not WhatsApp's Cloud API."""
    opened = open_envelope(payload, _ENVELOPE)
    found: list[Incoming] = list(opened.strays)
    for entry in opened.entries:
        for change in changes(entry):
            found += _read_change(entry, change)
    return found


def _read_change(entry: Entry, change: Change) -> list[Incoming]:
    about_us = read_account(entry, change)
    if about_us is not None:
        return about_us
    metadata = section(change.value.get("metadata"))
    account_id = identifier(metadata.get("phone_number_id")) or ""
    field = change.field or "messages"
    contacts = items(change.value.get("contacts"))
    found: list[Incoming] = []
    for name, read_part in _PARTS.get(field, ()):
        found += read_part(account_id, items(change.value.get(name)), contacts)
    if found:
        return found
    kind = UNREADABLE if field == "messages" else field
    return [other(kind, change.raw, account_id=account_id or entry.id, at=entry.at)]


_Part = Callable[[str, Sequence[Any], Sequence[Any]], list[Incoming]]


def _read_messages(
    account_id: str, raws: Sequence[Any], contacts: Sequence[Any]
) -> list[Incoming]:
    def read_one(raw: Raw) -> Incoming:
        kind = words(raw.get("type"))
        if kind in _KEPT_ASIDE:
            return other(kind, raw, account_id=account_id)
        return _message(account_id, raw, contacts)

    return read_each(raws, read_one, account_id)


def _read_statuses(
    account_id: str, raws: Sequence[Any], _contacts: Sequence[Any]
) -> list[Incoming]:
    found = read_each(raws, lambda raw: read_status(account_id, raw), account_id)
    stops = [stop for fact in found if (stop := stop_in(fact)) is not None]
    return [*found, *stops]


def _read_echoes(
    account_id: str, raws: Sequence[Any], _contacts: Sequence[Any]
) -> list[Incoming]:
    return read_each(raws, lambda raw: _echo(account_id, raw), account_id)


def _read_calls(
    account_id: str, raws: Sequence[Any], contacts: Sequence[Any]
) -> list[Incoming]:
    return read_each(raws, lambda raw: _call(account_id, raw, contacts), account_id)


def _read_call_statuses(
    account_id: str, raws: Sequence[Any], _contacts: Sequence[Any]
) -> list[Incoming]:
    return [other("call_status", raw, account_id=account_id) for raw in raws]


def _read_errors(
    account_id: str, raws: Sequence[Any], _contacts: Sequence[Any]
) -> list[Incoming]:
    return [other("errors", raw, account_id=account_id) for raw in raws]


_PARTS: Final[Mapping[str, Sequence[tuple[str, _Part]]]] = {
    "messages": (
        ("messages", _read_messages),
        ("statuses", _read_statuses),
        ("errors", _read_errors),
    ),
    "smb_message_echoes": (("message_echoes", _read_echoes),),
    "calls": (
        ("calls", _read_calls),
        ("statuses", _read_call_statuses),
        ("errors", _read_errors),
    ),
}


def _common(account_id: str, raw: Raw) -> _Common:
    if not account_id:
        raise Unreadable("phone_number_id")
    return {
        "account_id": account_id,
        "key": required(raw.get("id"), "id"),
        "at": moment(raw.get("timestamp")),
        "raw": raw,
    }


def _message(account_id: str, raw: Raw, contacts: Sequence[Any]) -> Incoming:
    common = _common(account_id, raw)
    later = _afterthought(common, raw) or _renaming(common, raw)
    if later is not None:
        return later
    sender = sender_of(raw, contacts)
    if raw.get("type") == "reaction":
        return _reaction(common, raw, sender)
    content = read_content(raw)
    details = dict(content.details)
    if "group_id" in raw:
        details |= {"group": True, "author": author_of(raw, contacts)}
    return IncomingMessage(
        **common,
        sender=sender,
        type=content.type,
        text=content.text,
        media=content.media,
        quoted_platform_id=identifier(section(raw.get("context")).get("id")),
        details=details,
    )


def _renaming(common: _Common, raw: Raw) -> IncomingRenaming | None:
    """Return that a customer has another number or user id, None for anything else."""
    if raw.get("type") != "system":
        return None
    changed = goes_on_as(raw)
    if changed is None:
        return None
    customer, new_id = changed
    note = words(section(raw.get("system")).get("body"))
    return IncomingRenaming(**common, customer=customer, new_id=new_id, note=note)


def _call(account_id: str, raw: Raw, contacts: Sequence[Any]) -> Incoming:
    """Return a customer's call; its beginning and its end are one message.

    Calls of ours open no window and are kept aside. Calls older than the `direction` of
    their webhooks came from customers.
    """
    common = _common(account_id, raw)
    if words(raw.get("direction")) == "BUSINESS_INITIATED":
        return other("call_made", raw, account_id=account_id)
    event = words(raw.get("event"))
    details = {
        "event": event,
        "status": words(raw.get("status")).lower(),
        "seconds": identifier(raw.get("duration")) or "",
    }
    return IncomingMessage(
        **common,
        sub=event,
        sender=sender_of(raw, contacts),
        type=MessageType.CALL,
        details={name: value for name, value in details.items() if value},
    )


def _echo(account_id: str, raw: Raw) -> Incoming:
    """Return what a person wrote to a customer in the phone's own app."""
    common = _common(account_id, raw)
    afterthought = _afterthought(common, raw)
    if afterthought is not None:
        return afterthought
    customer = person(identifier(raw.get("to")), identifier(raw.get("to_user_id")))
    if raw.get("type") == "reaction":
        return _reaction(common, raw, customer, own=True)
    content = read_content(raw)
    return IncomingEcho(
        **common,
        customer=customer,
        type=content.type,
        text=content.text,
        media=content.media,
        quoted_platform_id=identifier(section(raw.get("context")).get("id")),
        details=content.details,
    )


def _afterthought(common: _Common, raw: Raw) -> Incoming | None:
    """Return an edit or a deletion, None for anything else."""
    kind = words(raw.get("type"))
    if kind not in ("edit", "revoke"):
        return None
    body = section(raw.get(kind))
    target_id = required(body.get("original_message_id"), "original_message_id")
    if kind == "revoke":
        return IncomingDeletion(**common, target_id=target_id)
    changed = section(body.get("message"))
    if not changed:
        raise Unreadable("message")
    content = read_content(changed)
    known = content.type is not MessageType.UNSUPPORTED
    return IncomingEdit(**common, target_id=target_id, text=content.text if known else None)


def _reaction(
    common: _Common, raw: Raw, sender: Sender, *, own: bool = False
) -> IncomingReaction:
    """Return a reaction; an emoji that is absent or empty takes it back."""
    body = section(raw.get("reaction"))
    return IncomingReaction(
        **common,
        target_id=required(body.get("message_id"), "message_id"),
        sender=sender,
        emoji=words(body.get("emoji")),
        own=own,
    )
