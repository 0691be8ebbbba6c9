"""Open the embedder that settings name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core import paths
from core.config.settings import EmbedProvider, ModelProvider, Settings
from core.domain.errors import NotSetUp
from core.llm.base import Embedder
from core.llm.embed import LocalEmbedder
from core.llm.openai_embed import DEFAULT_MODEL, OPENAI_URL, OpenAIEmbedder, Server


@asynccontextmanager
async def open_embedder(settings: Settings, workers: int = 1) -> AsyncIterator[Embedder]:
    """Give the embedder of this process; `workers` is how many texts it indexes at once.

    Raises:
        NotSetUp: the settings name one that cannot work.
    """
    if settings.embed_provider is EmbedProvider.OPENAI:
        async with OpenAIEmbedder.open(_server(settings)) as remote:
            yield remote
        return
    if settings.embed_model not in (None, LocalEmbedder.name):
        raise NotSetUp(
            f"There is no local embedding model “{settings.embed_model}”.",
            "Remove SOCIALSYNC_EMBED_MODEL, or set SOCIALSYNC_EMBED_PROVIDER to openai.",
        )
    async with LocalEmbedder.open(paths.resources_dir() / "models", workers) as local:
        yield local


def _server(settings: Settings) -> Server:
    """Return where vectors are asked for; the key is never one that others gave us."""
    if settings.llm_provider is ModelProvider.ANTHROPIC:
        raise NotSetUp(
            "SOCIALSYNC_LLM_API_KEY belongs to Anthropic, which makes no embeddings.",
            "Set SOCIALSYNC_EMBED_PROVIDER to local.",
        )
    return Server(
        url=settings.llm_url or OPENAI_URL,
        key=settings.llm_api_key,
        model=settings.embed_model or DEFAULT_MODEL,
    )
