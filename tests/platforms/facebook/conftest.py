"""A Page for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.platforms.facebook.stage import Stage, open_page


@pytest.fixture
async def page() -> AsyncIterator[Stage]:
    async with open_page() as stage:
        yield stage
