"""How long a search takes among a hundred thousand chunks, and what its vector leg misses.

Five inboxes share one database: 500, 2,000, 10,000 and 40,000 chunks beside one with the
rest. Each is asked the development sets' questions as the companion asks. The vector leg
is compared with an exact one over every window, and with two usual ways on the same rows:
the planner left free with one graph for everybody, and full-text ranking of all matches.
Then one inbox holds a hundred thousand chunks by itself. All figures are warm.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any

from psycopg.conninfo import make_conninfo

from core import paths
from core.config.settings import Settings
from core.config.vault import open_vault
from core.domain.errors import NotSetUp
from core.domain.ids import TenantId
from core.engine import Part, open_engine
from core.kit import Kit
from core.knowledge.fusion import ranked
from core.knowledge.retrieve import EACH, understood
from core.llm.embed import LocalEmbedder
from core.store import candidates
from core.store.bootstrap import add_tenant
from core.store.candidates import Question
from core.store.chunks import searched_literal
from core.store.embedded import open_embedded
from core.store.pool import Login, Unit
from tests.bench import _scale_inbox as inbox
from tests.fixtures.homes import passing_home

FOLDER = paths.installation_dir().parent / "shared" / "bench"
SIZES = (500, 2_000, 10_000, 40_000, 47_500)
ALONE = 100_000
QUESTIONS = 60
"""Asked of each inbox; the first round only warms."""
SENTENCES = 4_000
NEAREST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as searched, and as typed."""

    typed: str
    question: Question


async def run() -> dict[str, Any]:
    """Measure both databases; says so when the sets are not there."""
    if not FOLDER.is_dir():
        return {"skipped": f"the query sets are not there: {FOLDER} is missing"}
    shared = await _measured(SIZES)
    alone = await _measured((ALONE,))
    return {"shared_by_five": shared, "one_inbox": alone}


async def _measured(sizes: Sequence[int]) -> dict[str, Any]:
    async with _opened() as (kit, privileged):
        pool = await inbox.read_pool(FOLDER, kit.embedders[0], SENTENCES)
        tenants = await _tenants(kit, privileged, len(sizes))
        started = perf_counter()
        places = list(zip(tenants, sizes, strict=True))
        await asyncio.to_thread(inbox.fill, privileged, places, pool)
        filled = round(perf_counter() - started, 1)
        asked = [await _understood(kit, text) for text in _texts()]
        return {
            "filled_s": filled,
            **{str(size): await _inbox(kit, tenant, asked) for tenant, size in places},
        }


@asynccontextmanager
async def _opened() -> AsyncIterator[tuple[Kit, str]]:
    """Open an engine over a database of its own, and the privileged way into it."""
    with passing_home() as home:
        settings = Settings(home=home, embed_model=LocalEmbedder.name)
        async with (
            open_engine(
                settings, frozenset({Part.KNOWLEDGE}), login=Login.SERVICE
            ) as engine,
            open_embedded(settings.home) as server,
        ):
            privileged = server.conninfo(user=server.superuser, password=server.password)
            yield (
                engine.kit,
                make_conninfo(privileged, options="-c search_path=public,extensions"),
            )


async def _tenants(kit: Kit, privileged: str, count: int) -> list[TenantId]:
    vault = open_vault(kit.settings.secrets_dir, kit.settings.vault_key)
    made = [
        await add_tenant(privileged, f"owner{at}@bench.example", f"Inbox {at}", vault)
        for at in range(count)
    ]
    return [TenantId(owner.id) for owner in made]


