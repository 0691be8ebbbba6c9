"""Webhooks of the tests' own making: what the sandbox's customers do not do by themselves."""

from collections.abc import Mapping

from core.clock import SystemClock
from core.domain.message import DeliveryState
from core.sandbox.state import Send
from core.sandbox.webhooks import Payload, whatsapp_status
from tests.flows.stage import INES, NUMBER, PAGE

SAID: Payload = {"message": {"mid": "m1", "text": "Un kilo, merci"}}
EDITED: Payload = {"message_edit": {"mid": "m1", "text": "Deux kilos", "num_edit": 1}}
UNSENT: Payload = {"message": {"mid": "m1", "is_deleted": True}}
LOVED: Payload = {
    "reaction": {"mid": "m1", "action": "react", "reaction": "love", "emoji": "❤"}
}
TAKEN_BACK: Payload = {"reaction": {"mid": "m1", "action": "unreact"}}


def instagram_event(
    event: Mapping[str, object], *, at: int = 0, entry_time: int = 0
) -> Payload:
    """Return a body that says `event` of Inès, `at` seconds after a moment an hour ago."""
    item = {
        "sender": {"id": INES.id},
        "recipient": {"id": PAGE.account_id},
        "timestamp": _milliseconds(at),
        **event,
    }
    entry = {"id": PAGE.account_id, "time": entry_time, "messaging": [item]}
    return {"object": "instagram", "entry": [entry]}


def instagram_echo_of(mid: str, text: str) -> Payload:
    """Return the echo of something typed in Instagram's own app, just now."""
    item = {
        "sender": {"id": PAGE.account_id},
        "recipient": {"id": INES.id},
        "timestamp": int(SystemClock().now().timestamp() * 1000),
        "message": {"mid": mid, "text": text, "is_echo": True},
    }
    entry = {"id": PAGE.account_id, "time": item["timestamp"], "messaging": [item]}
    return {"object": "instagram", "entry": [entry]}


def status_of(send: Send, state: DeliveryState) -> Payload:
    """Return WhatsApp's report that a message has come this far."""
    name = "sent" if state is DeliveryState.ACCEPTED else state.value
    return whatsapp_status(NUMBER, send, name, SystemClock().now())


def _milliseconds(offset: int) -> int:
    hour = 3600
    now = int(SystemClock().now().timestamp())
    return (now // hour * hour - hour + offset) * 1000
