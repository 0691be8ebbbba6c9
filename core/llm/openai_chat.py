"""The chat model that asks OpenAI, or any server that speaks its language.

Ollama, vLLM, llama.cpp and LM Studio do. They differ in two things that only a call can
tell: whether they know `json_schema`, and whether a model takes a temperature. What is
refused once is left out from then on; an answer's form is then asked for in words.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from core.domain.errors import NotSetUp, SocialSyncError
from core.llm import chat_answer, failures
from core.llm.base import Completion, Finish, Schema, Speaker, Turn
from core.llm.failures import CHAT, UnreadableAnswer
from core.llm.openai_client import OPENAI_URL, Server, client_of, headers_of
from core.llm.openai_errors import meaning
from core.llm.patience import Patience, Sleep, patiently
from core.llm.prompt_files import prompt
from core.llm.streaming import Part, streamed

if TYPE_CHECKING:
    from openai import AsyncOpenAI

DEFAULT_MODEL: Final = "gpt-4o-mini"
WAITED_FOR: Final = Patience(seconds=40.0, pauses=(0.5, 2.0), longest_pause=8.0)
"""A model on this machine's processor may think for half a minute."""
_SCHEMA_NAME: Final = "answer"
_FORM_WORDS: Final = ("response_format", "json_schema", "structured output", "grammar")


class OpenAIChat:
    """A chat model behind HTTP."""

    def __init__(
        self, client: AsyncOpenAI, server: Server, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Ask through a client that somebody else closes; `open` is the way to get one."""
        self._client = client
        self._server = server
        self._sleep = sleep
        self._knows_schema = True
        self._takes_temperature = True
        self.name = server.model

    @classmethod
    @asynccontextmanager
    async def open(
        cls, server: Server, sleep: Sleep = asyncio.sleep
    ) -> AsyncIterator[OpenAIChat]:
        """Give a chat model that asks `server`; nobody is called before the first turn."""
        if server.key is None and server.url == OPENAI_URL:
            raise NotSetUp(
                "OpenAI's models need a key.",
                "Set SOCIALSYNC_LLM_API_KEY, or SOCIALSYNC_LLM_PROVIDER to local.",
            )
        # Loading the library takes most of a second: not in the loop.
        client = await asyncio.to_thread(client_of, server)
        try:
            yield cls(client, server, sleep)
        finally:
            await client.close()

    async def complete(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
        schema: Schema | None = None,
    ) -> Completion:
        """Return the model's next utterance; see `ChatModel`."""

        async def call() -> Completion:
            return await self._call(
                lambda: self._request(turns, max_tokens, temperature, schema)
            )

        answer = await patiently(call, WAITED_FOR, self._sleep)
        if schema is None:
            return answer
        if answer.finish is Finish.DONE and not chat_answer.is_object(answer.text):
            # A server that does not know the field ignores it: it is told in words next.
            self._knows_schema = False
        return answer

    async def stream(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
    ) -> AsyncIterator[str]:
        """Yield the model's next utterance in parts; see `ChatModel`."""

        async def start() -> AsyncIterator[Part]:
            return await self._stream(
                lambda: self._request(turns, max_tokens, temperature, None)
            )

        async for part in streamed(start, WAITED_FOR, self._sleep):
            yield part

    def _request(
        self,
        turns: Sequence[Turn],
        max_tokens: int,
        temperature: float | None,
        schema: Schema | None,
    ) -> dict[str, Any]:
        """Return the body of a call, with what this server is known to understand."""
        in_words = schema is not None and not self._knows_schema
        said = [_form_in_words(schema), *turns] if in_words and schema else list(turns)
        body: dict[str, Any] = {"model": self._server.model, "messages": _messages(said)}
        # OpenAI's newer models know only the longer name, other servers only the shorter.
        is_openai = self._server.url == OPENAI_URL
        body["max_completion_tokens" if is_openai else "max_tokens"] = max_tokens
        if temperature is not None and self._takes_temperature:
            body["temperature"] = temperature
        if schema is not None and self._knows_schema:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": _SCHEMA_NAME, "schema": schema, "strict": True},
            }
        return body

    async def _call(self, request: Callable[[], dict[str, Any]]) -> Completion:
        from openai import APIError

        body = request()
        try:
            async with asyncio.timeout(WAITED_FOR.seconds):
                answer = await self._client.chat.completions.with_raw_response.create(
                    **body, extra_headers=headers_of(self._server)
                )
            return chat_answer.of_openai(answer.content, self._server.model)
        except (APIError, TimeoutError, UnreadableAnswer) as error:
            # What the library raised quotes texts and the key: it goes no further.
            ours = None if self._learns(error, body) else self._failing(error)
        if ours is not None:
            raise ours
        return await self._call(request)

    async def _stream(self, request: Callable[[], dict[str, Any]]) -> AsyncIterator[Part]:
        from openai import APIError

        body = request()
        try:
            chunks = await self._client.chat.completions.create(
                **body, stream=True, extra_headers=headers_of(self._server)
            )
            return self._parts(chunks)
        except APIError as error:
            ours = None if self._learns(error, body) else self._failing(error)
        if ours is not None:
            raise ours
        return await self._stream(request)

    async def _parts(self, chunks: Any) -> AsyncIterator[Part]:
        from openai import APIError

        try:
            async with chunks:
                async for chunk in chunks:
                    yield _part(chunk)
        except (APIError, ValueError, RecursionError) as error:
            # Of the last two, the library's own reading of a line that is not JSON.
            ours = self._failing(error)
        else:
            return
        raise ours

    def _learns(self, error: Exception, body: dict[str, Any]) -> bool:
        """Return whether a refusal tells of something the server does not understand.

        Each thing is learned once, so a call is made three times at most.
        """
        if getattr(error, "status_code", None) not in (400, 404, 415, 422, 501):
            return False
        said = f"{getattr(error, 'param', '')} {getattr(error, 'message', '')}".lower()
        if "temperature" in body and "temperature" in said:
            self._takes_temperature = False
            return True
        if "response_format" in body and any(words in said for words in _FORM_WORDS):
            self._knows_schema = False
            return True
        return False

    def _failing(self, error: Exception) -> SocialSyncError:
        from openai import APIError

        if isinstance(error, APIError):
            return meaning(error, self._server.model, CHAT)
        if isinstance(error, TimeoutError):
            return failures.too_slow(CHAT)
        return failures.unreadable(CHAT)


def _part(chunk: Any) -> Part:
    """Return what a chunk of a stream says; its types are the server's word only."""
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list) or not choices:
        return Part()
    delta = getattr(choices[0], "delta", None)
    text = getattr(delta, "content", None)
    finish = chat_answer.openai_finish(getattr(choices[0], "finish_reason", None))
    return Part(
        text=text if isinstance(text, str) else "",
        finish=Finish.REFUSED if getattr(delta, "refusal", None) else finish,
    )


def _form_in_words(schema: Schema) -> Turn:
    told = prompt("schema").filled(schema=json.dumps(schema, ensure_ascii=False))
    return Turn(speaker=Speaker.SYSTEM, text=told)


def _messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Return the turns as they travel, with one system message, which comes first."""
    system = "\n\n".join(turn.text for turn in turns if turn.speaker is Speaker.SYSTEM)
    first = [{"role": "system", "content": system}] if system else []
    return first + [
        {"role": turn.speaker.value, "content": turn.text}
        for turn in turns
        if turn.speaker is not Speaker.SYSTEM
    ]
