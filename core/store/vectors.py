"""Which embedder an inbox is searched with, and the vectors of one that is about to be."""

from collections.abc import Sequence

from core.domain.ids import TenantId
from core.domain.knowledge import Unembedded
from core.store.chunks import StagedChunk, searched_literal
from core.store.pool import Params, Unit

_SEARCHED = """
select embedder from ai_settings where user_id = %(tenant)s
"""
_HOLD_SEARCHED = "select app.hold_embedder_v1()"


async def searched_embedder(unit: Unit) -> str | None:
    """Return the embedder whose vectors are searched."""
    name: str | None = await unit.value(_SEARCHED, {"tenant": unit.tenant})
    return name


async def held_embedder(unit: Unit) -> str | None:
    """Return the same, and keep it so until the unit ends."""
    name: str | None = await unit.value(_HOLD_SEARCHED)
    return name


_OTHERWISE = "select app.searched_otherwise_v1(%(embedder)s)"


async def searched_otherwise(unit: Unit, embedder: str) -> list[TenantId]:
    """Return the inboxes that are searched with another embedder, whoever owns them."""
    found = await unit.tuples(_OTHERWISE, {"embedder": embedder})
    return [TenantId(tenant) for (tenant,) in found]


_MISSING = """
select c.id, c.content as text from knowledge_chunks c
where c.user_id = %(tenant)s and not exists (
    select 1 from knowledge_vectors v where v.tenant_id = c.user_id and v.chunk_id = c.id
       and v.embedder = %(embedder)s)
union all
select f.id, f.answer from faq_qa f
where f.user_id = %(tenant)s and not exists (
    select 1 from knowledge_vectors v where v.tenant_id = f.user_id and v.faq_id = f.id
       and v.embedder = %(embedder)s)
union all
select p.id, p.text from faq_phrasings p
where p.tenant_id = %(tenant)s and not exists (
    select 1 from knowledge_vectors v where v.tenant_id = p.tenant_id
       and v.phrasing_id = p.id and v.embedder = %(embedder)s)
limit %(limit)s
"""


async def missing(unit: Unit, embedder: str, *, limit: int) -> list[Unembedded]:
    """Return some of the texts that have no vector of this embedder."""
    params = {"tenant": unit.tenant, "embedder": embedder, "limit": limit}
    return await unit.rows(Unembedded, _MISSING, params)


_COUNT_MISSING = """
select (select count(*) from knowledge_chunks c where c.user_id = %(tenant)s)
       + (select count(*) from faq_qa f where f.user_id = %(tenant)s)
       + (select count(*) from faq_phrasings p where p.tenant_id = %(tenant)s)
       - (select count(*) from knowledge_vectors v
          where v.tenant_id = %(tenant)s and v.embedder = %(embedder)s)
"""


async def count_missing(unit: Unit, embedder: str) -> int:
    """Return how many texts have no vector of this embedder."""
    params = {"tenant": unit.tenant, "embedder": embedder}
    return int(await unit.value(_COUNT_MISSING, params))


_ADD = """
insert into knowledge_vectors (tenant_id, chunk_id, faq_id, phrasing_id, embedder, embedding)
select %(tenant)s, c.id, f.id, p.id, %(embedder)s, %(vector)s::halfvec
from (select %(id)s::uuid as id) n
left join knowledge_chunks c on c.user_id = %(tenant)s and c.id = n.id
left join faq_qa f on f.user_id = %(tenant)s and f.id = n.id
left join faq_phrasings p on p.tenant_id = %(tenant)s and p.id = n.id
where num_nonnulls(c.id, f.id, p.id) = 1
on conflict do nothing
"""
_ADD_WINDOWS = """
insert into knowledge_windows (tenant_id, chunk_id, window_index, embedder, embedding)
select %(tenant)s, c.id, w.number - 1, %(embedder)s, w.embedding
from knowledge_chunks c
cross join lateral unnest(%(windows)s::halfvec[]) with ordinality as w(embedding, number)
where c.user_id = %(tenant)s and c.id = %(id)s
on conflict do nothing
"""


async def add(
    unit: Unit, embedder: str, made: Sequence[tuple[Unembedded, StagedChunk]]
) -> None:
    """Put vectors beside those that are searched; of what is gone meanwhile, none."""
    rows: list[Params] = [
        {
            "tenant": unit.tenant,
            "embedder": embedder,
            "id": text.id,
            "vector": searched_literal(vectors.whole),
            "windows": [searched_literal(window) for window in vectors.windows],
        }
        for text, vectors in made
    ]
    await unit.many(_ADD, rows)
    await unit.many(_ADD_WINDOWS, rows)


_SWITCH = "select app.switch_embedder_v1(%(embedder)s)"


async def switch(unit: Unit, embedder: str) -> bool:
    """Search with this embedder from now on; return False when vectors are missing."""
    return bool(await unit.value(_SWITCH, {"embedder": embedder}))


_COPY = """
with stale as (
    select c.id from knowledge_chunks c
    where c.user_id = %(tenant)s and c.embedder is distinct from %(embedder)s
    limit %(limit)s)
update knowledge_chunks c
   set embedding = case when vector_dims(v.embedding) < 1536
                        then v.embedding::vector
                             || array_fill(0::real, array[1536 - vector_dims(v.embedding)])::vector
                        else v.embedding::vector end,
       dimensions = vector_dims(v.embedding), embedder = v.embedder
  from stale s, knowledge_vectors v
 where c.user_id = %(tenant)s and c.id = s.id
   and v.tenant_id = c.user_id and v.chunk_id = c.id and v.embedder = %(embedder)s
"""
_COPY_ENTRIES = """
update faq_qa f
   set embedding = case when vector_dims(v.embedding) < 1536
                        then v.embedding::vector
                             || array_fill(0::real, array[1536 - vector_dims(v.embedding)])::vector
                        else v.embedding::vector end,
       embedder = v.embedder
  from knowledge_vectors v
 where f.user_id = %(tenant)s and f.embedder is distinct from %(embedder)s
   and v.tenant_id = f.user_id and v.faq_id = f.id and v.embedder = %(embedder)s
"""


async def copy_into_rows(unit: Unit, embedder: str, *, limit: int) -> bool:
    """Write some vectors into the reference's own columns; return False when all are."""
    params = {"tenant": unit.tenant, "embedder": embedder, "limit": limit}
    await unit.execute(_COPY_ENTRIES, params)
    return await unit.execute(_COPY, params) > 0


_DROP_VECTORS = """
delete from knowledge_vectors where tenant_id = %(tenant)s and embedder <> %(embedder)s
"""
_DROP_WINDOWS = """
delete from knowledge_windows where tenant_id = %(tenant)s and embedder <> %(embedder)s
"""
_DROP_STAGED = """
delete from staged_chunks where tenant_id = %(tenant)s and embedder <> %(embedder)s
"""


async def drop_others(unit: Unit, embedder: str) -> None:
    """Forget the vectors of every other embedder."""
    params = {"tenant": unit.tenant, "embedder": embedder}
    await unit.execute(_DROP_VECTORS, params)
    await unit.execute(_DROP_WINDOWS, params)
    await unit.execute(_DROP_STAGED, params)
