"""How often the right document comes first, beside what most products do.

Each set is put into a database of its own by the same code that indexes a team's
documents, and asked through the query behind `kb search`. Two comparisons run on the same
texts: the usual hybrid (full-text ranking and cosine of whole chunks, joined by reciprocal
ranks) and bm25s with Snowball stems. The typing errors are the same for all of them. The
local embedder is used with its language pack where this machine has it.

The sets lie beside the checkout, in `../shared/bench`; they are not ours to distribute.
"""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any
from uuid import uuid4

from core import paths
from core.actions import embed
from core.config.settings import Settings
from core.domain.errors import NotSetUp
from core.domain.ids import FaqId, TenantId
from core.domain.knowledge import FaqText
from core.engine import Overrides, Part, open_engine
from core.kit import Kit
from core.knowledge import faq
from core.knowledge.retrieve import understood
from core.llm.base import Embedder
from core.queries import knowledge
from core.store import faqs
from core.store.chunks import vector_literal
from core.store.pool import Login
from tests.bench._bm25s import bm25s_search
from tests.fixtures.homes import passing_home
from tests.fixtures.knowledge import a_version, embedded, put_version

FOLDER = paths.installation_dir().parent / "shared" / "bench"
MISTYPED = 700
"""Asked of each set with typing errors, evenly spread over it."""
NAMES = ("xquad_en", "xquad_es", "piaf_fr", "cnil_fr")
GOALS = {
    "xquad_en": {"r1": 0.94, "r5": 0.99, "typos_r1": 0.88},
    "xquad_es": {"r1": 0.92, "r5": 0.99, "typos_r1": 0.88},
    "piaf_fr": {"r1": 0.75, "r5": 0.91, "typos_r1": 0.66},
    "cnil_fr": {"r1": 0.65, "r5": 0.88},
}
"""RETRIEVAL.md, section 6."""
DEEP = 50
"""How many passages are read to find ten different documents."""
TYPOS = 0.3
"""The part of the words of four letters and more in which somebody mistypes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuerySet:
    """Documents, and questions with the documents that answer them."""

    name: str
    lang: str
    documents: Sequence[dict[str, Any]]
    queries: Sequence[dict[str, Any]]


@dataclass(slots=True)
class Tally:
    """What came out, query by query."""

    ranks: list[int | None] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return the shares that count, and how long a query took."""
        found = [rank for rank in self.ranks if rank is not None]
        times = quantiles(self.milliseconds, n=20)
        return {
            "r1": _share(sum(rank < 1 for rank in found), len(self.ranks)),
            "r5": _share(sum(rank < 5 for rank in found), len(self.ranks)),
            "mrr10": _share(sum(1 / (rank + 1) for rank in found), len(self.ranks)),
            "p50_ms": round(times[9], 1),
            "p95_ms": round(times[18], 1),
        }


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a set has been put, and who asks there."""

    kit: Kit
    member: Kit
    tenant: TenantId
    embedder: Embedder


Search = Callable[[str], Awaitable[list[str]]]


async def run() -> dict[str, Any]:
    """Measure every set; says so when the sets are not there."""
    if not FOLDER.is_dir():
        return {"skipped": f"the query sets are not there: {FOLDER} is missing"}
    return {name: await _measured(_read(name)) for name in NAMES}


def _read(name: str) -> QuerySet:
    queries = _lines(FOLDER / "dev" / "retrieval" / name / "queries.jsonl")
    return QuerySet(
        name=name,
        lang=name[-2:],
        documents=_lines(FOLDER / "shared" / "retrieval" / name / "docs.jsonl"),
        queries=queries,
    )


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


async def _measured(query_set: QuerySet) -> dict[str, Any]:
    with passing_home() as home:
        own = Settings(home=home)
        knows = frozenset({Part.KNOWLEDGE})
        async with open_engine(own, knows, login=Login.SERVICE) as engine:
            if engine.tenant is None:
                raise NotSetUp("The benchmark's own inbox could not be made.")
            await embed.change(engine.kit, engine.tenant)
            lent = Overrides(embedder=engine.kit.embedder, standbys=engine.kit.standbys)
            async with open_engine(
                own, knows, login=Login.MEMBER, overrides=lent
            ) as member:
                place = Place(
                    kit=engine.kit,
                    member=member.kit,
                    tenant=engine.tenant,
                    embedder=engine.kit.embedders[0],
                )
                return await _compared(place, query_set)


async def _compared(place: Place, query_set: QuerySet) -> dict[str, Any]:
    started = perf_counter()
    await _fill(place, query_set)
    seconds = round(perf_counter() - started, 1)
    searches: dict[str, Search] = {
        "ours": partial(_ours, place),
        "rrf_hybrid": partial(_rrf_hybrid, place),
        "bm25s": bm25s_search(query_set.documents, query_set.lang),
    }
    return {
        "embedder": place.embedder.name,
        "documents": len(query_set.documents),
        "queries": len(query_set.queries),
        "indexing_s": seconds,
        "goal": GOALS[query_set.name],
        **{name: await _asked(query_set, search) for name, search in searches.items()},
    }


async def _fill(place: Place, query_set: QuerySet) -> None:
    """Index a set: as FAQ entries where its titles are questions, else as documents."""
    put = _put_entry if query_set.name == "cnil_fr" else _put_document
    for document in query_set.documents:
        await put(place, document, query_set.lang)


async def _put_document(place: Place, document: dict[str, Any], lang: str) -> None:
    name, text = str(document["id"]), str(document["text"])
    version = replace(a_version(name, text, lang_code=lang), title=str(document["title"]))
    made = await embedded(place.embedder, version)
    async with place.kit.unit(place.tenant) as unit:
        await put_version(unit, place.embedder.name, version, made)


async def _put_entry(place: Place, document: dict[str, Any], lang: str) -> None:
    """Put an entry in, with its id as category: that is what a passage then goes by."""
    entry = FaqText(
        question=str(document["title"]),
        answer=str(document["text"]),
        category=str(document["id"]),
        language=lang,
    )
    ready = await faq.embedded(place.embedder, entry, FaqId(uuid4()))
    async with place.kit.unit(place.tenant) as unit:
        await faqs.keep(unit, place.embedder.name, ready)


async def _asked(query_set: QuerySet, search: Search) -> dict[str, float]:
    """Ask every query as it is and mistyped."""
    step = max(1, len(query_set.queries) // MISTYPED)
    clean = await _tally(query_set.queries, search, lambda text: text)
    mistyped = await _tally(query_set.queries[::step], search, _mistyped)
    return {**clean.figures(), "typos_r1": mistyped.figures()["r1"]}


async def _tally(
    queries: Sequence[dict[str, Any]], search: Search, typed: Callable[[str], str]
) -> Tally:
    tally = Tally()
    for query in queries:
        text = typed(str(query["text"]))
        started = perf_counter()
        names = await search(text)
        tally.milliseconds.append((perf_counter() - started) * 1000)
        right = {str(name) for name in query["rel"]}
        distinct = list(dict.fromkeys(names))[:10]
        tally.ranks.append(
            next((at for at, name in enumerate(distinct) if name in right), None)
        )
    return tally


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _mistyped(text: str) -> str:
    """Return a text with the same typing errors each time: one letter in some words."""
    random = Random(text)  # noqa: S311 - the same errors in every run

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        if random.random() >= TYPOS:
            return word
        at = random.randrange(1, len(word) - 1)
        letter = random.choice(_LETTERS)
        return random.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    return _LONG_WORD.sub(slip, text)


async def _ours(place: Place, query: str) -> list[str]:
    return [hit.name for hit in await knowledge.search(place.member, query, k=DEEP)]


_RRF = """
with asked as (
    select string_agg(quote_literal(t.lexeme), '|')::tsquery as any_word
    from unnest(to_tsvector(app.text_config(%(lang)s), %(text)s)) as t
), texts as (
    select c.id, d.name, c.tsv, subvector(c.embedding, 1, 384)::halfvec as embedding
    from knowledge_chunks c
    join knowledge_documents d on d.user_id = c.user_id and d.id = c.document_id
    where c.user_id = %(tenant)s
    union all
    select id, category, tsv, subvector(embedding, 1, 384)::halfvec
    from faq_qa where user_id = %(tenant)s
), words as (
    select id, row_number() over (order by ts_rank(tsv, any_word) desc, id) as place
    from texts, asked where tsv @@ any_word order by place limit 50
), meanings as (
    select id, row_number() over (order by embedding <=> %(vector)s::halfvec, id) as place
    from texts order by place limit 50
)
select t.name
from texts t left join words w using (id) left join meanings m using (id)
where w.id is not null or m.id is not null
order by coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0) desc, t.id
"""


async def _rrf_hybrid(place: Place, query: str) -> list[str]:
    question = await understood([place.embedder], query, lang=None)
    if question is None:
        return []
    params = {
        "tenant": place.tenant,
        "text": question.text,
        "lang": question.lang_code,
        "vector": vector_literal(question.vectors[0].vector),
    }
    async with place.kit.unit(place.tenant) as unit:
        return [str(name) for (name,) in await unit.tuples(_RRF, params)]
