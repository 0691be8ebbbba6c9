"""Write messages that are more than words and a file, and say which ones are never taken.

Limits are those of CONTRACTS 2.1; checked here, so that a message that cannot arrive is
refused with a reason, not with a code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from core.domain.rich import (
    ChoiceMessage,
    ContactCard,
    ContactsMessage,
    LocationMessage,
    ReactionMessage,
    RichContent,
    TemplateMessage,
)
from core.platforms.whatsapp.limits import (
    BUTTON_ID,
    BUTTON_TITLE,
    BUTTONS,
    CHOICE_TEXT,
    FOOTER_TEXT,
    HEADER_TEXT,
    LIST_BUTTON,
    LIST_ROW_DESCRIPTION,
    LIST_ROW_ID,
    LIST_ROW_TITLE,
    LIST_ROWS,
)

Json = dict[str, Any]

_HEADER_MEDIA: Final = frozenset({"image", "video", "document"})


def body_of(content: RichContent) -> Json:
    """Return the part of a send's body that carries `content`: its type and what it holds."""
    return _WRITERS[type(content)](content)


def problem_of(content: RichContent) -> str:
    """Return why WhatsApp would never take `content`, empty when it may."""
    check = _CHECKS.get(type(content))
    return check(content) if check is not None else ""


def _template(message: TemplateMessage) -> Json:
    components = [
        *_header(message),
        *_part("body", message.body, message.body_names),
        *(
            {
                "type": "button",
                "sub_type": "url",
                "index": str(index),
                "parameters": [{"type": "text", "text": value}],
            }
            for index, value in enumerate(message.buttons)
            if value
        ),
    ]
    template: Json = {"name": message.name, "language": {"code": message.language}}
    if components:
        template["components"] = components
    return {"type": "template", "template": template}


def _header(message: TemplateMessage) -> list[Json]:
    kind = message.header_media
    if kind is None:
        return _part("header", message.header, message.header_names)
    parameter = {"type": kind, kind: {"link": message.header_media_url}}
    return [{"type": "header", "parameters": [parameter]}]


def _part(kind: str, values: Sequence[str], names: Sequence[str]) -> list[Json]:
    parameters: list[Json] = [{"type": "text", "text": value} for value in values]
    for parameter, name in zip(parameters, names, strict=False):
        parameter["parameter_name"] = name
    return [{"type": kind, "parameters": parameters}] if parameters else []


def _location(place: LocationMessage) -> Json:
    body: Json = {"latitude": place.latitude, "longitude": place.longitude}
    if place.name:
        body["name"] = place.name
    if place.address:
        body["address"] = place.address
    return {"type": "location", "location": body}


def _contacts(message: ContactsMessage) -> Json:
    return {"type": "contacts", "contacts": [_card(card) for card in message.cards]}


def _card(card: ContactCard) -> Json:
    written: Json = {"name": {"formatted_name": card.name, "first_name": card.name}}
    if card.phones:
        written["phones"] = [{"phone": phone, "type": "WORK"} for phone in card.phones]
    if card.emails:
        written["emails"] = [{"email": email, "type": "WORK"} for email in card.emails]
    return written


def _choice(message: ChoiceMessage) -> Json:
    listed = message.list_button is not None
    body: Json = {"type": "list" if listed else "button", "body": {"text": message.text}}
    if message.header:
        body["header"] = {"type": "text", "text": message.header}
    if message.footer:
        body["footer"] = {"text": message.footer}
    body["action"] = _rows(message) if listed else _buttons(message)
    return {"type": "interactive", "interactive": body}


def _buttons(message: ChoiceMessage) -> Json:
    return {
        "buttons": [
            {"type": "reply", "reply": {"id": choice.id, "title": choice.title}}
            for choice in message.choices
        ]
    }


def _rows(message: ChoiceMessage) -> Json:
    rows: list[Json] = [{"id": one.id, "title": one.title} for one in message.choices]
    for row, choice in zip(rows, message.choices, strict=True):
        if choice.description:
            row["description"] = choice.description
    return {"button": message.list_button, "sections": [{"rows": rows}]}


def _reaction(message: ReactionMessage) -> Json:
    body = {"message_id": message.target_platform_id, "emoji": message.emoji}
    return {"type": "reaction", "reaction": body}


def _check_template(message: TemplateMessage) -> str:
    if message.header_media is None:
        return ""
    if message.header_media not in _HEADER_MEDIA:
        return "A template with such a header cannot be sent from here."
    fetchable = (message.header_media_url or "").startswith("https://")
    return "" if fetchable else "The file at the head of the template is missing."


def _check_location(place: LocationMessage) -> str:
    on_earth = -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180
    return "" if on_earth else "There is no such place on Earth."


def _check_contacts(message: ContactsMessage) -> str:
    named = bool(message.cards) and all(card.name.strip() for card in message.cards)
    return "" if named else "Every contact needs a name."


def _check_choice(message: ChoiceMessage) -> str:
    whole = (
        (message.text, CHOICE_TEXT, "The question"),
        (message.header, HEADER_TEXT, "The heading"),
        (message.footer, FOOTER_TEXT, "The last line"),
        (message.list_button or "", LIST_BUTTON, "The button of the list"),
    )
    if not message.text.strip():
        return "The question is empty."
    if message.list_button is not None and not message.list_button.strip():
        return "The list needs a button that opens it."
    return _too_long(whole) or _check_choices(message)


def _check_choices(message: ChoiceMessage) -> str:
    listed = message.list_button is not None
    most = LIST_ROWS if listed else BUTTONS
    titles, ids = (LIST_ROW_TITLE, LIST_ROW_ID) if listed else (BUTTON_TITLE, BUTTON_ID)
    if not 1 <= len(message.choices) <= most:
        return f"WhatsApp takes one to {most} choices here."
    if not all(choice.title.strip() and choice.id.strip() for choice in message.choices):
        return "Every choice needs a title."
    for taken in ("id", "title"):
        if len({getattr(one, taken) for one in message.choices}) < len(message.choices):
            return "Two choices are the same."
    return _too_long(
        part
        for choice in message.choices
        for part in (
            (choice.title, titles, f"The choice “{choice.title}”"),
            (choice.id, ids, f"The id of “{choice.title}”"),
            (choice.description, LIST_ROW_DESCRIPTION, f"What “{choice.title}” means"),
        )
    )


def _too_long(parts: Iterable[tuple[str, int, str]]) -> str:
    for text, limit, what in parts:
        if len(text) > limit:
            return f"{what} is too long for WhatsApp: {len(text)} of {limit} characters."
    return ""


def _check_reaction(message: ReactionMessage) -> str:
    return "" if message.target_platform_id else "That message cannot be reacted to."


_WRITERS: Final[Mapping[type[Any], Callable[[Any], Json]]] = {
    TemplateMessage: _template,
    LocationMessage: _location,
    ContactsMessage: _contacts,
    ChoiceMessage: _choice,
    ReactionMessage: _reaction,
}
_CHECKS: Final[Mapping[type[Any], Callable[[Any], str]]] = {
    TemplateMessage: _check_template,
    LocationMessage: _check_location,
    ContactsMessage: _check_contacts,
    ChoiceMessage: _check_choice,
    ReactionMessage: _check_reaction,
}
