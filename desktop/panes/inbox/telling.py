"""Messages that are more than text and files, in words: places, cards, orders, calls.

Details come from platforms by way of the engine: any of them may be missing or of another
kind than expected, and then there is less to tell.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from PySide6.QtCore import QCoreApplication, QLocale

from core.domain.message import Direction, Message, MessageType

Details = Mapping[str, Any]


def told(message: Message) -> str:
    """Return what a message says, with what stands around it; empty for nothing at all."""
    tell = _TELLERS.get(message.type)
    text = tell(message) if tell is not None else message.text
    return "\n".join(part for part in (*_before(message), text) if part)


def author(message: Message) -> str:
    """Return who of a group said this, empty outside of groups."""
    return _words(message.details, "author")


def _before(message: Message) -> list[str]:
    """Return the lines above the words: forwarded, and which advertisement it answers."""
    translate = QCoreApplication.translate
    found = []
    if message.details.get("forwarded") is True:
        found.append(translate("Thread", "Forwarded:"))
    referral = message.details.get("referral")
    if isinstance(referral, Mapping):
        headline = _words(referral, "headline") or _words(referral, "body")
        came = translate("Thread", "Came from an advertisement: %1")
        alone = translate("Thread", "Came from an advertisement")
        found.append(came.replace("%1", headline) if headline else alone)
    product = _words(message.details, "product")
    if product:
        about = translate("Thread", "About the product %1:")
        found.append(about.replace("%1", product))
    return found


def _place(message: Message) -> str:
    details = message.details
    lines = [_words(details, "place"), _words(details, "address")]
    latitude, longitude = details.get("latitude"), details.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        point = {"mlat": f"{latitude:.5f}", "mlon": f"{longitude:.5f}"}
        lines.append(f"https://www.openstreetmap.org/?{urlencode(point)}")
    shown = "\n".join(filter(None, lines))
    title = QCoreApplication.translate("Thread", "Place")
    return f"{title}\n{shown}" if shown else message.text


def _cards(message: Message) -> str:
    cards = message.details.get("cards")
    shown = [_card(card) for card in cards] if isinstance(cards, list) else []
    title = QCoreApplication.translate("Thread", "Contact")
    lines = "\n".join(filter(None, shown))
    return f"{title}\n{lines}" if lines else message.text


def _card(card: Any) -> str:
    if not isinstance(card, Mapping):
        return ""
    ways = [*_list(card.get("phones")), *_list(card.get("emails"))]
    head = ", ".join(filter(None, (_words(card, "name"), _words(card, "company"))))
    return "\n".join(filter(None, (head, *ways)))


def _order(message: Message) -> str:
    lines = message.details.get("lines")
    shown = [_line(line) for line in lines] if isinstance(lines, list) else []
    title = QCoreApplication.translate("Thread", "Order")
    said = message.text.splitlines()[: max(0, len(message.text.splitlines()) - len(shown))]
    rows = "\n".join(filter(None, (*said, *shown)))
    return f"{title}\n{rows}" if rows else message.text


def _line(line: Any) -> str:
    if not isinstance(line, Mapping):
        return ""
    price = " ".join(filter(None, (_words(line, "price"), _words(line, "currency"))))
    what = f"{_words(line, 'quantity') or '?'} × {_words(line, 'product') or '?'}"
    return f"{what} · {price}" if price else what


def _chosen(message: Message) -> str:
    """Return what the customer pressed; our own question is its text."""
    translate = QCoreApplication.translate
    if message.direction is Direction.OUTBOUND or not message.text:
        return message.text
    if "answers" in message.details:
        return "\n".join((translate("Thread", "Filled in a form"), message.text))
    if "call_permission" in message.details:
        allowed = message.details["call_permission"] == "accept"
        return (
            translate("Thread", "Allows us to call")
            if allowed
            else translate("Thread", "Does not want to be called")
        )
    return translate("Thread", "Chose: %1").replace("%1", message.text)


def _call(message: Message) -> str:
    translate = QCoreApplication.translate
    seconds = _words(message.details, "seconds")
    if seconds.isascii() and seconds.isdigit() and int(seconds[:6]) > 0:
        length = QLocale().toString(int(seconds[:6]))
        return translate("Thread", "Called you · %1 s").replace("%1", length)
    if "status" in message.details:
        return translate("Thread", "Called you; nobody answered")
    return translate("Thread", "Called you")


def _words(details: Details, name: str) -> str:
    value = details.get(name)
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


_TELLERS = {
    MessageType.LOCATION: _place,
    MessageType.CONTACTS: _cards,
    MessageType.ORDER: _order,
    MessageType.INTERACTIVE: _chosen,
    MessageType.BUTTON: _chosen,
    MessageType.CALL: _call,
}
