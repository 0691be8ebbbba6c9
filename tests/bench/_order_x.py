"""The acts of `bench order` in X's words: direct messages, which nobody rewords or unsends.

For rewording, reacting and unsending the customer's message is told again, with another
event id; being read stands for having arrived.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from tests.bench._order_talk import CONVERSATION, Item, Script, Talk, milliseconds

_US: Final = "1700000000000000001"


def _item(act: str, talk: Talk) -> Item:
    if act == "sent":
        letter = _letter(talk.ours, act, "At nine.", (_US, talk.customer))
        return _event("dm.sent", {"direct_message_events": [letter]})
    if act in ("delivered", "read"):
        mark = {
            "sender_id": talk.customer,
            "target": {"recipient_id": _US},
            "last_read_event_id": talk.ours,
            "created_timestamp": str(milliseconds(act)),
        }
        return _event("dm.read", {"direct_message_mark_read_events": [mark]})
    letter = _letter(talk.theirs, "message", "Hello", (talk.customer, _US))
    return _event("dm.received", {"direct_message_events": [letter]})


def _letter(name: str, act: str, text: str, way: tuple[str, str]) -> Item:
    sender, recipient = way
    return {
        "type": "message_create",
        "id": name,
        "created_timestamp": str(milliseconds(act)),
        "message_create": {
            "sender_id": sender,
            "target": {"recipient_id": recipient},
            "message_data": {"text": text},
        },
    }


def _event(kind: str, payload: Item) -> Item:
    return {
        "event_uuid": str(uuid4().int),
        "filter": {"user_id": _US},
        "event_type": kind,
        "payload": payload,
    }


def _body(items: Sequence[Item]) -> Any:
    return {"data": list(items)}


X: Final = Script(
    account=_US,
    item=_item,
    body=_body,
    ground=CONVERSATION,
    last_words="Hello",
    gone="unsent words, of which X tells nothing",
)
