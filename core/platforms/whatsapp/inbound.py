"""Read WhatsApp's webhooks: pure, from JSON to facts.

Who a customer is: `from`, never `contacts[].wa_id`, which differs for numbers of some
countries; where the phone number is withheld, the business-scoped user id. The other
names of the same person travel along in `other_ids`.
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
    IncomingStatus,
    Sender,
)
from core.domain.message import DeliveryState
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
    optional_words,
    required,
    section,
    words,
)
from core.platforms.whatsapp.content import Raw, read_content

_ENVELOPE: Final = "whatsapp_business_account"

_STATES: Final = {
    "sent": DeliveryState.ACCEPTED,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "played": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}

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
    metadata = section(change.value.get("metadata"))
    account_id = identifier(metadata.get("phone_number_id")) or ""
    field = change.field or "messages"
    contacts = items(change.value.get("contacts"))
    found: list[Incoming] = []
    for name, read_part in _PARTS.get(field, ()):
        found += read_part(account_id, items(change.value.get(name)), contacts)
    if found:
        return found
    kind = change.field if change.field not in _PARTS else UNREADABLE
    return [other(kind, change.raw, account_id=account_id or entry.id, at=entry.at)]


_Part = Callable[[str, Sequence[Any], Sequence[Any]], list[Incoming]]


def _read_messages(
    account_id: str, raws: Sequence[Any], contacts: Sequence[Any]
) -> list[Incoming]:
    def read_one(raw: Raw) -> Incoming:
        kind = words(raw.get("type"))
        if "group_id" in raw:
            return other("group_message", raw, account_id=account_id)
        if kind in _KEPT_ASIDE:
            return other(kind, raw, account_id=account_id)
        return _message(account_id, raw, contacts)

    return read_each(raws, read_one, account_id)


def _read_statuses(
    account_id: str, raws: Sequence[Any], _contacts: Sequence[Any]
) -> list[Incoming]:
    return read_each(raws, lambda raw: _status(account_id, raw), account_id)


def _read_echoes(
    account_id: str, raws: Sequence[Any], _contacts: Sequence[Any]
) -> list[Incoming]:
    return read_each(raws, lambda raw: _echo(account_id, raw), account_id)


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
    afterthought = _afterthought(common, raw)
    if afterthought is not None:
        return afterthought
    sender = _sender(raw, contacts)
    if raw.get("type") == "reaction":
        return _reaction(common, raw, sender)
    content = read_content(raw)
    return IncomingMessage(
        **common,
        sender=sender,
        type=content.type,
        text=content.text,
        media=content.media,
        quoted_platform_id=identifier(section(raw.get("context")).get("id")),
    )


def _echo(account_id: str, raw: Raw) -> Incoming:
    """Return what a person wrote to a customer in the phone's own app."""
    common = _common(account_id, raw)
    afterthought = _afterthought(common, raw)
    if afterthought is not None:
        return afterthought
    if raw.get("type") == "reaction":
        return other("echo_reaction", raw, account_id=account_id)
    customer = _person(identifier(raw.get("to")), identifier(raw.get("to_user_id")))
    content = read_content(raw)
    return IncomingEcho(
        **common,
        customer=customer,
        type=content.type,
        text=content.text,
        media=content.media,
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
    return IncomingEdit(**common, target_id=target_id, text=read_content(changed).text)


def _reaction(common: _Common, raw: Raw, sender: Sender) -> IncomingReaction:
    """Return a reaction; an emoji that is absent or empty takes it back."""
    body = section(raw.get("reaction"))
    return IncomingReaction(
        **common,
        target_id=required(body.get("message_id"), "message_id"),
        sender=sender,
        emoji=words(body.get("emoji")),
    )


def _status(account_id: str, raw: Raw) -> Incoming:
    state = _STATES.get(words(raw.get("status")))
    if state is None or raw.get("type") == "call":
        return other(f"status_{words(raw.get('status'))}", raw, account_id=account_id)
    recipient = identifier(raw.get("recipient_id")) or identifier(
        raw.get("recipient_user_id")
    )
    error = next(map(section, items(raw.get("errors"))), section(None))
    # A message to a group has one status per participant.
    participant = identifier(raw.get("recipient_participant_id")) or recipient or ""
    return IncomingStatus(
        **_common(account_id, raw),
        sub=f"{words(raw.get('status'))}:{participant}",
        state=state,
        customer_id=recipient,
        opaque_id=identifier(raw.get("biz_opaque_callback_data")),
        error_code=identifier(error.get("code")),
        error_title=optional_words(error.get("title"))
        or optional_words(error.get("message")),
    )


def _sender(raw: Raw, contacts: Sequence[Any]) -> Sender:
    phone = identifier(raw.get("from"))
    user_id = identifier(raw.get("from_user_id"))
    contact = _contact(contacts, phone, user_id)
    profile = section(contact.get("profile"))
    return _person(
        phone,
        user_id,
        identifier(raw.get("from_parent_user_id")),
        identifier(contact.get("wa_id")),
        identifier(contact.get("user_id")),
        identifier(contact.get("parent_user_id")),
        _new_name(section(raw.get("system"))),
        name=optional_words(profile.get("name")),
        username=optional_words(profile.get("username")),
    )


def _new_name(system: Raw) -> str | None:
    """Return what a customer is called from now on, when a system message says so."""
    names = (system.get("wa_id"), system.get("new_wa_id"), system.get("user_id"))
    return next(filter(None, map(identifier, names)), None)


def _contact(contacts: Sequence[Any], phone: str | None, user_id: str | None) -> Raw:
    """Return the sender's card; a lone card is theirs even when its number differs."""
    cards = [section(card) for card in contacts]
    for card in cards:
        same_phone = phone is not None and identifier(card.get("wa_id")) == phone
        same_user = user_id is not None and identifier(card.get("user_id")) == user_id
        if same_phone or same_user:
            return card
    return cards[0] if len(cards) == 1 else section(None)


def _person(
    phone: str | None,
    *other_ids: str | None,
    name: str | None = None,
    username: str | None = None,
) -> Sender:
    """Return a customer: by phone number, else by the first other id there is."""
    known = [known_id for known_id in (phone, *other_ids) if known_id is not None]
    if not known:
        raise Unreadable("from")
    identity, *others = dict.fromkeys(known)
    return Sender(
        platform_customer_id=identity,
        name=name,
        username=username,
        phone_number=f"+{phone}" if phone is not None and phone.isdigit() else None,
        other_ids=tuple(others),
    )
