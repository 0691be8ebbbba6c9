"""A body that cannot be kept as it came costs its neighbours nothing."""

import json
from hashlib import sha256
from uuid import uuid4

import pytest

from core.actions import receive
from core.domain.ids import EventId
from core.store import webhook_events
from core.store.webhook_events import ReceivedBody
from tests.fixtures.inbox import Arrange, KitOf


def whatsapp(number: str, text: str) -> bytes:
    """Return the webhook of a customer's message."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "336", "phone_number_id": number},
        "messages": [
            {
                "from": "33600000001",
                "id": f"wamid.{text}",
                "timestamp": "1763640000",
                "type": "text",
                "text": {"body": text},
            }
        ],
    }
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    body = {"object": "whatsapp_business_account", "entry": [entry], "more": "@"}
    return json.dumps(body).encode()


@pytest.mark.allows_log("inbound.parked")
@pytest.mark.parametrize(
    ("spoil", "end"),
    [
        (b"[" * 300 + b"]" * 300, "parked"),
        (b"[" * 900 + b"]" * 900, "parked"),
        (b"[" * 100_000 + b"]" * 100_000, "parked"),
        (b'"\xed\xa0\x80"', "done"),
        (b'"\\ud800"', "done"),
        (b'"\\u0000"', "done"),
    ],
    ids=["deep", "deeper", "bottomless", "half a pair", "half a pair escaped", "nul"],
)
async def test_what_json_allows_and_a_database_does_not(
    spoil: bytes, end: str, kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    number = str(arrange.row("social_accounts", arrange.channel())["account_id"])
    good, odd = whatsapp(number, "good"), whatsapp(number, "odd").replace(b'"@"', spoil)
    bodies = [
        ReceivedBody(
            id=EventId(uuid4()),
            platform="whatsapp",
            body=body,
            sha256=sha256(body).digest(),
        )
        for body in (odd, good)
    ]
    async with kit.database.claim() as unit:
        await webhook_events.insert(unit, bodies)
    async with kit.database.claim() as unit:
        claimed = await webhook_events.claim(unit, limit=10, lease=60)
    await receive.events(kit, claimed)
    states = [arrange.row("webhook_events", body.id)["state"] for body in bodies]
    assert states == [end, "done"]


async def test_an_unknown_kind_with_half_a_character_is_shown_not_put_aside(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    number = str(arrange.row("social_accounts", arrange.channel())["account_id"])
    body = whatsapp(number, "odd").replace(
        b'"type": "text"', b'"type": "hologram", "hologram": {"depth": "\\ud800 \\u0000"}'
    )
    received = ReceivedBody(
        id=EventId(uuid4()), platform="whatsapp", body=body, sha256=sha256(body).digest()
    )
    async with kit.database.claim() as unit:
        await webhook_events.insert(unit, [received])
    async with kit.database.claim() as unit:
        claimed = await webhook_events.claim(unit, limit=10, lease=60)
    await receive.events(kit, claimed)
    assert arrange.row("webhook_events", received.id)["state"] == "done"
    kept = "select metadata from conversation_messages where message_type = 'unsupported'"
    assert arrange.value(kept)["raw"]["hologram"] == {"depth": "\ufffd "}
