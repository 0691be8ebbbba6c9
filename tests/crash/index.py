"""What is wrong with the index of a knowledge base: a chunk too few, too many, or elsewhere.

The text of every document is cut again, and each chunk must be there once, with one vector
of its own, one of each of its pieces, and the words it is found by. Every FAQ entry has a
vector of its answer, and one of each way to ask it.
"""

from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from core.domain.ids import TenantId
from core.knowledge.chunking import chunks, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    index: int
    content: str
    start: int
    end: int
    heading: str
    vectors: int
    strange_vectors: int
    windows: list[int]
    words: int
    is_filled: bool


_DOCUMENTS = """
select d.id, d.name, d.content, d.status, d.chunk_count, d.chunks_done, d.chunks_total,
       (select count(*) from document_versions v where v.document_id = d.id),
       (select count(*) from staged_chunks s where s.document_id = d.id)
from knowledge_documents d where d.user_id = %(tenant)s order by d.name
"""
_CHUNKS = """
select c.chunk_index as index, c.content, c.start_char as start, c.end_char as end,
       coalesce(c.heading, '') as heading,
       (select count(*) from knowledge_vectors v
        where v.chunk_id = c.id and v.embedder = s.embedder) as vectors,
       (select count(*) from knowledge_vectors v
        where v.chunk_id = c.id and v.embedder <> s.embedder)
       + (select count(*) from knowledge_windows w
          where w.chunk_id = c.id and w.embedder <> s.embedder) as strange_vectors,
       array(select w.window_index from knowledge_windows w
             where w.chunk_id = c.id and w.embedder = s.embedder
             order by w.window_index) as windows,
       (select count(*) from knowledge_words w where w.id = c.id) as words,
       c.embedder = s.embedder and vector_dims(c.embedding) = 1536
       and exists (select 1 from knowledge_vectors v
                   where v.chunk_id = c.id and v.embedder = s.embedder
                     and vector_dims(v.embedding) = c.dimensions
                     and subvector(c.embedding, 1, c.dimensions)::halfvec = v.embedding)
           as is_filled
from knowledge_chunks c
join ai_settings s on s.user_id = c.user_id
where c.user_id = %(tenant)s and c.document_id = %(document)s
order by c.chunk_index
"""


_ENTRIES = """
select f.question,
       (select count(*) from knowledge_vectors v
        where v.faq_id = f.id and v.embedder = s.embedder
          and subvector(f.embedding, 1, vector_dims(v.embedding))::halfvec = v.embedding),
       (select count(*) from faq_phrasings p
        where p.faq_id = f.id and 1 <> (
            select count(*) from knowledge_vectors v
            where v.phrasing_id = p.id and v.embedder = s.embedder)),
       (select count(*) from knowledge_vectors v left join faq_phrasings p
           on p.id = v.phrasing_id
        where coalesce(v.faq_id, p.faq_id) = f.id and v.embedder <> s.embedder),
       vector_dims(f.embedding), f.embedder = s.embedder
from faq_qa f
join ai_settings s on s.user_id = f.user_id
where f.user_id = %(tenant)s order by f.question
"""


async def faults(privileged: str, tenant: TenantId) -> list[str]:
    """Return everything that is wrong with an inbox's documents and entries, in words."""
    found: list[str] = []
    async with await psycopg.AsyncConnection.connect(privileged) as line:
        rows = await (await line.execute(_DOCUMENTS, {"tenant": tenant})).fetchall()
        for document, name, content, status, *counts in rows:
            async with line.cursor(row_factory=class_row(_Stored)) as cursor:
                await cursor.execute(_CHUNKS, {"tenant": tenant, "document": document})
                stored = await cursor.fetchall()
            if status != "indexed":
                found.append(f"{name} is {status}")
            found += [f"{name}: {fault}" for fault in _of_document(content, stored)]
            if counts != [len(stored), len(stored), len(stored), 0, 0]:
                found.append(f"{name}: counts or leftovers {counts}")
        entries = await (await line.execute(_ENTRIES, {"tenant": tenant})).fetchall()
    for question, *state in entries:
        if state != [1, 0, 0, 1536, True]:
            found.append(f"{question} has the vectors {state}")
    return found


def _of_document(content: str, stored: list[_Stored]) -> list[str]:
    wanted = [
        (one.index, one.text, one.start_char, one.end_char, one.heading)
        for one in chunks(content)
    ]
    there = [(one.index, one.content, one.start, one.end, one.heading) for one in stored]
    found = [] if there == wanted else [f"{len(there)} chunks, not those of its text"]
    for one in stored:
        if (one.vectors, one.strange_vectors, one.words) != (1, 0, 1):
            found.append(
                f"chunk {one.index} has {one.vectors} vectors, {one.strange_vectors}"
                f" of another embedder, {one.words} rows of words"
            )
        if one.windows != list(range(len(pieces(one.content)))):
            found.append(f"chunk {one.index} has the windows {one.windows}")
        if not one.is_filled:
            found.append(f"the row of chunk {one.index} has another vector")
    return found
