from collections.abc import AsyncIterator

import httpx
import pytest

from core.config.secret import Secret
from core.net.client import open_http
from core.platforms.base import ChannelSession
from tests.platforms.graph_double import BASE, Graph, StillClock
from tests.platforms.linkedin_stage import Stage, open_stage


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def session(graph: Graph, clock: StillClock) -> AsyncIterator[ChannelSession]:
    transport = httpx.MockTransport(graph.answer)
    async with open_http(clock=clock, loopback=[BASE], transport=transport) as http:
        yield ChannelSession(
            account_id="110", base_url=BASE, token=Secret("the-token"), http=http
        )


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Lend a LinkedIn page on a sandbox."""
    async with open_stage() as opened:
        yield opened
