"""Turn the body of a WhatsApp message into what a thread can show.

Used for customers' messages, for edits, and for what we wrote in the phone's own app.
Every reader takes anything: a missing field makes an emptier text, never an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.message import MessageType
from core.platforms.untyped import (
    identifier,
    items,
    optional_words,
    section,
    words,
)
from core.platforms.whatsapp.details import (
    contact_name,
    contact_phones,
    form_answers,
    price,
    read_details,
)

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says."""

    type: MessageType
    text: str = ""
    media: tuple[IncomingMedia, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


_MEDIA: Final = {
    "image": (MessageType.IMAGE, MediaKind.IMAGE),
    "audio": (MessageType.AUDIO, MediaKind.AUDIO),
    "video": (MessageType.VIDEO, MediaKind.VIDEO),
    "document": (MessageType.DOCUMENT, MediaKind.DOCUMENT),
    "sticker": (MessageType.STICKER, MediaKind.STICKER),
}


def read_content(message: Raw) -> Content:
    """Return the content of a message by its `type`; a type we do not know is UNSUPPORTED."""
    kind = words(message.get("type"))
    details = read_details(message)
    if kind in _MEDIA:
        return replace(_file(kind, message), details=details)
    reader = _READERS.get(kind)
    if reader is None:
        return Content(type=MessageType.UNSUPPORTED, details=details)
    message_type, read = reader
    return Content(type=message_type, text=read(message.get(kind)), details=details)


def _file(kind: str, message: Raw) -> Content:
    """Return a file; one that WhatsApp has lost keeps its place, with nothing to fetch."""
    message_type, media_kind = _MEDIA[kind]
    body = section(message.get(kind))
    lost = bool(message.get("errors"))
    media = IncomingMedia(
        kind=media_kind,
        platform_media_id=None if lost else identifier(body.get("id")),
        url=None if lost else optional_words(body.get("url")),
        mime_type=optional_words(body.get("mime_type")),
        file_name=optional_words(body.get("filename")),
        sha256=optional_words(body.get("sha256")),
    )
    return Content(type=message_type, text=words(body.get("caption")), media=(media,))


def _text(body: Any) -> str:
    return words(section(body).get("body"))


def _location(body: Any) -> str:
    place = section(body)
    latitude, longitude = place.get("latitude"), place.get("longitude")
    point = f"{latitude}, {longitude}" if _is_number(latitude, longitude) else ""
    return _lines(words(place.get("name")), words(place.get("address")), point)


def _contacts(body: Any) -> str:
    return _lines(*(_contact(section(contact)) for contact in items(body)))


def _contact(contact: Raw) -> str:
    shown, numbers = contact_name(contact), ", ".join(contact_phones(contact))
    return f"{shown}: {numbers}" if shown and numbers else shown or numbers


def _interactive(body: Any) -> str:
    answer = section(body)
    pressed = section(answer.get("button_reply"))
    chosen = section(answer.get("list_reply"))
    call = section(answer.get("call_permission_reply"))
    return _lines(
        words(pressed.get("title")),
        words(chosen.get("title")),
        words(chosen.get("description")),
        _form(section(answer.get("nfm_reply"))),
        words(call.get("response")),
    )


def _form(reply: Raw) -> str:
    answers = [f"{name}: {value}" for name, value in form_answers(reply)]
    return _lines(words(reply.get("body")), *answers)


def _button(body: Any) -> str:
    return words(section(body).get("text")) or words(section(body).get("payload"))


def _order(body: Any) -> str:
    order = section(body)
    wanted = [_ordered(section(item)) for item in items(order.get("product_items"))]
    return _lines(words(order.get("text")), *wanted)


def _ordered(item: Raw) -> str:
    product = identifier(item.get("product_retailer_id")) or "?"
    cost = f"{price(item)} {words(item.get('currency'))}".strip()
    line = f"{identifier(item.get('quantity')) or '?'} × {product}"
    return f"{line} ({cost})" if cost else line


def _is_number(*values: Any) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


_READERS: Final[Mapping[str, tuple[MessageType, Callable[[Any], str]]]] = {
    "text": (MessageType.TEXT, _text),
    "location": (MessageType.LOCATION, _location),
    "contacts": (MessageType.CONTACTS, _contacts),
    "interactive": (MessageType.INTERACTIVE, _interactive),
    "button": (MessageType.BUTTON, _button),
    "order": (MessageType.ORDER, _order),
    "system": (MessageType.SYSTEM, _text),
}
