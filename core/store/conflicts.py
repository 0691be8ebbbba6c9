"""`knowledge_conflicts` and `knowledge_expiries`: what in the knowledge base is doubtful.

Places are kept from the start of the chunk and given back from the start of the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.ids import ChunkId, ConflictId, DocumentId, MemberId
from core.domain.knowledge import Conflict, Expired, Side
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value in a chunk, by code points from its start, with the sentence around it."""

    chunk: ChunkId
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConflict:
    """Two values that cannot both be right; `score` in 0..1."""

    kind: str
    score: float
    one: Place
    other: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExpiry:
    """A statement that held until a day."""

    place: Place
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedChunk:
    """What a look at a chunk needs; `vector` as PostgreSQL writes it."""

    id: ChunkId
    content: str
    heading: str
    lang_code: str
    vector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A chunk of another document that is near in meaning."""

    id: ChunkId
    content: str
    heading: str
    lang_code: str
    cosine: float


_CHUNKS = """
select c.id, c.content, coalesce(c.heading, d.title) as heading, c.lang_code,
       v.embedding::text as vector
from knowledge_chunks c
join knowledge_documents d on d.user_id = c.user_id and d.id = c.document_id
join ai_settings s on s.user_id = c.user_id
join knowledge_vectors v
  on v.tenant_id = c.user_id and v.chunk_id = c.id and v.embedder = s.embedder
