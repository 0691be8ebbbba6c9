"""A knowledge base of version 25, as people have it, comes over whole.

Vectors are told apart by where they point: text number `n` has a one at dimension `n`, so
that a search for it can find nothing else by meaning.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from core.domain.ids import DocumentId, TenantId
from core.store import candidates, documents
from core.store.bootstrap import bootstrap
from core.store.candidates import AskedVector, Candidate, Question
from core.store.migrate import migrate
from core.store.migration_files import read_migrations
from core.store.pool import Login, Unit, open_database
from tests.fixtures.cluster import Cluster
from tests.fixtures.database import OWNER_EMAIL, SQL_DIR, MemoryPasswords
from tests.sql.words import recount

EMBEDDER = "embedder of then"
LAST_BEFORE = 25
CHUNKS = {
    ("guide.MD", 0): "The full service costs fifty euros.",
    ("guide.MD", 1): "A city bicycle is rented by the day.",
    ("tarifs.csv", 0): "La révision complète coûte cinquante euros.",
}
ENTRY, ANSWER = "Do you repair punctures?", "Yes, while you wait."
PHRASINGS = (ENTRY, "flat tyre")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """The database after the step, and what stood in it before."""

    line: Connection[TupleRow]
    owner: str
    tenant: TenantId
    ids: dict[str, UUID]

    def rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        return self.line.execute(query).fetchall()

    async def found(self, words: str, direction: int) -> list[Candidate]:
        """Search as the owner does, with one vote for each leg."""
        question = Question(
            text=words,
            told=words,
            telling=words,
            lang_code="en",
            vectors=(AskedVector(embedder=EMBEDDER, vector=_towards(direction)),),
        )
        async with self.unit() as unit:
            return await candidates.find(unit, question, each=1)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Open a transaction of the owner's."""
        async with (
            open_database(self.owner, login=Login.MEMBER, max_size=1) as database,
            database.unit(self.tenant) as unit,
        ):
            yield unit


