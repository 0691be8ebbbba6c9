"""A process that reads a document in, and is gone at a named point of it.

Started as `python -m tests.crash.ingester ORDERS`, with its orders as JSON.
"""

import asyncio
import json
import os
import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from core.actions import ingest
from core.config.secret import Secret
from core.config.settings import Settings
from core.domain.ids import DocumentId, TenantId
from core.engine import Overrides, Part, open_engine
from tests.crash.worker import ENDED_ITSELF
from tests.doubles.doomed_database import DoomedDatabase, Side
from tests.doubles.embedders import HashedEmbedder, WatchedEmbedder


class Point(StrEnum):
    """Where the process ends; each is passed several times."""

    ASKED = "asked"
    """It has asked for the vectors of a batch."""
    WRITTEN = Side.WRITTEN.value
    COMMITTED = Side.COMMITTED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Which document to read in, and when to be gone: at the n-th time of a point."""

    database_url: str
    home: str
    vault_key: str
    tenant: str
    document: str
    point: str
    time: int


class Doom:
    """Ends the process at its point."""

    def __init__(self, orders: Orders) -> None:
        self._point = Point(orders.point)
        self._left = orders.time

    def pass_by(self, point: Point | Side) -> None:
        """Go on, unless this is the point and the time."""
        if point.value == self._point.value:
            self._left -= 1
            if self._left == 0:
                os._exit(ENDED_ITSELF)

    async def asked(self, _call: int) -> None:
        """Pass by the point before a batch is embedded."""
        self.pass_by(Point.ASKED)


async def work(orders: Orders) -> None:
    """Read the document in as far as it goes."""
    doom = Doom(orders)
    settings = Settings(
        home=Path(orders.home),
        database_url=Secret(orders.database_url),
        vault_key=Secret(orders.vault_key),
    )
    embedder = WatchedEmbedder(HashedEmbedder(), between=doom.asked)
    overrides = Overrides(embedder=embedder)
    async with open_engine(
        settings, frozenset({Part.KNOWLEDGE}), overrides=overrides
    ) as engine:
        kit = replace(
            engine.kit, database=DoomedDatabase(engine.kit.database, doom.pass_by)
        )
        await ingest.document(
            kit, TenantId(UUID(orders.tenant)), DocumentId(UUID(orders.document))
        )


if __name__ == "__main__":
    asyncio.run(work(Orders(**json.loads(sys.argv[1]))))
