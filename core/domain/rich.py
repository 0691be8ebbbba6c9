"""Messages that are more than words and a file.

Not every platform takes each of them: a manifest's `rich` says which. What one of these
looks like to a reader is its `summary`, which is also the text that the thread keeps.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from core.domain.errors import Refused

_PLACE: Final = re.compile(r"\{\{(\w+)\}\}")
APPROVED: Final = "APPROVED"
"""The only status in which a template may be sent."""


class RichKind(StrEnum):
    """The kinds, as the database names them."""

    TEMPLATE = "template"
    LOCATION = "location"
    CONTACTS = "contacts"
    CHOICE = "choice"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateMessage:
    """An approved template, filled in.

    `header` and `body` hold the values of its placeholders in their order, `buttons` one
    value for each of its buttons, empty where there is nothing to fill in. Placeholders
    that the platform knows by name have those in `header_names` and `body_names`.
    `header_media_url` is the picture, video or document of a header that has one, and
    `header_media` says which. `summary` is the text as the customer reads it.
    """

    name: str
    language: str
    header: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    header_names: tuple[str, ...] = ()
    body_names: tuple[str, ...] = ()
    header_media: str | None = None
    header_media_url: str | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationMessage:
    """A place on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    @property
    def summary(self) -> str:
        """Return the place as one line."""
        words = ", ".join(part for part in (self.name, self.address) if part)
        return words or f"{self.latitude:.5f}, {self.longitude:.5f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """One person or firm to call."""

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsMessage:
    """Cards to keep."""

    cards: tuple[ContactCard, ...]

    @property
    def summary(self) -> str:
        """Return the cards as lines."""
        return "\n".join(" ".join((card.name, *card.phones)) for card in self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to press; `id` comes back when the customer does."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceMessage:
    """A question with buttons, or with a list that opens under `list_button`."""

    text: str
    choices: tuple[Choice, ...]
    list_button: str | None = None
    header: str = ""
    footer: str = ""

    @property
    def summary(self) -> str:
        """Return the question and what can be pressed."""
        return "\n".join((self.text, *(f"[{choice.title}]" for choice in self.choices)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionMessage:
    """A sign put on one of the conversation's messages; an empty `emoji` takes it away."""

    target_platform_id: str
    emoji: str

    @property
    def summary(self) -> str:
        """Return the sign."""
        return self.emoji


RichContent = (
    TemplateMessage | LocationMessage | ContactsMessage | ChoiceMessage | ReactionMessage
)

KINDS: Mapping[type[Any], RichKind] = {
    TemplateMessage: RichKind.TEMPLATE,
    LocationMessage: RichKind.LOCATION,
    ContactsMessage: RichKind.CONTACTS,
    ChoiceMessage: RichKind.CHOICE,
    ReactionMessage: RichKind.REACTION,
}


def kind_of(content: RichContent) -> RichKind:
    """Return the name under which this kind is stored and looked up in a manifest."""
    return KINDS[type(content)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText:
    """One part of a template as its platform holds it: words with `{{1}}`, `{{2}}`.

    `names` are those of its placeholders where the platform numbers none; `text` of a
    button is its title, and its placeholder is in the address that it opens.
    """

    text: str
    placeholders: int
    names: tuple[str, ...] = ()

    def filled(self, values: Sequence[str]) -> str:
        """Return the words with `values` in the places of the placeholders."""
        known = dict(zip(self.place_names, values, strict=False))
        return _PLACE.sub(lambda place: known.get(place[1]) or place[0], self.text)

    @property
    def place_names(self) -> tuple[str, ...]:
        """Return what the placeholders are called, numbers or names, in their order."""
        return self.names or tuple(str(n) for n in range(1, self.placeholders + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A message template of a channel, as far as filling it in needs to know.

    `status` is in upper case as platforms write it; `sendable` is False for a template
    with parts that cannot be filled in here.
    """

    name: str
    language: str
    status: str
    category: str = ""
    header: TemplateText | None = None
    header_media: str | None = None
    body: TemplateText = field(
        default_factory=lambda: TemplateText(text="", placeholders=0)
    )
    footer: str = ""
    buttons: tuple[TemplateText, ...] = ()
    sendable: bool = True

    @property
    def ready(self) -> bool:
        """Return whether it may be sent as far as anybody knows now."""
        return self.sendable and self.status == APPROVED

    def places(self, values: Sequence[str]) -> "TemplateValues":
        """Return values that were given in the order in which the places are read.

        The address of a header's file stands first, where there is one. Too few or too
        many are kept as they are, for `filled` to say so.
        """
        left = list(values)
        media = left.pop(0) if self.header_media and left else None
        header = self.header.placeholders if self.header else 0
        split = header + self.body.placeholders
        return TemplateValues(
            header=tuple(left[:header]),
            body=tuple(left[header:split]),
            buttons=tuple(left[split:]),
            header_media_url=media,
        )

    def filled(self, values: "TemplateValues") -> TemplateMessage:
        """Return the message that these values make of the template.

        Raises:
            Refused: values are missing, empty or too many, or the header needs a file.
        """
        _check(self, values)
        header = self.header or TemplateText(text="", placeholders=0)
        buttons = iter(values.buttons)
        return TemplateMessage(
            name=self.name,
            language=self.language,
            header=values.header,
            body=values.body,
            buttons=tuple(
                next(buttons) if button.placeholders else "" for button in self.buttons
            ),
            header_names=header.names,
            body_names=self.body.names,
            header_media=self.header_media,
            header_media_url=values.header_media_url,
            summary=self.preview(values),
        )

    def preview(self, values: "TemplateValues") -> str:
        """Return what the customer will read; an empty place is shown as the place it is."""
        shown = (
            self.header.filled(values.header) if self.header else "",
            self.body.filled(values.body),
            self.footer,
            *(f"[{button.text}]" for button in self.buttons),
        )
        return "\n".join(filter(None, shown))


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateValues:
    """What a person fills into a template; `buttons` has values for those that need one."""

    header: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    header_media_url: str | None = None


def _check(template: Template, values: TemplateValues) -> None:
    header = template.header.placeholders if template.header else 0
    buttons = sum(1 for button in template.buttons if button.placeholders)
    given = (len(values.header), len(values.body), len(values.buttons))
    wanted = (header, template.body.placeholders, buttons)
    if given != wanted:
        raise Refused(
            f"The template {template.name} takes {sum(wanted)} values, not {sum(given)}.",
            "Fill in every placeholder.",
        )
    if not all(value.strip() for value in (*values.header, *values.body, *values.buttons)):
        raise Refused(
            f"A value of the template {template.name} is empty.",
            "Fill in every placeholder.",
        )
    if template.header_media and not (values.header_media_url or "").startswith("https://"):
        raise Refused(
            f"The template {template.name} needs its {template.header_media}.",
            "Give the https address of the file to show.",
        )