@pytest.fixture(scope="module")
def upgraded(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """Found a database as version 25 did, fill it as that did, and bring it up, once."""
    old = tmp_path_factory.mktemp("old") / "sql"
    shutil.copytree(SQL_DIR, old)
    for migration in read_migrations(SQL_DIR)[LAST_BEFORE:]:
        (old / f"{migration.version:04}_{migration.name}.sql").unlink()
    with psycopg.connect(cluster.conninfo("postgres"), autocommit=True) as server:
        server.execute("create database upgraded")
        yield from _upgraded(cluster.conninfo("upgraded"), old)
        server.execute("drop database upgraded with (force)")


def _upgraded(conninfo: str, old: Path) -> Iterator[Upgraded]:
    passwords = MemoryPasswords()
    ready = asyncio.run(
        bootstrap(
            conninfo,
            passwords=passwords,
            owner_email=OWNER_EMAIL,
            owner_name="Olga Owner",
            sql_dir=old,
        )
    )
    privileged = make_conninfo(conninfo, options="-c search_path=public,extensions")
    with psycopg.connect(privileged, autocommit=True) as line:
        ids = _fill(line, ready.tenant)
        asyncio.run(migrate(conninfo, sql_dir=SQL_DIR))
        password = passwords.get_or_create(ready.owner_login).reveal()
        yield Upgraded(
            line=line,
            owner=make_conninfo(conninfo, user=ready.owner_login, password=password),
            tenant=ready.tenant,
            ids=ids,
        )


def test_every_text_keeps_its_vector_once(upgraded: Upgraded) -> None:
    held = upgraded.rows(
        "select coalesce(c.content, p.text, f.answer), v.embedder, v.embedding::text"
        " from knowledge_vectors v left join knowledge_chunks c on c.id = v.chunk_id"
        " left join faq_qa f on f.id = v.faq_id"
        " left join faq_phrasings p on p.id = v.phrasing_id"
    )
    texts = [*CHUNKS.values(), ANSWER, *PHRASINGS]
    assert sorted(held) == sorted(
        (text, EMBEDDER, _literal(at)) for at, text in enumerate(texts)
    )
    windows = "select window_index, count(*) from knowledge_windows group by 1 order by 1"
    assert upgraded.rows(windows) == [(0, 3), (1, 3)]
    assert upgraded.rows("select distinct embedder from ai_settings") == [(EMBEDDER,)]


async def test_everything_is_found_as_before_by_either_leg(upgraded: Upgraded) -> None:
    for at, text in enumerate(CHUNKS.values()):
        by_meaning = await upgraded.found("nothing", at)
        assert [one.text for one in by_meaning] == [text]
        assert by_meaning[0].whole_cosine == max(by_meaning[0].piece_cosines) == 1.0
    for at in (3, 4, 5):
        assert [one.text for one in await upgraded.found("nothing", at)] == [ANSWER]
    for words, text in (
        ("bicycle", CHUNKS["guide.MD", 1]),
        ("révision", CHUNKS["tarifs.csv", 0]),
        ("flat tyre", ANSWER),
        ("wait", ANSWER),
    ):
        by_words = [one for one in await upgraded.found(words, 300) if one.words > 0]
        by_question = [
            one for one in await upgraded.found(words, 300) if one.question_words > 0
        ]
        assert text in {one.text for one in by_words + by_question}, words


def test_the_index_of_words_agrees_with_a_recount(upgraded: Upgraded) -> None:
    assert upgraded.rows("select count(*) from knowledge_words") == [(6,)]
    assert recount(upgraded.line) == []


def test_what_answers_were_made_of_is_remembered_once_a_decision(
    upgraded: Upgraded,
) -> None:
    uses = upgraded.rows("select decision_id, document_id, faq_id from knowledge_uses")
    ids = upgraded.ids
    assert set(uses) == {
        (ids["answered"], ids["guide.MD"], None),
        (ids["answered"], None, ids["entry"]),
    }
    assert len(uses) == 2
    moments = upgraded.rows(
        "select u.used_at = d.created_at from knowledge_uses u"
        " join ai_decisions d on d.id = u.decision_id"
    )
    assert moments == [(True,), (True,)]


def test_the_storage_is_counted_and_the_kinds_are_named(upgraded: Upgraded) -> None:
    entry = len(ENTRY.encode()) + len(ANSWER.encode())
    used = round((3 * 700_000 + entry) / 1_048_576, 2)
    assert upgraded.rows(
        "select storage_used_mb::float8, storage_limit_mb::float8 from user_subscriptions"
    ) == [(used, 50.0)]
    kinds = "select name, kind from knowledge_documents order by name"
    assert upgraded.rows(kinds) == [
        ("guide.MD", "md"),
        ("notes", "txt"),
        ("tarifs.csv", "csv"),
    ]


async def test_a_document_that_was_being_read_in_can_still_be(upgraded: Upgraded) -> None:
    waiting = DocumentId(upgraded.ids["notes"])
    async with upgraded.unit() as unit:
        source = await documents.source(unit, waiting)
        known = await documents.get(unit, waiting)
    assert source is not None
    assert source.content == "Notes of a meeting."
    assert known is not None
    assert (known.file_size_bytes, known.status) == (700_000, "processing")
    assert upgraded.rows("select count(*) from document_versions") == [(1,)]


def _fill(line: Connection[TupleRow], tenant: TenantId) -> dict[str, UUID]:
    """Write what version 25 wrote: documents, chunks and windows, entries, decisions."""
    ids: dict[str, UUID] = {}
    line.execute("update user_subscriptions set storage_limit_mb = 50")
    for name, lang in (("guide.MD", "en"), ("tarifs.csv", "fr"), ("notes", "en")):
        ids[name] = _document(line, tenant, name, lang)
    for at, ((name, index), text) in enumerate(CHUNKS.items()):
        _chunk(line, tenant, ids[name], index, text, at)
    ids["entry"] = _entry(line, tenant, len(CHUNKS))
    cited: list[dict[str, str | None]] = [
        {"document_id": str(ids["guide.MD"]), "faq_id": None},
        {"document_id": str(ids["guide.MD"]), "faq_id": None},
        {"document_id": None, "faq_id": str(ids["entry"])},
        {"document_id": str(uuid4()), "faq_id": None},
    ]
    ids["answered"] = _decision(line, tenant, "respond", {"citations": cited})
    _decision(line, tenant, "escalate", {"citations": cited})
    _decision(line, tenant, "respond", {"citations": None})
    _decision(line, tenant, "respond", {})
    return ids


def _document(line: Connection[TupleRow], tenant: UUID, name: str, lang: str) -> UUID:
    texts = [text for (of, _), text in CHUNKS.items() if of == name]
    content = " ".join(texts) or "Notes of a meeting."
    return _id(
        line,
        "insert into knowledge_documents (user_id, title, name, content, sha256, lang_code,"
        " tsconfig, status, file_size_bytes, chunk_count) values (%(tenant)s, %(name)s,"
        " %(name)s, %(content)s, %(sha256)s, %(lang)s, app.text_config(%(lang)s),"
        " %(status)s, 700000, %(count)s) returning id",
        tenant=tenant,
        name=name,
        content=content,
        sha256=sha256(content.encode()).digest(),
        lang=lang,
        status="indexed" if texts else "processing",
        count=len(texts),
    )


def _chunk(
    line: Connection[TupleRow], tenant: UUID, document: UUID, index: int, text: str, at: int
) -> None:
    chunk = _id(
        line,
        "insert into knowledge_chunks (user_id, document_id, chunk_index, content,"
        " lang_code, embedding, embedder, start_char, end_char, token_count)"
        " select d.user_id, d.id, %(index)s, %(text)s, d.lang_code,"
        " (%(vector)s::vector || array_fill(0::real, array[1152])::vector), %(embedder)s,"
        " position(%(text)s in d.content) - 1,"
        " position(%(text)s in d.content) - 1 + char_length(%(text)s), 9"
        " from knowledge_documents d where d.id = %(document)s returning id",
        document=document,
        index=index,
        text=text,
        vector=_literal(at),
        embedder=EMBEDDER,
    )
    for window in (-1, 0, 1):
        _id(
            line,
            "insert into knowledge_windows (tenant_id, chunk_id, window_index, embedder,"
            " embedding) values (%(tenant)s, %(chunk)s, %(window)s, %(embedder)s,"
            " %(vector)s::halfvec) returning id",
            tenant=tenant,
            chunk=chunk,
            window=window,
            embedder=EMBEDDER,
            vector=_literal(at if window < 1 else 200),
        )


def _entry(line: Connection[TupleRow], tenant: UUID, at: int) -> UUID:
    entry = _id(
        line,
        "insert into faq_qa (user_id, key, question, answer, lang_code, tsconfig, embedding,"
        " embedder) values (%(tenant)s, 'do you repair punctures', %(question)s, %(answer)s,"
        " 'en', app.text_config('en'), %(vector)s::vector"
        " || array_fill(0::real, array[1152])::vector, %(embedder)s) returning id",
        tenant=tenant,
        question=ENTRY,
        answer=ANSWER,
        vector=_literal(at),
        embedder=EMBEDDER,
    )
    for number, text in enumerate(PHRASINGS, start=at + 1):
        _id(
            line,
            "insert into faq_phrasings (tenant_id, faq_id, text, embedding, embedder)"
            " values (%(tenant)s, %(entry)s, %(text)s, %(vector)s::halfvec, %(embedder)s)"
            " returning id",
            tenant=tenant,
            entry=entry,
            text=text,
            vector=_literal(number),
            embedder=EMBEDDER,
        )
    return entry


def _decision(
    line: Connection[TupleRow], tenant: UUID, decision: str, snapshot: dict[str, Any]
) -> UUID:
    return _id(
        line,
        "insert into ai_decisions (user_id, decision, confidence, reason, snapshot_json,"
        " created_at) values (%(tenant)s, %(decision)s, 0.9, 'known', %(snapshot)s,"
        " now() - interval '40 days') returning id",
        tenant=tenant,
        decision=decision,
        snapshot=Jsonb(snapshot),
    )


def _id(line: Connection[TupleRow], query: LiteralString, **params: Any) -> UUID:
    row = line.execute(query, params).fetchone()
    assert row is not None
    return UUID(str(row[0]))


def _towards(direction: int) -> list[float]:
    return [1.0 if at == direction else 0.0 for at in range(384)]


def _literal(direction: int) -> str:
    return "[" + ",".join(f"{number:g}" for number in _towards(direction)) + "]"
