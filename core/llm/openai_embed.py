"""The embedder that asks OpenAI, or any server that speaks its language.

Vectors are cut to size by the server and to length one by us. Nothing of the environment
but our settings is used: no other key, no proxy, no redirect to somewhere else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from core.domain.errors import ModelDown, NotSetUp, SocialSyncError, TooLong
from core.llm import failures
from core.llm.base import MOST_DIMENSIONS, ChunkText, ChunkVectors, Vector
from core.llm.embedding_answer import vectors_of
from core.llm.failures import EMBEDDINGS, UnreadableAnswer
from core.llm.openai_client import OPENAI_URL, Server, client_of, headers_of
from core.llm.openai_errors import meaning
from core.llm.patience import Patience, Sleep, patiently
from core.llm.pieces import assembled, pieces_of
from core.llm.remembered import Remembered

if TYPE_CHECKING:
    from openai import APIError, AsyncOpenAI

DEFAULT_MODEL: Final = "text-embedding-3-small"
KNOWN_DIMENSIONS: Final = {
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
    "text-embedding-ada-002": 1536,
}
MOST_INPUTS: Final = 128
MOST_CHARACTERS: Final = 100_000
"""Of one request: OpenAI takes 300,000 tokens, and no script has four to a letter."""
LONGEST_TEXT: Final = 6000
"""Where a text is cut, which a chunk never is: OpenAI's models read 8,192 tokens."""
SHORTEST_CUT: Final = 500
"""A server that finds so short a text too long means something else."""
_BLANK: Final = "."
"""Stands for a text without words, which servers refuse."""


WAITED_FOR: Final = Patience(seconds=15.0, pauses=(0.5, 1.5), longest_pause=5.0)
INDEXING: Final = Patience(seconds=120.0, pauses=(1.0, 4.0, 16.0), longest_pause=60.0)


