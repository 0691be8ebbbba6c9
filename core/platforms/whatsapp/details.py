"""What a bubble shows of a WhatsApp message beyond its text: places, cards, orders.

Plain names and JSON values only, since this is stored beside the message. A reader takes
anything, and leaves out what it does not find.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from core.platforms.untyped import identifier, items, section, words

Raw = Mapping[str, Any]
Details = dict[str, Any]


def read_details(message: Raw) -> Details:
    """Return the details of a message of any type, without empty ones."""
    kind = words(message.get("type"))
    read = _READERS.get(kind)
    found: Details = read(message.get(kind)) if read is not None else {}
    found |= _surroundings(message)
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def form_answers(reply: Raw) -> list[tuple[str, str]]:
    """Return the fields of a filled-in form; they arrive as JSON inside a string."""
    try:
        fields = json.loads(words(reply.get("response_json")) or "{}")
    except (ValueError, RecursionError):
        return []
    return [
        (words(name), words(value) if isinstance(value, str) else words(str(value)))
        for name, value in section(fields).items()
        if name != "flow_token"
    ]


def contact_name(contact: Raw) -> str:
    """Return how a card names its owner; empty when it does not."""
    name = section(contact.get("name"))
    return words(name.get("formatted_name")) or words(name.get("first_name"))


def contact_phones(contact: Raw) -> list[str]:
    """Return the numbers on a card."""
    phones = map(section, items(contact.get("phones")))
    return [number for phone in phones if (number := words(phone.get("phone")))]


def _surroundings(message: Raw) -> Details:
    """Return what may stand around a message of any type."""
    context = section(message.get("context"))
    product = section(context.get("referred_product"))
    referral = section(message.get("referral"))
    error = next(map(section, items(message.get("errors"))), section(None))
    often = context.get("frequently_forwarded") is True
    return {
        "forwarded": True if often or context.get("forwarded") is True else None,
        "product": identifier(product.get("product_retailer_id")),
        "catalog": identifier(product.get("catalog_id")),
        "referral": _referral(referral),
        "error": words(error.get("title")) or words(error.get("message")),
    }


def _referral(referral: Raw) -> Details:
    """Return the advertisement that led the customer here."""
    found = {
        "headline": words(referral.get("headline")),
        "body": words(referral.get("body")),
        "url": words(referral.get("source_url")),
        "kind": words(referral.get("source_type")),
        "id": identifier(referral.get("source_id")),
        "click": words(referral.get("ctwa_clid")),
    }
    return {name: value for name, value in found.items() if value}


def _location(body: Any) -> Details:
    place = section(body)
    return {
        "latitude": _degrees(place.get("latitude")),
        "longitude": _degrees(place.get("longitude")),
        "place": words(place.get("name")),
        "address": words(place.get("address")),
        "url": words(place.get("url")),
    }


def _degrees(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -180 <= value <= 180 else None


def _contacts(body: Any) -> Details:
    return {"cards": [card for one in items(body) if (card := _card(section(one)))]}


def _card(contact: Raw) -> Details:
    mails = map(section, items(contact.get("emails")))
    card = {
        "name": contact_name(contact),
        "phones": contact_phones(contact),
        "emails": [address for mail in mails if (address := words(mail.get("email")))],
        "company": words(section(contact.get("org")).get("company")),
    }
    return {name: value for name, value in card.items() if value}


def _interactive(body: Any) -> Details:
    answer = section(body)
    chosen = section(answer.get("button_reply")) or section(answer.get("list_reply"))
    form = section(answer.get("nfm_reply"))
    call = section(answer.get("call_permission_reply"))
    return {
        "payload": identifier(chosen.get("id")),
        "choice": words(chosen.get("title")),
        "form": words(form.get("name")),
        "answers": [list(pair) for pair in form_answers(form)],
        "call_permission": words(call.get("response")),
    }


def _order(body: Any) -> Details:
    order = section(body)
    return {
        "catalog": identifier(order.get("catalog_id")),
        "lines": [_line(section(item)) for item in items(order.get("product_items"))],
    }


def _line(item: Raw) -> Details:
    line = {
        "product": identifier(item.get("product_retailer_id")),
        "quantity": identifier(item.get("quantity")),
        "price": price(item),
        "currency": words(item.get("currency")),
    }
    return {name: value for name, value in line.items() if value}


def price(item: Raw) -> str:
    """Return the price of one ordered piece in words, empty when there is none."""
    value = item.get("item_price")
    if isinstance(value, float):
        return f"{value:g}"
    return identifier(value) or words(value)


def _system(body: Any) -> Details:
    return {"event": words(section(body).get("type"))}


_READERS: Final[Mapping[str, Callable[[Any], Details]]] = {
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": lambda body: {"payload": words(section(body).get("payload"))},
    "order": _order,
    "system": _system,
    "audio": lambda body: {"voice": section(body).get("voice") is True or None},
    "sticker": lambda body: {"animated": section(body).get("animated") is True or None},
    "unsupported": lambda body: {"kind": words(section(body).get("type"))},
}
