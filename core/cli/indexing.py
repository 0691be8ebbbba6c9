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
    ids = set(wanted)
    found = await _documents(kit, ids)
    async with AsyncExitStack() as stack:
        if _left(found) and await _nobody_works(own, kit):
            jobs = open_engine(
                own,
                frozenset({Part.JOBS}),
                login=Login.SERVICE,
                overrides=Overrides(embedder=kit.embedder),
            )
            await stack.enter_async_context(jobs)
        told = len(ids)
        while left := _left(found):
            if left != told:
                told = left
                typer.echo(f"indexing: {left} to go", err=True)
            await asyncio.sleep(_LOOK_SECONDS)
            found = await _documents(kit, ids)
    return found


async def _documents(kit: Kit, ids: set[DocumentId]) -> list[Document]:
    return [one for one in await knowledge.documents(kit) if one.id in ids]


def _left(found: list[Document]) -> int:
    return sum(one.status is DocumentStatus.PROCESSING for one in found)


async def _nobody_works(own: Settings, kit: Kit) -> bool:
    """Return whether this is a machine that works alone and whose companion is off."""
    return own.database_url is None and not (await health.overview(kit)).companion_alive
