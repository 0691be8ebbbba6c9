"""A server that speaks OpenAI's embeddings, and an embedder that asks it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from core.config.secret import Secret
from core.llm.openai_client import Server
from core.llm.openai_embed import OpenAIEmbedder
from tests.doubles.openai_server import EmbeddingServer, open_server

KEY = "sk-proj-abcdefghijklmnop"

Asking = Callable[[str], AbstractAsyncContextManager[OpenAIEmbedder]]


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with open_server() as double:
        yield double


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that an embedder made between its calls."""
    return []


@pytest.fixture
def asking(server: EmbeddingServer, pauses: list[float]) -> Asking:
    """Return how to open an embedder for a model of the test's choice."""

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    def ask(model: str) -> AbstractAsyncContextManager[OpenAIEmbedder]:
        wanted = Server(url=server.url, key=Secret(KEY), model=model)
        return OpenAIEmbedder.open(wanted, sleep)

    return ask


@pytest.fixture
async def remote(asking: Asking) -> AsyncIterator[OpenAIEmbedder]:
    async with asking("text-embedding-3-small") as embedder:
        yield embedder
