"""What goes wrong at the embedding server, and what we make of it."""

import logging
import socket
import traceback
from typing import Any

import pytest
from starlette.responses import RedirectResponse

from core.domain.errors import (
    BudgetSpent,
    ModelDown,
    NotSetUp,
    RateLimited,
    SocialSyncError,
    TooLong,
)
from core.llm import openai_embed
from core.llm.base import ChunkText
from core.llm.openai_client import Server
from core.llm.openai_embed import DEFAULT_MODEL, INDEXING, WAITED_FOR, OpenAIEmbedder
from core.llm.patience import Patience
from tests.doubles.openai_server import (
    EmbeddingServer,
    Plan,
    Received,
    changed,
    fails,
    says,
)
from tests.llm.conftest import KEY

PRIVATE = "my card number is 4242"


@pytest.mark.parametrize(
    ("failure", "kind", "told"),
    [
        (fails(401, "invalid_api_key", f"No: {KEY}"), NotSetUp, "SOCIALSYNC_LLM_API_KEY"),
        (fails(403), NotSetUp, "SOCIALSYNC_LLM_API_KEY"),
        (fails(404, "model_not_found"), NotSetUp, "SOCIALSYNC_EMBED_MODEL"),
        (fails(400, message=f"what is {PRIVATE}?"), NotSetUp, "SOCIALSYNC_EMBED_MODEL"),
        (fails(402), BudgetSpent, "SOCIALSYNC_EMBED_PROVIDER"),
        (fails(429, "insufficient_quota"), BudgetSpent, "Add credit"),
        (fails(400, "context_length_exceeded", PRIVATE), TooLong, "SOCIALSYNC_EMBED_MODEL"),
        (fails(500, message="input is too large"), TooLong, "SOCIALSYNC_EMBED_MODEL"),
        (fails(413), TooLong, "SOCIALSYNC_EMBED_MODEL"),
    ],
)
async def test_what_a_person_must_solve_is_said_at_once_with_what_to_do(
    remote: OpenAIEmbedder,
    server: EmbeddingServer,
    failure: Plan,
    kind: type[SocialSyncError],
    told: str,
) -> None:
    server.always = failure

    with pytest.raises(kind) as refused:
        await remote.embed([PRIVATE])

    printed = "".join(traceback.format_exception(refused.value))
    assert type(refused.value) is kind
    assert told in refused.value.next_step
    assert len(server.calls) == 1
    assert KEY not in printed
    assert PRIVATE not in printed


async def test_a_server_that_was_busy_is_asked_again_when_it_said(
    remote: OpenAIEmbedder, server: EmbeddingServer, pauses: list[float]
) -> None:
    server.plans.extend([fails(429, retry_after="3"), fails(503)])

    assert len(await remote.embed(["hello"])) == 1
    assert pauses == [3.0, WAITED_FOR.pauses[1]]


@pytest.mark.parametrize("said", ["soon", "-1", "inf"])
async def test_a_pause_that_makes_no_sense_is_ours_to_choose(
    remote: OpenAIEmbedder, server: EmbeddingServer, pauses: list[float], said: str
) -> None:
    server.plans.append(fails(429, retry_after=said))
    await remote.embed(["hello"])

    assert pauses == [WAITED_FOR.pauses[0]]


async def test_who_waits_for_a_text_is_told_of_a_long_pause_and_does_not_wait_it_out(
    remote: OpenAIEmbedder, server: EmbeddingServer, pauses: list[float]
) -> None:
    server.always = fails(429, retry_after="45")

    with pytest.raises(RateLimited) as limited:
        await remote.embed(["hello"])
    with pytest.raises(RateLimited):
        await remote.embed_chunks([ChunkText(text="hello")])

    assert limited.value.retry_after == 45.0
    assert pauses == [45.0] * len(INDEXING.pauses)


@pytest.mark.parametrize("status", [500, 502, 503, 408])
async def test_a_server_that_stays_away_is_an_outage(
    remote: OpenAIEmbedder, server: EmbeddingServer, pauses: list[float], status: int
) -> None:
    server.always = fails(status, message=PRIVATE)

    with pytest.raises(ModelDown, match=str(status)) as down:
        await remote.embed([PRIVATE])

    assert pauses == list(WAITED_FOR.pauses)
    assert PRIVATE not in "".join(traceback.format_exception(down.value))


