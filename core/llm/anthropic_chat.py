"""The chat model that asks Anthropic.

Its models differ in how an answer of a given form is asked for: the newest refuse to be
made to call a tool, older ones know nothing else. So the schema is asked for first, the
tool where that is refused, and the model is remembered for it. A model that thinks before
it answers may use up all it is allowed: it is then asked to answer at once. Since the API
of October 2026 there is no temperature: it is left out. The library reads proxies from
the environment even when told not to, so its HTTP client is ours.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from core.domain.errors import NotSetUp, SocialSyncError
from core.llm import chat_answer, failures
from core.llm.anthropic_errors import SERVICE, meaning
from core.llm.base import Completion, Finish, Schema, Speaker, Turn
from core.llm.failures import UnreadableAnswer
from core.llm.openai_client import Server
from core.llm.patience import Patience, Sleep, patiently
from core.llm.streaming import Part, streamed

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

ANTHROPIC_URL: Final = "https://api.anthropic.com"
DEFAULT_MODEL: Final = "claude-haiku-4-5"
WAITED_FOR: Final = Patience(seconds=40.0, pauses=(0.5, 2.0), longest_pause=8.0)
_TOOL: Final = "answer"
_TOOL_WORDS: Final = "Give the answer."
_FORM_WORDS: Final = ("output_config", "output_format", "json_schema", "structured output")
_AT_ONCE: Final = ("between_tools", "disabled")
"""How newer and older models are told to answer at once."""


class AnthropicChat:
    """A chat model of Anthropic's."""

    def __init__(
        self, client: AsyncAnthropic, server: Server, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Ask through a client that somebody else closes; `open` is the way to get one."""
        self._client = client
        self._server = server
        self._sleep = sleep
        self._knows_schema = True
        self._thinking: str | None = None
        self._untried = list(_AT_ONCE)
        self.name = server.model

    @classmethod
    @asynccontextmanager
    async def open(
        cls, server: Server, sleep: Sleep = asyncio.sleep
    ) -> AsyncIterator[AnthropicChat]:
        """Give a chat model that asks `server`; nobody is called before the first turn."""
        if server.key is None:
            raise NotSetUp(
                "Anthropic's models need a key.",
                "Set SOCIALSYNC_LLM_API_KEY, or SOCIALSYNC_LLM_PROVIDER to local.",
            )
        client = await asyncio.to_thread(_client, server, server.key.reveal())
        try:
            yield cls(client, server, sleep)
        finally:
            await client.close()

    async def complete(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,  # noqa: ARG002 - part of the protocol
        schema: Schema | None = None,
    ) -> Completion:
        """Return the model's next utterance; see `ChatModel`."""

        async def call() -> Completion:
            return await self._call(turns, max_tokens, schema)

        return await patiently(call, WAITED_FOR, self._sleep)

    async def stream(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,  # noqa: ARG002 - part of the protocol
    ) -> AsyncIterator[str]:
        """Yield the model's next utterance in parts; see `ChatModel`."""

        async def start() -> AsyncIterator[Part]:
            return await self._stream(turns, max_tokens)

        async for part in streamed(start, WAITED_FOR, self._sleep):
            yield part

    def _request(
        self, turns: Sequence[Turn], max_tokens: int, schema: Schema | None
    ) -> dict[str, Any]:
        """Return the body of a call, in the way this model is known to understand."""
        system = "\n\n".join(turn.text for turn in turns if turn.speaker is Speaker.SYSTEM)
        body: dict[str, Any] = {
            "model": self._server.model,
            "max_tokens": max_tokens,
            "messages": [
                {"role": turn.speaker.value, "content": turn.text}
                for turn in turns
                if turn.speaker is not Speaker.SYSTEM
            ],
        }
        if system:
            body["system"] = system
        if self._thinking is not None:
            body["thinking"] = {"type": self._thinking}
        if schema is None:
            return body
        return body | (_as_schema(schema) if self._knows_schema else _as_tool(schema))

    async def _call(
        self, turns: Sequence[Turn], max_tokens: int, schema: Schema | None
    ) -> Completion:
        from anthropic import APIError

        body = self._request(turns, max_tokens, schema)
        tool = _TOOL if "tools" in body else None
        ours: SocialSyncError | None
        try:
            async with asyncio.timeout(WAITED_FOR.seconds):
                answer = await self._client.messages.with_raw_response.create(**body)
                content = await answer.read()
            found = chat_answer.of_anthropic(content, self._server.model, tool)
            if found.text or found.finish is not Finish.CUT_OFF or not self._hurries():
                return found
            ours = None
        except (APIError, TimeoutError, UnreadableAnswer) as error:
            # What the library raised quotes texts and the key: it goes no further.
            ours = None if self._learns(error, body) else self._failing(error)
        if ours is not None:
            raise ours
        return await self._call(turns, max_tokens, schema)

    async def _stream(self, turns: Sequence[Turn], max_tokens: int) -> AsyncIterator[Part]:
        from anthropic import APIError

        body = self._request(turns, max_tokens, None)
        try:
            events = await self._client.messages.create(**body, stream=True)
            return self._parts(events)
        except APIError as error:
            ours = None if self._learns(error, body) else self._failing(error)
        if ours is not None:
            raise ours
        return await self._stream(turns, max_tokens)

    def _learns(self, error: Exception, body: dict[str, Any]) -> bool:
        """Return whether a refusal tells of something this model does not understand.

        Each thing is learned once, so a call is made a few times at most.
        """
        if getattr(error, "status_code", None) not in (400, 404, 422):
            return False
        said = str(getattr(error, "message", "")).lower()
        if "thinking" in body and "thinking" in said:
            if not self._hurries():
                self._thinking = None
            return True
        if "output_config" in body and any(words in said for words in _FORM_WORDS):
            self._knows_schema = False
            return True
        return False

    def _hurries(self) -> bool:
        """Ask the model to answer at once from now on; False when no way is left."""
        if not self._untried:
            return False
        self._thinking = self._untried.pop(0)
        return True

    async def _parts(self, events: Any) -> AsyncIterator[Part]:
        from anthropic import APIError
        from httpx2 import HTTPError

        try:
            async with events:
                async for event in events:
                    yield _part(event)
        except (APIError, HTTPError, ValueError, RecursionError) as error:
            ours = self._failing(error)
        else:
            return
        raise ours

    def _failing(self, error: Exception) -> SocialSyncError:
        from anthropic import APIError
        from httpx2 import HTTPError

        if isinstance(error, HTTPError):  # raw where a stream breaks off
            return failures.unreached(SERVICE)
        if isinstance(error, APIError):
            return meaning(error, self._server.model)
        if isinstance(error, TimeoutError):
            return failures.too_slow(SERVICE)
        return failures.unreadable(SERVICE)


def _as_schema(schema: Schema) -> dict[str, Any]:
    return {"output_config": {"format": {"type": "json_schema", "schema": schema}}}


def _as_tool(schema: Schema) -> dict[str, Any]:
    tool = {"name": _TOOL, "description": _TOOL_WORDS, "input_schema": schema}
    choice = {"type": "tool", "name": _TOOL, "disable_parallel_tool_use": True}
    return {"tools": [tool], "tool_choice": choice}


def _client(server: Server, key: str) -> AsyncAnthropic:
    from anthropic import AsyncAnthropic
    from httpx2 import AsyncClient

    client = AsyncAnthropic(
        api_key=key,
        # Empty rather than absent: what is absent is looked for in the environment.
        webhook_key="",
        base_url=server.url,
        max_retries=0,
        timeout=None,
        open_telemetry=False,
        http_client=AsyncClient(follow_redirects=False, trust_env=False, timeout=None),
    )
    client._custom_headers = {}  # ANTHROPIC_CUSTOM_HEADERS, which nothing else turns off
    return client


def _part(event: Any) -> Part:
    """Return what an event of a stream says; its types are the server's word only."""
    delta = getattr(event, "delta", None)
    text = getattr(delta, "text", None)
    return Part(
        text=text if isinstance(text, str) else "",
        finish=chat_answer.anthropic_finish(getattr(delta, "stop_reason", None))
        if delta is not None
        else Finish.DONE,
    )
