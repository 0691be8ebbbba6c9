"""The café of the demo in a database of its own, with what it knows indexed."""

from collections.abc import AsyncIterator

import pytest

from core.llm.base import Embedder
from core.store.pool import Login, open_database
from tests.assistant.cafe import Cafe
from tests.fixtures.database import TestDatabase


@pytest.fixture
async def cafe(fresh_database: TestDatabase, embedder: Embedder) -> AsyncIterator[Cafe]:
    async with open_database(fresh_database.service, login=Login.SERVICE) as database:
        opened = Cafe(database=database, tenant=fresh_database.tenant, embedder=embedder)
        await opened.open()
        yield opened
