"""All phrasings of a FAQ with their vectors, for whoever learns to tell entries apart."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import FaqId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasingRow:
    """One way to ask an entry that may answer, as the searched embedder sees it."""

    faq_id: FaqId
    lang_code: str
    category: str | None
    changed_at: datetime
    text: str
    vector: list[float]


_VERSION = """
select concat_ws(' ', s.embedder, count(f.id), extract(epoch from max(f.updated_at)))
from ai_settings s
left join faq_qa f on f.user_id = s.user_id and f.enabled
where s.user_id = %(tenant)s
group by s.user_id, s.embedder
"""


async def version(unit: Unit) -> str:
    """Return what changes whenever an entry does, or the embedder that is searched with."""
    return str(await unit.value(_VERSION, {"tenant": unit.tenant}) or "")


_SEARCHED = "select embedder from ai_settings where user_id = %(tenant)s"


async def embedder(unit: Unit) -> str:
    """Return whose vectors are searched."""
    return str(await unit.value(_SEARCHED, {"tenant": unit.tenant}) or "")


_ALL = """
select f.id as faq_id, f.lang_code, f.category, f.updated_at as changed_at, p.text,
       v.embedding::vector::real[] as vector
from ai_settings s
join faq_qa f on f.user_id = s.user_id and f.enabled
join faq_phrasings p on p.tenant_id = f.user_id and p.faq_id = f.id
join knowledge_vectors v on v.tenant_id = p.tenant_id and v.phrasing_id = p.id
                        and v.embedder = s.embedder
where s.user_id = %(tenant)s
order by f.id, (p.text = f.question) desc, p.text
"""


async def all_of(unit: Unit) -> list[PhrasingRow]:
    """Return the phrasings of all entries that may answer, entry by entry."""
    return await unit.rows(PhrasingRow, _ALL, {"tenant": unit.tenant})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredRow:
    """A message for which nothing was known when it came."""

    text: str
    asked_at: datetime


# What a person said counts in place of what the assistant thought, from when they said it.
_UNANSWERED = """
select found.text, max(found.asked_at) as asked_at
from (
    select d.message_text as text, d.created_at as asked_at
    from ai_decisions d
    where d.user_id = %(tenant)s and d.decision = 'escalate'
      and d.escalation_reason = 'missing_knowledge'
      and not exists (select 1 from decision_corrections k
                      where k.tenant_id = d.user_id and k.decision_id = d.id)
    union all
    select d.message_text, k.created_at
    from decision_corrections k
    join ai_decisions d on d.user_id = k.tenant_id and d.id = k.decision_id
    where k.tenant_id = %(tenant)s and k.should = 'escalate') found
where found.text <> ''
group by found.text
order by asked_at desc, found.text limit %(most)s
"""


async def unanswered(unit: Unit, most: int) -> list[UnansweredRow]:
    """Return the newest messages that nothing answered, as people have set it right."""
    values = {"tenant": unit.tenant, "most": most}
    return await unit.rows(UnansweredRow, _UNANSWERED, values)


_RECENT = """
select d.message_text
from (select message_text, snapshot_json, created_at, id from ai_decisions
      where user_id = %(tenant)s and message_text <> ''
      order by created_at desc limit %(looked_at)s) as d
where jsonb_typeof(d.snapshot_json -> 'matched') = 'object'
order by d.created_at desc, d.id limit %(most)s
"""
_LOOKED_AT = 5
"""Decisions that are looked at for each one wanted: to open a long log takes seconds."""


async def recent(unit: Unit, most: int) -> list[str]:
    """Return the newest messages that were compared with the FAQ, whatever came of them.

    Only so many of the newest decisions are looked at for them.
    """
    values = {"tenant": unit.tenant, "most": most, "looked_at": _LOOKED_AT * most}
    return [str(text) for (text,) in await unit.tuples(_RECENT, values)]
