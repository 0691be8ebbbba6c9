"""Which chat model this process opens, and that it is never told personal data."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core import paths
from core.config.secret import Secret
from core.config.settings import ModelProvider, Settings
from core.domain.errors import NotSetUp
from core.llm.base import Speaker, Turn
from core.llm.chat_models import open_chat_model
from tests.doubles.chat_server import ChatServer, open_chat_server
from tests.llm.chats import KEY

TURNS = [Turn(speaker=Speaker.USER, text="Call me on 06 12 34 56 78")]


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    async with open_chat_server() as double:
        yield double


def _settings(provider: ModelProvider, url: str | None = None, **more: object) -> Settings:
    chosen = Settings(home=Path("home"), llm_provider=provider, llm_url=url, **more)  # type: ignore[arg-type]
    return chosen


async def test_a_machine_that_stays_local_has_none() -> None:
    async with open_chat_model(_settings(ModelProvider.LOCAL)) as model:
        assert model is None


@pytest.mark.parametrize("provider", [ModelProvider.OPENAI, ModelProvider.ANTHROPIC])
async def test_personal_data_is_masked_on_the_wire_and_restored(
    provider: ModelProvider, server: ChatServer
) -> None:
    url = server.url if provider is ModelProvider.OPENAI else server.root
    server.reply = "We call [PHONE_1]."
    settings = _settings(provider, url, llm_api_key=Secret(KEY))
    async with open_chat_model(settings) as model:
        assert model is not None
        answer = await model.complete(TURNS)
        streamed = [part async for part in model.stream(TURNS)]

    assert answer.text == "".join(streamed) == "We call 06 12 34 56 78."
    assert "06 12" not in json.dumps([call.body for call in server.calls])


@pytest.mark.parametrize(
    ("set_here", "preferred", "name"),
    [
        ("llama3", "gpt-4o", "llama3"),
        (None, "gpt-4o", "gpt-4o"),
        (None, None, "gpt-4o-mini"),
    ],
)
async def test_the_machines_setting_wins_over_the_owners_choice(
    server: ChatServer, set_here: str | None, preferred: str | None, name: str
) -> None:
    settings = _settings(ModelProvider.OPENAI, server.url, llm_model=set_here)
    async with open_chat_model(settings, preferred) as model:
        assert model is not None
        assert model.name == name


@pytest.mark.parametrize("provider", [ModelProvider.OPENAI, ModelProvider.ANTHROPIC])
async def test_a_vendor_without_a_key_is_told_at_once(provider: ModelProvider) -> None:
    with pytest.raises(NotSetUp, match="SOCIALSYNC_LLM_API_KEY"):
        async with open_chat_model(_settings(provider)):
            pytest.fail("opened without a key")


def test_neither_library_is_loaded_before_a_model_is_opened() -> None:
    code = (
        "import sys, core.engine, core.llm.chat_models, core.assistant.graph;"
        "print([name for name in ('openai', 'anthropic', 'httpx2') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=paths.installation_dir(),
    )
    assert done.stdout.strip() == "[]"
