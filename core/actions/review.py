"""Look a document over once it was read in: what contradicts others, what has passed.

Every statement of a value is compared with those of the passages of other documents that
are near in meaning. What is found is kept for the owner to judge; nothing is changed.
"""

from collections.abc import Sequence
from functools import lru_cache

from core.domain.ids import ChunkId, DocumentId, TenantId
from core.kit import Kit
from core.knowledge.contradictions import contradictions
from core.knowledge.facts import Fact, facts, last_day
from core.notices import NoticeKind
from core.store import conflicts
from core.store.conflicts import Neighbour, NewConflict, NewExpiry, Place, ReviewedChunk

NEAR = 0.35
"""From this cosine on, two passages may speak of the same thing."""
NEIGHBOURS = 10


async def document(kit: Kit, tenant: TenantId, document_id: DocumentId) -> None:
    """Keep what a look at a document finds, in place of what an earlier one found.

    A passage is compared with its nearest in a unit of its own, so that a long document
    holds no transaction open. Safe to run twice.
    """
    async with kit.unit(tenant) as unit:
        chunks = await conflicts.chunks_of(unit, document_id)
    disputed: list[NewConflict] = []
    ending: list[NewExpiry] = []
    for chunk in chunks:
        stated = _facts(chunk.content, chunk.lang_code, chunk.heading)
        if not stated:
            continue
        ending += _ending(chunk, stated)
        async with kit.unit(tenant) as unit:
            near = await conflicts.neighbours(
                unit, document_id, chunk.vector, bar=NEAR, most=NEIGHBOURS
            )
        for neighbour in near:
            disputed += _between(chunk, stated, neighbour)
    async with kit.unit(tenant) as unit:
        await conflicts.replace(unit, document_id, disputed, ending)
        await unit.publish(NoticeKind.DOCUMENT_CHANGED, document_id)


@lru_cache(maxsize=2048)
def _facts(text: str, lang: str, heading: str) -> tuple[Fact, ...]:
    """Return the facts of a text: it is a neighbour of many, and looked at again for each."""
    return tuple(facts(text, lang, heading=heading))


def _between(
    chunk: ReviewedChunk, stated: Sequence[Fact], neighbour: Neighbour
) -> list[NewConflict]:
    rivals = _facts(neighbour.content, neighbour.lang_code, neighbour.heading)
    return [
        NewConflict(
            kind=found.kind.value,
            score=found.score,
            one=_place(chunk.id, chunk.content, found.one),
            other=_place(neighbour.id, neighbour.content, found.other),
        )
        for found in contradictions(stated, rivals, closeness=neighbour.cosine)
    ]


def _ending(chunk: ReviewedChunk, stated: Sequence[Fact]) -> list[NewExpiry]:
    return [
        NewExpiry(place=_place(chunk.id, chunk.content, fact), until=day)
        for fact in stated
        for day in (last_day(fact),)
        if day is not None
    ]


def _place(chunk: ChunkId, text: str, fact: Fact) -> Place:
    return Place(
        chunk=chunk, start=fact.start, end=fact.end, sentence=fact.sentence.of(text)
    )
