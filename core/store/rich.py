"""Messages that are more than words, as `outbox_items.payload` keeps them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from core.domain.rich import (
    Choice,
    ChoiceMessage,
    ContactCard,
    ContactsMessage,
    LocationMessage,
    ReactionMessage,
    RichContent,
    RichKind,
    TemplateMessage,
    kind_of,
)

Stored = Mapping[str, Any]


def stored(content: RichContent) -> dict[str, Any]:
    """Return `content` as JSON values: its own members, and its kind."""
    return {"kind": kind_of(content).value, **asdict(content)}


def restored(content: Stored) -> RichContent:
    """Return what `stored` made of a message."""
    values = {name: value for name, value in content.items() if name != "kind"}
    return _RESTORERS[RichKind(content["kind"])](values)


def _template(values: Stored) -> TemplateMessage:
    return TemplateMessage(**{name: _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _contacts(values: Stored) -> ContactsMessage:
    return ContactsMessage(
        cards=tuple(
            ContactCard(**{name: _plain(value) for name, value in card.items()})
            for card in values["cards"]
        )
    )


def _choice(values: Stored) -> ChoiceMessage:
    choices = tuple(Choice(**choice) for choice in values["choices"])
    return ChoiceMessage(**{**values, "choices": choices})


_RESTORERS: Mapping[RichKind, Callable[[Stored], RichContent]] = {
    RichKind.TEMPLATE: _template,
    RichKind.LOCATION: lambda values: LocationMessage(**values),
    RichKind.CONTACTS: _contacts,
    RichKind.CHOICE: _choice,
    RichKind.REACTION: lambda values: ReactionMessage(**values),
}
