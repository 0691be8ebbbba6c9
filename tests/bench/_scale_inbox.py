"""A hundred thousand chunks of five inboxes, made of real sentences with real vectors.

A chunk is five sentences drawn from the development sets, and is cut into pieces as the
product cuts it. The vector of a piece is the direction of the sum of its sentences', that of
the chunk of all five. So words are as unevenly spread as in life, and vectors lie as close
together.
"""

import json
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import numpy.typing as npt
import psycopg
from pgvector import HalfVector, Vector
from pgvector.psycopg import register_vector
from psycopg import Connection

from core.domain.ids import TenantId
from core.knowledge.chunking import pieces
from core.knowledge.sentences import sentences
from core.llm.base import Embedder

Floats = npt.NDArray[np.float32]
SETS = ("xquad_en", "piaf_fr")
SENTENCES_PER_CHUNK = 5
CHUNKS_PER_DOCUMENT = 20
_BATCH = 2_500
_TELLING = 6
"""Sentences of fewer words say too little to be searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Sentences, their language, and their vectors row by row."""

    texts: Sequence[str]
    langs: Sequence[str]
    vectors: Floats


async def read_pool(folder: Path, embedder: Embedder, most: int) -> Pool:
    """Return the sentences of the sets, each once, with their vectors."""
    found: dict[str, str] = {}
    for name in SETS:
        file = folder / "shared" / "retrieval" / name / "docs.jsonl"
        for line in file.read_text("utf-8").splitlines():
            text = str(json.loads(line)["text"])
            for span in sentences(text):
                if len(span.of(text).split()) >= _TELLING:
                    found.setdefault(span.of(text), name[-2:])
    step = max(1, len(found) // most)
    texts = list(found)[::step]
    vectors = np.array(await embedder.embed(texts), dtype=np.float32)
    return Pool(texts=texts, langs=[found[text] for text in texts], vectors=vectors)


def fill(privileged: str, inboxes: Sequence[tuple[TenantId, int]], pool: Pool) -> None:
    """Put so many chunks into each inbox, a few thousand at a time in turn.

    In turn, because inboxes grow side by side and their rows lie mixed on the disk.
    """
    random = np.random.default_rng(17)
    left = dict(inboxes)
    with psycopg.connect(privileged, autocommit=True) as connection:
        register_vector(connection)
        connection.execute("drop index idx_chunks_embedding")
        while any(left.values()):
            for tenant, count in inboxes:
                share = max(CHUNKS_PER_DOCUMENT, _BATCH * count // 40_000)
                now = min(left[tenant], share)
                if now:
                    _put(connection, tenant, _drawn(random, pool, now), pool)
                    left[tenant] -= now
        connection.execute("set maintenance_work_mem = '1GB'")
        connection.execute(
            "create index idx_chunks_embedding on knowledge_chunks using hnsw"
            " ((subvector(embedding, 1, 384)::halfvec(384)) halfvec_ip_ops)"
            " with (m = 24, ef_construction = 200) where dimensions = 384"
        )
        connection.execute("analyze")


def _drawn(
    random: np.random.Generator, pool: Pool, count: int
) -> list[npt.NDArray[np.int64]]:
    """Draw the sentences of chunks; those of a chunk are of one language."""
    langs = np.array(pool.langs)
    places = {lang: np.flatnonzero(langs == lang) for lang in set(pool.langs)}
    return [
        random.choice(places[lang], SENTENCES_PER_CHUNK, replace=False)
        for lang in random.choice(sorted(places), count)
    ]


def _put(
    connection: Connection,
    tenant: TenantId,
    drawn: Sequence[npt.NDArray[np.int64]],
    pool: Pool,
) -> None:
    documents = [uuid4() for _ in range(0, len(drawn), CHUNKS_PER_DOCUMENT)]
    chunks = [uuid4() for _ in drawn]
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(
            "copy knowledge_documents (id, user_id, title, name, status) from stdin"
        ) as copy:
            for document in documents:
                copy.write_row((document, tenant, "Notes", f"{document}.md", "indexed"))
        with cursor.copy(
            "copy knowledge_chunks (id, user_id, document_id, chunk_index, content,"
            " lang_code, embedding, embedder, start_char, end_char, token_count)"
            " from stdin with (format binary)"
        ) as copy:
            copy.set_types(
                ["uuid", "uuid", "uuid", "int4", "text", "text", "vector", "text"]
                + ["int4"] * 3
            )
            for row in _rows(tenant, documents, chunks, drawn, pool):
                copy.write_row(row)
        cursor.execute(
            "insert into knowledge_vectors (tenant_id, chunk_id, embedder, embedding)"
            " select user_id, id, embedder, subvector(embedding, 1, 384)::halfvec"
            " from knowledge_chunks where id = any(%s)",
            (chunks,),
        )
        with cursor.copy(
            "copy knowledge_windows (tenant_id, chunk_id, window_index, embedder,"
            " embedding) from stdin with (format binary)"
        ) as copy:
            copy.set_types(["uuid", "uuid", "int4", "text", "halfvec"])
            for chunk, places in zip(chunks, drawn, strict=True):
                for index, held in enumerate(_pieces(places, pool)):
                    vector = HalfVector(_direction(pool.vectors[held]))
                    copy.write_row((tenant, chunk, index, "minilm-l6-v2-int8", vector))


def _pieces(places: npt.NDArray[np.int64], pool: Pool) -> Iterator[npt.NDArray[np.int64]]:
    """Yield for each piece of a chunk the sentences it is made of; a part stands for one."""
    texts = [pool.texts[place] for place in places]
    ends = list(accumulate(len(text) + 1 for text in texts))
    for piece in pieces(" ".join(texts)):
        first, last = bisect(ends, piece.start), bisect(ends, piece.end - 1)
        yield places[first : last + 1]


def _direction(vectors: Floats) -> Floats:
    total: Floats = vectors.sum(axis=0)
    return total / np.linalg.norm(total)


def _rows(
    tenant: TenantId,
    documents: Sequence[UUID],
    chunks: Sequence[UUID],
    drawn: Sequence[npt.NDArray[np.int64]],
    pool: Pool,
) -> Iterator[tuple[object, ...]]:
    for at, (chunk, places) in enumerate(zip(chunks, drawn, strict=True)):
        text = " ".join(pool.texts[place] for place in places)
        padded = np.zeros(1536, dtype=np.float32)
        padded[:384] = _direction(pool.vectors[places])
        yield (
            chunk,
            tenant,
            documents[at // CHUNKS_PER_DOCUMENT],
            at % CHUNKS_PER_DOCUMENT,
            text,
            pool.langs[places[0]],
            Vector(padded),
            "minilm-l6-v2-int8",
            0,
            len(text),
            len(text.split()),
        )
