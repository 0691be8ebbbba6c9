"""With a language pack a text is read as written and in English, and stands between."""

from collections.abc import AsyncIterator
from math import isclose
from pathlib import Path

import pytest

from core.domain.errors import ModelDown, NotSetUp
from core.llm.apertium import Translator
from core.llm.base import ChunkText, Vector
from core.llm.embed import LocalEmbedder
from core.llm.pivot import PivotEmbedder, between
from tests.doubles.apertium import language_pack

FRENCH = "La livraison est gratuite"
ENGLISH = "La delivery est free"


def language(text: str) -> str:
    return "fr" if "livraison" in text else "en"


@pytest.fixture
async def pivot(embedder: LocalEmbedder, tmp_path: Path) -> AsyncIterator[PivotEmbedder]:
    async with Translator.open(language_pack(tmp_path)) as translator:
        yield PivotEmbedder(embedder, translator, language)


def cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_a_translated_text_stands_between_its_two_readings(
    pivot: PivotEmbedder, embedder: LocalEmbedder
) -> None:
    asked, other = await pivot.embed([FRENCH, "free delivery"])
    french, english, plain = await embedder.embed([FRENCH, ENGLISH, "free delivery"])

    assert len(asked) == pivot.dimensions == 384
    assert isclose(cosine(asked, asked), 1.0, abs_tol=1e-6)
    assert isclose(cosine(asked, french), cosine(asked, english), abs_tol=1e-6)
    assert other == pytest.approx(plain, abs=1e-6)
    assert cosine(french, plain) < cosine(asked, plain)


async def test_a_chunk_is_translated_piece_by_piece(
    pivot: PivotEmbedder, embedder: LocalEmbedder
) -> None:
    # The second window has no word that tells its language; the chunk's counts.
    text = f"{FRENCH}. Elle est gratuite."
    windows = ((0, len(FRENCH)), (len(FRENCH) + 2, len(text)))

    (whole, pieces) = await pivot.embed_chunks(
        [ChunkText(text="Plain."), ChunkText(text=text, windows=windows)]
    )

    written, english = await embedder.embed(["Elle est gratuite.", "Elle est free."])
    assert pieces.windows[1] == pytest.approx(between(written, english), abs=1e-6)
    (plain,) = await embedder.embed(["Plain."])
    assert whole.whole == pytest.approx(between(plain, plain), abs=1e-6)
    assert whole.windows == ()


async def test_without_a_pack_it_asks_but_does_not_index(embedder: LocalEmbedder) -> None:
    asking = PivotEmbedder(embedder, None, language)
    (plain,) = await embedder.embed([FRENCH])

    assert await asking.embed([FRENCH]) == [between(plain, plain)]
    with pytest.raises(NotSetUp, match="apt-get install apertium apertium-fr-es"):
        await asking.embed_chunks([ChunkText(text=FRENCH)])


async def test_a_question_is_answered_while_the_pack_is_down(
    pivot: PivotEmbedder, embedder: LocalEmbedder
) -> None:
    question = "livraison DIE"
    (plain,) = await embedder.embed([question])

    assert await pivot.embed([question]) == [between(plain, plain)]
    with pytest.raises(ModelDown, match="Apertium"):
        await pivot.embed_chunks([ChunkText(text=question)])