async def test_a_server_that_is_not_there_is_an_outage(pauses: list[float]) -> None:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = Server(url=f"http://127.0.0.1:{port}", model=DEFAULT_MODEL)
    async with OpenAIEmbedder.open(nobody, sleep) as remote:
        with pytest.raises(ModelDown, match="cannot be reached") as down:
            await remote.embed(["hello"])

    assert "SOCIALSYNC_LLM_URL" in down.value.next_step
    assert pauses == list(WAITED_FOR.pauses)


async def test_a_server_that_does_not_answer_is_left(
    monkeypatch: pytest.MonkeyPatch, remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    hasty = Patience(seconds=0.05, pauses=(), longest_pause=0.0)
    monkeypatch.setattr(openai_embed, "WAITED_FOR", hasty)
    server.plans.append(server.until_closed)

    with pytest.raises(ModelDown, match="in time"):
        await remote.embed(["hello"])


async def test_texts_do_not_follow_a_redirect(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    server.always = lambda _: RedirectResponse("http://127.0.0.1:1/v1/embeddings", 307)

    with pytest.raises(NotSetUp, match="307"):
        await remote.embed(["hello"])


def _numbers(value: Any) -> Any:
    return changed(lambda data: data[0].update(embedding=value))


@pytest.mark.parametrize(
    "plan",
    [
        says("<html>Sign in</html>", "text/html"),
        says("{"),
        says("[" * 100_000),
        says("[]"),
        says('{"data": null}'),
        says('{"data": [1, 2]}'),
        changed(lambda data: data.pop()),
        changed(lambda data: data.append(dict(data[0]))),
        changed(lambda data: data[1].update(index=0)),
        changed(lambda data: data[1].update(index=2)),
        changed(lambda data: data[1].update(index=True)),
        changed(lambda data: data[1].pop("index")),
        changed(lambda data: data[1].pop("embedding")),
        _numbers([0.5] * 9),
        _numbers([0.0] * 8),
        _numbers([]),
        _numbers(""),
        _numbers("???"),
        _numbers("AAAA"),
        _numbers([float("nan")] + [0.5] * 7),
        _numbers([float("inf")] + [0.5] * 7),
        _numbers([1e300] * 8),
        _numbers([10**400] * 8),
        _numbers(["0.5"] * 8),
    ],
)
async def test_an_answer_that_is_not_what_was_asked_for_is_not_taken(
    remote: OpenAIEmbedder, server: EmbeddingServer, plan: Any
) -> None:
    server.always = plan

    with pytest.raises(ModelDown, match="cannot be used") as down:
        await remote.embed(["one", "two"])

    assert "SOCIALSYNC_LLM_URL" in down.value.next_step


async def test_a_batch_that_is_too_large_is_sent_in_parts(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    refuse = fails(413)
    server.always = lambda received: refuse(received) if len(received.inputs) > 2 else None
    chunks = [ChunkText(text=f"text {n}") for n in range(5)]
    found = await remote.embed_chunks(chunks)
    server.always = None

    assert [one.whole for one in found] == await remote.embed([c.text for c in chunks])
    assert [len(call.inputs) for call in server.calls[:-1]] == [5, 2, 3, 1, 2]


async def test_a_text_that_is_too_long_for_the_model_is_read_as_far_as_it_can(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    refuse = fails(400, message="This model's maximum context length is 512 tokens.")

    def short_only(received: Received) -> Any:
        return refuse(received) if max(map(len, received.inputs)) > 1500 else None

    server.always = short_only
    long = "espresso " * 500
    (vector,) = await remote.embed([long])

    assert [vector] == await remote.embed([long[: len(long) // 4]])


async def test_nothing_private_is_logged_even_when_everything_is(
    remote: OpenAIEmbedder, server: EmbeddingServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for quietened in ("openai", "httpx2", "httpcore"):  # as `core.logs` does
        caplog.set_level(logging.DEBUG, logger=quietened)
    server.plans.append(fails(500, message=PRIVATE))
    await remote.embed([PRIVATE])

    assert "openai" in {record.name.split(".")[0] for record in caplog.records}
    assert PRIVATE not in caplog.text
    assert KEY not in caplog.text
