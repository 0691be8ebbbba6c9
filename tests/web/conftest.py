"""A companion that receives, on a stage of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fixtures.database import TestDatabase
from tests.flows.stage import Stage, open_stage, sweep
from tests.web.door import RECEIVING, Door, open_door


@pytest.fixture
async def stage(shared_database: TestDatabase, tmp_path: Path) -> AsyncIterator[Stage]:
    sweep(shared_database)
    async with open_stage(shared_database, tmp_path, RECEIVING) as opened:
        yield opened


@pytest.fixture
async def door(stage: Stage) -> AsyncIterator[Door]:
    async with open_door(stage) as opened:
        yield opened
