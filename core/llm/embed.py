"""The embedder that runs on this machine, with the model committed in `resources/models`.

It needs no key and no network. The model lives in a process of its own, which is started
at the first text: opening costs nothing, so the window and the commands that never search
do not pay for it, and a long computation freezes neither a window nor a loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.errors import ModelDown, NotSetUp
from core.llm.base import ChunkText, ChunkVectors, Vector
from core.llm.embed_frames import AT_ONCE, Urgency
from core.llm.embed_process import ModelProcess, worker_command
from core.llm.minilm import MODEL_FILE, TOKENIZER_FILE
from core.llm.pieces import assembled, pieces_of
from core.llm.remembered import Remembered

if TYPE_CHECKING:
    from concurrent.futures import Future

AHEAD = 8
"""Texts that wait for each worker, so that it never waits for a busy loop."""
ANSWER_SECONDS = 60.0
"""Longer than any text takes on a slow machine: the process hangs and is replaced."""


class LocalEmbedder:
    """all-MiniLM-L6-v2 in 8-bit integers, run by onnxruntime in a process of its own."""

    name = "minilm-l6-v2-int8"
    dimensions = 384

    def __init__(self, process: ModelProcess, workers: int = 1) -> None:
        """Use a process that somebody else closes; `open` is the way to get one."""
        self._process = process
        self._ahead = AHEAD * workers
        self._remembered = Remembered()

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path, workers: int = 1) -> AsyncIterator[LocalEmbedder]:
        """Give an embedder over the model files in `folder`, and end its process after use.

        `workers` is how many texts are indexed at the same time; a text that somebody
        waits for never stands behind them.
        """
        missing = [
            name for name in (MODEL_FILE, TOKENIZER_FILE) if not (folder / name).is_file()
        ]
        if missing:
            raise NotSetUp(
                f"The local model is incomplete: {', '.join(missing)} is missing.",
                "Reinstall SocialSync, or restore the folder resources/models.",
            )
        process = ModelProcess(worker_command(folder, workers))
        try:
            yield cls(process, workers)
        finally:
            await asyncio.to_thread(process.close)

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vectors of `texts`; a long list lets other callers in between texts."""
        few = asyncio.Semaphore(2 * AT_ONCE)  # each thread has its next text at hand
        return await asyncio.gather(*(self._one(text, few) for text in texts))

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Return the vectors of chunks; only a few texts are under way at any time."""
        pieces = [pieces_of(chunk) for chunk in chunks]
        vectors = await self.indexed([text for texts in pieces for text in texts])
        found = iter(vectors)
        return [
            assembled(chunk, list(islice(found, len(texts))))
            for chunk, texts in zip(chunks, pieces, strict=True)
        ]

    async def indexed(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vectors of `texts`, after whatever somebody waits for."""
        found: list[Vector] = []
        under_way: deque[Future[Vector]] = deque()
        try:
            for text in texts:
                if len(under_way) == self._ahead:
                    found.append(await self._vector(under_way.popleft()))
                under_way.append(self._process.ask(text, Urgency.INDEXING))
            while under_way:
                found.append(await self._vector(under_way.popleft()))
        finally:
            for unwanted in under_way:
                unwanted.cancel()
        return found

    async def _one(self, text: str, few: asyncio.Semaphore) -> Vector:
        kept = self._remembered.get(text)
        if kept is not None:
            return kept
        async with few:
            vector = await self._vector(self._process.ask(text, Urgency.NOW))
        self._remembered.keep(text, vector)
        return vector

    async def _vector(self, asked: Future[Vector]) -> Vector:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await asyncio.wrap_future(asked)
        except TimeoutError as error:
            self._process.replace()
            raise ModelDown(
                "The local model does not answer.", "It is started anew; try again."
            ) from error
