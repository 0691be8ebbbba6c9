from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from core.config.secret import Secret
from core.config.settings import EmbedProvider, ModelProvider, Settings
from core.domain.errors import NotSetUp
from core.llm.embedders import Embedders, language_pack, open_embedders
from tests.doubles.apertium import language_pack as language_files
from tests.doubles.openai_server import EmbeddingServer

HOME = Path("unused")
PLAIN, PACKED = "minilm-l6-v2-int8", "minilm-l6-v2-int8+apertium"


def names(found: Embedders) -> list[str]:
    return [one.name for one in (found.wanted, *found.standbys)]


def opened(
    settings: Settings, pack: Path | None = None
) -> AbstractAsyncContextManager[Embedders]:
    return open_embedders(settings, language=lambda _text: "en", pack=pack)


async def test_the_local_model_is_the_one_nobody_has_to_choose() -> None:
    async with opened(Settings(home=HOME)) as found:
        assert names(found) == [PLAIN, PACKED]
        # A colleague's machine has the pack: this one leaves the inbox to it.
        assert found.accepted == {PACKED}


async def test_a_language_pack_that_is_there_is_used(tmp_path: Path) -> None:
    pack = language_files(tmp_path)
    async with opened(Settings(home=HOME), pack) as found:
        assert names(found) == [PACKED, PLAIN]
        assert not found.accepted


async def test_the_plain_model_can_be_insisted_on(tmp_path: Path) -> None:
    settings = Settings(home=HOME, embed_model=PLAIN)
    async with opened(settings, language_files(tmp_path)) as found:
        assert names(found) == [PLAIN, PACKED]
        assert not found.accepted
    assert language_pack(settings) is None


async def test_a_pack_that_is_not_there_is_refused_with_its_remedy() -> None:
    with pytest.raises(NotSetUp, match="apt-get install apertium"):
        async with opened(Settings(home=HOME, embed_model=PACKED)):
            pytest.fail("opened without the pack")


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
    async with opened(settings) as found:
        await found.wanted.embed(["hello"])

        assert names(found) == ["openai:nomic-embed-text", PLAIN, PACKED]
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
        async with opened(settings):
            pytest.fail("opened with the key of another service")


async def test_a_local_model_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NotSetUp, match="bge-large"):
        async with opened(Settings(home=HOME, embed_model="bge-large")):
            pytest.fail("opened another model")
