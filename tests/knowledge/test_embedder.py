import asyncio
from pathlib import Path

import pytest

from core import paths
from core.domain.errors import ModelDown, NotSetUp
from core.llm.embed import LocalEmbedder
from core.llm.minilm import MODEL_FILE, TOKENIZER_FILE

MODELS = paths.resources_dir() / "models"


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_vectors_have_length_one_and_follow_meaning(embedder: LocalEmbedder) -> None:
    hours, opening, parcel = await embedder.embed(
        ["opening hours", "when are you open?", "my parcel arrived broken"]
    )

    assert len(hours) == embedder.dimensions
    assert cosine(hours, hours) == pytest.approx(1.0, abs=1e-5)
    assert cosine(hours, opening) > 0.5 > cosine(hours, parcel)


async def test_a_text_has_the_same_vector_alone_in_company_and_at_the_same_time() -> None:
    texts = ["Bonjour !", "Where is my order? " * 20, "4,90 €"]
    async with LocalEmbedder.open(MODELS) as one, LocalEmbedder.open(MODELS) as other:
        together = await one.embed(texts)
        alone = [vector for text in texts for vector in await other.embed([text])]
        crossed = await asyncio.gather(*(one.embed([text]) for text in reversed(texts)))

    assert together == alone
    assert [vector for (vector,) in reversed(crossed)] == together


async def test_a_text_beyond_what_the_model_reads_is_cut_and_not_refused(
    embedder: LocalEmbedder,
) -> None:
    (long,) = await embedder.embed(["espresso " * 5000])
    (longer,) = await embedder.embed(["espresso " * 6000])

    assert long == longer


async def test_an_empty_text_has_a_vector_too(embedder: LocalEmbedder) -> None:
    (vector,) = await embedder.embed([""])

    assert len(vector) == embedder.dimensions


async def test_missing_model_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp, match=MODEL_FILE):
        async with LocalEmbedder.open(tmp_path):
            pytest.fail("opened without a model")


async def test_a_damaged_model_is_an_outage_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / MODEL_FILE).write_bytes(b"half a download")
    (tmp_path / TOKENIZER_FILE).write_bytes(b"{}")

    async with LocalEmbedder.open(tmp_path) as broken:
        with pytest.raises(ModelDown):
            await broken.embed(["hello"])
