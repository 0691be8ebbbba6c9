"""`faq_qa` and `faq_phrasings`: questions with their answer, and other ways to ask them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.domain.ids import FaqId
from core.domain.knowledge import Faq
from core.store.chunks import Vector, padded_literal, searched_literal
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """One way to ask, with its vector; the entry's own question is the first."""

    text: str
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFaq:
    """An entry to keep; `key` is the same for questions that differ in accents or case."""

    id: FaqId
    key: str
    answer: str
    category: str | None
    lang_code: str
    answer_vector: Vector
    phrasings: tuple[Phrasing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearEntry:
    """An entry with a way to ask that is near to something; `cosine` of the nearest."""

    id: FaqId
    text: str
    cosine: float


_KEEP = """
insert into faq_qa (id, user_id, key, question, answer, category, lang_code, tsconfig,
                    embedding, embedder)
values (%(id)s, %(tenant)s, %(key)s, %(question)s, %(answer)s, %(category)s, %(lang)s,
        app.text_config(%(lang)s), %(embedding)s::vector, %(embedder)s)
on conflict (user_id, key, lang_code) do update
   set question = excluded.question, answer = excluded.answer, category = excluded.category,
       embedding = excluded.embedding, embedder = excluded.embedder, updated_at = now()
returning id
"""
_CHANGE = """
update faq_qa
   set key = %(key)s, question = %(question)s, answer = %(answer)s, category = %(category)s,
       lang_code = %(lang)s, tsconfig = app.text_config(%(lang)s),
       embedding = %(embedding)s::vector, embedder = %(embedder)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
returning id
"""
_RIVAL = """
select question from faq_qa
where user_id = %(tenant)s and key = %(key)s and lang_code = %(lang)s and id <> %(id)s
"""
_FORGET_PHRASINGS = """
delete from faq_phrasings where tenant_id = %(tenant)s and faq_id = %(id)s
"""
_FORGET_VECTORS = """
delete from knowledge_vectors where tenant_id = %(tenant)s and faq_id = %(id)s
"""
_ADD_VECTOR = """
insert into knowledge_vectors (tenant_id, faq_id, embedder, embedding)
values (%(tenant)s, %(id)s, %(embedder)s, %(vector)s::halfvec)
"""
_ADD_PHRASINGS = """
with added as (
    insert into faq_phrasings (tenant_id, faq_id, text)
    select %(tenant)s, %(faq)s, n.text from unnest(%(texts)s::text[]) as n(text)
    returning id, text)
insert into knowledge_vectors (tenant_id, phrasing_id, embedder, embedding)
select %(tenant)s, a.id, %(embedder)s, n.vector::halfvec
from added a join unnest(%(texts)s::text[], %(vectors)s::text[]) as n(text, vector)
  on n.text = a.text
"""


_RESERVE = """
select pg_advisory_xact_lock(hashtextextended(%(tenant)s::text || ' faq', 0))
"""


async def reserve(unit: Unit) -> None:
    """Have nobody else give an entry of the tenant new words until the unit ends."""
    await unit.execute(_RESERVE, {"tenant": unit.tenant})


async def keep(unit: Unit, embedder: str, faq: NewFaq) -> tuple[FaqId, bool]:
    """Add an entry, or replace the one that asks the same in the same language.

    Returns the entry's id, and whether it took the place of an older one.
    """
    kept = FaqId(await unit.value(_KEEP, _values(unit, embedder, faq)))
    await _index(unit, embedder, kept, faq)
    return kept, kept != faq.id


async def change(unit: Unit, embedder: str, faq: NewFaq) -> bool:
    """Give the entry `faq.id` new words; return False when it is gone."""
    if await unit.value(_CHANGE, _values(unit, embedder, faq)) is None:
        return False
    await _index(unit, embedder, faq.id, faq)
    return True


async def rival(unit: Unit, faq: NewFaq) -> str | None:
    """Return the question of another entry that asks the same in the same language."""
    params = {"tenant": unit.tenant, "key": faq.key, "lang": faq.lang_code, "id": faq.id}
    found: str | None = await unit.value(_RIVAL, params)
    return found


def _values(unit: Unit, embedder: str, faq: NewFaq) -> dict[str, object]:
    return {
        "id": faq.id,
        "tenant": unit.tenant,
        "key": faq.key,
        "question": faq.phrasings[0].text,
        "answer": faq.answer,
        "category": faq.category,
        "lang": faq.lang_code,
        "embedding": padded_literal(faq.answer_vector),
        "embedder": embedder,
    }


async def _index(unit: Unit, embedder: str, kept: FaqId, faq: NewFaq) -> None:
    """Replace the vectors and the other ways to ask."""
    params = {"tenant": unit.tenant, "id": kept}
    await unit.execute(_FORGET_PHRASINGS, params)
    await unit.execute(_FORGET_VECTORS, params)
    await unit.execute(
        _ADD_VECTOR,
        {**params, "embedder": embedder, "vector": searched_literal(faq.answer_vector)},
    )
    await unit.execute(
        _ADD_PHRASINGS,
        {
            "tenant": unit.tenant,
            "faq": kept,
            "embedder": embedder,
            "texts": [phrasing.text for phrasing in faq.phrasings],
            "vectors": [searched_literal(phrasing.vector) for phrasing in faq.phrasings],
        },
    )


_ALL = """
select f.id, f.question, f.answer, f.category, f.lang_code, f.enabled,
       array(select p.text from faq_phrasings p
             where p.tenant_id = f.user_id and p.faq_id = f.id and p.text <> f.question
             order by p.text) as phrasings
from faq_qa f where f.user_id = %(tenant)s order by f.question, f.id
"""


async def all_of(unit: Unit) -> list[Faq]:
    """Return the tenant's entries by question."""
    return await unit.rows(Faq, _ALL, {"tenant": unit.tenant})


_NEAREST = """
select distinct on (p.faq_id) p.faq_id as id, p.text,
       -(v.embedding <#> n.vector::halfvec)::float8 as cosine
from unnest(%(vectors)s::text[]) as n(vector)
cross join knowledge_vectors v
join faq_phrasings p on p.tenant_id = v.tenant_id and p.id = v.phrasing_id
where v.tenant_id = %(tenant)s and v.embedder = %(embedder)s
  and p.faq_id is distinct from %(besides)s::uuid
  and -(v.embedding <#> n.vector::halfvec) >= %(bar)s
order by p.faq_id, cosine desc
"""


async def nearest(
    unit: Unit,
    embedder: str,
    vectors: Sequence[Vector],
    *,
    bar: float,
    besides: FaqId | None,
) -> list[NearEntry]:
    """Return the entries some way to ask which is at least as near as `bar`, once each."""
    return await unit.rows(
        NearEntry,
        _NEAREST,
        {
            "tenant": unit.tenant,
            "embedder": embedder,
            "vectors": [searched_literal(vector) for vector in vectors],
            "bar": bar,
            "besides": besides,
        },
    )


_REPLACED = """
select coalesce(sum(f.text_size_bytes), 0)::bigint
from unnest(%(keys)s::text[], %(languages)s::text[]) as n(key, lang_code)
join faq_qa f on f.user_id = %(tenant)s and f.key = n.key and f.lang_code = n.lang_code
"""


async def size_of_replaced(unit: Unit, keys: Collection[tuple[str, str]]) -> int:
    """Return how many bytes the entries take that ask the same; keys with languages."""
    params = {
        "tenant": unit.tenant,
        "keys": [key for key, _ in keys],
        "languages": [lang for _, lang in keys],
    }
    return int(await unit.value(_REPLACED, params))


_ENABLE = """
update faq_qa set enabled = true, updated_at = now()
where user_id = %(tenant)s and id = %(id)s
"""


async def enable(unit: Unit, faq: FaqId) -> bool:
    """Let an entry answer; return False when it is gone."""
    return await unit.execute(_ENABLE, {"tenant": unit.tenant, "id": faq}) > 0


_DISABLE = """
update faq_qa set enabled = false, updated_at = now()
where user_id = %(tenant)s and id = %(id)s
"""


async def disable(unit: Unit, faq: FaqId) -> bool:
    """Keep an entry from answering; return False when it is gone."""
    return await unit.execute(_DISABLE, {"tenant": unit.tenant, "id": faq}) > 0


_REMOVE = "delete from faq_qa where user_id = %(tenant)s and id = %(id)s"


async def remove(unit: Unit, faq: FaqId) -> bool:
    """Delete an entry with its phrasings; return False when it was gone already."""
    return await unit.execute(_REMOVE, {"tenant": unit.tenant, "id": faq}) > 0
