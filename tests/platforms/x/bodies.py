"""Bodies of X's webhooks, for tests to vary."""

from typing import Any

from core.domain.incoming import Incoming, IncomingComment
from core.platforms.x import X

PLATFORM = X()
US, ANNA = "1700000000000000001", "1700000000000000002"


def event(kind: str, payload: Any, **more: Any) -> dict[str, Any]:
    data = {
        "event_uuid": "-9000000000000000001",
        "filter": {"user_id": US},
        "event_type": kind,
        "payload": payload,
        **more,
    }
    return {"data": data}


def a_post(**fields: Any) -> dict[str, Any]:
    return {
        "id": "1960000000000000050",
        "author_id": ANNA,
        "conversation_id": "1960000000000000050",
        "created_at": "2026-09-10T03:55:00.000Z",
        "text": "Hello @brulerie",
        "entities": {"mentions": [{"start": 6, "id": US, "username": "brulerie"}]},
        **fields,
    }


def old_post(**fields: Any) -> dict[str, Any]:
    return {
        "id": 1960000000000000100,
        "id_str": "1960000000000000050",
        "timestamp_ms": "1789012500000",
        "text": "@brulerie cut off here…",
        "user": {"id": 1700000000000000000, "id_str": ANNA, "screen_name": "anna_sorel"},
        "entities": {"user_mentions": [{"id_str": US, "indices": [0, 9]}]},
        **fields,
    }


def old_letter(**fields: Any) -> dict[str, Any]:
    return {
        "type": "message_create",
        "id": "1960000000000000060",
        "created_timestamp": "1789012345000",
        "message_create": {
            "target": {"recipient_id": US},
            "sender_id": ANNA,
            "message_data": {"text": "Hi", **fields},
        },
    }


def old(**lists: Any) -> dict[str, Any]:
    return {"for_user_id": US, **lists}


def only(payload: Any) -> Incoming:
    (fact,) = PLATFORM.read(payload)
    return fact


def comment_of(payload: Any) -> IncomingComment:
    fact = only(payload)
    assert isinstance(fact, IncomingComment)
    return fact
