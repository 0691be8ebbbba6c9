"""A kit over a real database, for each login that teaches or asks."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from core.clock import SystemClock
from core.config.settings import Settings
from core.config.vault import Protection, Vault
from core.kit import Kit
from core.llm.base import Embedder
from core.net.client import open_http
from core.notices import NoticeBus
from core.store import members
from core.store.pool import Login, open_database

Opened = Callable[[str, Login], AbstractAsyncContextManager[Kit]]


@pytest.fixture
def open_kit(tmp_path: Path, embedder: Embedder) -> Opened:
    """Return what opens a kit for a conninfo and a kind of login."""

    @asynccontextmanager
    async def opened(conninfo: str, login: Login) -> AsyncIterator[Kit]:
        clock = SystemClock()
        async with (
            open_http(clock=clock) as http,
            open_database(conninfo, login=login, max_size=3) as database,
        ):
            async with database.claim() as unit:
                me = await members.me(unit) if login is Login.MEMBER else None
            yield Kit(
                settings=Settings(home=tmp_path),
                clock=clock,
                database=database,
                notices=NoticeBus(),
                vault=Vault(tmp_path / "vault", bytes(32), Protection.FILE_PERMISSIONS),
                http=http,
                platforms={},
                base_urls={},
                embedder=embedder,
                me=me,
            )

    return opened
