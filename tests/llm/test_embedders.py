from pathlib import Path

import pytest

from core.config.secret import Secret
from core.config.settings import EmbedProvider, ModelProvider, Settings
from core.domain.errors import NotSetUp
from core.llm.embedders import open_embedder
from tests.doubles.openai_server import EmbeddingServer

HOME = Path("unused")


async def test_the_local_model_is_the_one_nobody_has_to_choose() -> None:
    async with open_embedder(Settings(home=HOME)) as embedder:
        assert (embedder.name, embedder.dimensions) == ("minilm-l6-v2-int8", 384)


async def test_settings_name_the_server_its_key_and_its_model(
    server: EmbeddingServer,
) -> None:
    settings = Settings(
        home=HOME,
        embed_provider=EmbedProvider.OPENAI,
        embed_model="nomic-embed-text",
        llm_url=server.url,
        llm_api_key=Secret("sk-ours-0123456789"),
    )
    async with open_embedder(settings) as embedder:
        await embedder.embed(["hello"])

        assert embedder.name == "openai:nomic-embed-text"
    assert server.calls[0].headers["authorization"] == "Bearer sk-ours-0123456789"
    assert server.calls[0].body["model"] == "nomic-embed-text"


async def test_a_key_of_anthropic_is_not_sent_to_openai() -> None:
    settings = Settings(
        home=HOME,
        llm_provider=ModelProvider.ANTHROPIC,
        embed_provider=EmbedProvider.OPENAI,
        llm_api_key=Secret("sk-ant-0123456789"),
    )
    with pytest.raises(NotSetUp, match="Anthropic"):
        async with open_embedder(settings):
            pytest.fail("opened with the key of another service")


async def test_a_local_model_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NotSetUp, match="bge-large"):
        async with open_embedder(Settings(home=HOME, embed_model="bge-large")):
            pytest.fail("opened another model")
