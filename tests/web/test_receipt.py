"""What is kept, what is refused, and what the platform hears (SETTLED 20)."""

import asyncio
import logging
from pathlib import Path

import psycopg
import pytest

from core.actions import connect, replay
from core.domain.channel import AssistantMode, PlatformName
from core.domain.message import MessageType
from core.engine import Part
from core.queries import health
from core.web import patience
from core.web.webhooks import BODY_LIMIT
from tests.crash.waiting import eventually
from tests.fixtures.cluster import Cluster
from tests.fixtures.database import TestDatabase
from tests.flows.stage import (
    AMAL,
    NUMBER,
    Scene,
    Stage,
    account_at,
    open_stage,
    sweep,
)
from tests.web.door import Door, body_of, open_door, said

STORED = "select count(*) from webhook_events"
PARKED = "select count(*) from webhook_events where state = 'parked'"


async def test_a_signed_delivery_is_kept_as_it_came(stage: Stage, door: Door) -> None:
    body = body_of(said(1))
    answer = await door.deliver(body)
    assert (answer.status_code, answer.json()) == (200, {"received": True})
    async with await psycopg.AsyncConnection.connect(
        stage.database.privileged
    ) as connection:
        cursor = await connection.execute("select body from webhook_events")
        assert await cursor.fetchall() == [(body,)]


