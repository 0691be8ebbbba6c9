"""The local embedder with a language pack: it reads a text as written and in English.

The model knows English; French and Spanish it half guesses. With Apertium on the machine
each text is read twice, and its vector is the direction of both readings' sum. English
stays what it was, and a question in one language meets a text in another half-way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import islice

from core.domain.errors import ModelDown, NotSetUp
from core.llm.apertium import PACKAGES, Translator
from core.llm.base import ChunkText, ChunkVectors, Vector
from core.llm.embed import LocalEmbedder
from core.llm.pieces import assembled, pieces_of

Language = Callable[[str], str]
"""Tells the language of a text by its two letters."""


class PivotEmbedder:
    """`LocalEmbedder` over a text and its translation; without a translator it only asks.

    A machine that has no language pack can still search an inbox that was indexed with one:
    the question stands for its own translation, which costs some quality. It cannot add to
    such an inbox, because the same text must always have the same vector.
    """

    name = f"{LocalEmbedder.name}+apertium"
    dimensions = LocalEmbedder.dimensions

    def __init__(
        self, local: LocalEmbedder, translator: Translator | None, language: Language
    ) -> None:
        """Use an embedder and a translator that somebody else closes."""
        self._local = local
        self._translator = translator
        self._language = language

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vectors of `texts`; a translator that is down is done without."""
        return [await self._one(text) for text in texts]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Return the vectors of chunks; the language is that of a whole chunk.

        Raises:
            NotSetUp: there is no language pack on this machine.
            ModelDown: the model or the translator does not answer.
        """
        if self._translator is None:
            raise missing_pack()
        pieces = [pieces_of(chunk) for chunk in chunks]
        readings: list[tuple[str, ...]] = []
        for chunk, texts in zip(chunks, pieces, strict=True):
            lang_code = self._language(chunk.text)
            for text in texts:
                english = await self._translator.english(text, lang_code)
                readings.append((text,) if english == text else (text, english))
        vectors = iter(
            await self._local.indexed([one for texts in readings for one in texts])
        )
        found = iter([_one_of(list(islice(vectors, len(read)))) for read in readings])
        return [
            assembled(chunk, list(islice(found, len(texts))))
            for chunk, texts in zip(chunks, pieces, strict=True)
        ]

    async def _one(self, text: str) -> Vector:
        return between(*await self._local.embed([text, await self._asked(text)]))

    async def _asked(self, text: str) -> str:
        """Return a question in English; who asks is answered even without a translator."""
        if self._translator is None:
            return text
        try:
            return await self._translator.english(text, self._language(text))
        except ModelDown:
            return text


def _one_of(readings: Sequence[Vector]) -> Vector:
    """Return the vector of a text that was read once, or once more in English."""
    return readings[0] if len(readings) == 1 else between(*readings)


def between(written: Vector, english: Vector) -> Vector:
    """Return the direction half-way between two; the first where they cancel out."""
    both = [one + other for one, other in zip(written, english, strict=True)]
    length = math.sqrt(sum(part * part for part in both))
    return [part / length for part in both] if length else written


def missing_pack() -> NotSetUp:
    """Return the error that says how a machine gets the language pack."""
    return NotSetUp(
        "The knowledge base is indexed with a language pack that this machine lacks.",
        f"Install it: apt-get install {' '.join(PACKAGES)}.",
    )
