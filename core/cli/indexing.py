"""Wait for documents to be indexed; where no companion runs, do the work right here."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

import typer

from core.config.settings import Settings
from core.domain.ids import DocumentId
from core.domain.knowledge import Document, DocumentStatus
from core.engine import Overrides, Part, open_engine
from core.kit import Kit
from core.queries import health, knowledge
from core.store.pool import Login

_LOOK_SECONDS = 0.2


async def until_indexed(
    own: Settings, kit: Kit, wanted: Sequence[DocumentId]
) -> list[Document]:
    """Return documents once none of them is being processed any more."""
    async with AsyncExitStack() as stack:
        alive = (await health.overview(kit)).companion_alive
        if not alive and own.database_url is None:
            jobs = open_engine(
                own,
                frozenset({Part.JOBS}),
                login=Login.SERVICE,
                overrides=Overrides(embedder=kit.embedder),
            )
            await stack.enter_async_context(jobs)
        ids = set(wanted)
        waiting = len(ids)
        while True:
            found = [one for one in await knowledge.documents(kit) if one.id in ids]
            left = [one for one in found if one.status is DocumentStatus.PROCESSING]
            if not left:
                return found
            if len(left) != waiting:
                waiting = len(left)
                typer.echo(f"indexing: {waiting} to go", err=True)
            await asyncio.sleep(_LOOK_SECONDS)
