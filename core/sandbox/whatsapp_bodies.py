"""Which WhatsApp message bodies the Cloud API takes, and with which words it refuses."""

from collections.abc import Callable, Mapping

from core.sandbox.graph_errors import GraphError

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
OPAQUE_LIMIT = 512
BUTTON_LIMIT = 3
BUTTON_TITLE_LIMIT = 20
LIST_ROW_LIMIT = 10

Body = Mapping[str, object]


def missing(name: str) -> GraphError:
    """Return the refusal of a body that lacks a member."""
    return GraphError(400, 131008, "Required parameter is missing", details=name)


def invalid(details: str) -> GraphError:
    """Return the refusal of a member with a value out of bounds."""
    return GraphError(400, 131009, "Parameter value is not valid", details=details)


def check_message(params: Body) -> str:
    """Return the type of a well-formed message body; raise what Meta would answer."""
    kind = params.get("type", "text")
    checker = CHECKERS.get(str(kind))
    if checker is None:
        details = f"type {kind!r} is not supported"
        raise GraphError(400, 131051, "Message type unknown", details=details)
    opaque = params.get("biz_opaque_callback_data", "")
    if not isinstance(opaque, str) or len(opaque) > OPAQUE_LIMIT:
        raise invalid(f"biz_opaque_callback_data holds at most {OPAQUE_LIMIT} characters")
    checker(params)
    return str(kind)


def _member(parent: Body, name: str) -> Body:
    value = parent.get(name)
    if not isinstance(value, Mapping):
        raise missing(name)
    return value


def _string(parent: Body, name: str, limit: int) -> str:
    value = parent.get(name)
    if not isinstance(value, str) or not value.strip():
        raise missing(name)
    if len(value) > limit:
        raise invalid(f"{name} holds at most {limit} characters")
    return value


def _items(parent: Body, name: str, limit: int) -> list[object]:
    value = parent.get(name)
    if not isinstance(value, list) or not value:
        raise missing(name)
    if len(value) > limit:
        raise invalid(f"{name} holds at most {limit} entries")
    return value


def _text(params: Body) -> None:
    _string(_member(params, "text"), "body", TEXT_LIMIT)


def _file(kind: str, *, captioned: bool) -> Callable[[Body], None]:
    def check(params: Body) -> None:
        body = _member(params, kind)
        if not (body.get("id") or body.get("link")):
            raise missing(f"{kind}.id or {kind}.link")
        if "caption" in body:
            if not captioned:
                raise invalid(f"{kind} takes no caption")
            _string(body, "caption", CAPTION_LIMIT)

    return check


def _location(params: Body) -> None:
    body = _member(params, "location")
    for name in ("latitude", "longitude"):
        if name not in body:
            raise missing(f"location.{name}")


def _contacts(params: Body) -> None:
    for contact in _items(params, "contacts", 257):
        if not isinstance(contact, Mapping):
            raise invalid("contacts holds objects")
        _string(_member(contact, "name"), "formatted_name", 1024)


def _reaction(params: Body) -> None:
    body = _member(params, "reaction")
    _string(body, "message_id", 512)
    if "emoji" not in body:
        raise missing("reaction.emoji")


def _interactive(params: Body) -> None:
    body = _member(params, "interactive")
    kind = _string(body, "type", 64)
    action = _member(body, "action")
    if kind == "button":
        _string(_member(body, "body"), "text", CAPTION_LIMIT)
        for button in _items(action, "buttons", BUTTON_LIMIT):
            _reply_button(button)
    elif kind == "list":
        _string(_member(body, "body"), "text", TEXT_LIMIT)
        _list_rows(_items(action, "sections", LIST_ROW_LIMIT))


def _reply_button(button: object) -> None:
    if not isinstance(button, Mapping):
        raise invalid("buttons holds objects")
    reply = _member(button, "reply")
    _string(reply, "id", 256)
    _string(reply, "title", BUTTON_TITLE_LIMIT)


def _list_rows(sections: list[object]) -> None:
    rows = 0
    for section in sections:
        if not isinstance(section, Mapping):
            raise invalid("sections holds objects")
        rows += len(_items(section, "rows", LIST_ROW_LIMIT))
    if rows > LIST_ROW_LIMIT:
        raise invalid(f"a list holds at most {LIST_ROW_LIMIT} rows")


def _template(params: Body) -> None:
    body = _member(params, "template")
    _string(body, "name", 512)
    _string(_member(body, "language"), "code", 16)


CHECKERS: Mapping[str, Callable[[Body], None]] = {
    "text": _text,
    "image": _file("image", captioned=True),
    "video": _file("video", captioned=True),
    "document": _file("document", captioned=True),
    "audio": _file("audio", captioned=False),
    "sticker": _file("sticker", captioned=False),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}
