"""`knowledge_chunks` and what is searched of them: vectors, windows, and words.

A chunk carries its vector twice: filled up to the width of the reference's column, and as
a half-precision row of `knowledge_vectors` beside those of FAQ entries, which is what most
searches compare. Words are kept by the table's own triggers.

A version of a document that is being read in gathers its vectors in `staged_chunks`, by
the text they were made of, and takes the place of the one before in a single transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.ids import ChunkId, DocumentId
from core.domain.knowledge import ChunkSpan
from core.store.pool import Unit

STORED_DIMENSIONS = 1536
NARROW, WIDE = 384, STORED_DIMENSIONS
"""The widths that vectors are searched at; zeros fill them up, which changes no cosine."""

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
    page: int | None
    gap: str
    """The white space between it and the next chunk, so that two can be quoted as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChunk:
    """A chunk of a new version whose vectors are staged."""

    place: Place
    content: str
    token_count: int
    lang_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedChunk:
    """The vectors of a text, ready for the chunks that say it."""

    text_sha256: bytes
    whole: Vector
    windows: tuple[Vector, ...]


def vector_literal(vector: Vector) -> str:
    """Return a vector as PostgreSQL reads it."""
    return f"[{','.join(['%.7g'] * len(vector))}]" % tuple(vector)


def padded_literal(vector: Vector) -> str:
    """Return a vector filled up with zeros, which changes no cosine."""
    return _filled(vector, STORED_DIMENSIONS)


def searched_width(dimensions: int) -> int:
    """Return at which of the two widths vectors of so many numbers are searched."""
    return NARROW if dimensions <= NARROW else WIDE


def searched_literal(vector: Vector) -> str:
    """Return a vector at the width it is searched at."""
    return _filled(vector, searched_width(len(vector)))


def _filled(vector: Vector, width: int) -> str:
    return vector_literal([*vector, *[0.0] * (width - len(vector))])


_INDEXED = """
select c.id, c.content from knowledge_chunks c
where c.user_id = %(tenant)s and c.document_id = %(document)s
  and exists (select 1 from knowledge_vectors v
              where v.tenant_id = c.user_id and v.chunk_id = c.id
                and v.embedder = %(embedder)s)
order by c.chunk_index
"""


async def indexed(unit: Unit, document: DocumentId, embedder: str) -> list[IndexedChunk]:
    """Return the chunks of a document that have a vector of this embedder."""
    return await unit.rows(
        IndexedChunk,
        _INDEXED,
        {"tenant": unit.tenant, "document": document, "embedder": embedder},
    )


_SPANS = """
select c.chunk_index as index, c.start_char, c.end_char, coalesce(c.heading, '') as heading,
       (c.metadata ->> 'page')::int as page, c.lang_code, c.token_count
from knowledge_chunks c
where c.user_id = %(tenant)s and c.document_id = %(document)s
order by c.chunk_index
"""


async def spans(unit: Unit, document: DocumentId) -> list[ChunkSpan]:
    """Return where the chunks of a document stand in its text, in order."""
    return await unit.rows(ChunkSpan, _SPANS, {"tenant": unit.tenant, "document": document})


_STAGED = """
select text_sha256 from staged_chunks
where tenant_id = %(tenant)s and document_id = %(document)s and embedder = %(embedder)s
"""


async def staged(unit: Unit, document: DocumentId, embedder: str) -> set[bytes]:
    """Return the hashes of the texts that are embedded already."""
    params = {"tenant": unit.tenant, "document": document, "embedder": embedder}
    return {bytes(digest) for (digest,) in await unit.tuples(_STAGED, params)}


_STAGE = """
insert into staged_chunks (tenant_id, document_id, embedder, text_sha256, whole, windows)
values (%(tenant)s, %(document)s, %(embedder)s, %(sha256)s, %(whole)s::vector,
        %(windows)s::halfvec[])
on conflict (tenant_id, document_id, embedder, text_sha256) do nothing
"""


