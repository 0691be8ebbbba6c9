"""The companion's other pages, and callers who take their time."""

import asyncio
import re

import pytest

from core.web import protocol, webhooks
from tests.flows.stage import AMAL, NUMBER, Stage
from tests.web.door import Door, body_of, said

LABELS = re.compile(r'\{platform="(\w+)",status="(\d+)"\}')


async def test_the_handshake_returns_the_challenge_to_who_knows_the_token(
    stage: Stage, door: Door
) -> None:
    token = stage.companion.kit.vault.get_or_create("meta/verify-token").reveal()
    question = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    for platform in ("whatsapp", "instagram"):
        answer = await door.http.get(
            f"/webhooks/{platform}", params={**question, "hub.verify_token": token}
        )
        assert (answer.status_code, answer.text) == (200, "1158201444")
        answer = await door.http.get(
            f"/webhooks/{platform}", params={**question, "hub.verify_token": "guess"}
        )
        assert answer.status_code == 403
        assert "1158201444" not in answer.text
    assert (await door.http.get("/webhooks/telegram", params=question)).status_code == 404


async def test_the_companion_says_that_it_lives_and_is_ready(door: Door) -> None:
    assert (await door.http.get("/livez")).json() == {"live": True}
    ready = (await door.http.get("/readyz")).json()
    assert ready["ready"] is True
    assert ready["schema"] > 0


async def test_figures_carry_no_names_in_their_labels(stage: Stage, door: Door) -> None:
    body = body_of(said(1))
    await door.deliver(body)
    await door.http.post("/webhooks/instagram", content=body)
    await stage.processed()
    text = (await door.http.get("/metrics")).text
    assert set(LABELS.findall(text)) == {("whatsapp", "200"), ("instagram", "401")}
    assert "socialsync_inbound_pending 0" in text
    assert text.count("{") == 2
    for name in (AMAL.name, AMAL.id, NUMBER.account_id, NUMBER.name):
        assert name not in text


async def test_the_description_names_every_address(door: Door) -> None:
    described = (await door.http.get("/openapi.json")).json()
    assert {"/webhooks/{platform}", "/livez", "/readyz", "/metrics"} <= set(
        described["paths"]
    )


async def test_a_body_that_drips_is_given_up_and_others_are_not_kept_waiting(
    stage: Stage, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "BODY_SECONDS", 0.3)
    head = b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: here\r\nContent-Length: 99\r\n\r\n"
    slow = await asyncio.gather(*(_say(door, head + b"{") for _ in range(50)))
    answer = await asyncio.wait_for(door.deliver(body_of(said(1))), 1)
    assert answer.status_code == 200
    async with asyncio.timeout(5):
        heard = [await reader.readline() for reader, _ in slow]
    assert all(line.startswith(b"HTTP/1.1 408") for line in heard)
    for _, writer in slow:
        writer.close()
    assert await stage.count("select count(*) from webhook_events") == 1


async def test_a_head_that_drips_is_hung_up_on(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    openings = (b"", b"POST /web", b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: he")
    slow = [await _say(door, opening) for opening in openings]
    answer = await asyncio.wait_for(door.deliver(body_of(said(1))), 1)
    assert answer.status_code == 200
    for reader, writer in slow:
        async with asyncio.timeout(5):
            assert await _rest(reader) == b""
        writer.close()


async def _say(
    door: Door, words: bytes
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = door.http.base_url.host, door.http.base_url.port
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(words)
    await writer.drain()
    return reader, writer


async def _rest(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""
