"""Turn the body of a Messenger message into what a thread can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.message import MessageType
from core.platforms.meta.messaging import Raw
from core.platforms.untyped import identifier, items, optional_words, section, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says."""

    type: MessageType
    text: str = ""
    media: tuple[IncomingMedia, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


_FILES: Final[Mapping[str, tuple[MessageType, MediaKind]]] = {
    "image": (MessageType.IMAGE, MediaKind.IMAGE),
    "audio": (MessageType.AUDIO, MediaKind.AUDIO),
    "video": (MessageType.VIDEO, MediaKind.VIDEO),
    "file": (MessageType.DOCUMENT, MediaKind.DOCUMENT),
}
_STICKER: Final = (MessageType.STICKER, MediaKind.STICKER)
_LINKS: Final = frozenset(
    {"fallback", "post", "share", "reel", "ig_reel", "ig_post", "story", "ig_story"}
)
"""Kinds that only point somewhere; what they point at is not ours to download."""
_LOCATION: Final = "location"
_TEMPLATE: Final = "template"
_KNOWN: Final = frozenset({*_FILES, *_LINKS, _LOCATION, _TEMPLATE})


def read_content(message: Raw) -> Content:
    """Return the content of a message; one without anything we know is UNSUPPORTED."""
    attachments = [section(raw) for raw in items(message.get("attachments"))]
    known = [raw for raw in attachments if words(raw.get("type")) in _KNOWN]
    return Content(
        type=_type(message, attachments, known),
        text=words(message.get("text")) or _text_of(known),
        media=_media(known),
        details=_details(message, known),
    )


def _type(message: Raw, attachments: Sequence[Raw], known: Sequence[Raw]) -> MessageType:
    text = words(message.get("text"))
    if message.get("is_unsupported"):
        return MessageType.UNSUPPORTED
    if known:
        return _type_of(known[0], text)
    if message.get("quick_reply"):
        return MessageType.INTERACTIVE
    if attachments or not text:
        return MessageType.UNSUPPORTED
    return MessageType.TEXT


def _type_of(attachment: Raw, text: str) -> MessageType:
    """Return the type by the first attachment; a link under words is a preview of them."""
    kind = words(attachment.get("type"))
    if kind in _FILES:
        return _file_type(attachment)[0]
    if kind == _LOCATION:
        return MessageType.LOCATION
    if kind == _TEMPLATE:
        return MessageType.TEMPLATE
    return MessageType.TEXT if text else MessageType.SHARE


def _file_type(attachment: Raw) -> tuple[MessageType, MediaKind]:
    if identifier(section(attachment.get("payload")).get("sticker_id")) is not None:
        return _STICKER
    return _FILES[words(attachment.get("type"))]


def _media(attachments: Sequence[Raw]) -> tuple[IncomingMedia, ...]:
    """Return the files, each address once."""
    found: dict[str, IncomingMedia] = {}
    for attachment in attachments:
        url = optional_words(section(attachment.get("payload")).get("url"))
        if url is not None and words(attachment.get("type")) in _FILES:
            found.setdefault(url, IncomingMedia(kind=_file_type(attachment)[1], url=url))
    return tuple(found.values())


def _text_of(attachments: Sequence[Raw]) -> str:
    """Return the words an attachment brings: a title, or the text above its buttons."""
    for attachment in attachments:
        payload = section(attachment.get("payload"))
        elements = items(payload.get("elements"))
        first = section(elements[0]) if elements else {}
        for value in (payload.get("text"), attachment.get("title"), payload.get("title")):
            if words(value):
                return words(value)
        if words(first.get("title")):
            return words(first.get("title"))
    return ""


def _details(message: Raw, attachments: Sequence[Raw]) -> dict[str, Any]:
    """Return what a bubble shows beyond words and files."""
    found: dict[str, Any] = {
        "payload": words(section(message.get("quick_reply")).get("payload")),
        "referral": words(section(message.get("referral")).get("ref")),
    }
    for attachment in attachments:
        kind = words(attachment.get("type"))
        payload = section(attachment.get("payload"))
        if kind in _LINKS:
            found["url"] = words(attachment.get("url")) or words(payload.get("url"))
        elif kind == _LOCATION:
            place = section(payload.get("coordinates"))
            found["latitude"], found["longitude"] = place.get("lat"), place.get("long")
            found["place"] = words(attachment.get("title"))
    return {name: value for name, value in found.items() if _is_shown(value)}


def _is_shown(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number or (isinstance(value, str) and bool(value))
