"""The vectors that lie beside our examples: whether they are right, and when they are used."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from core.assistant import prepared, written
from core.assistant.seeds import Seeds
from core.assistant.written import Written
from core.knowledge.language import guess
from core.llm.apertium import Translator, modes_folder
from core.llm.base import Embedder, Vector
from core.llm.embed import LocalEmbedder
from core.llm.pivot import PivotEmbedder
from tests.doubles.embedders import HashedEmbedder

ALIKE = 0.97
"""Another processor's 8-bit arithmetic may differ a little; another sentence differs more."""


class NamedEmbedder(HashedEmbedder):
    """An embedder of a given name, which counts what it reads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.read: list[str] = []

    @override
    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.read += texts
        return await super().embed(texts)


def nearness(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def assert_as_read_now(embedder: Embedder, every: int) -> None:
    some = written.examples()[::every]
    kept = await prepared.vectors(NamedEmbedder(embedder.name), some)
    fresh = await embedder.embed([one.text for one in some])
    unlike = [
        one.text
        for one, here, there in zip(some, kept, fresh, strict=True)
        if nearness(here, there) < ALIKE
    ]
    assert unlike == []


async def test_the_local_model_reads_every_example_as_its_file_says(
    embedder: LocalEmbedder,
) -> None:
    await assert_as_read_now(embedder, 1)


@pytest.mark.skipif(modes_folder() is None, reason="Apertium is not installed")
async def test_with_the_language_pack_examples_are_read_as_its_file_says(
    embedder: LocalEmbedder,
) -> None:
    pack = modes_folder()
    assert pack is not None
    async with Translator.open(pack) as translator:
        pivot = PivotEmbedder(embedder, translator, lambda text: guess(text).code)
        await assert_as_read_now(pivot, 4)


@pytest.mark.parametrize("name", [LocalEmbedder.name, PivotEmbedder.name])
async def test_a_local_embedder_reads_no_example_before_the_first_message(
    name: str,
) -> None:
    embedder = NamedEmbedder(name)

    await Seeds(embedder).leaning("Where is my order?")

    assert embedder.read == ["Where is my order?"]


@pytest.mark.parametrize("name", ["text-embedding-3-small", "../examples", ""])
async def test_any_other_embedder_reads_the_examples_itself(name: str) -> None:
    embedder = NamedEmbedder(name)
    some = written.examples()[:3]

    found = await prepared.vectors(embedder, some)

    assert embedder.read == [one.text for one in some]
    assert found == await HashedEmbedder().embed(embedder.read)


def _changed(examples: Sequence[Written]) -> bytes:
    first, *others = examples
    other = Written(kind=first.kind, text=f"{first.text}!")
    return prepared.packed([other, *others], [[0.5] * 384] * len(examples))


def _short(examples: Sequence[Written]) -> bytes:
    return prepared.packed(examples, [[0.5] * 384] * len(examples))[:-2]


@pytest.mark.parametrize("content", [_changed, _short])
async def test_a_file_that_does_not_fit_the_examples_is_as_good_as_none(
    content: Callable[[Sequence[Written]], bytes], tmp_path: Path
) -> None:
    embedder = NamedEmbedder("letters")
    examples = written.examples()
    file = tmp_path / prepared.file_name("letters")

    file.write_bytes(prepared.packed(examples, [[0.5] * 384] * len(examples)))
    fitting = await prepared.vectors(embedder, examples[:1], tmp_path)
    assert (fitting, embedder.read) == ([[0.5] * 384], [])

    file.write_bytes(content(examples))
    await prepared.vectors(embedder, examples[:1], tmp_path)
    assert embedder.read == [examples[0].text]
