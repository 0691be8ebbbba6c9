"""Texts come back in English, whatever is in them, from programs that are kept up."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.errors import ModelDown
from core.llm import apertium
from core.llm.apertium import Translator, modes_folder
from tests.doubles.apertium import language_pack


@pytest.fixture
async def translator(tmp_path: Path) -> AsyncIterator[Translator]:
    async with Translator.open(language_pack(tmp_path)) as opened:
        yield opened


async def test_french_goes_by_way_of_spanish(translator: Translator) -> None:
    assert await translator.english("La livraison est gratuite", "fr") == (
        "La delivery est free"
    )
    assert await translator.english("entrega gratuita", "es") == "delivery free"


async def test_other_languages_stay_as_they_are(translator: Translator) -> None:
    assert await translator.english("Die livraison", "de") == "Die livraison"


@pytest.mark.parametrize(
    "text",
    [
        "{a} [b] ^c$ @d /e/ <f> \\g",
        "[][]",
        ".",
        "a full stop.",
        "zero\0byte",
        "two\nlines\tand  more",
        "\ud83d half a pair",
        "",
        "   ",
        "x" * 100_000,
    ],
)
async def test_nothing_in_a_text_is_a_command(translator: Translator, text: str) -> None:
    readable = text.encode("utf-8", "replace").decode()
    expected = " ".join(readable.replace("\0", " ").split())

    assert await translator.english(text, "es") == expected


async def test_texts_that_are_asked_at_once_keep_apart(translator: Translator) -> None:
    texts = [f"entrega {number}" for number in range(50)]

    said = await asyncio.gather(*(translator.english(text, "es") for text in texts))

    assert said == [f"delivery {number}" for number in range(50)]


async def test_a_program_that_dies_is_started_anew(translator: Translator) -> None:
    with pytest.raises(ModelDown, match="stopped while"):
        await translator.english("DIE", "es")

    assert await translator.english("entrega", "es") == "delivery"


async def test_a_program_that_hangs_is_started_anew(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await translator.english("entrega", "es") == "delivery"
    monkeypatch.setattr(apertium, "ANSWER_SECONDS", 0.2)
    with pytest.raises(ModelDown, match="does not answer"):
        await translator.english("HANG", "es")
    monkeypatch.undo()

    assert await translator.english("entrega", "es") == "delivery"


async def test_a_translator_that_was_closed_answers_nobody(tmp_path: Path) -> None:
    async with Translator.open(language_pack(tmp_path)) as translator:
        await translator.english("entrega", "es")
    with pytest.raises(RuntimeError):
        await translator.english("entrega", "es")


def test_a_pack_is_whole_or_not_there(tmp_path: Path) -> None:
    whole, half, broken = (tmp_path / name for name in ("whole", "half", "broken"))
    for folder in (whole, half, broken):
        folder.mkdir()
        language_pack(folder)
    (half / "fr-es.mode").unlink()
    (broken / "run-entrega").unlink()

    assert modes_folder((half, broken, tmp_path / "nowhere")) is None
    assert modes_folder((half, whole)) == whole


@pytest.mark.skipif(modes_folder() is None, reason="Apertium is not installed")
async def test_the_real_programs_speak_the_same_way() -> None:
    folder = modes_folder()
    assert folder is not None
    async with Translator.open(folder) as translator:
        english = await translator.english("Où est la livraison [gratuite] ?", "fr")
        again = await translator.english("¿Dónde está el gato?", "es")

    assert "[free]" in english
    assert "cat" in again
