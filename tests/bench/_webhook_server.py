"""A companion that only receives, one way or another: `python -m tests.bench._webhook_server`.

A process of its own, as the real one is; it prints its address and goes with its standard
input. The ways differ in what happens between the signature and the 200, and in nothing
else.
"""

import asyncio
import hashlib
import json
import os
import sys
import threading
from pathlib import Path
from uuid import uuid4

import uvloop
from typing_extensions import override

from core import logs
from core.config.settings import Settings
from core.domain.ids import EventId
from core.engine import open_engine
from core.store import webhook_events
from core.store.webhook_events import ReceivedBody
from core.web.app import application, open_server
from core.web.intake import Intake


class InsertEach(Intake):
    """What most do: a transaction for each request."""

    @override
    async def keep(self, platform: str, body: bytes) -> None:
        digest = hashlib.sha256(body).digest()
        received = ReceivedBody(
            id=EventId(uuid4()), platform=platform, body=body, sha256=digest
        )
        async with self._database.single() as unit:
            await webhook_events.insert(unit, [received])


class KeepNothing(Intake):
    """The ceiling of HTTP: the body is verified and forgotten."""

    @override
    async def keep(self, platform: str, body: bytes) -> None:
        return


WAYS: dict[str, type[Intake]] = {
    "group_commit": Intake,
    "insert_each": InsertEach,
    "no_database": KeepNothing,
}


async def serve(home: Path, way: str) -> None:
    """Receive until standard input ends."""
    settings = Settings(home=home, port=0)
    async with open_engine(settings) as engine:
        intake = WAYS[way](engine.kit.database)
        keeping = asyncio.create_task(intake.run())
        async with open_server(application(engine.kit, intake), settings) as address:
            sys.stdout.write(json.dumps({"url": address}) + "\n")
            sys.stdout.flush()
            await keeping


def _end_with_stdin() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    logs.configure(style="text")
    logs.only_warnings()
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Path(sys.argv[1]), sys.argv[2]))
