"""What goes wrong at a chat model's server, and what we make of it, whoever's it is."""

import logging
import socket
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.responses import RedirectResponse, StreamingResponse

from core.config.secret import Secret
from core.domain.errors import (
    BudgetSpent,
    ModelDown,
    NotSetUp,
    RateLimited,
    Refused,
    SocialSyncError,
    TooLong,
)
from core.llm import anthropic_chat, openai_chat
from core.llm.anthropic_chat import AnthropicChat
from core.llm.base import ChatModel
from core.llm.openai_chat import WAITED_FOR, OpenAIChat
from core.llm.openai_client import Server
from core.llm.patience import Patience
from tests.doubles.chat_server import ChatServer, data, open_chat_server, says
from tests.llm.chats import KEY, PRIVATE, TURNS, Vendor, asking, hear, told

VENDORS = list(Vendor)


@pytest.fixture
async def chat_server() -> AsyncIterator[ChatServer]:
    async with open_chat_server() as double:
        yield double


@pytest.fixture(params=VENDORS)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    return Vendor(request.param)


@pytest.fixture
async def model(
    vendor: Vendor, chat_server: ChatServer, pauses: list[float]
) -> AsyncIterator[ChatModel]:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async with asking(vendor, chat_server, sleep) as opened:
        yield opened


@pytest.mark.parametrize(
    ("status", "kind", "told_to"),
    [
        (401, NotSetUp, "SOCIALSYNC_LLM_API_KEY"),
        (403, NotSetUp, "SOCIALSYNC_LLM_API_KEY"),
        (404, NotSetUp, "SOCIALSYNC_LLM_MODEL"),
        (400, NotSetUp, "SOCIALSYNC_LLM_MODEL"),
        (402, BudgetSpent, "Add credit"),
        (413, TooLong, "SOCIALSYNC_LLM_MODEL"),
    ],
)
async def test_what_a_person_must_solve_is_said_at_once_with_what_to_do(
    model: ChatModel,
    vendor: Vendor,
    chat_server: ChatServer,
    status: int,
    kind: type[SocialSyncError],
    told_to: str,
) -> None:
    chat_server.always = vendor.fails(status, "error", f"{KEY} may not say {PRIVATE}")

    for asked in (model.complete(TURNS), told(model)):
        with pytest.raises(kind) as refused:
            await asked
        printed = "".join(traceback.format_exception(refused.value))
        assert type(refused.value) is kind
        assert told_to in refused.value.next_step
        assert KEY not in printed
        assert PRIVATE not in printed
    assert len(chat_server.calls) == 2


@pytest.mark.parametrize(
    ("vendor", "status", "code", "message"),
    [
        (Vendor.OPENAI, 429, "insufficient_quota", ""),
        (Vendor.ANTHROPIC, 400, "invalid_request_error", "Your credit balance is too low"),
    ],
)
async def test_a_quota_that_is_used_up_is_not_waited_for(
    model: ChatModel,
    chat_server: ChatServer,
    vendor: Vendor,
    status: int,
    code: str,
    message: str,
) -> None:
    chat_server.always = vendor.fails(status, code, message)

    with pytest.raises(BudgetSpent):
        await model.complete(TURNS)
    assert len(chat_server.calls) == 1


@pytest.mark.parametrize(
    "message", ["prompt is too long: 9 tokens", "maximum context length is 9"]
)
async def test_more_than_the_model_reads_is_told_as_such(
    model: ChatModel, vendor: Vendor, chat_server: ChatServer, message: str
) -> None:
    chat_server.always = vendor.fails(400, "invalid_request_error", message)

    with pytest.raises(TooLong):
        await model.complete(TURNS)


async def test_a_server_that_was_busy_is_asked_again_when_it_said(
    model: ChatModel, vendor: Vendor, chat_server: ChatServer, pauses: list[float]
) -> None:
    chat_server.plans.extend([vendor.fails(429, retry_after="3"), vendor.fails(529)])
    answer = await model.complete(TURNS)
    chat_server.plans.append(vendor.fails(503))
    parts = await told(model)

    assert answer.text == "".join(parts) == chat_server.reply
    assert pauses == [3.0, WAITED_FOR.pauses[1], WAITED_FOR.pauses[0]]


async def test_a_long_pause_is_told_and_not_waited_out(
    model: ChatModel, vendor: Vendor, chat_server: ChatServer, pauses: list[float]
) -> None:
    chat_server.always = vendor.fails(429, retry_after="45")

    with pytest.raises(RateLimited) as limited:
        await model.complete(TURNS)
    assert limited.value.retry_after == 45.0
    assert pauses == []


@pytest.mark.parametrize("status", [500, 503, 529, 408])
async def test_a_server_that_stays_away_is_an_outage(
    model: ChatModel,
    vendor: Vendor,
    chat_server: ChatServer,
    pauses: list[float],
    status: int,
) -> None:
    chat_server.always = vendor.fails(status, message=PRIVATE)

    with pytest.raises(ModelDown, match=str(status)) as down:
        await model.complete(TURNS)
    assert pauses == list(WAITED_FOR.pauses)
    assert PRIVATE not in "".join(traceback.format_exception(down.value))


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_server_that_is_not_there_is_an_outage(vendor: Vendor) -> None:
    async def sleep(_seconds: float) -> None:
        """Come back at once."""

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = ChatServer(root=f"http://127.0.0.1:{port}")
    async with asking(vendor, nobody, sleep) as model:
        for asked in (model.complete(TURNS), told(model)):
            with pytest.raises(ModelDown, match="cannot be reached"):
                await asked


