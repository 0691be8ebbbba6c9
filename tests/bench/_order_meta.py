"""The acts of `bench order` in the words of Meta's three platforms.

Where a dialect has no such act, its nearest one stands in.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.bench._order_talk import (
    CONVERSATION,
    Item,
    Script,
    Talk,
    milliseconds,
    seconds,
)

_NUMBER = "1065403"
_PAGE = "1784140"
_WALL = "104777"


def _whatsapp_item(act: str, talk: Talk) -> Item:
    if act in ("sent", "delivered", "read"):
        return {
            "statuses": [
                {
                    "id": talk.ours,
                    "status": act,
                    "timestamp": seconds(act),
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
    message = {"from": talk.customer, "timestamp": seconds(act), **parts[act]}
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
    return {**people, "timestamp": milliseconds(act), **parts[act]}


def _instagram_body(items: Sequence[Item]) -> Any:
    entry = {"id": _PAGE, "time": milliseconds("read"), "messaging": list(items)}
    return {"object": "instagram", "entry": [entry]}


def _facebook_item(act: str, talk: Talk) -> Item:
    """Word an act; marks name a time and no message, an echo brings our own id back."""
    from_us = act == "sent"
    people = {
        "sender": {"id": _WALL if from_us else talk.customer},
        "recipient": {"id": talk.customer if from_us else _WALL},
    }
    echo = {
        "mid": talk.ours,
        "text": "At nine.",
        "is_echo": True,
        "app_id": 1,
        "metadata": talk.opaque,
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
            "reaction": {"mid": talk.ours, "action": "react", "emoji": "🙂"},
        },
        "delete": {"message": {"mid": talk.theirs, "is_deleted": True}},
        "sent": {"message": echo},
        "delivered": {"delivery": {"watermark": milliseconds(act)}},
        "read": {"read": {"watermark": milliseconds(act)}},
    }
    return {**people, "timestamp": milliseconds(act), **parts[act]}


def _facebook_body(items: Sequence[Item]) -> Any:
    entry = {"id": _WALL, "time": milliseconds("read"), "messaging": list(items)}
    return {"object": "page", "entry": [entry]}


WHATSAPP: Final = Script(
    account=_NUMBER, item=_whatsapp_item, body=_whatsapp_body, ground=CONVERSATION
)
INSTAGRAM: Final = Script(
    account=_PAGE, item=_instagram_item, body=_instagram_body, ground=CONVERSATION
)
FACEBOOK: Final = Script(
    account=_WALL, item=_facebook_item, body=_facebook_body, ground=CONVERSATION
)