where c.user_id = %(tenant)s and c.document_id = %(document)s
order by c.chunk_index
"""


async def chunks_of(unit: Unit, document: DocumentId) -> list[ReviewedChunk]:
    """Return the chunks of a document with the vectors that are searched."""
    return await unit.rows(
        ReviewedChunk, _CHUNKS, {"tenant": unit.tenant, "document": document}
    )


_NEIGHBOURS = """
select c.id, c.content, coalesce(c.heading, d.title) as heading, c.lang_code, n.cosine
from (select v.chunk_id, -(v.embedding <#> %(vector)s::halfvec)::float8 as cosine
      from knowledge_vectors v
      join ai_settings s on s.user_id = v.tenant_id and s.embedder = v.embedder
      join knowledge_chunks c on c.user_id = v.tenant_id and c.id = v.chunk_id
      where v.tenant_id = %(tenant)s and c.document_id <> %(document)s
      order by 2 desc limit %(most)s) n
join knowledge_chunks c on c.user_id = %(tenant)s and c.id = n.chunk_id
join knowledge_documents d on d.user_id = c.user_id and d.id = c.document_id
where n.cosine >= %(bar)s
order by n.cosine desc
"""


async def neighbours(
    unit: Unit, document: DocumentId, vector: str, *, bar: float, most: int
) -> list[Neighbour]:
    """Return the chunks of other documents that are at least as near as `bar`."""
    return await unit.rows(
        Neighbour,
        _NEIGHBOURS,
        {
            "tenant": unit.tenant,
            "document": document,
            "vector": vector,
            "bar": bar,
            "most": most,
        },
    )


_FORGET_CONFLICTS = """
delete from knowledge_conflicts
where tenant_id = %(tenant)s and dismissed_at is null
  and (one_document = %(document)s or other_document = %(document)s)
"""
_FORGET_EXPIRIES = """
delete from knowledge_expiries e
using knowledge_chunks c
where e.tenant_id = %(tenant)s and c.user_id = e.tenant_id and c.id = e.chunk_id
  and c.document_id = %(document)s
"""
_INSERT_CONFLICT = """
insert into knowledge_conflicts (tenant_id, kind, score, one_document, one_chunk, one_start,
                                 one_end, one_sentence, other_document, other_chunk,
                                 other_start, other_end, other_sentence)
select %(tenant)s, %(kind)s, %(score)s, c.document_id, c.id, %(one_start)s, %(one_end)s,
       %(one_sentence)s, o.document_id, o.id, %(other_start)s, %(other_end)s,
       %(other_sentence)s
from knowledge_chunks c
join knowledge_chunks o on o.user_id = c.user_id and o.id = %(other)s
where c.user_id = %(tenant)s and c.id = %(one)s and not exists (
    select 1 from knowledge_conflicts x
    where x.tenant_id = %(tenant)s and x.kind = %(kind)s
      and ((x.one_chunk, x.one_start, x.other_chunk, x.other_start)
             = (%(one)s, %(one_start)s, %(other)s, %(other_start)s)
           or (x.one_chunk, x.one_start, x.other_chunk, x.other_start)
             = (%(other)s, %(other_start)s, %(one)s, %(one_start)s)
           or x.dismissed_at is not null
              and ((x.one_document, x.one_sentence, x.other_document, x.other_sentence)
                     = (c.document_id, %(one_sentence)s, o.document_id, %(other_sentence)s)
                   or (x.one_document, x.one_sentence, x.other_document, x.other_sentence)
                     = (o.document_id, %(other_sentence)s, c.document_id,
                        %(one_sentence)s))))
on conflict do nothing
"""
_INSERT_EXPIRY = """
insert into knowledge_expiries (tenant_id, chunk_id, until, start_char, end_char, sentence)
select %(tenant)s, c.id, %(until)s, %(start)s, %(end)s, %(sentence)s
from knowledge_chunks c where c.user_id = %(tenant)s and c.id = %(chunk)s
on conflict do nothing
"""


async def replace(
    unit: Unit,
    document: DocumentId,
    conflicts: Sequence[NewConflict],
    expiries: Sequence[NewExpiry],
) -> None:
    """Keep what a look at a document found; what a person has dismissed stays dismissed.

    Of chunks that went while they were looked at, nothing is kept.
    """
    params = {"tenant": unit.tenant, "document": document}
    await unit.execute(_FORGET_CONFLICTS, params)
    await unit.execute(_FORGET_EXPIRIES, params)
    await unit.many(
        _INSERT_CONFLICT,
        [
            {
                "tenant": unit.tenant,
                "kind": found.kind,
                "score": round(found.score, 3),
                "one": found.one.chunk,
                "one_start": found.one.start,
                "one_end": found.one.end,
                "one_sentence": found.one.sentence,
                "other": found.other.chunk,
                "other_start": found.other.start,
                "other_end": found.other.end,
                "other_sentence": found.other.sentence,
            }
            for found in conflicts
        ],
    )
    await unit.many(
        _INSERT_EXPIRY,
        [
            {
                "tenant": unit.tenant,
                "chunk": found.place.chunk,
                "until": found.until,
                "start": found.place.start,
                "end": found.place.end,
                "sentence": found.place.sentence,
            }
            for found in expiries
        ],
    )


_OPEN = """
select x.id, x.kind, x.score,
       d1.id as one_document, d1.title as one_title, d1.name as one_name, x.one_sentence,
       substr(c1.content, x.one_start + 1, x.one_end - x.one_start) as one_value,
       c1.start_char + x.one_start as one_start, c1.start_char + x.one_end as one_end,
       d2.id as other_document, d2.title as other_title, d2.name as other_name,
       x.other_sentence,
       substr(c2.content, x.other_start + 1, x.other_end - x.other_start) as other_value,
       c2.start_char + x.other_start as other_start, c2.start_char + x.other_end as other_end
from knowledge_conflicts x
join knowledge_chunks c1 on c1.user_id = x.tenant_id and c1.id = x.one_chunk
join knowledge_documents d1 on d1.user_id = c1.user_id and d1.id = c1.document_id
join knowledge_chunks c2 on c2.user_id = x.tenant_id and c2.id = x.other_chunk
join knowledge_documents d2 on d2.user_id = c2.user_id and d2.id = c2.document_id
where x.tenant_id = %(tenant)s and x.dismissed_at is null
order by x.score desc, x.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: ConflictId
    kind: str
    score: float
    one_document: DocumentId
    one_title: str
    one_name: str
    one_sentence: str
    one_value: str
    one_start: int
    one_end: int
    other_document: DocumentId
    other_title: str
    other_name: str
    other_sentence: str
    other_value: str
    other_start: int
    other_end: int

    def conflict(self) -> Conflict:
        return Conflict(
            id=self.id,
            kind=self.kind,
            score=self.score,
            one=Side(
                document_id=self.one_document,
                title=self.one_title,
                name=self.one_name,
                sentence=self.one_sentence,
                value=self.one_value,
                start_char=self.one_start,
                end_char=self.one_end,
            ),
            other=Side(
                document_id=self.other_document,
                title=self.other_title,
                name=self.other_name,
                sentence=self.other_sentence,
                value=self.other_value,
                start_char=self.other_start,
                end_char=self.other_end,
            ),
        )


async def open_ones(unit: Unit) -> list[Conflict]:
    """Return the contradictions nobody has dismissed, the surest first."""
    rows = await unit.rows(_Row, _OPEN, {"tenant": unit.tenant})
    return [row.conflict() for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    document: DocumentId
    times: int


_COUNTS = """
select c.document_id as document, count(distinct x.id) as times
from knowledge_conflicts x
cross join lateral (values (x.one_document), (x.other_document)) as c(document_id)
where x.tenant_id = %(tenant)s and x.dismissed_at is null
  and x.one_chunk is not null and x.other_chunk is not null
group by c.document_id
"""


async def counts(unit: Unit) -> dict[DocumentId, int]:
    """Return how many open contradictions each document is part of."""
    found = await unit.rows(_Count, _COUNTS, {"tenant": unit.tenant})
    return {row.document: row.times for row in found}


_EXPIRED = """
select d.id as document_id, d.title, d.name, e.sentence,
       substr(c.content, e.start_char + 1, e.end_char - e.start_char) as value,
       c.start_char + e.start_char as start_char, c.start_char + e.end_char as end_char
from knowledge_expiries e
join knowledge_chunks c on c.user_id = e.tenant_id and c.id = e.chunk_id
join knowledge_documents d on d.user_id = c.user_id and d.id = c.document_id
where e.tenant_id = %(tenant)s and e.until < %(today)s
order by e.until, d.title, start_char
"""


async def expired(unit: Unit, today: date) -> list[Expired]:
    """Return the statements whose day has passed, the longest past first."""
    return await unit.rows(Expired, _EXPIRED, {"tenant": unit.tenant, "today": today})


_DISMISS = """
update knowledge_conflicts set dismissed_at = now(), dismissed_by = %(member)s
where tenant_id = %(tenant)s and id = %(id)s and dismissed_at is null
"""


async def dismiss(unit: Unit, conflict: ConflictId, member: MemberId) -> bool:
    """Note that two statements do not contradict; return False when it was settled."""
    params = {"tenant": unit.tenant, "id": conflict, "member": member}
    return await unit.execute(_DISMISS, params) > 0
