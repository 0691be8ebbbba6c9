"""A companion that works the queue, notes every text it embeds, and may be killed.

Started as `python -m tests.bench._ingestion_companion HOME NOTES`; it goes when its
standard input ends. A note is the hash of a text, written once its vectors are there.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import uvloop

from core import logs, paths
from core.config.settings import Settings
from core.engine import Overrides, Part, open_engine
from core.knowledge.ingest import digest
from core.llm.base import ChunkText, ChunkVectors, Embedder, Vector
from core.llm.embed import LocalEmbedder

WORKERS = 2


class NotingEmbedder:
    """Another embedder, with a note of every text of a chunk in a file."""

    def __init__(self, behind: Embedder, notes: Path) -> None:
        self.name = behind.name
        self.dimensions = behind.dimensions
        self._behind = behind
        self._notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return what the other one makes of questions."""
        return await self._behind.embed(texts)

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Return what the other one makes of chunks, noted."""
        made = await self._behind.embed_chunks(chunks)
        os.write(
            self._notes, "".join(f"{digest(one.text).hex()}\n" for one in chunks).encode()
        )
        return made


def _end_with_stdin() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)


async def work(home: Path, notes: Path) -> None:
    """Work the queue until standard input ends."""
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    models = paths.resources_dir() / "models"
    async with LocalEmbedder.open(models, WORKERS) as local:
        overrides = Overrides(embedder=NotingEmbedder(local, notes))
        async with open_engine(
            Settings(home=home), frozenset({Part.JOBS}), overrides=overrides
        ) as engine:
            await engine.run()


if __name__ == "__main__":
    logs.configure(style="text")
    logs.only_warnings()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(Path(sys.argv[1]), Path(sys.argv[2])))
