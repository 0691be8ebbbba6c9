"""Texts that come up again are not read again, and vectors stay what they were."""

from collections.abc import Sequence

from core.llm import recalled
from core.llm.base import ChunkText, ChunkVectors, Vector
from core.llm.recalled import RecallingEmbedder


async def test_what_is_known_is_not_asked_again() -> None:
    counting = _Counting()
    embedder = RecallingEmbedder(counting)
    first = await embedder.embed(["one", "two", "one"])
    again = await embedder.embed(["two", "three", "one"])
    assert counting.asked == ["one", "two", "three"]
    assert again == [first[1], _vector("three"), first[0]]


async def test_the_numbers_come_back_to_the_last_digit() -> None:
    embedder = RecallingEmbedder(_Counting())
    assert await embedder.embed(["a third"]) == await embedder.embed(["a third"])


async def test_a_caller_who_changes_a_vector_changes_nobody_elses() -> None:
    embedder = RecallingEmbedder(_Counting())
    (mine,) = await embedder.embed(["one"])
    mine[0] = 9.0
    assert await embedder.embed(["one"]) == [_vector("one")]


async def test_the_memory_has_an_end_and_long_texts_stay_out_of_it() -> None:
    counting = _Counting()
    embedder = RecallingEmbedder(counting)
    long = "x" * (recalled.LONGEST + 1)
    await embedder.embed([long])
    await embedder.embed([str(at) for at in range(recalled.KEPT_TEXTS + 1)])
    counting.asked.clear()
    await embedder.embed([long, "0", "1"])
    assert counting.asked == [long, "0"]


async def test_it_goes_by_the_name_of_the_embedder_it_asks() -> None:
    embedder = RecallingEmbedder(_Counting())
    assert (embedder.name, embedder.dimensions) == ("counting", 2)
    assert len(await embedder.embed_chunks([ChunkText(text="a")])) == 1


class _Counting:
    name = "counting"
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.asked += texts
        return [_vector(text) for text in texts]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        return [ChunkVectors(whole=[1.0, 0.0], windows=()) for _ in chunks]


def _vector(text: str) -> Vector:
    return [1 / 3, float(len(text))]
