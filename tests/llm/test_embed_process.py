import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from core import paths
from core.domain.errors import ModelDown
from core.llm import embed
from core.llm.base import ChunkText, ChunkVectors, Vector
from core.llm.embed import LocalEmbedder
from core.llm.embed_frames import Urgency
from core.llm.embed_process import ModelProcess, worker_command
from core.llm.minilm import MiniLM, load
from core.llm.pieces import assembled, pieces_of

MODELS = paths.resources_dir() / "models"
WORDS = "We roast on Mondays and ship within three days. Opening hours change in August. "


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return load(MODELS)


@pytest.fixture
async def process() -> AsyncIterator[ModelProcess]:
    running = ModelProcess(worker_command(MODELS, 1))
    yield running
    await asyncio.to_thread(running.close)


@pytest.fixture
def local(process: ModelProcess) -> LocalEmbedder:
    return LocalEmbedder(process)


def chunk(number: int) -> ChunkText:
    text = f"Part {number}. " + WORDS * 8
    return ChunkText(text=text, windows=((0, 60), (40, 140), (400, len(text))))


def read_by(model: MiniLM, chunk: ChunkText) -> ChunkVectors:
    return assembled(chunk, [model.vector(piece) for piece in pieces_of(chunk)])


async def pid_of(process: ModelProcess, local: LocalEmbedder) -> int:
    await local.embed(["are you there?"])
    assert process.pid is not None
    return process.pid


async def test_the_process_gives_the_vectors_the_model_gives(
    local: LocalEmbedder, model: MiniLM
) -> None:
    texts = ["Bonjour !", "4,90 € 🙂", "", "half a pair: \ud83d"]

    assert await local.embed(texts) == [
        model.vector(text.replace("\ud83d", "?")) for text in texts
    ]
    assert await local.embed_chunks([chunk(1), chunk(2)]) == [
        read_by(model, chunk(1)),
        read_by(model, chunk(2)),
    ]


async def test_chunks_come_back_in_their_order_from_several_threads(model: MiniLM) -> None:
    few = [chunk(n) if n % 2 else ChunkText(text=f"short {n}") for n in range(12)]
    async with LocalEmbedder.open(MODELS, workers=2) as local:
        found = await local.embed_chunks(few)

    assert found == [read_by(model, one) for one in few]


def test_a_bundle_starts_the_worker_through_the_companion(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/socialsync/socialsync")

    assert worker_command(tmp_path, 2) == [
        *paths.companion_command(),
        "--embed-worker",
        str(tmp_path),
        "2",
    ]


async def test_nothing_is_started_before_the_first_text() -> None:
    process = ModelProcess(["no such program"])

    assert process.pid is None
    process.close()


async def test_who_waits_for_a_text_does_not_stand_behind_an_index(
    process: ModelProcess, local: LocalEmbedder
) -> None:
    sent = [process.ask(f"{n}. {WORDS * 3}", Urgency.INDEXING) for n in range(60)]
    await local.embed(["When do you open?"])
    read_before = sum(text.done() for text in sent)
    for text in sent:
        await asyncio.wrap_future(text)

    # Either lane may begin; the short text is read beside one or two of the long ones.
    assert read_before < len(sent) / 2


async def test_an_index_has_only_a_few_texts_under_way(
    monkeypatch: pytest.MonkeyPatch, process: ModelProcess, local: LocalEmbedder
) -> None:
    asked: list[Future[Vector]] = []
    most = 0

    def ask(text: str, urgency: Urgency) -> Future[Vector]:
        nonlocal most
        asked.append(really_ask(text, urgency))
        most = max(most, sum(not one.done() for one in asked))
        return asked[-1]

    really_ask = process.ask
    monkeypatch.setattr(process, "ask", ask)
    await local.embed_chunks([chunk(n) for n in range(12)])

    assert len(asked) == 36
    assert 1 < most <= embed.AHEAD


async def test_a_killed_process_is_replaced_and_its_questions_are_asked_again(
    process: ModelProcess, local: LocalEmbedder, model: MiniLM
) -> None:
    first = await pid_of(process, local)
    indexing = asyncio.create_task(local.embed_chunks([chunk(n) for n in range(6)]))
    await asyncio.sleep(0)
    os.kill(first, signal.SIGKILL)

    assert await indexing == [read_by(model, chunk(n)) for n in range(6)]
    assert await pid_of(process, local) != first


async def test_a_process_that_cannot_live_is_an_outage_after_the_second_try() -> None:
    process = ModelProcess([sys.executable, "-c", "open(0).read(1)"])
    local = LocalEmbedder(process)

    with pytest.raises(ModelDown, match="stopped") as down:
        await local.embed(["hello"])

    assert down.value.next_step
    await asyncio.to_thread(process.close)


@pytest.mark.allows_log("embedder.not_started")
async def test_a_program_that_is_missing_is_an_outage() -> None:
    process = ModelProcess([str(MODELS / "no-such-program")])

    with pytest.raises(ModelDown):
        await LocalEmbedder(process).embed(["hello"])

    await asyncio.to_thread(process.close)


async def test_a_process_that_hangs_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "ANSWER_SECONDS", 0.1)
    process = ModelProcess([sys.executable, "-c", "import sys; sys.stdin.read()"])

    with pytest.raises(ModelDown, match="does not answer"):
        await LocalEmbedder(process).embed(["hello"])

    await asyncio.to_thread(process.close)


