"""What is asked of Anthropic, and how its answers are read."""

import json
from collections.abc import AsyncIterator

import pytest

from core.config.secret import Secret
from core.llm.anthropic_chat import AnthropicChat
from core.llm.base import Finish
from core.llm.openai_client import Server
from tests.doubles.chat_server import (
    ChatServer,
    anthropic_fails,
    open_chat_server,
    says,
)
from tests.llm.chats import KEY, SCHEMA, TURNS


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    async with open_chat_server() as double:
        yield double


@pytest.fixture
async def model(server: ChatServer) -> AsyncIterator[AnthropicChat]:
    there = Server(url=server.root, key=Secret(KEY), model="a-model")
    async with AnthropicChat.open(there) as opened:
        yield opened


async def test_an_answer_comes_with_what_it_consumed(model: AnthropicChat) -> None:
    answer = await model.complete(TURNS)

    assert answer.text == "Hello from the model."
    assert (answer.input_tokens, answer.output_tokens) == (11, 7)
    assert (model.name, answer.model) == ("a-model", "a-model-2026")
    assert answer.finish is Finish.DONE


async def test_the_call_carries_our_key_and_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, server: ChatServer
) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.setenv(name, "sk-of-somebody-else")
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "X-Foreign: of-somebody-else")
    for name in ("ANTHROPIC_BASE_URL", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/v1")
    there = Server(url=server.root, key=Secret(KEY), model="a-model")
    async with AnthropicChat.open(there) as model:
        await model.complete(TURNS, max_tokens=50, temperature=0.2)
    (call,) = server.calls

    assert call.headers["authorization"] == f"Bearer {KEY}"
    assert "somebody-else" not in str(dict(call.headers))
    assert call.body == {
        "model": "a-model",
        "max_tokens": 50,
        "system": "Be brief.",
        "messages": [{"role": "user", "content": TURNS[1].text}],
    }


async def test_an_answer_of_a_given_form_is_asked_for_with_its_schema(
    model: AnthropicChat, server: ChatServer
) -> None:
    server.reply = '{"word": "yes"}'
    answer = await model.complete(TURNS, schema=SCHEMA)

    assert json.loads(answer.text) == {"word": "yes"}
    assert server.calls[0].body["output_config"] == {
        "format": {"type": "json_schema", "schema": SCHEMA}
    }


async def test_a_model_without_schemas_is_made_to_call_a_tool_from_then_on(
    model: AnthropicChat, server: ChatServer
) -> None:
    server.reply = '{"word": "été"}'
    refusal = "output_config.format: this model does not support it"
    server.plans.append(anthropic_fails(400, "invalid_request_error", refusal))
    for _ in range(2):
        answer = await model.complete(TURNS, schema=SCHEMA)
        assert answer.text == server.reply

    assert ["tools" in call.body for call in server.calls] == [False, True, True]
    assert server.calls[1].body["tools"][0]["input_schema"] == SCHEMA
    assert server.calls[1].body["tool_choice"] == {
        "type": "tool",
        "name": "answer",
        "disable_parallel_tool_use": True,
    }


async def test_a_model_that_thinks_too_long_is_asked_to_answer_at_once(
    model: AnthropicChat, server: ChatServer
) -> None:
    thought = {
        "content": [{"type": "thinking", "thinking": "…"}],
        "stop_reason": "max_tokens",
    }
    refusal = "thinking.type: between_tools is not supported by this model"
    server.plans.append(says(json.dumps(thought)))
    server.plans.append(anthropic_fails(400, "invalid_request_error", refusal))
    answer = await model.complete(TURNS)

    assert answer.text == server.reply
    assert [call.body.get("thinking") for call in server.calls] == [
        None,
        {"type": "between_tools"},
        {"type": "disabled"},
    ]


async def test_a_model_that_only_thinks_is_given_up_as_cut_off(
    model: AnthropicChat, server: ChatServer
) -> None:
    thought = {
        "content": [{"type": "thinking", "thinking": "…"}],
        "stop_reason": "max_tokens",
    }
    server.always = says(json.dumps(thought))

    assert (await model.complete(TURNS)).finish is Finish.CUT_OFF
    assert len(server.calls) == 3


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("max_tokens", Finish.CUT_OFF),
        ("model_context_window_exceeded", Finish.CUT_OFF),
        ("refusal", Finish.REFUSED),
        ("end_turn", Finish.DONE),
        ("something_new", Finish.DONE),
    ],
)
async def test_how_an_answer_ended_is_told(
    model: AnthropicChat, server: ChatServer, reason: str, finish: Finish
) -> None:
    server.finish = reason
    assert (await model.complete(TURNS)).finish is finish


async def test_a_refusal_without_words_is_a_refusal(
    model: AnthropicChat, server: ChatServer
) -> None:
    server.always = says(json.dumps({"content": [], "stop_reason": "refusal"}))
    assert (await model.complete(TURNS, schema=SCHEMA)).finish is Finish.REFUSED


async def test_tokens_read_from_a_cache_count_as_well(
    model: AnthropicChat, server: ChatServer
) -> None:
    usage = {"input_tokens": 3, "cache_read_input_tokens": 40, "output_tokens": 2}
    said = {"content": [{"type": "text", "text": "Yes"}], "usage": usage}
    server.always = says(json.dumps(said))
    assert (await model.complete(TURNS)).input_tokens == 43


async def test_a_stream_comes_in_parts(model: AnthropicChat, server: ChatServer) -> None:
    parts = [part async for part in model.stream(TURNS, max_tokens=9)]

    assert "".join(parts) == server.reply
    assert len(parts) == 5
    assert server.calls[0].body["stream"] is True
