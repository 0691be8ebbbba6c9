"""Both chat adapters over the same double, so that one test holds for both."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any

from core.config.secret import Secret
from core.llm.anthropic_chat import AnthropicChat
from core.llm.base import ChatModel, Speaker, Turn
from core.llm.openai_chat import OpenAIChat
from core.llm.openai_client import Server
from tests.doubles.chat_server import ChatServer, anthropic_fails, openai_fails

KEY = "sk-proj-abcdefghijklmnop"
PRIVATE = "my door code is 4242"
TURNS = (
    Turn(speaker=Speaker.SYSTEM, text="Be brief."),
    Turn(speaker=Speaker.USER, text=PRIVATE),
)
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}


class Vendor(StrEnum):
    OPENAI = "openai"
    ANTHROPIC = "anthropic"

    def fails(self, status: int, code: str = "", message: str = "", **headers: str) -> Any:
        """Return a plan to fail in this vendor's words."""
        wording = openai_fails if self is Vendor.OPENAI else anthropic_fails
        return wording(status, code, message, **headers)


@asynccontextmanager
async def asking(
    vendor: Vendor, server: ChatServer, sleep: Callable[[float], Awaitable[None]]
) -> AsyncIterator[ChatModel]:
    """Open an adapter for the double."""
    if vendor is Vendor.OPENAI:
        there = Server(url=server.url, key=Secret(KEY), model="a-model")
        async with OpenAIChat.open(there, sleep) as chat:
            yield chat
    else:
        there = Server(url=server.root, key=Secret(KEY), model="a-model")
        async with AnthropicChat.open(there, sleep) as claude:
            yield claude


async def hear(model: ChatModel, heard: list[str]) -> None:
    """Add the parts of a streamed answer to `heard` as they come."""
    async for part in model.stream(TURNS):
        heard.append(part)  # noqa: PERF401 - what was heard before it broke off counts


async def told(model: ChatModel) -> list[str]:
    """Return the parts of a streamed answer."""
    return [part async for part in model.stream(TURNS)]