async def test_a_redelivery_is_taken_and_kept_once(stage: Stage, door: Door) -> None:
    body = body_of(said(1))
    answers = await asyncio.gather(*(door.deliver(body) for _ in range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert await stage.count(STORED) == 1


async def test_a_delivery_without_a_signature_is_refused_and_not_kept(
    stage: Stage, door: Door
) -> None:
    answer = await door.http.post("/webhooks/whatsapp", content=body_of(said(1)))
    assert answer.status_code == 401
    assert await stage.count(STORED) == 0


@pytest.mark.parametrize(
    "forged",
    ["sha256=" + "0" * 64, "sha256=", "sha1=abc", "sha256=" + "é" * 64, "", "0" * 71],
)
async def test_a_delivery_with_a_wrong_signature_is_refused_and_not_kept(
    stage: Stage, door: Door, forged: str
) -> None:
    headers = [(b"X-Hub-Signature-256", forged.encode())]
    for platform in ("whatsapp", "instagram", "sandbox"):
        answer = await door.http.post(
            f"/webhooks/{platform}", content=body_of(said(1)), headers=headers
        )
        assert answer.status_code == 401
    assert await stage.count(STORED) == 0


async def test_a_body_that_was_changed_on_its_way_is_refused(
    stage: Stage, door: Door
) -> None:
    body = body_of(said(1))
    answer = await door.http.post(
        "/webhooks/whatsapp", content=body + b" ", headers=door.signature(body)
    )
    assert answer.status_code == 401
    assert await stage.count(STORED) == 0


@pytest.mark.parametrize("platform", ["telegram", "threads", "WhatsApp", "whatsapp%00"])
async def test_a_platform_we_do_not_speak_is_not_found(
    stage: Stage, door: Door, platform: str
) -> None:
    answer = await door.deliver(body_of(said(1)), platform)
    assert answer.status_code == 404
    assert await stage.count(STORED) == 0


@pytest.mark.allows_log("inbound.parked")
async def test_four_megabytes_are_taken(stage: Stage, door: Door) -> None:
    answer = await door.deliver(b" " * BODY_LIMIT)
    assert answer.status_code == 200
    await eventually(lambda: _is_parked(stage))
    assert await stage.count("select length(body) from webhook_events") == BODY_LIMIT


async def test_one_byte_more_is_refused_by_its_announced_length(
    stage: Stage, door: Door
) -> None:
    body = b" " * (BODY_LIMIT + 1)
    answer = await door.http.post(
        "/webhooks/whatsapp", content=body, headers=door.signed(body)
    )
    assert answer.status_code == 413
    assert await stage.count(STORED) == 0


async def test_one_byte_more_is_refused_while_it_arrives_in_pieces(
    stage: Stage, door: Door
) -> None:
    host, port = door.http.base_url.host, door.http.base_url.port
    assert port is not None
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(
        b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: here\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    for piece in [b" " * 65536] * (BODY_LIMIT // 65536) + [b"!"]:
        writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        await writer.drain()
    status = await reader.readline()
    writer.close()
    assert status.startswith(b"HTTP/1.1 413")
    assert await stage.count(STORED) == 0


async def _is_parked(stage: Stage) -> bool:
    return await stage.count(PARKED) == 1


@pytest.mark.allows_log("inbound.parked")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"\\u0000"',
        b'{"object": "page"}',
        b"[" * 9999,
    ],
    ids=["nothing", "broken", "bytes", "list", "null", "nul", "stranger", "deep"],
)
async def test_what_cannot_be_read_is_kept_parked_and_shown(
    stage: Stage, door: Door, body: bytes
) -> None:
    answer = await door.deliver(body)
    assert answer.status_code == 200
    await eventually(lambda: _is_parked(stage))
    [parked] = await replay.parked(stage.companion.kit)
    assert parked.error
    assert (await health.overview(stage.kit)).parked == 1


@pytest.mark.allows_log("inbound.parked")
async def test_what_came_for_an_unknown_channel_is_read_once_it_is_connected(
    stage: Stage, door: Door
) -> None:
    await stage.arrange("delete from social_accounts where platform = 'whatsapp'")
    answer = await door.deliver(body_of(said(1)))
    assert answer.status_code == 200
    await eventually(lambda: _is_parked(stage))
    [parked] = await replay.parked(stage.companion.kit)
    assert NUMBER.account_id in parked.error
    assert (await health.overview(stage.kit)).parked == 1
    account = account_at(stage.sandbox, PlatformName.WHATSAPP, AssistantMode.OFF)
    await connect.channel(stage.kit, account)
    await replay.webhook(stage.companion.kit, parked.id)
    row = await stage.conversation_of(AMAL)
    assert row.preview == "Message 1"
    assert await stage.count(PARKED) == 0


async def test_an_unknown_type_of_message_is_shown_as_such_with_all_it_held(
    stage: Stage, door: Door
) -> None:
    part = {"type": "hologram", "hologram": {"depth": 3}}
    answer = await door.deliver(body_of(said(1, part)))
    assert answer.status_code == 200
    row = await stage.conversation_of(AMAL)
    [shown] = await stage.thread(row.id)
    assert shown.type is MessageType.UNSUPPORTED
    held = "select count(*) from conversation_messages where metadata::text like '%depth%'"
    assert await stage.count(held) == 1


async def test_many_deliveries_at_once_are_each_kept_before_the_200(
    stage: Stage, door: Door
) -> None:
    count = 100
    bodies = [body_of(said(number)) for number in range(count)]
    answers = await asyncio.gather(*(door.deliver(body) for body in bodies))
    assert [answer.status_code for answer in answers] == [200] * count
    assert await stage.count(STORED) == count
    await stage.processed()
    assert (await stage.conversation_of(AMAL)).unread_count == count


async def test_many_deliveries_at_once_share_commits(
    shared_database: TestDatabase, tmp_path: Path
) -> None:
    sweep(shared_database)
    only_web = Scene(parts=frozenset({Part.WEB}))
    async with (
        open_stage(shared_database, tmp_path, only_web) as stage,
        open_door(stage) as door,
    ):
        count = 64
        await asyncio.gather(
            *(door.deliver(body_of(said(number))) for number in range(count))
        )
        assert await stage.count(STORED) == count
        commits = await stage.count("select count(distinct xmin::text) from webhook_events")
        assert commits <= count / 2


async def test_a_database_that_is_away_is_told_and_nothing_is_claimed_to_be_kept(
    stage: Stage, door: Door, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The pool's own warnings carry addresses; what they mean is asserted below.
    monkeypatch.setattr(logging.getLogger("psycopg.pool"), "propagate", False)
    monkeypatch.setattr(patience, "SECONDS", 0.5)
    body = body_of(said(1))
    with psycopg.connect(cluster.conninfo("postgres"), autocommit=True) as server:
        server.execute(f"alter database {stage.database.name} with allow_connections false")
        server.execute(_HANG_UP, {"database": stage.database.name})
        try:
            refused = [await door.deliver(body) for _ in range(2)]
            ready = await door.http.get("/readyz")
            metrics = await door.http.get("/metrics")
            live = await door.http.get("/livez")
        finally:
            server.execute(
                f"alter database {stage.database.name} with allow_connections true"
            )
    assert [answer.status_code for answer in refused] == [503, 503]
    assert (ready.status_code, live.status_code) == (503, 200)
    assert "socialsync_database_up 0" in metrics.text
    assert await stage.count(STORED) == 0
    await eventually(lambda: _is_taken(door, body))
    assert await stage.count(STORED) == 1


_HANG_UP = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = %(database)s
"""


async def _is_taken(door: Door, body: bytes) -> bool:
    return (await door.deliver(body)).status_code == 200


async def test_anyone_with_the_sandboxes_secret_can_write_to_a_channel_of_a_sandbox(
    stage: Stage, door: Door
) -> None:
    answer = await door.deliver(body_of(said(1)), platform="sandbox")
    await stage.processed()
    assert answer.status_code == 200
    assert await stage.count("select count(*) from conversation_messages") == 1


@pytest.mark.allows_log("inbound.parked")
async def test_the_sandbox_cannot_write_to_a_real_channel(stage: Stage, door: Door) -> None:
    await stage.arrange("update social_accounts set metadata = metadata - 'base_url'")
    await door.deliver(body_of(said(1)), platform="sandbox")
    await stage.processed()
    assert await stage.count("select count(*) from conversation_messages") == 0
    assert await stage.count(PARKED) == 1
