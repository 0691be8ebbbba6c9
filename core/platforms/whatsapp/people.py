"""Who a customer is on WhatsApp, and who they become.

`from` names them, never `contacts[].wa_id`, which differs for numbers of some countries;
where the phone number is withheld, the business-scoped user id does. The other names of
the same person travel along in `other_ids`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from core.domain.incoming import Sender
from core.platforms.untyped import (
    Unreadable,
    identifier,
    optional_words,
    section,
    words,
)

Raw = Mapping[str, Any]

_USER_ID: Final = re.compile(r"\b[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]+")
_GONE_ON: Final = frozenset({"user_changed_number", "user_changed_user_id"})


def is_user_id(customer_id: str) -> bool:
    """Return whether this is a business-scoped user id: `FR.1234`."""
    return _USER_ID.fullmatch(customer_id) is not None


def sender_of(raw: Raw, contacts: Sequence[Any]) -> Sender:
    """Return who wrote a message; a group's members write as the group."""
    phone = identifier(raw.get("from"))
    user_id = identifier(raw.get("from_user_id"))
    contact = _contact(contacts, phone, user_id)
    profile = section(contact.get("profile"))
    group = identifier(raw.get("group_id"))
    if group is not None:
        return person(None, group)
    return person(
        phone,
        user_id,
        identifier(raw.get("from_parent_user_id")),
        identifier(contact.get("wa_id")),
        identifier(contact.get("user_id")),
        identifier(contact.get("parent_user_id")),
        name=optional_words(profile.get("name")),
        username=optional_words(profile.get("username")),
    )


def author_of(raw: Raw, contacts: Sequence[Any]) -> str:
    """Return how to call whoever wrote this in a group."""
    phone = identifier(raw.get("from"))
    user_id = identifier(raw.get("from_user_id"))
    profile = section(_contact(contacts, phone, user_id).get("profile"))
    shown = words(profile.get("name")) or words(profile.get("username"))
    return shown or (f"+{phone}" if phone else user_id or "")


def person(
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


def goes_on_as(raw: Raw) -> tuple[Sender, str] | None:
    """Return who a customer was and is from now on, None if a message says no such thing.

    The old user id is not a member of its own when there is no `from`: it stands in
    `previous_user_id`, or only in the words ("changed from FR.1 to FR.2").
    """
    system = section(raw.get("system"))
    if words(system.get("type")) not in _GONE_ON:
        return None
    names = (system.get("wa_id"), system.get("new_wa_id"), system.get("user_id"))
    new_id = next(filter(None, map(identifier, names)), None)
    if new_id is None:
        raise Unreadable("wa_id")
    named = [
        identifier(raw.get("from")),
        identifier(raw.get("from_user_id")),
        identifier(system.get("previous_user_id")),
        *_USER_ID.findall(words(system.get("body")))[:1],
    ]
    known = [one for one in named if one is not None and one != new_id]
    phone = known[0] if known and known[0] == named[0] else None
    return person(phone, *known), new_id


def _contact(contacts: Sequence[Any], phone: str | None, user_id: str | None) -> Raw:
    """Return the sender's card; a lone card is theirs even when its number differs."""
    cards = [section(card) for card in contacts]
    for card in cards:
        same_phone = phone is not None and identifier(card.get("wa_id")) == phone
        same_user = user_id is not None and identifier(card.get("user_id")) == user_id
        if same_phone or same_user:
            return card
    return cards[0] if len(cards) == 1 else section(None)
