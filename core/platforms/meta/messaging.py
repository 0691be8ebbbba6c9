"""What Messenger and Instagram say in the same words: reactions, edits, buttons, parties.

Both put one event about one thread into `messaging` (or `standby`, while another app owns
the thread), with `sender`, `recipient` and one member that names its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict

from core.domain.incoming import (
    Incoming,
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
    Sender,
)
from core.domain.message import MessageType
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    optional_words,
    required,
    section,
    words,
)

Raw = Mapping[str, Any]

_EMOJI: Final = {
    "love": "❤",
    "like": "👍",
    "dislike": "👎",
    "smile": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😠",
}
"""Reactions come with a name, a sign or both."""


class Common(TypedDict):
    """What every fact of an event has."""

    account_id: str
    at: datetime
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened in one thread of `account_id`; `body` belongs to its kind."""

    account_id: str
    at: datetime
    raw: Raw
    body: Raw

    @property
    def common(self) -> Common:
        """Return what every fact made of this has."""
        return {"account_id": self.account_id, "at": self.at, "raw": self.raw}

    def party(self, role: str) -> Sender:
        """Return the `sender` or `recipient`; Unreadable when it has no id."""
        return Sender(
            platform_customer_id=required(section(self.raw.get(role)).get("id"), role)
        )

    @property
    def ours(self) -> bool:
        """Return whether we wrote it; the flag is trusted above the names of the parties."""
        sender = identifier(section(self.raw.get("sender")).get("id"))
        return bool(self.body.get("is_echo")) or sender == self.account_id


def read_reaction(event: Event) -> Incoming:
    """Return a reaction; it has no id of its own, so its key says who, what and when."""
    target_id = required(event.body.get("mid"), "mid")
    sender = event.party("sender")
    action = words(event.body.get("action"))
    taken_back = action == "unreact"
    name = words(event.body.get("reaction"))
    emoji = words(event.body.get("emoji")) or _EMOJI.get(name, name)
    if not (taken_back or emoji):
        raise Unreadable("reaction")
    return IncomingReaction(
        **event.common,
        key=target_id,
        sub=f"{sender.platform_customer_id}:{action}:{event.at.isoformat()}",
        target_id=target_id,
        sender=sender,
        emoji="" if taken_back else emoji,
    )


def read_edit(event: Event) -> Incoming:
    """Return an edit; `num_edit` comes as text or number, and tells edits apart."""
    mid = required(event.body.get("mid"), "mid")
    return IncomingEdit(
        **event.common,
        key=mid,
        sub=identifier(event.body.get("num_edit")) or "",
        target_id=mid,
        text=optional_words(event.body.get("text")),
    )


def read_postback(event: Event) -> Incoming:
    """Return the press of a button; older ones have no `mid`."""
    payload = words(event.body.get("payload"))
    details = {
        "payload": payload,
        "referral": words(section(event.body.get("referral")).get("ref")),
    }
    return IncomingMessage(
        **event.common,
        key=identifier(event.body.get("mid")) or fingerprint(event.raw),
        sender=event.party("sender"),
        type=MessageType.POSTBACK,
        text=words(event.body.get("title")) or payload,
        details={name: value for name, value in details.items() if value},
    )
