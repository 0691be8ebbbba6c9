"""Killing the whole companion loses no message and sends none twice."""

import asyncio
import random
import socket
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from core.actions import reply
from core.domain.message import DeliveryState
from tests.crash.checker import ENDS, check
from tests.crash.processes import Child
from tests.crash.waiting import eventually
from tests.crash.world import World, open_world
from tests.fixtures.database import TestDatabase

CUSTOMERS = 15
EACH = 4
KILLS = 3
COMPANION = ("web", "inbound", "outbox", "ticker")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the crash tests use POSIX signals"
)


async def test_a_killed_companion_loses_no_message_and_sends_none_twice(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    async with open_world(fresh_database, tmp_path) as world:
        port = _free_port()
        await world.listen_at(f"http://127.0.0.1:{port}")
        nemesis = asyncio.create_task(_kill_again_and_again(world, port))
        written = await asyncio.gather(
            *(_talk_and_answer(world, customer) for customer in range(CUSTOMERS))
        )
        companion = await nemesis
        try:
            await eventually(lambda: _all_ended(world), patience=60, pause=0.2)
            await eventually(lambda: _all_read_in(world), patience=90, pause=0.2)
        finally:
            companion.kill()
        ids = [one for each in written for one in each]
        assert await world.sql(_TIMES, {"ids": ids}) == len(ids)
        assert await world.sql(_MESSAGES) == len(ids) + CUSTOMERS
        verdict = check(await world.taken(), await world.items())
        assert verdict.sound, verdict
        assert verdict.ambiguous == ()
        undelivered = await world.sql(_NOT_IN, {"state": DeliveryState.DELIVERED.value})
        assert undelivered == 0


_TIMES = """
select count(*) from conversation_messages
where direction = 'inbound' and platform_message_id = any (%(ids)s)
"""
_MESSAGES = "select count(*) from conversation_messages"
# A kill between "sending" and the first byte leaves a message to a person, shown as
# uncertain; the checker knows that the platform has never taken it.
_NOT_IN = """
select count(*) from conversation_messages
where direction = 'outbound' and delivery not in (%(state)s, 'uncertain')
"""
_PENDING = "select count(*) from webhook_events where state <> 'done'"


async def _talk_and_answer(world: World, customer: int) -> list[str]:
    """Write some messages; a member answers the first while the others still arrive."""
    written = [await world.write(customer, "Bonjour")]
    conversation = await world.conversation_of(customer)
    await reply.send(world.kit, conversation, "Merci, c'est noté.", key=uuid4())
    for number in range(1, EACH):
        written.append(await world.write(customer, f"Message {number}"))  # noqa: PERF401 - one after the other
    return written


async def _kill_again_and_again(world: World, port: int) -> Child:
    """Kill the companion a few times, shortly after each has begun; return the last one."""
    draw = random.Random(3)  # noqa: S311 - to be repeated, not secret
    for _ in range(KILLS):
        companion = await _serve(world, port)
        await asyncio.sleep(draw.uniform(0.1, 0.6))
        companion.kill()
    return await _serve(world, port)


async def _serve(world: World, port: int) -> Child:
    """Start a companion, and return it once it listens."""
    companion = world.child("companion", COMPANION, port=port)
    await companion.said()
    return companion


async def _all_ended(world: World) -> bool:
    items = await world.items()
    return len(items) == CUSTOMERS and all(item.state in ENDS for item in items)


async def _all_read_in(world: World) -> bool:
    """Return whether every body has been processed and every status has arrived."""
    waiting = await world.sql(_PENDING)
    undelivered = await world.sql(_NOT_IN, {"state": DeliveryState.DELIVERED.value})
    return waiting == 0 and undelivered == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
