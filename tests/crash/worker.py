"""A process of the companion that ends or freezes at the named points of a delivery.

Started as `python -m tests.crash.worker ORDERS`, with its orders as JSON. It says in one
line of JSON when it stands, and goes when its standard input ends.
"""

import asyncio
import json
import os
import random
import signal
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from core import logs
from core.config.secret import Secret
from core.config.settings import Settings, Timings
from core.engine import Overrides, Part, open_engine
from tests.crash import naive

ENDED_ITSELF = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What one process shall do; `exits` and `freezes` are chances at each point."""

    database_url: str
    home: str
    vault_key: str
    sandbox_url: str
    parts: tuple[str, ...]
    port: int = 0
    seed: int = 0
    exits: float = 0.0
    freezes: float = 0.0
    naive: bool = False
    timings: dict[str, float] = field(default_factory=dict)


class Saboteur:
    """The probe that kills or stops its own process; the same seed, the same draws."""

    def __init__(self, orders: Orders) -> None:
        self._draw = random.Random(orders.seed)  # noqa: S311 - to be repeated, not secret
        self._exits = orders.exits
        self._freezes = orders.freezes

    def __call__(self, _point: str) -> None:
        """Go on, stop until somebody continues us, or end here and now."""
        drawn = self._draw.random()
        if drawn < self._exits:
            os._exit(ENDED_ITSELF)
        if drawn < self._exits + self._freezes:
            os.kill(os.getpid(), signal.SIGSTOP)


def _end_with_stdin() -> None:
    """Go when whoever started us has gone, however it went."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)


async def work(orders: Orders) -> None:
    """Open the engine and keep it until standard input ends."""
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    settings = Settings(
        home=Path(orders.home),
        port=orders.port,
        database_url=Secret(orders.database_url),
        vault_key=Secret(orders.vault_key),
        timings=Timings(**orders.timings),
    )
    overrides = Overrides(loopback=(orders.sandbox_url,), probe=Saboteur(orders))
    parts = frozenset(Part(part) for part in orders.parts)
    async with open_engine(settings, parts, overrides=overrides) as engine:
        sender = asyncio.create_task(naive.run(engine.kit)) if orders.naive else None
        sys.stdout.write(json.dumps({"url": engine.web_url}) + "\n")
        sys.stdout.flush()
        await (sender or asyncio.Event().wait())


def main() -> None:
    """Read the orders and work."""
    orders = Orders(**json.loads(sys.argv[1]))
    logs.configure(style="text")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(orders))


if __name__ == "__main__":
    main()
