"""What an inbox's FAQ is asked with, for the assistant to learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby, islice

import numpy as np

from core.assistant.state import Embedded, FaqSet, KnownEntry
from core.assistant.thinning import thinned
from core.domain.ids import FaqId, TenantId
from core.llm.base import Embedder, Vector
from core.llm.recalled import RecallingEmbedder
from core.store import phrasings
from core.store.phrasings import PhrasingRow, UnansweredRow
from core.store.pool import Database

MOST_UNANSWERED = 200
MOST_THINNED = 1_000
"""Phrasings of which copies are made: beyond these there are enough ways to ask."""
MOST_RECENT = 2_000
"""Enough to tell to some hundredths how many of them no entry knows, and to find neighbours
among; some two seconds to embed, once."""
MOST_KEPT = 8_192
"""Texts whose vectors are remembered, those of a busy inbox twice over: at most 25 MB with
the local model."""


class KnownPhrasings:
    """Reads phrasings and their vectors for whichever inbox is asked about."""

    def __init__(self, database: Database, embedders: Sequence[Embedder]) -> None:
        """Only what one of `embedders` made can be compared with a question.

        A FAQ is learnt again whenever it changes, mostly from the same texts.
        """
        self._database = database
        self._embedders = [RecallingEmbedder(one, MOST_KEPT) for one in embedders]

    async def version(self, tenant: TenantId) -> str:
        """Return what changes whenever an entry does."""
        async with self._database.unit(tenant) as unit:
            return await phrasings.version(unit)

    async def read(self, tenant: TenantId) -> FaqSet:
        """Return the FAQ; messages of customers are embedded as they are read.

        Raises:
            ModelDown: the embedder does not answer.
        """
        async with self._database.unit(tenant) as unit:
            version = await phrasings.version(unit)
            searched = await phrasings.embedder(unit)
            rows = await phrasings.all_of(unit)
            asked = await phrasings.unanswered(unit, MOST_UNANSWERED)
            texts = await phrasings.recent(unit, MOST_RECENT)
        embedder = next((one for one in self._embedders if one.name == searched), None)
        if embedder is None:
            return FaqSet(version=version, embedder=searched, entries=())
        rows = [replace(row, vector=row.vector[: embedder.dimensions]) for row in rows]
        copies = await copies_of(embedder, [row.text for row in rows])
        categories = await categories_of(embedder, [row.category for row in rows])
        return FaqSet(
            version=version,
            embedder=searched,
            entries=tuple(_entries(rows, copies, categories)),
            unanswered=await _telling(embedder, rows, asked),
            recent=await with_vectors(embedder, texts),
        )


Copies = Mapping[str, tuple[Embedded, ...]]


async def copies_of(embedder: Embedder, phrasings: Sequence[str]) -> Copies:
    """Return the copies of each phrasing, of evenly chosen ones where there are many.

    Raises:
        ModelDown: the embedder does not answer.
    """
    step = -(-len(phrasings) // MOST_THINNED) or 1
    texts = {text: thinned(text) for text in phrasings[::step]}
    read = iter(
        await with_vectors(embedder, [one for each in texts.values() for one in each])
    )
    return {text: tuple(islice(read, len(each))) for text, each in texts.items()}


async def categories_of(
    embedder: Embedder, names: Sequence[str | None]
) -> Mapping[str | None, Embedded]:
    """Return each category once, by its name, as a customer could write it.

    Raises:
        ModelDown: the embedder does not answer.
    """
    spoken = {name: as_words(name) for name in dict.fromkeys(names) if name}
    words = {name: told for name, told in spoken.items() if told}
    read = await with_vectors(embedder, list(words.values()))
    return dict(zip(words, read, strict=True))


def as_words(name: str) -> str:
    """Return the words of a name that may come from a program: `lost_card`, `lost-card`."""
    return " ".join(name.replace("_", " ").replace("-", " ").split())


def _entries(
    rows: Sequence[PhrasingRow],
    copies: Copies,
    categories: Mapping[str | None, Embedded],
) -> list[KnownEntry]:
    """Return the entries; rows of one entry come together."""
    entries = []
    for faq_id, group in groupby(rows, key=lambda row: row.faq_id):
        own = list(group)
        entries.append(
            KnownEntry(
                id=faq_id,
                lang_code=own[0].lang_code,
                phrasings=tuple(row.text for row in own),
                vectors=tuple(row.vector for row in own),
                copies=tuple(copy for row in own for copy in copies.get(row.text, ())),
                category=categories.get(own[0].category),
            )
        )
    return entries


async def _telling(
    embedder: Embedder, rows: Sequence[PhrasingRow], asked: Sequence[UnansweredRow]
) -> tuple[Embedded, ...]:
    """Return the messages that still speak against the entries.

    Who adds the missing entry must not be told for ever that nothing answers: a message
    counts only if the entry nearest to it was already there, unchanged, when it came.
    """
    if not rows or not asked:
        return ()
    read = await with_vectors(embedder, [one.text for one in asked])
    changed = {row.faq_id: row.changed_at for row in rows}
    nearest = _nearest(rows, [one.vector for one in read])
    return tuple(
        message
        for one, message, entry in zip(asked, read, nearest, strict=True)
        if _was_known(changed, entry, one.asked_at)
    )


async def with_vectors(embedder: Embedder, texts: Sequence[str]) -> tuple[Embedded, ...]:
    """Return texts with their vectors.

    Raises:
        ModelDown: the embedder does not answer.
    """
    vectors = await embedder.embed(texts)
    return tuple(
        Embedded(text=text, vector=vector)
        for text, vector in zip(texts, vectors, strict=True)
    )


def _nearest(rows: Sequence[PhrasingRow], vectors: Sequence[Vector]) -> list[FaqId]:
    known = np.array([row.vector for row in rows])
    best = (np.array(vectors) @ known.T).argmax(axis=1)
    return [rows[int(at)].faq_id for at in best]


def _was_known(changed: Mapping[FaqId, datetime], entry: FaqId, asked_at: datetime) -> bool:
    return changed[entry] < asked_at
