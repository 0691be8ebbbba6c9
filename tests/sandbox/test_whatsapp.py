"""The WhatsApp side over real HTTP."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.domain.channel import PlatformName
from core.sandbox.accounts import ReceiptPlan, ReceiptTiming
from core.sandbox.faults import Endpoint
from core.sandbox.pictures import draw
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import (
    NUMBER,
    Listener,
    OpenSandbox,
    Watch,
    client_of,
    text_to,
)

LEA = Person(platform=PlatformName.WHATSAPP, id="33639980101", name="Léa", username="")
SEND = f"/{NUMBER.account_id}/messages"


def statuses(listener: Listener) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for payload in listener.payloads():
        entry: Any = payload["entry"]
        found.extend(entry[0]["changes"][0]["value"].get("statuses", []))
    return found


async def test_accepted_text_is_answered_and_recorded(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    answer = await graph.post(SEND, json=text_to("+33 6 39 98 01 01", opaque="item-7"))

    assert answer.status_code == 200
    body = answer.json()
    assert body["messaging_product"] == "whatsapp"
    assert body["contacts"] == [{"input": "+33 6 39 98 01 01", "wa_id": "33639980101"}]
    assert set(body["messages"][0]) == {"id"}
    (send,) = sandbox.sends()
    assert send.order == 1
    assert send.endpoint is Endpoint.WHATSAPP_MESSAGES
    assert (send.recipient, send.opaque_id) == ("33639980101", "item-7")
    assert send.message_id == body["messages"][0]["id"]


async def test_version_in_the_path_may_be_left_out(sandbox: Sandbox) -> None:
    async with client_of(sandbox) as client:
        answer = await client.post(f"{sandbox.url}{SEND}", json=text_to(LEA.id))
    assert answer.status_code == 200


async def test_statuses_follow_in_order_and_return_our_id(
    graph: httpx.AsyncClient, sandbox: Sandbox, listener: Listener
) -> None:
    answer = await graph.post(SEND, json=text_to(LEA.id, opaque="item-9"))
    await sandbox.settle()

    told = statuses(listener)
    assert [entry["status"] for entry in told] == ["sent", "delivered", "read"]
    assert {entry["biz_opaque_callback_data"] for entry in told} == {"item-9"}
    assert {entry["id"] for entry in told} == {answer.json()["messages"][0]["id"]}
    assert {entry["recipient_id"] for entry in told} == {LEA.id}
    assert all("conversation" not in entry for entry in told)


async def test_statuses_may_come_doubled_reversed_and_before_the_answer(
    opened: OpenSandbox, listener: Listener
) -> None:
    plan = ReceiptPlan(
        whatsapp=("read", "sent"),
        copies=2,
        delay_seconds=0,
        timing=ReceiptTiming.BEFORE_ANSWER,
    )
    async with opened(plan) as sandbox, client_of(sandbox) as client:
        await client.post(SEND, json=text_to(LEA.id))
        told = [entry["status"] for entry in statuses(listener)]
    assert told == ["read", "read", "sent", "sent"]


async def test_failed_status_carries_an_error(
    opened: OpenSandbox, listener: Listener
) -> None:
    async with opened(ReceiptPlan(whatsapp=("sent", "failed"))) as sandbox:
        async with client_of(sandbox) as client:
            await client.post(SEND, json=text_to(LEA.id))
        await sandbox.settle()
    assert statuses(listener)[-1]["errors"][0]["code"] == 131026


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image", "image": {"id": "1", "caption": "voilà"}},
        {"type": "video", "video": {"link": "https://media.example/a.mp4"}},
        {"type": "document", "document": {"id": "1", "filename": "facture.pdf"}},
        {"type": "audio", "audio": {"id": "1"}},
        {"type": "sticker", "sticker": {"id": "1"}},
        {"type": "location", "location": {"latitude": 45.7, "longitude": 4.8}},
        {"type": "contacts", "contacts": [{"name": {"formatted_name": "Ana"}}]},
        {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": ""}},
        {
            "type": "interactive",
            "interactive": {
                "type": "button",
                "body": {"text": "Moulu ?"},
                "action": {
                    "buttons": [{"type": "reply", "reply": {"id": "1", "title": "Oui"}}]
                },
            },
        },
        {
            "type": "interactive",
            "interactive": {
                "type": "list",
                "body": {"text": "Quel café ?"},
                "action": {"button": "Voir", "sections": [{"rows": [{"id": "1"}]}]},
            },
        },
        {"type": "template", "template": {"name": "hello", "language": {"code": "fr"}}},
    ],
    ids=lambda part: str(part["type"]),
)
async def test_every_kind_of_message_is_accepted(
    graph: httpx.AsyncClient, sandbox: Sandbox, part: Mapping[str, object]
) -> None:
    answer = await graph.post(
        SEND, json={"messaging_product": "whatsapp", "to": LEA.id, **part}
    )
    assert answer.status_code == 200, answer.text
    assert sandbox.sends()[0].type == part["type"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"to": ""}, 131008),
        ({"type": "fax"}, 131051),
        ({"text": {"body": ""}}, 131008),
        ({"text": {"body": "x" * 4097}}, 131009),
        ({"biz_opaque_callback_data": "x" * 513}, 131009),
        ({"type": "audio", "audio": {"id": "1", "caption": "no"}}, 131009),
        ({"type": "image", "image": {}}, 131008),
        ({"to": NUMBER.display_phone_number}, 131021),
    ],
)
async def test_malformed_message_is_refused_and_leaves_no_trace(
    graph: httpx.AsyncClient, sandbox: Sandbox, change: Mapping[str, object], code: int
) -> None:
    answer = await graph.post(SEND, json={**text_to(LEA.id), **change})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["type"] == "OAuthException"
    assert sandbox.sends() == ()


async def test_user_id_stands_in_for_a_phone_number(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    message = {**text_to(LEA.id), "recipient": "FR.abc"}
    del message["to"]
    answer = await graph.post(SEND, json=message)
    assert answer.json()["contacts"] == [{"input": "FR.abc", "user_id": "FR.abc"}]
    assert sandbox.sends()[0].recipient == "FR.abc"


async def test_read_mark_and_typing_are_no_sends(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}
    typing = {**mark, "typing_indicator": {"type": "text"}}
    assert (await graph.post(SEND, json=mark)).json() == {"success": True}
    assert (await graph.post(SEND, json=typing)).json() == {"success": True}
    assert sandbox.sends() == ()


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer stolen"}])
async def test_wrong_token_is_answered_190(
    sandbox: Sandbox, header: Mapping[str, str]
) -> None:
    async with httpx.AsyncClient(trust_env=False) as stranger:
        answer = await stranger.post(
            f"{sandbox.url}{SEND}", json=text_to(LEA.id), headers=header
        )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == 190
    assert sandbox.sends() == ()


async def test_unknown_number_is_no_object_of_ours(graph: httpx.AsyncClient) -> None:
    answer = await graph.post("/999/messages", json=text_to(LEA.id))
    assert (answer.json()["error"]["code"], answer.json()["error"]["error_subcode"]) == (
        100,
        33,
    )


async def test_body_that_is_not_json_is_code_100(graph: httpx.AsyncClient) -> None:
    answer = await graph.post(
        SEND, content=b'{"to":', headers={"Content-Type": "application/json"}
    )
    assert answer.json()["error"]["code"] == 100


async def test_uploaded_media_comes_back_byte_for_byte_and_can_be_deleted(
    graph: httpx.AsyncClient, watch: Watch
) -> None:
    content = bytes(range(256)) * 4 + b"\r\n--x\r\n\r\n"
    upload = await graph.post(
        f"/{NUMBER.account_id}/media",
        data={"messaging_product": "whatsapp", "type": "image/png"},
        files={"file": ("bag.png", content, "image/png")},
    )
    assert set(upload.json()) == {"id"}
    media_id = upload.json()["id"]

    found = (await graph.get(f"/{media_id}")).json()
    assert found["file_size"] == str(len(content))
    assert found["mime_type"] == "image/png"
    assert found["sha256"] == hashlib.sha256(content).hexdigest()
    assert (await graph.get(found["url"])).content == content
    assert (await graph.get(found["url"], headers={"Authorization": ""})).status_code == 401

    watch.advance(timedelta(minutes=5))
    assert (await graph.get(found["url"])).status_code == 404

    assert (await graph.delete(f"/{media_id}")).json() == {"success": True}
    assert (await graph.get(f"/{media_id}")).json()["error"]["code"] == 100


async def test_upload_of_an_unknown_type_is_refused(graph: httpx.AsyncClient) -> None:
    upload = await graph.post(
        f"/{NUMBER.account_id}/media",
        data={"messaging_product": "whatsapp"},
        files={"file": ("x.bin", b"1", "chemical/x-pdb")},
    )
    assert upload.json()["error"]["code"] == 131053


async def test_number_describes_itself(graph: httpx.AsyncClient) -> None:
    answer = await graph.get(f"/{NUMBER.account_id}")
    assert answer.json()["display_phone_number"] == NUMBER.display_phone_number


async def test_customers_text_arrives_in_metas_envelope(
    sandbox: Sandbox, listener: Listener, watch: Watch
) -> None:
    written = await sandbox.write(LEA, "C'est encore ouvert ?")

    assert written.delivery.arrived
    (payload,) = listener.payloads()
    assert listener.bodies[0][0].endswith("/webhooks/whatsapp")
    assert payload == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": NUMBER.waba_id,
                "changes": [
                    {
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": NUMBER.display_phone_number,
                                "phone_number_id": NUMBER.account_id,
                            },
                            "contacts": [{"profile": {"name": "Léa"}, "wa_id": LEA.id}],
                            "messages": [
                                {
                                    "from": LEA.id,
                                    "id": written.id,
                                    "timestamp": str(int(watch.at.timestamp())),
                                    "type": "text",
                                    "text": {"body": "C'est encore ouvert ?"},
                                }
                            ],
                        },
                        "field": "messages",
                    }
                ],
            }
        ],
    }


async def test_customers_picture_can_be_fetched_by_its_id(
    graph: httpx.AsyncClient, sandbox: Sandbox, listener: Listener
) -> None:
    picture = draw("torn-bag")
    await sandbox.write(LEA, "Arrivé comme ça", picture)

    entry: Any = listener.payloads()[0]["entry"]
    (message,) = entry[0]["changes"][0]["value"]["messages"]
    image = message["image"]
    assert (message["type"], image["caption"]) == ("image", "Arrivé comme ça")
    digest = base64.b64encode(hashlib.sha256(picture).digest()).decode()
    assert (image["mime_type"], image["sha256"]) == ("image/png", digest)
    found = (await graph.get(f"/{image['id']}")).json()
    assert (await graph.get(found["url"])).content == picture
