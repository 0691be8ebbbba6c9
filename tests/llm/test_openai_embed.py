import asyncio
import subprocess
import sys
from math import sqrt

import pytest
from starlette.responses import JSONResponse, Response

from core import paths
from core.config.secret import Secret
from core.domain.errors import ModelDown, NotSetUp
from core.llm.base import ChunkText, Vector
from core.llm.openai_client import Server
from core.llm.openai_embed import (
    DEFAULT_MODEL,
    LONGEST_TEXT,
    MOST_CHARACTERS,
    MOST_INPUTS,
    OpenAIEmbedder,
)
from tests.doubles.openai_server import (
    EmbeddingServer,
    Received,
    fails,
    vector_of,
    written,
)
from tests.llm.conftest import KEY, Asking


def direction(text: str, size: int = 1536) -> Vector:
    raw = vector_of(text, size)
    length = sqrt(sum(part * part for part in raw))
    return [part / length for part in raw]


def near(vectors: list[Vector], expected: list[Vector]) -> bool:
    return all(
        one == pytest.approx(other, abs=1e-6)
        for one, other in zip(vectors, expected, strict=True)
    )


async def test_vectors_have_length_one_and_stand_in_the_order_of_the_texts(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    texts = ["one", "two", "one", "trois 🙂"]

    assert near(await remote.embed(texts), [direction(text) for text in texts])
    assert [call.inputs for call in server.calls] == [["one", "two", "trois 🙂"]]


async def test_the_call_carries_our_key_and_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, asking: Asking, server: EmbeddingServer
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-of-somebody-else")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with asking("text-embedding-3-small") as remote:
        await remote.embed(["hello"])
    (call,) = server.calls

    assert call.headers["authorization"] == f"Bearer {KEY}"
    assert "somebody-else" not in str(dict(call.headers))
    assert call.body == {
        "input": ["hello"],
        "model": "text-embedding-3-small",
        "encoding_format": "base64",
    }


async def test_a_server_without_a_key_is_sent_none(
    monkeypatch: pytest.MonkeyPatch, server: EmbeddingServer
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    async with OpenAIEmbedder.open(Server(url=server.url, model=DEFAULT_MODEL)) as remote:
        await remote.embed(["hello"])

    assert "authorization" not in server.calls[0].headers


async def test_openai_itself_needs_a_key() -> None:
    with pytest.raises(NotSetUp, match="SOCIALSYNC_LLM_API_KEY"):
        async with OpenAIEmbedder.open(Server(model=DEFAULT_MODEL)):
            pytest.fail("opened without a key")


async def test_of_a_chunk_its_windows_are_sent_once_each(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    chunks = [
        ChunkText(text="first half second half", windows=((0, 10), (11, 22))),
        ChunkText(text="alone"),
        ChunkText(text="first half", windows=((0, 10),)),
    ]
    found = await remote.embed_chunks(chunks)

    assert server.calls[0].inputs == ["first half", "second half", "alone"]
    assert near(list(found[0].windows), [direction("first half"), direction("second half")])
    assert sqrt(sum(part * part for part in found[0].whole)) == pytest.approx(1.0)
    assert (near([found[1].whole], [direction("alone")]), found[1].windows) == (True, ())
    assert found[2].whole == pytest.approx(found[2].windows[0])


async def test_batches_keep_within_what_a_server_takes(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    many = [f"text {n}" for n in range(MOST_INPUTS + 1)]
    long = [
        f"{n} " + "x" * LONGEST_TEXT for n in range(MOST_CHARACTERS // LONGEST_TEXT + 1)
    ]
    await remote.embed_chunks([ChunkText(text=text) for text in many])
    await remote.embed_chunks([ChunkText(text=text) for text in long])

    assert [len(call.inputs) for call in server.calls] == [128, 1, 16, 1]
    assert max(len(text) for call in server.calls for text in call.inputs) == LONGEST_TEXT


async def test_what_a_burst_asks_again_is_not_sent_again(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    first = await remote.embed(["hello", "you"])

    assert await remote.embed(["you", "hello"]) == first[::-1]
    assert len(server.calls) == 1


async def test_blank_and_broken_texts_are_sent_as_something_a_server_takes(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    vectors = await remote.embed(["", " \n", "half a pair \ud83d"])

    assert len(vectors) == 3
    assert server.calls[0].inputs == [".", ".", "half a pair ?"]


async def test_a_server_that_writes_numbers_out_is_understood(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    def in_numbers(received: Received) -> Response:
        truth = server.truth(received)
        for item, text in zip(truth["data"], received.inputs, strict=True):
            item["embedding"] = written(vector_of(text, 1536), in_base64=False)
        truth["data"].reverse()
        return JSONResponse(truth)

    server.always = in_numbers

    assert near(await remote.embed(["a", "b"]), [direction("a"), direction("b")])


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("text-embedding-3-small", "openai:text-embedding-3-small"),
        ("text-embedding-3-large", "openai:text-embedding-3-large:1536"),
        ("nomic-embed-text", "openai:nomic-embed-text"),
    ],
)
async def test_the_name_is_known_before_the_first_call_and_stays(
    asking: Asking, server: EmbeddingServer, model: str, name: str
) -> None:
    server.size = 3072
    async with asking(model) as remote:
        before = remote.name
        await remote.embed(["hello"])

        assert (before, remote.name) == (name, name)


async def test_a_model_that_is_known_to_be_long_is_asked_for_short_vectors_at_once(
    asking: Asking, server: EmbeddingServer
) -> None:
    server.size = 3072
    async with asking("text-embedding-3-large") as remote:
        assert remote.dimensions == 1536
        (vector,) = await remote.embed(["hello"])

    assert len(vector) == 1536
    assert [call.body["dimensions"] for call in server.calls] == [1536]


async def test_the_size_of_an_unknown_model_is_learnt_from_its_first_answer(
    asking: Asking, server: EmbeddingServer
) -> None:
    server.size = 768
    async with asking("nomic-embed-text") as remote:
        with pytest.raises(ModelDown):
            _ = remote.dimensions
        await remote.embed(["hello"])

        assert remote.dimensions == 768


async def test_an_unknown_model_with_long_vectors_is_asked_for_shorter_ones(
    asking: Asking, server: EmbeddingServer
) -> None:
    server.size = 4096
    async with asking("qwen3-embedding") as remote:
        first = await remote.embed(["hello"])
        await remote.embed(["again"])

        assert (len(first[0]), remote.dimensions) == (1536, 1536)
    assert [call.body.get("dimensions") for call in server.calls] == [None, 1536, 1536]


@pytest.mark.parametrize("refuses", [True, False])
async def test_vectors_that_cannot_be_shortened_are_a_persons_to_solve(
    asking: Asking, server: EmbeddingServer, *, refuses: bool
) -> None:
    server.size, server.can_shorten = 4096, False
    if refuses:
        server.plans.extend([lambda _: None, fails(400, message="no matryoshka")])
    async with asking("long-model") as remote:
        with pytest.raises(NotSetUp, match="1536") as refused:
            await remote.embed(["hello"])

    assert "SOCIALSYNC_EMBED_MODEL" in refused.value.next_step


async def test_a_model_that_changes_its_size_is_noticed(
    asking: Asking, server: EmbeddingServer
) -> None:
    server.size = 768
    async with asking("some-model") as remote:
        await remote.embed(["hello"])
        server.size = 384
        with pytest.raises(NotSetUp, match="384 numbers"):
            await remote.embed(["another"])


async def test_a_call_that_is_cancelled_leaves_the_next_one_alone(
    remote: OpenAIEmbedder, server: EmbeddingServer
) -> None:
    arrived = asyncio.Event()

    async def hold(_: Received) -> None:
        arrived.set()
        await server.closing.wait()

    server.plans.append(hold)
    call = asyncio.create_task(remote.embed(["never mind"]))
    await arrived.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call

    assert near(await remote.embed(["hello"]), [direction("hello")])


def test_the_library_is_loaded_by_who_opens_one() -> None:
    code = "import sys, core.llm.embedders; print({'openai', 'numpy'} & set(sys.modules))"
    run = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", code],
        cwd=paths.installation_dir(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout.strip() == "set()"


def test_a_key_never_shows_in_what_an_embedder_prints() -> None:
    wanted = Server(key=Secret(KEY), model=DEFAULT_MODEL)

    assert KEY not in repr(wanted)