async def stage(
    unit: Unit, document: DocumentId, embedder: str, ready: Sequence[StagedChunk]
) -> None:
    """Keep vectors until the version they belong to is complete."""
    await unit.many(
        _STAGE,
        [
            {
                "tenant": unit.tenant,
                "document": document,
                "embedder": embedder,
                "sha256": one.text_sha256,
                "whole": vector_literal(one.whole),
                "windows": [searched_literal(window) for window in one.windows],
            }
            for one in ready
        ],
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
update knowledge_chunks c
   set chunk_index = n.index, start_char = n.start, end_char = n.finish,
       heading = n.heading,
       metadata = jsonb_strip_nulls(jsonb_build_object('page', n.page, 'gap', n.gap))
  from unnest(%(ids)s::uuid[], %(indexes)s::int[], %(starts)s::int[], %(ends)s::int[],
              %(headings)s::text[], %(pages)s::int[], %(gaps)s::text[])
       as n(id, index, start, finish, heading, page, gap)
 where c.user_id = %(tenant)s and c.id = n.id
"""


async def keep_only(unit: Unit, document: DocumentId, kept: Sequence[Place]) -> None:
    """Drop a document's chunks but these, and put these where the new text has them."""
    params = {
        "tenant": unit.tenant,
        "document": document,
        "kept": [place.id for place in kept],
    }
    await unit.execute(_DROP_OTHERS, params)
    if kept:
        # Their numbers are unique in the document: out of the way first, or two that swap
        # places would collide.
        await unit.execute(_STEP_ASIDE, params)
        await unit.execute(_MOVE, {"tenant": unit.tenant, **_places(kept)})


def _places(places: Sequence[Place]) -> dict[str, object]:
    return {
        "ids": [place.id for place in places],
        "indexes": [place.index for place in places],
        "starts": [place.start_char for place in places],
        "ends": [place.end_char for place in places],
        "headings": [place.heading for place in places],
        "pages": [place.page for place in places],
        "gaps": [place.gap for place in places],
    }


_INSERT = """
insert into knowledge_chunks (id, user_id, document_id, chunk_index, content, lang_code,
                              embedding, embedder, dimensions, start_char, end_char, heading,
                              token_count, metadata)
select n.id, %(tenant)s, %(document)s, n.index, n.content, n.lang,
       case when vector_dims(s.whole) < 1536
            then s.whole || array_fill(0::real, array[1536 - vector_dims(s.whole)])::vector
            else s.whole end,
       %(embedder)s, case when vector_dims(s.whole) <= 384 then 384 else 1536 end,
       n.start, n.finish, n.heading, n.tokens,
       jsonb_strip_nulls(jsonb_build_object('page', n.page, 'gap', n.gap))
from unnest(%(ids)s::uuid[], %(indexes)s::int[], %(starts)s::int[], %(ends)s::int[],
            %(headings)s::text[], %(pages)s::int[], %(gaps)s::text[], %(contents)s::text[],
            %(langs)s::text[], %(tokens)s::int[])
     as n(id, index, start, finish, heading, page, gap, content, lang, tokens)
join staged_chunks s
  on s.tenant_id = %(tenant)s and s.document_id = %(document)s and s.embedder = %(embedder)s
 and s.text_sha256 = sha256(convert_to(n.content, 'UTF8'))
"""
_INSERT_VECTORS = """
insert into knowledge_vectors (tenant_id, chunk_id, embedder, embedding)
select c.user_id, c.id, c.embedder,
       case c.dimensions when 384 then subvector(c.embedding, 1, 384)::halfvec
            else c.embedding::halfvec end
from knowledge_chunks c where c.user_id = %(tenant)s and c.id = any (%(ids)s::uuid[])
"""
_INSERT_WINDOWS = """
insert into knowledge_windows (tenant_id, chunk_id, window_index, embedder, embedding)
select c.user_id, c.id, w.number - 1, s.embedder, w.embedding
from knowledge_chunks c
join staged_chunks s
  on s.tenant_id = %(tenant)s and s.document_id = %(document)s and s.embedder = %(embedder)s
 and s.text_sha256 = sha256(convert_to(c.content, 'UTF8'))
cross join lateral unnest(s.windows) with ordinality as w(embedding, number)
where c.user_id = %(tenant)s and c.id = any (%(ids)s::uuid[])
"""
_UNSTAGE = """
delete from staged_chunks where tenant_id = %(tenant)s and document_id = %(document)s
"""


async def add(
    unit: Unit, document: DocumentId, embedder: str, new: Sequence[NewChunk]
) -> int:
    """Put chunks into the index with their staged vectors; return how many it took."""
    params = {
        "tenant": unit.tenant,
        "document": document,
        "embedder": embedder,
        **_places([chunk.place for chunk in new]),
        "contents": [chunk.content for chunk in new],
        "langs": [chunk.lang_code for chunk in new],
        "tokens": [chunk.token_count for chunk in new],
    }
    added = await unit.execute(_INSERT, params) if new else 0
    if added:
        await unit.execute(_INSERT_VECTORS, params)
        await unit.execute(_INSERT_WINDOWS, params)
    await unstage(unit, document)
    return added


async def unstage(unit: Unit, document: DocumentId) -> None:
    """Forget the vectors that were made for a version of a document."""
    await unit.execute(_UNSTAGE, {"tenant": unit.tenant, "document": document})
