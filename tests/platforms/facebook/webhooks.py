"""Bodies of webhooks about a Page, of our own making."""

from typing import Any

from core.domain.incoming import Incoming
from core.platforms.facebook import Facebook

PAGE, CUSTOMER = "104777", "7700110022"
SECONDS = 1789012345


def messaging(*events: dict[str, Any], under: str = "messaging") -> dict[str, Any]:
    entry = {"id": PAGE, "time": SECONDS * 1000, under: list(events)}
    return {"object": "page", "entry": [entry]}


def event(**body: Any) -> dict[str, Any]:
    return {
        "sender": {"id": CUSTOMER},
        "recipient": {"id": PAGE},
        "timestamp": SECONDS * 1000,
        **body,
    }


def message(**body: Any) -> dict[str, Any]:
    return event(message={"mid": "m_1", **body})


def attached(kind: str, payload: dict[str, Any] | None = None, **more: Any) -> Any:
    return message(attachments=[{"type": kind, "payload": payload, **more}])


def feed(
    value: dict[str, Any], *, field: str = "feed", time: int = SECONDS
) -> dict[str, Any]:
    change = {"field": field, "value": value}
    return {"object": "page", "entry": [{"id": PAGE, "time": time, "changes": [change]}]}


def comment(
    verb: str, value: dict[str, Any] | None = None, *, time: int = SECONDS
) -> dict[str, Any]:
    known = {
        "item": "comment",
        "verb": verb,
        "post_id": f"{PAGE}_9",
        "comment_id": "9_1",
        "created_time": SECONDS - 60,
        "from": {"id": "55", "name": "Ada"},
    }
    return feed({**known, **(value or {})}, time=time)


def read(payload: Any) -> list[Incoming]:
    return Facebook().read(payload)


def only(payload: Any) -> Any:
    [fact] = read(payload)
    return fact
