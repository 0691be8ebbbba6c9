"""`faq_qa` and `faq_phrasings`: questions with their answer, and other ways to ask them."""

from dataclasses import dataclass

from core.domain.ids import FaqId
from core.domain.knowledge import Faq
from core.store.chunks import Vector, padded_literal, vector_literal
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
_FORGET_PHRASINGS = """
delete from faq_phrasings where tenant_id = %(tenant)s and faq_id = %(id)s
"""
_ADD_PHRASING = """
insert into faq_phrasings (tenant_id, faq_id, text, embedding, embedder)
values (%(tenant)s, %(faq)s, %(text)s, %(embedding)s::halfvec, %(embedder)s)
"""


async def keep(unit: Unit, embedder: str, faq: NewFaq) -> tuple[FaqId, bool]:
    """Add an entry, or replace the one that asks the same in the same language.

    Returns the entry's id, and whether it took the place of an older one.
    """
    params = {
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
    kept = FaqId(await unit.value(_KEEP, params))
    await unit.execute(_FORGET_PHRASINGS, {"tenant": unit.tenant, "id": kept})
    await unit.many(
        _ADD_PHRASING,
        [
            {
                "tenant": unit.tenant,
                "faq": kept,
                "text": phrasing.text,
                "embedding": vector_literal(phrasing.vector),
                "embedder": embedder,
            }
            for phrasing in faq.phrasings
        ],
    )
    return kept, kept != faq.id


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
