"""Read an account's message templates, as far as filling them in takes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from core.domain.rich import Template, TemplateText
from core.platforms.base import ChannelSession
from core.platforms.untyped import Unreadable, items, required, section, words
from core.platforms.whatsapp.asking import ask_pages, business_of

Raw = Mapping[str, Any]

_FIELDS: Final = "name,status,category,language,components,parameter_format"
_PAGE: Final = "100"
_PLACE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_MEDIA_HEADERS: Final = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document"}
_PLAIN_BUTTONS: Final = frozenset({"QUICK_REPLY", "URL", "PHONE_NUMBER", "VOICE_CALL"})
_KNOWN_PARTS: Final = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS"})


async def templates(session: ChannelSession) -> list[Template]:
    """Return the templates of the business account that the number belongs to."""
    business = await business_of(session)
    raws = await ask_pages(
        session, f"{business}/message_templates", {"fields": _FIELDS, "limit": _PAGE}
    )
    return [template for raw in raws if (template := read_template(raw)) is not None]


def read_template(raw: Raw) -> Template | None:
    """Return a template, None when it has no name or no language to be sent by.

    One with parts that nobody could fill in here (codes, catalogues, carousels) is listed
    and not sendable.
    """
    try:
        name = required(raw.get("name"), "name")
        language = required(raw.get("language"), "language")
    except Unreadable:
        return None
    parts = [section(part) for part in items(raw.get("components"))]
    header = _part(parts, "HEADER")
    buttons = [section(one) for one in items(_part(parts, "BUTTONS").get("buttons"))]
    heading = words(header.get("format")).upper() or "TEXT"
    return Template(
        name=name,
        language=language,
        status=words(raw.get("status")).upper(),
        category=words(raw.get("category")).upper(),
        header=_text(header) if heading == "TEXT" and header else None,
        header_media=_MEDIA_HEADERS.get(heading),
        body=_text(_part(parts, "BODY")),
        footer=words(_part(parts, "FOOTER").get("text")),
        buttons=tuple(map(_button, buttons)),
        sendable=_sendable(parts, heading, buttons),
    )


def _sendable(parts: Sequence[Raw], heading: str, buttons: Sequence[Raw]) -> bool:
    known = all(words(part.get("type")).upper() in _KNOWN_PARTS for part in parts)
    headed = heading == "TEXT" or heading in _MEDIA_HEADERS
    plain = all(words(one.get("type")).upper() in _PLAIN_BUTTONS for one in buttons)
    return known and headed and plain


def _part(parts: Sequence[Raw], kind: str) -> Raw:
    found = (part for part in parts if words(part.get("type")).upper() == kind)
    return next(found, section(None))


def _button(raw: Raw) -> TemplateText:
    """Return a button: its title, and how many values the address behind it takes."""
    places = _PLACE.findall(words(raw.get("url")))
    return TemplateText(text=words(raw.get("text")), placeholders=min(1, len(places)))


def _text(part: Raw) -> TemplateText:
    """Return words with their placeholders in one spelling: numbered, or by their names."""
    text = words(part.get("text"))
    places = list(dict.fromkeys(_PLACE.findall(text)))
    plain = _PLACE.sub(lambda found: "{{" + found.group(1) + "}}", text)
    if all(place.isdigit() and len(place) < 4 for place in places):
        most = max(map(int, places), default=0)
        return TemplateText(text=plain, placeholders=most)
    return TemplateText(text=plain, placeholders=len(places), names=tuple(places))