async def test_what_is_cancelled_disturbs_nobody_else(
    process: ModelProcess, local: LocalEmbedder, model: MiniLM
) -> None:
    first = await pid_of(process, local)
    indexing = asyncio.create_task(local.embed_chunks([chunk(n) for n in range(40)]))
    query = asyncio.create_task(local.embed(["never mind"]))
    await asyncio.sleep(0)
    indexing.cancel()
    query.cancel()
    endings = await asyncio.gather(indexing, query, return_exceptions=True)
    texts = [f"{n} espresso" for n in range(8)]

    assert all(isinstance(ending, asyncio.CancelledError) for ending in endings)
    assert await local.embed(texts) == [model.vector(text) for text in texts]
    assert await local.embed_chunks([chunk(3)]) == [read_by(model, chunk(3))]
    assert process.pid == first


async def test_closing_leaves_no_process_and_fails_what_is_open(
    process: ModelProcess, local: LocalEmbedder
) -> None:
    pid = await pid_of(process, local)
    open_still = asyncio.create_task(local.embed_chunks([chunk(n) for n in range(40)]))
    await asyncio.sleep(0)
    await asyncio.to_thread(process.close)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(ModelDown):
        await open_still
    with pytest.raises(ModelDown):
        await local.embed(["too late"])


OWNER = """
import asyncio, sys
from core.llm.embed import LocalEmbedder
from core.llm.embed_frames import Urgency
from core.llm.embed_process import ModelProcess, worker_command
from concurrent.futures import Future
from pathlib import Path
process = ModelProcess(worker_command(Path(sys.argv[1]), 1))
asyncio.run(LocalEmbedder(process).embed(["hello"]))
assert not {"numpy", "onnxruntime", "tokenizers"} & set(sys.modules)
print(process.pid, flush=True)
sys.stdin.read()
"""


def test_the_process_ends_with_the_one_that_started_it_even_when_that_is_killed() -> None:
    owner = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", OWNER, str(MODELS)],
        cwd=paths.installation_dir(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert owner.stdout is not None
    worker = int(owner.stdout.readline())
    os.kill(worker, 0)
    owner.kill()
    # Both hold the other end of standard error: it closes when the last of them is gone.
    _, errors = owner.communicate(timeout=30)

    assert errors == b""


async def test_vectors_are_remembered_for_a_burst(
    process: ModelProcess, local: LocalEmbedder
) -> None:
    (vector,) = await local.embed(["Bonjour"])
    await asyncio.to_thread(process.close)

    again: list[Vector] = await local.embed(["Bonjour"])

    assert again == [vector]
