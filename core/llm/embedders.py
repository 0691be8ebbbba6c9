"""Open the embedders of this process: the one that settings name, and those that help out."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from core import paths
from core.config.settings import EmbedProvider, ModelProvider, Settings
from core.domain.errors import NotSetUp
from core.llm import apertium
from core.llm.apertium import Translator
from core.llm.base import Embedder
from core.llm.embed import LocalEmbedder
from core.llm.openai_embed import DEFAULT_MODEL, OPENAI_URL, OpenAIEmbedder, Server
from core.llm.pivot import Language, PivotEmbedder, missing_pack

LOCAL_NAMES = (LocalEmbedder.name, PivotEmbedder.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedders:
    """What texts are embedded with here.

    `standbys` answer for inboxes that are still searched with another than `wanted`;
    an inbox that is searched with one of `accepted` is left as it is.
    """

    wanted: Embedder
    standbys: tuple[Embedder, ...] = ()
    accepted: frozenset[str] = frozenset()


@asynccontextmanager
async def open_embedders(
    settings: Settings,
    *,
    language: Language,
    workers: int = 1,
    pack: Path | None = None,
) -> AsyncIterator[Embedders]:
    """Give the embedders of this process.

    `workers` is how many texts are indexed at once; `pack` is where the language pack is
    described (`apertium.modes_folder`), if this machine has one. A pack that is there is
    used unless settings name the plain model.

    Raises:
        NotSetUp: the settings name one that cannot work.
    """
    local_name = settings.embed_model
    if settings.embed_provider is EmbedProvider.OPENAI:
        local_name = None
    elif local_name not in (None, *LOCAL_NAMES):
        raise NotSetUp(
            f"There is no local embedding model “{local_name}”.",
            "Remove SOCIALSYNC_EMBED_MODEL, or set SOCIALSYNC_EMBED_PROVIDER to openai.",
        )
    if local_name == PivotEmbedder.name and pack is None:
        raise missing_pack()
    async with AsyncExitStack() as stack:
        folder = paths.resources_dir() / "models"
        local = await stack.enter_async_context(LocalEmbedder.open(folder, workers))
        translator = (
            None if pack is None else await stack.enter_async_context(Translator.open(pack))
        )
        pivot = PivotEmbedder(local, translator, language)
        if settings.embed_provider is EmbedProvider.OPENAI:
            remote = await stack.enter_async_context(OpenAIEmbedder.open(_server(settings)))
            yield Embedders(wanted=remote, standbys=(local, pivot))
        elif local_name == PivotEmbedder.name or (local_name is None and pack is not None):
            yield Embedders(wanted=pivot, standbys=(local,))
        else:
            # Nobody asked for the plain model: a colleague with the pack is not undone.
            unasked = frozenset({pivot.name} if local_name is None else ())
            yield Embedders(wanted=local, standbys=(pivot,), accepted=unasked)


def language_pack(settings: Settings) -> Path | None:
    """Return where the language pack of this machine is described, if it has one in use."""
    return None if settings.embed_model == LocalEmbedder.name else apertium.modes_folder()


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
