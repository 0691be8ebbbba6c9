"""`knowledge_chunks` and `knowledge_windows`: the searchable pieces of documents.

A chunk carries its vector twice: padded to the width of the reference's column, and as
a half-precision row of `knowledge_windows` (index -1) beside the chunk's windows, which
is what searches read. The words (`tsv`) are filled in by the table's own trigger.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.ids import ChunkId, DocumentId
from core.store.pool import Unit

STORED_DIMENSIONS = 1536
WHOLE = -1
"""The `window_index` of the vector of the whole chunk."""

Vector = Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedChunk:
    """A chunk that is in the index already."""

    id: ChunkId
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a chunk stands in its document; changes when the text above it does."""

    id: ChunkId
    index: int
    start_char: int
    end_char: int
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChunk:
    """A chunk with everything a search needs."""

    place: Place
    content: str
    token_count: int
    lang_code: str
    whole: Vector
    windows: tuple[Vector, ...]


def vector_literal(vector: Vector) -> str:
    """Return a vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{number:.7g}" for number in vector) + "]"


def padded_literal(vector: Vector) -> str:
    """Return a vector filled up with zeros, which changes no cosine."""
    return vector_literal([*vector, *[0.0] * (STORED_DIMENSIONS - len(vector))])


_INDEXED = """
select id, content from knowledge_chunks
where user_id = %(tenant)s and document_id = %(document)s and embedder = %(embedder)s
order by chunk_index
"""


async def indexed(unit: Unit, document: DocumentId, embedder: str) -> list[IndexedChunk]:
    """Return the chunks of a document whose vectors are of this embedder."""
    return await unit.rows(
        IndexedChunk,
        _INDEXED,
        {"tenant": unit.tenant, "document": document, "embedder": embedder},
    )


_DROP_OTHERS = """
delete from knowledge_chunks
where user_id = %(tenant)s and document_id = %(document)s and id <> all(%(kept)s::uuid[])
"""
_STEP_ASIDE = """
update knowledge_chunks set chunk_index = -1 - chunk_index
where user_id = %(tenant)s and document_id = %(document)s
"""
_MOVE = """
update knowledge_chunks
   set chunk_index = %(index)s, start_char = %(start)s, end_char = %(end)s,
       heading = %(heading)s
 where user_id = %(tenant)s and id = %(id)s
"""


async def keep_only(unit: Unit, document: DocumentId, kept: Sequence[Place]) -> None:
    """Drop a document's chunks but these, and put these where the new text has them."""
    params = {
        "tenant": unit.tenant,
        "document": document,
        "kept": [place.id for place in kept],
    }
    await unit.execute(_DROP_OTHERS, params)
    # Their numbers are unique in the document: out of the way first, or two that swap
    # places would collide.
    await unit.execute(_STEP_ASIDE, params)
    await unit.many(_MOVE, [{"tenant": unit.tenant, **_place(place)} for place in kept])


def _place(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "index": place.index,
        "start": place.start_char,
        "end": place.end_char,
        "heading": place.heading,
    }


_INSERT = """
insert into knowledge_chunks (id, user_id, document_id, chunk_index, content, lang_code,
                              embedding, embedder, start_char, end_char, heading, token_count)
values (%(id)s, %(tenant)s, %(document)s, %(index)s, %(content)s, %(lang)s,
        %(embedding)s::vector, %(embedder)s, %(start)s, %(end)s, %(heading)s, %(tokens)s)
"""
_INSERT_WINDOW = """
insert into knowledge_windows (tenant_id, chunk_id, window_index, embedder, embedding)
values (%(tenant)s, %(chunk)s, %(index)s, %(embedder)s, %(embedding)s::halfvec)
"""


async def add(
    unit: Unit, document: DocumentId, embedder: str, new: Sequence[NewChunk]
) -> None:
    """Put chunks and their windows into the index."""
    await unit.many(
        _INSERT,
        [
            {
                "tenant": unit.tenant,
                "document": document,
                "content": chunk.content,
                "lang": chunk.lang_code,
                "embedding": padded_literal(chunk.whole),
                "embedder": embedder,
                "tokens": chunk.token_count,
                **_place(chunk.place),
            }
            for chunk in new
        ],
    )
    await unit.many(
        _INSERT_WINDOW,
        [
            {
                "tenant": unit.tenant,
                "chunk": chunk.place.id,
                "index": index,
                "embedder": embedder,
                "embedding": vector_literal(vector),
            }
            for chunk in new
            for index, vector in enumerate((chunk.whole, *chunk.windows), start=WHOLE)
        ],
    )