class OpenAIEmbedder:
    """An embedding model behind HTTP.

    Its name is the model's, known without asking anybody. A model whose vectors are too
    long to be stored is always asked for shorter ones, so one name means one size.
    """

    def __init__(
        self,
        client: AsyncOpenAI,
        server: Server,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Ask through a client that somebody else closes; `open` is the way to get one."""
        self._client = client
        self._server = server
        self._sleep = sleep
        self._remembered = Remembered()
        known = KNOWN_DIMENSIONS.get(server.model)
        self._shortened = known is not None and known > MOST_DIMENSIONS
        self._dimensions = MOST_DIMENSIONS if self._shortened else known
        shortened = f":{MOST_DIMENSIONS}" if self._shortened else ""
        self.name = f"openai:{server.model}{shortened}"

    @classmethod
    @asynccontextmanager
    async def open(
        cls, server: Server, sleep: Sleep = asyncio.sleep
    ) -> AsyncIterator[OpenAIEmbedder]:
        """Give an embedder that asks `server`; nobody is called before the first text."""
        if server.key is None and server.url == OPENAI_URL:
            raise NotSetUp(
                "OpenAI's embeddings need a key.",
                "Set SOCIALSYNC_LLM_API_KEY, or SOCIALSYNC_EMBED_PROVIDER to local.",
            )
        # Loading the library takes most of a second: not in the loop.
        client = await asyncio.to_thread(client_of, server)
        try:
            yield cls(client, server, sleep)
        finally:
            await client.close()

    @property
    def dimensions(self) -> int:
        """Return the size of a vector; of a model we do not know, its first answer tells."""
        if self._dimensions is None:
            raise ModelDown(
                "The embedding server has not answered yet.", "Search or index something."
            )
        return self._dimensions

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vectors of `texts`; those asked for lately are not sent again."""
        found = {
            text: vector
            for text in texts
            if (vector := self._remembered.get(text)) is not None
        }
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for text, vector in (await self._all(missing, WAITED_FOR)).items():
            self._remembered.keep(text, vector)
            found[text] = vector
        return [found[text] for text in texts]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Return the vectors of chunks; a text that comes twice is sent once."""
        pieces = [pieces_of(chunk) for chunk in chunks]
        every = dict.fromkeys(text for texts in pieces for text in texts)
        found = await self._all(list(every), INDEXING)
        return [
            assembled(chunk, [found[text] for text in texts])
            for chunk, texts in zip(chunks, pieces, strict=True)
        ]

    async def _all(self, texts: Sequence[str], patience: Patience) -> dict[str, Vector]:
        """Return the vectors of different texts, asked for in batches."""
        found: dict[str, Vector] = {}
        for batch in _batches(texts):
            vectors = await self._batch([_sendable(text) for text in batch], patience)
            found.update(zip(batch, vectors, strict=True))
        return found

    async def _batch(self, inputs: list[str], patience: Patience) -> list[Vector]:
        """Return the vectors of a batch, in halves if the server finds it too large.

        A single text that is too long is read up to its middle: the local model cuts
        what it cannot read as well.
        """
        try:
            vectors = await self._patiently(inputs, patience)
        except TooLong:
            if len(inputs) == 1 and len(inputs[0]) < SHORTEST_CUT:
                raise
            if len(inputs) == 1:
                return await self._batch([inputs[0][: len(inputs[0]) // 2]], patience)
            half = len(inputs) // 2
            first = await self._batch(inputs[:half], patience)
            return [*first, *await self._batch(inputs[half:], patience)]
        size = len(vectors[0])
        if size > MOST_DIMENSIONS and not self._shortened:
            self._shortened = True
            return await self._batch(inputs, patience)
        self._learn(size)
        return vectors

    def _learn(self, size: int) -> None:
        if size > MOST_DIMENSIONS:
            raise self._cannot_shorten()
        if self._dimensions is None:
            self._dimensions = size
        if size != self._dimensions:
            raise NotSetUp(
                f"“{self._server.model}” now makes vectors of {size} numbers,"
                f" and made some of {self._dimensions}.",
                "Check which model the server runs, then start SocialSync again.",
            )

    async def _patiently(self, inputs: list[str], patience: Patience) -> list[Vector]:
        async def call() -> list[Vector]:
            return await self._call(inputs, patience)

        return await patiently(call, patience, self._sleep)

    async def _call(self, inputs: list[str], patience: Patience) -> list[Vector]:
        from openai import APIError, omit

        try:
            async with asyncio.timeout(patience.seconds):
                answer = await self._client.embeddings.with_raw_response.create(
                    input=inputs,
                    model=self._server.model,
                    encoding_format="base64",
                    dimensions=MOST_DIMENSIONS if self._shortened else omit,
                    extra_headers=headers_of(self._server),
                )
            return await asyncio.to_thread(vectors_of, answer.content, len(inputs))
        except APIError as error:
            ours = self._meaning(error)
        except TimeoutError:
            ours = failures.too_slow(EMBEDDINGS)
        except UnreadableAnswer:
            ours = failures.unreadable(EMBEDDINGS)
        # Outside the handlers: what the library raised quotes texts and the key, and
        # would be printed with ours.
        raise ours

    def _meaning(self, error: APIError) -> SocialSyncError:
        refused = getattr(error, "status_code", None) in (400, 422)
        ours = meaning(error, self._server.model, EMBEDDINGS)
        if refused and self._shortened and isinstance(ours, NotSetUp):
            return self._cannot_shorten()
        return ours

    def _cannot_shorten(self) -> NotSetUp:
        return NotSetUp(
            f"The vectors of “{self._server.model}” are longer than the"
            f" {MOST_DIMENSIONS} numbers that can be stored.",
            "Choose a model with shorter vectors in SOCIALSYNC_EMBED_MODEL.",
        )


def _sendable(text: str) -> str:
    cut = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    return cut if cut.strip() else _BLANK


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        size = min(len(text), LONGEST_TEXT)
        if batch and (len(batch) == MOST_INPUTS or characters + size > MOST_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += size
    if batch:
        yield batch
