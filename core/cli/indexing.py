"""Wait for documents to be indexed; where no companion runs, do the work right here."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import typer

from core.config.settings import Settings
from core.domain.ids import DocumentId
from core.domain.knowledge import Document, DocumentStatus
from core.engine import Overrides, Part, open_engine
from core.kit import Kit
from core.queries import health, knowledge
from core.store.pool import Login

_LOOK_SECONDS = 0.2


@asynccontextmanager
async def working(own: Settings, kit: Kit) -> AsyncIterator[None]:
    """See to it that somebody indexes what is added in the block."""
    async with AsyncExitStack() as stack:
        if await _nobody_works(own, kit):
            jobs = open_engine(
                own,
                frozenset({Part.JOBS}),
                login=Login.SERVICE,
                overrides=Overrides(embedder=kit.embedder, standbys=kit.standbys),
            )
            await stack.enter_async_context(jobs)
        yield


async def until_indexed(kit: Kit, wanted: Sequence[DocumentId]) -> list[Document]:
    """Return documents once none of them is being processed; says how far they are.

    Stopped from the keyboard, it leaves the rest to the next companion or command.
    """
    ids = set(wanted)
    told = ""
    while True:
        found = [one for one in await knowledge.documents(kit) if one.id in ids]
        left = [one for one in found if one.status is DocumentStatus.PROCESSING]
        if not left:
            return found
        words = _progress(found, left)
        if words != told:
            told = words
            typer.echo(words, err=True)
        await asyncio.sleep(_LOOK_SECONDS)


async def until_switched(kit: Kit) -> None:
    """Wait until the inbox is searched with the embedder of this machine's settings."""
    told = -1
    while (left := await knowledge.unembedded(kit)) is not None:
        if left != told:
            told = left
            typer.echo(f"embedding anew: {left} texts to go", err=True)
        await asyncio.sleep(_LOOK_SECONDS)


def _progress(found: Sequence[Document], left: Sequence[Document]) -> str:
    ready = len(found) - len(left)
    line = f"indexing: {ready} of {len(found)} documents"
    total = sum(one.chunks_total for one in left)
    if not total:
        return line
    return f"{line}, {sum(one.chunks_done for one in left)} of {total} pieces of the rest"


async def _nobody_works(own: Settings, kit: Kit) -> bool:
    """Return whether this is a machine that works alone and whose companion is off."""
    return own.database_url is None and not (await health.overview(kit)).companion_alive