def _texts() -> list[str]:
    files = [FOLDER / "dev" / "retrieval" / name / "queries.jsonl" for name in inbox.SETS]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [str(json.loads(line)["text"]) for line in lines[:: len(lines) // QUESTIONS]]


async def _understood(kit: Kit, text: str) -> Asked:
    question = await understood(kit.embedders, text, lang=None)
    if question is None:
        raise NotSetUp("A question of the sets holds no words.")
    return Asked(typed=text, question=question)


async def _inbox(kit: Kit, tenant: TenantId, asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the figures of one inbox."""
    return {
        "in_postgresql": await _timed(kit, tenant, asked, _found),
        "with_embedding_and_ranking": await _timed(kit, tenant, asked, _searched),
        "vector_leg": await _timed(kit, tenant, asked, _near),
        "vector_leg_recall": await _recall(kit, tenant, asked, _near),
        "planner_left_free": await _timed(kit, tenant, asked, _free),
        "planner_left_free_recall": await _recall(kit, tenant, asked, _free),
        "ts_rank_of_all_matches": await _timed(kit, tenant, asked, _ts_rank),
    }


Leg = Callable[[Kit, Unit, Asked], Awaitable[list[Any]]]


async def _timed(
    kit: Kit, tenant: TenantId, asked: Sequence[Asked], leg: Leg
) -> dict[str, float]:
    taken: list[float] = []
    for is_warm in (False, True):
        for one in asked:
            async with kit.unit(tenant) as unit:
                started = perf_counter()
                await leg(kit, unit, one)
                if is_warm:
                    taken.append((perf_counter() - started) * 1000)
    steps = quantiles(taken, n=20)
    return {"p50_ms": round(steps[9], 1), "p95_ms": round(steps[18], 1)}


async def _recall(kit: Kit, tenant: TenantId, asked: Sequence[Asked], leg: Leg) -> float:
    """Return the part of the exact ten nearest that a leg has among its ten."""
    shares: list[float] = []
    for one in asked:
        async with kit.unit(tenant) as unit:
            exact = await _exact(kit, unit, one)
            found = set(await leg(kit, unit, one))
            shares.append(sum(entry in found for entry in exact) / len(exact))
    return round(fmean(shares), 3)


async def _found(_kit: Kit, unit: Unit, one: Asked) -> list[Any]:
    return list(await candidates.find(unit, one.question, each=EACH))


async def _searched(kit: Kit, unit: Unit, one: Asked) -> list[Any]:
    """Do all that a search does, the embedding of a question not seen before included."""
    question = await understood(kit.embedders, f"{one.typed} {perf_counter()}", lang=None)
    if question is None:
        return []
    return list(ranked(one.typed, await candidates.find(unit, question, each=EACH)))


_NEAR = "select entry from app.find_near_v1(%(tenant)s, %(embedder)s, %(vector)s, null, 10)"
_EXACT = """
with windows as (
    select chunk_id, max(-(embedding <#> %(vector)s::halfvec)) as cosine
    from knowledge_windows where tenant_id = %(tenant)s and embedder = %(embedder)s
    group by chunk_id
)
select v.chunk_id
from knowledge_vectors v join windows w using (chunk_id)
where v.tenant_id = %(tenant)s and v.embedder = %(embedder)s
order by -(v.embedding <#> %(vector)s::halfvec) + w.cosine desc limit 10
"""
_FREE = """
select id from knowledge_chunks
where user_id = %(tenant)s and embedder = %(embedder)s and dimensions = 384
order by subvector(embedding, 1, 384)::halfvec(384) <#> %(vector)s::halfvec(384) limit 10
"""
_TS_RANK = """
select id from knowledge_chunks,
       (select string_agg(quote_literal(t.lexeme), '|')::tsquery as any_word
        from unnest(to_tsvector(app.text_config(%(lang)s), %(text)s)) as t) q
where user_id = %(tenant)s and tsv @@ any_word
order by ts_rank(tsv, any_word, 1) desc limit 50
"""


def _params(unit: Unit, one: Asked) -> dict[str, Any]:
    (asked,) = one.question.vectors
    return {
        "tenant": unit.tenant,
        "embedder": asked.embedder,
        "vector": searched_literal(asked.vector),
        "lang": one.question.lang_code,
        "text": one.typed,
    }


async def _near(_kit: Kit, unit: Unit, one: Asked) -> list[Any]:
    return [entry for (entry,) in await unit.tuples(_NEAR, _params(unit, one))]


async def _exact(_kit: Kit, unit: Unit, one: Asked) -> list[Any]:
    return [entry for (entry,) in await unit.tuples(_EXACT, _params(unit, one))]


async def _free(_kit: Kit, unit: Unit, one: Asked) -> list[Any]:
    return [entry for (entry,) in await unit.tuples(_FREE, _params(unit, one))]


async def _ts_rank(_kit: Kit, unit: Unit, one: Asked) -> list[Any]:
    return await ts_rank_of_all(unit, one.question)


async def ts_rank_of_all(unit: Unit, question: Question) -> list[Any]:
    """Return the best by full-text rank, for which every match has to be ranked."""
    params = {
        "tenant": unit.tenant,
        "lang": question.lang_code,
        "text": question.text,
    }
    return [entry for (entry,) in await unit.tuples(_TS_RANK, params)]