async def test_a_server_that_does_not_answer_is_left(
    monkeypatch: pytest.MonkeyPatch, model: ChatModel, chat_server: ChatServer
) -> None:
    hasty = Patience(seconds=0.05, pauses=(), longest_pause=0.0)
    monkeypatch.setattr(openai_chat, "WAITED_FOR", hasty)
    monkeypatch.setattr(anthropic_chat, "WAITED_FOR", hasty)
    chat_server.always = chat_server.until_closed

    for asked in (model.complete(TURNS), told(model)):
        with pytest.raises(ModelDown, match="in time"):
            await asked


async def test_words_do_not_follow_a_redirect(
    model: ChatModel, chat_server: ChatServer
) -> None:
    chat_server.always = lambda _: RedirectResponse("http://127.0.0.1:1/v1", 307)

    with pytest.raises(NotSetUp, match="307"):
        await model.complete(TURNS)


@pytest.mark.parametrize(
    "content",
    [
        "<html>Sign in</html>",
        "{",
        "[" * 100_000,
        "[]",
        "{}",
        '{"choices": null, "content": null}',
        '{"choices": [], "content": [1]}',
        '{"choices": [1], "content": "text"}',
        '{"choices": [{"message": {"content": 5}}], "content": [{"type": "text"}]}',
        '{"choices": [{"message": {}}], "content": [{"type": "text", "text": 5}]}',
    ],
)
async def test_an_answer_that_is_not_what_was_asked_for_is_not_taken(
    model: ChatModel, chat_server: ChatServer, content: str
) -> None:
    chat_server.always = says(content)

    with pytest.raises(ModelDown, match="cannot be used"):
        await model.complete(TURNS)


def _stream(*events: str) -> Any:
    return lambda _: StreamingResponse(iter(events), media_type="text/event-stream")


HALF = {
    Vendor.OPENAI: data({"choices": [{"index": 0, "delta": {"content": "Half"}}]}),
    Vendor.ANTHROPIC: data(
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Half"}},
        "content_block_delta",
    ),
}


@pytest.mark.parametrize(
    "broken",
    [
        "event: message_delta\ndata: {not json\n\n",
        data(
            {"type": "error", "error": {"type": "overloaded_error", "message": PRIVATE}},
            "error",
        ),
    ],
)
async def test_a_stream_that_breaks_is_not_begun_again(
    model: ChatModel, vendor: Vendor, chat_server: ChatServer, broken: str
) -> None:
    chat_server.always = _stream(HALF[vendor], broken)
    heard: list[str] = []

    with pytest.raises(ModelDown) as down:
        await hear(model, heard)
    assert heard == ["Half"]
    assert len(chat_server.calls) == 1
    assert PRIVATE not in "".join(traceback.format_exception(down.value))


async def test_a_stream_without_a_word_is_an_outage(
    model: ChatModel, chat_server: ChatServer
) -> None:
    chat_server.reply = ""

    with pytest.raises(ModelDown, match="nothing"):
        await told(model)


async def test_a_stream_that_was_cut_off_says_so_after_its_last_word(
    model: ChatModel, vendor: Vendor, chat_server: ChatServer
) -> None:
    chat_server.finish = "length" if vendor is Vendor.OPENAI else "max_tokens"
    heard: list[str] = []

    with pytest.raises(TooLong, match="cut off"):
        await hear(model, heard)
    assert "".join(heard) == chat_server.reply


async def test_a_stream_that_ends_in_a_refusal_says_so(
    model: ChatModel, vendor: Vendor, chat_server: ChatServer
) -> None:
    chat_server.finish = "content_filter" if vendor is Vendor.OPENAI else "refusal"

    with pytest.raises(Refused, match="will not answer"):
        await told(model)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_vendor_needs_a_key(vendor: Vendor) -> None:
    there = Server(model="a-model")
    opening = (
        OpenAIChat.open(there) if vendor is Vendor.OPENAI else AnthropicChat.open(there)
    )
    with pytest.raises(NotSetUp, match="SOCIALSYNC_LLM_API_KEY"):
        async with opening:
            pytest.fail("opened without a key")


async def test_a_key_never_shows_in_what_an_adapter_prints(model: ChatModel) -> None:
    assert KEY not in f"{model!r} {vars(model)!r} {Server(model='m', key=Secret(KEY))!r}"


async def test_nothing_private_is_logged_even_when_everything_is(
    model: ChatModel,
    vendor: Vendor,
    chat_server: ChatServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for quietened in ("openai", "anthropic", "httpx2", "httpcore"):  # as `core.logs` does
        caplog.set_level(logging.WARNING, logger=quietened)
    chat_server.plans.append(vendor.fails(500, message=PRIVATE))
    await model.complete(TURNS)

    assert PRIVATE not in caplog.text
    assert KEY not in caplog.text
