"""Messages that are more than words and a file.

Not every platform takes each of them: a manifest's `rich` says which. What one of these
looks like to a reader is its `summary`, which is also the text that the thread keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


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

    `header`, `body` and `buttons` hold the values of its placeholders in their order;
    `header_media_url` is the picture, video or document of a header that has one.
    `summary` is the text as the customer reads it.
    """

    name: str
    language: str
    header: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
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
    """One part of a template as its platform holds it: words with `{{1}}`, `{{2}}`."""

    text: str
    placeholders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A message template of a channel, as far as filling it in needs to know."""

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
