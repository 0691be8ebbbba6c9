"""A stage of its own for each test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.fixtures.database import TestDatabase
from tests.flows.stage import Scene, Stage, open_stage, sweep

OpenStage = Callable[[Scene], AbstractAsyncContextManager[Stage]]


@pytest.fixture
def on_stage(shared_database: TestDatabase, tmp_path: Path) -> OpenStage:
    """Return how to open a stage with a scene of the test's own, swept before."""
    sweep(shared_database)
    return lambda scene: open_stage(shared_database, tmp_path, scene)


@pytest.fixture
async def stage(on_stage: OpenStage) -> AsyncIterator[Stage]:
    """A stage without an assistant, on a platform that sends no receipts."""
    async with on_stage(Scene()) as opened:
        yield opened
