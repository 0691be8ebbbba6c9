"""Open the chat model of this process: the one that settings name, if they name one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.config.settings import ModelProvider, Settings
from core.llm import anthropic_chat, openai_chat
from core.llm.anthropic_chat import ANTHROPIC_URL, AnthropicChat
from core.llm.base import ChatModel
from core.llm.masked import MaskedModel
from core.llm.openai_chat import OpenAIChat
from core.llm.openai_client import OPENAI_URL, Server


@asynccontextmanager
async def open_chat_model(
    settings: Settings, preferred: str | None = None
) -> AsyncIterator[ChatModel | None]:
    """Give the chat model of this process, or None where everything stays local.

    `preferred` is the model that the owner chose, for machines whose settings name none.
    Personal data is masked in whatever the model is sent (`masked`).

    Raises:
        NotSetUp: the settings name a provider that cannot work.
    """
    if settings.llm_provider is ModelProvider.LOCAL:
        yield None
    elif settings.llm_provider is ModelProvider.ANTHROPIC:
        server = Server(
            url=settings.llm_url or ANTHROPIC_URL,
            key=settings.llm_api_key,
            model=settings.llm_model or preferred or anthropic_chat.DEFAULT_MODEL,
        )
        async with AnthropicChat.open(server) as claude:
            yield MaskedModel(claude)
    else:
        server = Server(
            url=settings.llm_url or OPENAI_URL,
            key=settings.llm_api_key,
            model=settings.llm_model or preferred or openai_chat.DEFAULT_MODEL,
        )
        async with OpenAIChat.open(server) as chat:
            yield MaskedModel(chat)
