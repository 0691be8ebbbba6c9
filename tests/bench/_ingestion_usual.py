"""The usual way to index: one thing after another, on one connection.

A file is read, then each of its chunks and each piece of one is embedded by itself, and
each row is inserted by itself. Same files, same cuts, same model, same tables.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

import psycopg

from core.domain.ids import TenantId
from core.knowledge.chunking import TextChunk, chunks, pieces
from core.knowledge.language import detect
from core.knowledge.reading.reader import read_file
from core.llm.base import Embedder, Vector
from core.store.chunks import padded_literal, searched_literal
from tests.bench._ingestion_pages import File

Line = psycopg.AsyncConnection[tuple[object, ...]]

_DOCUMENT = """
insert into knowledge_documents (id, user_id, title, name, content, lang_code, status)
values (%s, %s, %s, %s, %s, %s, 'indexed')
"""
_CHUNK = """
insert into knowledge_chunks (id, user_id, document_id, chunk_index, content, lang_code,
                              embedding, embedder, start_char, end_char, heading, token_count)
values (%s, %s, %s, %s, %s, %s, %s::vector, %s, %s, %s, %s, %s)
"""
_VECTOR = """
insert into knowledge_vectors (tenant_id, chunk_id, embedder, embedding)
values (%s, %s, %s, %s::halfvec)
"""
_WINDOW = """
insert into knowledge_windows (tenant_id, chunk_id, window_index, embedder, embedding)
values (%s, %s, %s, %s, %s::halfvec)
"""


async def index(
    privileged: str, tenant: TenantId, embedder: Embedder, sample: Sequence[File]
) -> None:
    """Index the files, without any rights to check, each document a transaction."""
    async with await psycopg.AsyncConnection.connect(privileged, autocommit=True) as line:
        for file in sample:
            read = await read_file(file.name, file.content)
            document = uuid4()
            lang = detect(read.text)
            row = (document, tenant, file.name, file.name, read.text, lang)
            async with line.transaction():
                await line.execute(_DOCUMENT, row)
                for chunk in chunks(read.text):
                    await _put(line, (tenant, document, lang), embedder, chunk)


async def _put(
    line: Line, of: tuple[TenantId, UUID, str], embedder: Embedder, chunk: TextChunk
) -> None:
    tenant, document, lang = of
    whole = await _vector(embedder, chunk.text)
    chunk_id = uuid4()
    place = (chunk.start_char, chunk.end_char, chunk.heading, chunk.token_count)
    row = (chunk_id, tenant, document, chunk.index, chunk.text, lang)
    await line.execute(_CHUNK, (*row, padded_literal(whole), embedder.name, *place))
    await line.execute(_VECTOR, (tenant, chunk_id, embedder.name, searched_literal(whole)))
    for index, piece in enumerate(pieces(chunk.text)):
        window = searched_literal(await _vector(embedder, piece.of(chunk.text)))
        await line.execute(_WINDOW, (tenant, chunk_id, index, embedder.name, window))


async def _vector(embedder: Embedder, text: str) -> Vector:
    (vector,) = await embedder.embed([text])
    return vector
