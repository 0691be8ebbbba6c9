"""What is asked of an OpenAI-compatible server, and how its answers are read."""

import json
from collections.abc import AsyncIterator

import pytest

from core.config.secret import Secret
from core.llm.base import Finish, Speaker, Turn
from core.llm.openai_chat import OpenAIChat
from core.llm.openai_client import Server
from tests.doubles.chat_server import ChatServer, open_chat_server, openai_fails, says
from tests.llm.chats import KEY, SCHEMA, TURNS

MESSAGES = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": TURNS[1].text},
]


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    async with open_chat_server() as double:
        yield double


@pytest.fixture
async def model(server: ChatServer) -> AsyncIterator[OpenAIChat]:
    there = Server(url=server.url, key=Secret(KEY), model="a-model")
    async with OpenAIChat.open(there) as opened:
        yield opened


async def test_an_answer_comes_with_what_it_consumed(model: OpenAIChat) -> None:
    answer = await model.complete(TURNS)

    assert answer.text == "Hello from the model."
    assert (answer.input_tokens, answer.output_tokens) == (11, 7)
    assert (model.name, answer.model) == ("a-model", "a-model-2026")
    assert answer.finish is Finish.DONE


async def test_the_call_carries_our_key_and_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, server: ChatServer
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "sk-of-somebody-else")
    for name in ("OPENAI_BASE_URL", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/v1")
    there = Server(url=server.url, key=Secret(KEY), model="a-model")
    async with OpenAIChat.open(there) as model:
        await model.complete(TURNS, max_tokens=50, temperature=0.2)
    (call,) = server.calls

    assert call.headers["authorization"] == f"Bearer {KEY}"
    assert "somebody-else" not in str(dict(call.headers))
    assert call.body == {
        "model": "a-model",
        "messages": MESSAGES,
        "max_tokens": 50,
        "temperature": 0.2,
    }


async def test_a_server_without_a_key_is_sent_none(server: ChatServer) -> None:
    async with OpenAIChat.open(Server(url=server.url, model="llama")) as model:
        await model.complete(TURNS)

    assert "authorization" not in server.calls[0].headers


async def test_an_answer_of_a_given_form_is_asked_for_with_its_schema(
    model: OpenAIChat, server: ChatServer
) -> None:
    server.reply = '{"word": "yes"}'
    answer = await model.complete(TURNS, schema=SCHEMA)

    assert json.loads(answer.text) == {"word": "yes"}
    assert server.calls[0].body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True},
    }


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "'response_format.type' must be 'json_object' or 'text'"),
        (422, "Unsupported response_format type: 'json_schema'"),
        (400, "failed to parse grammar"),
        (501, "structured outputs are not implemented"),
    ],
)
async def test_a_server_that_refuses_schemas_is_told_the_form_in_words_from_then_on(
    model: OpenAIChat, server: ChatServer, status: int, message: str
) -> None:
    server.reply = '{"word": "yes"}'
    server.plans.append(openai_fails(status, message=message))
    for _ in range(2):
        answer = await model.complete(TURNS, schema=SCHEMA)
        assert answer.text == server.reply

    assert ["response_format" in call.body for call in server.calls] == [True, False, False]
    told = server.calls[1].body["messages"][0]
    assert told["role"] == "system"
    assert json.dumps(SCHEMA) in told["content"]
    assert told["content"].endswith("Be brief.")


async def test_a_server_that_ignores_schemas_is_told_the_form_in_words_the_next_time(
    model: OpenAIChat, server: ChatServer
) -> None:
    first = await model.complete(TURNS, schema=SCHEMA)
    await model.complete(TURNS, schema=SCHEMA)

    assert first.text == server.reply
    assert ["response_format" in call.body for call in server.calls] == [True, False]


async def test_a_model_without_a_temperature_is_sent_none_from_then_on(
    model: OpenAIChat, server: ChatServer
) -> None:
    message = "Unsupported value: 'temperature' does not support 0.2 with this model."
    server.plans.append(openai_fails(400, message=message))
    await model.complete(TURNS, temperature=0.2)
    assert [part async for part in model.stream(TURNS, temperature=0.2)]

    assert ["temperature" in call.body for call in server.calls] == [True, False, False]


async def test_what_is_refused_for_another_reason_is_not_asked_again(
    model: OpenAIChat, server: ChatServer
) -> None:
    server.always = openai_fails(400, message="temperature and response_format are fine")
    with pytest.raises(Exception, match="does not accept"):
        await model.complete(TURNS, temperature=0.1, schema=SCHEMA)

    assert len(server.calls) == 3


@pytest.mark.parametrize(
    ("choice", "finish"),
    [
        ({"message": {"content": "Half a"}, "finish_reason": "length"}, Finish.CUT_OFF),
        ({"message": {"content": None}, "finish_reason": "length"}, Finish.CUT_OFF),
        ({"message": {"content": ""}, "finish_reason": "content_filter"}, Finish.REFUSED),
        ({"message": {"content": None, "refusal": "No."}, "finish_reason": "stop"}, Finish.REFUSED),
        ({"message": {"content": "All"}}, Finish.DONE),
    ],
)  # fmt: skip
async def test_how_an_answer_ended_is_told(
    model: OpenAIChat, server: ChatServer, choice: object, finish: Finish
) -> None:
    server.always = says(json.dumps({"choices": [choice]}))
    answer = await model.complete(TURNS)

    assert answer.finish is finish
    assert (answer.input_tokens, answer.model) == (0, "a-model")


async def test_a_stream_comes_in_parts(model: OpenAIChat, server: ChatServer) -> None:
    parts = [part async for part in model.stream(TURNS, max_tokens=9)]

    assert "".join(parts) == server.reply
    assert len(parts) == 5
    assert server.calls[0].body["stream"] is True


async def test_system_turns_come_first_and_as_one(
    model: OpenAIChat, server: ChatServer
) -> None:
    late = Turn(speaker=Speaker.SYSTEM, text="Be kind.")
    await model.complete([*TURNS, late])

    assert server.calls[0].body["messages"][0]["content"] == "Be brief.\n\nBe kind."
