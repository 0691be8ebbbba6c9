"""What happens in one conversation, in each platform's own words.

A script has seven acts: the customer writes, rewords, takes back; somebody reacts to what
we wrote; and our message is sent, delivered and read. Each act becomes the item that the
platform's webhook carries, and any sequence of items a body. Times belong to the acts, not
to the order they are told in. Where a dialect has no such act, its nearest one stands in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.domain.channel import PlatformName

NOON: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACTS: Final = ("message", "edit", "reaction", "delete", "sent", "delivered", "read")
MORE: Final = (*ACTS, "edit_again", "unreact")
"""What befalls a message twice: of two rewordings and two reactions the later one stands."""

Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation: the ids in it, all different from those of any other.

    `opaque` is our own id of what we sent, `ours` the platform's.
    """

    number: int
    opaque: str

    @property
    def customer(self) -> str:
        """Return the customer's id."""
        return f"336{self.number:09d}"

    @property
    def theirs(self) -> str:
        """Return the platform's id of the customer's message."""
        return f"theirs#{self.number}"

    @property
    def ours(self) -> str:
        """Return the platform's id of our message."""
        return f"ours#{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A platform's dialect: `item` words one act, `body` wraps items for one account."""

    account: str
    item: Callable[[str, Talk], Item]
    body: Callable[[Sequence[Item]], Any]


def moment(act: str) -> datetime:
    """Return when an act took place."""
    return NOON + timedelta(minutes=MORE.index(act))


def _seconds(act: str) -> str:
    return str(int(moment(act).timestamp()))


def _milliseconds(act: str) -> int:
    return int(moment(act).timestamp() * 1000)


_NUMBER = "1065403"
_PAGE = "1784140"


def _whatsapp_item(act: str, talk: Talk) -> Item:
    if act in ("sent", "delivered", "read"):
        return {
            "statuses": [
                {
                    "id": talk.ours,
                    "status": act,
                    "timestamp": _seconds(act),
                    "recipient_id": talk.customer,
                    "biz_opaque_callback_data": talk.opaque,
                }
            ]
        }
    parts: Mapping[str, Item] = {
        "message": {"id": talk.theirs, "type": "text", "text": {"body": "Hello"}},
        "edit": {
            "id": f"{talk.theirs}.edit",
            "type": "edit",
            "edit": {
                "original_message_id": talk.theirs,
                "message": {"type": "text", "text": {"body": "Hello there"}},
            },
        },
        "edit_again": {
            "id": f"{talk.theirs}.edit2",
            "type": "edit",
            "edit": {
                "original_message_id": talk.theirs,
                "message": {"type": "text", "text": {"body": "Hello again"}},
            },
        },
        "unreact": {
            "id": f"{talk.theirs}.unreact",
            "type": "reaction",
            "reaction": {"message_id": talk.ours, "emoji": ""},
        },
        "reaction": {
            "id": f"{talk.theirs}.reaction",
            "type": "reaction",
            "reaction": {"message_id": talk.ours, "emoji": "🙂"},
        },
        "delete": {
            "id": f"{talk.theirs}.revoke",
            "type": "revoke",
            "revoke": {"original_message_id": talk.theirs},
        },
    }
    message = {"from": talk.customer, "timestamp": _seconds(act), **parts[act]}
    contact = {"profile": {"name": "Nora"}, "wa_id": talk.customer}
    return {"contacts": [contact], "messages": [message]}


def _whatsapp_body(items: Sequence[Item]) -> Any:
    metadata = {"display_phone_number": "33639980042", "phone_number_id": _NUMBER}
    changes = [
        {
            "field": "messages",
            "value": {"messaging_product": "whatsapp", "metadata": metadata, **item},
        }
        for item in items
    ]
    entry = {"id": "1022901", "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _instagram_item(act: str, talk: Talk) -> Item:
    """Word an act; an echo stands for sent, and being read for having arrived."""
    from_us = act == "sent"
    people = {
        "sender": {"id": _PAGE if from_us else talk.customer},
        "recipient": {"id": talk.customer if from_us else _PAGE},
    }
    parts: Mapping[str, Item] = {
        "message": {"message": {"mid": talk.theirs, "text": "Hello"}},
        "edit": {
            "message_edit": {"mid": talk.theirs, "text": "Hello there", "num_edit": 1}
        },
        "edit_again": {
            "message_edit": {"mid": talk.theirs, "text": "Hello again", "num_edit": 2}
        },
        "unreact": {"reaction": {"mid": talk.ours, "action": "unreact"}},
        "reaction": {
            "reaction": {
                "mid": talk.ours,
                "action": "react",
                "reaction": "smile",
                "emoji": "🙂",
            }
        },
        "delete": {"message": {"mid": talk.theirs, "is_deleted": True}},
        "sent": {"message": {"mid": talk.ours, "text": "At nine.", "is_echo": True}},
        "delivered": {"read": {"mid": talk.ours}},
        "read": {"read": {"mid": talk.ours}},
    }
    return {**people, "timestamp": _milliseconds(act), **parts[act]}


def _instagram_body(items: Sequence[Item]) -> Any:
    entry = {"id": _PAGE, "time": _milliseconds("read"), "messaging": list(items)}
    return {"object": "instagram", "entry": [entry]}


SCRIPTS: Final[Mapping[PlatformName, Script]] = {
    PlatformName.WHATSAPP: Script(
        account=_NUMBER, item=_whatsapp_item, body=_whatsapp_body
    ),
    PlatformName.INSTAGRAM: Script(
        account=_PAGE, item=_instagram_item, body=_instagram_body
    ),
}
