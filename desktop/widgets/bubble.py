"""A message as the thread shows it, and the words for how far it has come."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication

from core.domain.message import DeliveryState
from desktop.widgets.when import clock_time
from desktop.widgets.writing import isolate, without_overrides


class Side(Enum):
    """On which side of the thread it stands, and in which colours."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    NOTE = "note"
    """Between members; customers never see it."""


class AttachmentKind(Enum):
    """Whether it is drawn, or offered by its name."""

    PHOTO = "photo"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A photo or a file of a message; `key` is what the provider is asked for."""

    key: str
    kind: AttachmentKind
    name: str
    width: int = 0
    height: int = 0
    """Pixels, or 0 where the platform does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The message that another one answers, in one line: whose it is, and what it says.

    `of` is the id of its bubble, None where it is not here.
    """

    of: Hashable | None
    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message. Replace it to change it: `ThreadView.update_bubble`."""

    id: Hashable
    side: Side
    text: str
    at: datetime
    sender: str
    delivery: DeliveryState | None = None
    reason: str = ""
    """The platform's own words, for a message that failed."""
    attachments: tuple[Attachment, ...] = ()
    by_assistant: bool = False
    edited: bool = False
    reactions: tuple[str, ...] = ()
    quote: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNote:
    """How a delivery state is shown: an icon, words, and the token of their colour."""

    icon: str
    words: str
    colour: str
    stands_alone: bool = False
    """True for what a person must not overlook: it gets a line of its own."""
    action: str = ""
    """What a person can do about it, as words to click."""


_ICONS: Final = {
    DeliveryState.QUEUED: ("clock", "muted"),
    DeliveryState.SENDING: ("sending", "muted"),
    DeliveryState.ACCEPTED: ("check", "muted"),
    DeliveryState.DELIVERED: ("check-double", "muted"),
    DeliveryState.READ: ("check-double", "accent_text"),
    DeliveryState.FAILED: ("failed", "danger_text"),
    DeliveryState.UNCERTAIN: ("uncertain", "warning_text"),
    DeliveryState.HELD: ("pause", "warning_text"),
    DeliveryState.CANCELLED: ("close", "muted"),
}


_WAITS_FOR_A_PERSON: Final = frozenset(
    {DeliveryState.FAILED, DeliveryState.UNCERTAIN, DeliveryState.HELD}
)


def delivery_note(bubble: Bubble) -> DeliveryNote | None:
    """Return how far `bubble` has come, in words, or None for what was not sent by us."""
    state = bubble.delivery
    if state is None:
        return None
    icon, colour = _ICONS[state]
    return DeliveryNote(
        icon=icon,
        words=_delivery_words(state, bubble.reason),
        colour=colour,
        stands_alone=state in _WAITS_FOR_A_PERSON,
        action=_action_words(state),
    )


def _action_words(state: DeliveryState) -> str:
    """Return what a person can do about a message that does not go on by itself."""
    translate = QCoreApplication.translate
    words = {
        DeliveryState.FAILED: translate("Thread", "Try again…"),
        DeliveryState.UNCERTAIN: translate("Thread", "Look into it"),
        DeliveryState.HELD: translate("Thread", "Send or withdraw…"),
    }
    return words.get(state, "")


def _delivery_words(state: DeliveryState, reason: str) -> str:
    translate = QCoreApplication.translate
    words = {
        DeliveryState.QUEUED: translate("Thread", "Waiting to be sent"),
        DeliveryState.SENDING: translate("Thread", "Sending…"),
        DeliveryState.ACCEPTED: translate("Thread", "Sent"),
        DeliveryState.DELIVERED: translate("Thread", "Delivered"),
        DeliveryState.READ: translate("Thread", "Read"),
        DeliveryState.FAILED: translate("Thread", "Not sent"),
        DeliveryState.UNCERTAIN: translate(
            "Thread", "It is not known whether this arrived."
        ),
        DeliveryState.HELD: translate(
            "Thread", "Held back: the assistant was switched off."
        ),
        DeliveryState.CANCELLED: translate("Thread", "Cancelled"),
    }
    if state is DeliveryState.FAILED and reason:
        failed = translate("Thread", "Not sent: %1")
        return failed.replace("%1", isolate(reason))
    return words[state]


def meta_words(bubble: Bubble) -> str:
    """Return the line under a bubble, without its delivery: time, sender, what was done."""
    parts = [clock_time(bubble.at)]
    if bubble.sender:
        parts.append(isolate(bubble.sender))
    if bubble.side is Side.NOTE:
        parts.append(QCoreApplication.translate("Thread", "internal note"))
    if bubble.edited:
        parts.append(QCoreApplication.translate("Thread", "edited"))
    parts += bubble.reactions
    return " · ".join(parts)


def spoken(bubble: Bubble) -> str:
    """Return the message as a screen reader says it: who, when, what, how far."""
    names = [attachment.name for attachment in bubble.attachments]
    parts = [f"{meta_words(bubble)}: {without_overrides(bubble.text)}", *names]
    if bubble.quote is not None:
        answers = QCoreApplication.translate("Thread", "In reply to %1: %2")
        answers = answers.replace("%1", bubble.quote.who)
        parts.append(answers.replace("%2", bubble.quote.words))
    note = delivery_note(bubble)
    if note is not None:
        parts += [note.words, note.action]
    return ". ".join(part.rstrip(".") for part in parts if part)
