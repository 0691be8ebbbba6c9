from collections.abc import AsyncIterator

import pytest

from tests.platforms.x.stage import Stage, open_stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Open X in the sandbox, with a session of its one account."""
    async with open_stage() as opened:
        yield opened
