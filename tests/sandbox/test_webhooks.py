"""Signed bodies and their delivery."""

import asyncio
import json
from pathlib import Path

import pytest

from core.domain.channel import PlatformName
from core.sandbox.accounts import ReceiptPlan
from core.sandbox.posting import post_over_loopback
from core.sandbox.sandbox import Sandbox
from core.sandbox.signing import meta_json, signature
from core.sandbox.state import Person
from tests.sandbox.stage import SECRET, Listener, OpenSandbox, Watch

VECTORS = (
    Path(__file__).resolve().parents[3]
    / "shared"
    / "platforms"
    / "fixtures"
    / "signatures"
    / "vectors.json"
)
LEA = Person(platform=PlatformName.WHATSAPP, id="33639980101", name="Léa", username="")


def test_body_escapes_accents_and_slashes_as_meta_does() -> None:
    assert meta_json({"text": "café 👋", "url": "https://x.y"}) == (
        rb'{"text":"caf\u00e9 \ud83d\udc4b","url":"https:\/\/x.y"}'
    )


def test_signature_is_that_of_the_exact_bytes() -> None:
    body = rb'{"url":"https:\/\/x.y"}'
    assert signature("own-app-secret", body) == (
        "sha256=c568505ab4fc94dea8ebe86463b623274747116d47aa168c95d7a2a02bfa165c"
    )


def test_signature_agrees_with_recorded_vectors() -> None:
    if not VECTORS.exists():
        pytest.skip(f"no recorded signatures at {VECTORS}")
    vectors = [
        vector
        for vector in json.loads(VECTORS.read_text("utf-8"))
        if vector["scheme"] == "meta_x_hub_signature_256"
    ]
    assert vectors
    for vector in vectors:
        body = vector["raw_body"].encode()
        assert (signature(vector["secret"], body) == vector["header_value"]) is vector[
            "valid"
        ]
        assert meta_json(json.loads(body)) == body


async def test_every_webhook_is_signed_over_the_bytes_sent(
    sandbox: Sandbox, listener: Listener
) -> None:
    await sandbox.write(LEA, "Déjà ouvert ? https://x.y/z")
    ((_url, body, headers),) = listener.bodies
    assert headers["X-Hub-Signature-256"] == signature(SECRET, body)
    assert rb"D\u00e9j\u00e0" in body
    assert rb"https:\/\/x.y\/z" in body


async def test_refused_webhook_is_delivered_again(
    sandbox: Sandbox, listener: Listener, watch: Watch
) -> None:
    listener.refusals = [503, ConnectionRefusedError()]
    written = await sandbox.write(LEA, "Bonjour")
    assert written.delivery.statuses == (503, 0, 200)
    assert written.delivery.arrived
    assert watch.slept == [1, 2]


async def test_webhook_is_given_up_after_the_last_attempt(
    sandbox: Sandbox, listener: Listener
) -> None:
    listener.refusals = [500] * 3
    written = await sandbox.write(LEA, "Bonjour")
    assert written.delivery.statuses == (500, 500, 500)
    assert not written.delivery.arrived


async def test_post_over_loopback_reads_the_status_and_sends_the_body() -> None:
    received: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        received.append(head + await reader.readexactly(2))
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}/webhooks/whatsapp"
        status = await post_over_loopback(url, b"{}", {"X-Own": "1"})
    assert status == 503
    assert received[0].startswith(b"POST /webhooks/whatsapp HTTP/1.1\r\n")
    assert b"X-Own: 1\r\n" in received[0]
    assert received[0].endswith(b"\r\n\r\n{}")


async def test_post_over_loopback_raises_oserror_when_nobody_answers() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionError):
            await post_over_loopback(f"http://127.0.0.1:{port}/", b"{}", {})
    with pytest.raises(ConnectionError):
        await post_over_loopback(f"http://127.0.0.1:{port}/", b"{}", {})


async def test_repeated_webhook_has_the_same_bytes_and_signature(
    sandbox: Sandbox, listener: Listener
) -> None:
    written = await sandbox.write(LEA, "Bonjour")
    await sandbox.repeat(written)
    first, second = listener.bodies
    assert first == second


async def test_nothing_is_posted_while_nobody_listens(
    opened: OpenSandbox, listener: Listener
) -> None:
    async with opened(ReceiptPlan()) as sandbox:
        sandbox.world.courier.webhook_base = None
        written = await sandbox.write(LEA, "Bonjour")
        assert not written.delivery.arrived
        sandbox.listen_at("http://elsewhere.invalid/webhooks/")
        await sandbox.repeat(written)
    assert [url for url, _body, _headers in listener.bodies] == [
        "http://elsewhere.invalid/webhooks/whatsapp"
    ]
