"""How messages come into `knowledge_gaps`: what waits, what stands where, what moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.gap import GapStatus
from core.domain.ids import EscalationId, GapId, TenantId
from core.store.chunks import Vector, searched_literal
from core.store.pool import Unit

_UNGROUPED_TENANTS = "select app.ungrouped_v1()"


async def tenants_with_ungrouped(unit: Unit) -> list[TenantId]:
    """Return the inboxes in which something waits to be grouped, whoever owns them."""
    found = await unit.tuples(_UNGROUPED_TENANTS)
    return [TenantId(tenant) for (tenant,) in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that was handed to a person for want of an answer."""

    escalation_id: EscalationId
    text: str
    lang_code: str | None
    asked_at: datetime


_UNGROUPED = """
select e.id as escalation_id, e.created_at as asked_at,
       coalesce(nullif(btrim(left(d.snapshot_json #>> '{reading,question}', 500)), ''),
                btrim(d.message_text)) as text,
       coalesce(d.snapshot_json #>> '{reading,language}',
                d.snapshot_json ->> 'language') as lang_code
from support_escalations e
join ai_decisions d on d.user_id = e.user_id and d.id = e.decision_id
where e.user_id = %(tenant)s and e.reason in ('missing_knowledge', 'low_confidence')
  and btrim(d.message_text) <> ''
  and not exists (select 1 from knowledge_gap_messages m
                   where m.tenant_id = e.user_id and m.escalation_id = e.id)
order by e.created_at, e.id
limit %(limit)s
"""


async def ungrouped(unit: Unit, *, limit: int) -> list[Unanswered]:
    """Return the oldest questions that stand in no group yet."""
    params = {"tenant": unit.tenant, "limit": limit}
    return await unit.rows(Unanswered, _UNGROUPED, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedMessage:
    """A message that stands in a group, with its vector as the database writes it."""

    escalation_id: EscalationId
    gap_id: GapId
    status: GapStatus
    text: str
    lang_code: str
    embedder: str
    vector: str


_GROUPED = """
select m.escalation_id, m.gap_id, g.status, m.text, g.lang_code, m.embedder,
       m.embedding::text as vector
from knowledge_gap_messages m
join knowledge_gaps g on g.tenant_id = m.tenant_id and g.id = m.gap_id
where m.tenant_id = %(tenant)s
order by g.created_at, g.id, m.asked_at, m.escalation_id
"""


async def grouped(unit: Unit) -> list[GroupedMessage]:
    """Return every message that stands in a group, group by group, the oldest first."""
    return await unit.rows(GroupedMessage, _GROUPED, {"tenant": unit.tenant})


_RESERVE = """
select pg_advisory_xact_lock(hashtextextended(%(tenant)s::text || ' gaps', 0))
"""


async def reserve(unit: Unit) -> None:
    """Have nobody else regroup the tenant's messages until the unit ends."""
    await unit.execute(_RESERVE, {"tenant": unit.tenant})


_OPEN = """
insert into knowledge_gaps (id, tenant_id, question, lang_code, created_at)
values (%(id)s, %(tenant)s, %(question)s, %(lang)s, %(at)s)
"""


async def open_gap(
    unit: Unit, gap: GapId, question: str, lang_code: str, at: datetime
) -> None:
    """Add a group; `at` is when its first message came."""
    await unit.execute(
        _OPEN,
        {
            "id": gap,
            "tenant": unit.tenant,
            "question": question,
            "lang": lang_code,
            "at": at,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGapMessage:
    """A message with its vector, on its way into a group."""

    escalation_id: EscalationId
    text: str
    vector: Vector
    asked_at: datetime


_PUT = """
insert into knowledge_gap_messages
    (tenant_id, escalation_id, gap_id, text, embedder, embedding, asked_at)
select %(tenant)s, e.id, n.gap_id, n.text, %(embedder)s, n.vector::halfvec, n.asked_at
from unnest(%(escalations)s::uuid[], %(gaps)s::uuid[], %(texts)s::text[],
            %(vectors)s::text[], %(times)s::timestamptz[])
     as n(escalation_id, gap_id, text, vector, asked_at)
join support_escalations e on e.user_id = %(tenant)s and e.id = n.escalation_id
on conflict (tenant_id, escalation_id) do nothing
"""


async def put(
    unit: Unit, embedder: str, placed: Sequence[tuple[GapId, NewGapMessage]]
) -> None:
    """Put messages into their groups; one whose conversation is gone is passed over."""
    await unit.execute(
        _PUT,
        {
            "tenant": unit.tenant,
            "embedder": embedder,
            "escalations": [message.escalation_id for _, message in placed],
            "gaps": [gap for gap, _ in placed],
            "texts": [message.text for _, message in placed],
            "vectors": [searched_literal(message.vector) for _, message in placed],
            "times": [message.asked_at for _, message in placed],
        },
    )


_MOVE = """
update knowledge_gap_messages m set gap_id = n.gap_id
from unnest(%(escalations)s::uuid[], %(gaps)s::uuid[]) as n(escalation_id, gap_id)
where m.tenant_id = %(tenant)s and m.escalation_id = n.escalation_id
"""


async def move(unit: Unit, moves: Sequence[tuple[EscalationId, GapId]]) -> None:
    """Move messages that stood alone into the groups that they belong to."""
    params = {
        "tenant": unit.tenant,
        "escalations": [escalation for escalation, _ in moves],
        "gaps": [gap for _, gap in moves],
    }
    await unit.execute(_MOVE, params)


_REEMBED = """
update knowledge_gap_messages m set embedder = %(embedder)s, embedding = n.vector::halfvec
from unnest(%(escalations)s::uuid[], %(vectors)s::text[]) as n(escalation_id, vector)
where m.tenant_id = %(tenant)s and m.escalation_id = n.escalation_id
"""


async def reembed(
    unit: Unit, embedder: str, vectors: Sequence[tuple[EscalationId, Vector]]
) -> None:
    """Give messages the vectors of another embedder; their groups stay."""
    params = {
        "tenant": unit.tenant,
        "embedder": embedder,
        "escalations": [escalation for escalation, _ in vectors],
        "vectors": [searched_literal(vector) for _, vector in vectors],
    }
    await unit.execute(_REEMBED, params)


_REWORD = """
update knowledge_gaps g
   set question = n.question,
       status = case g.status when 'answered' then 'open' else g.status end
from unnest(%(gaps)s::uuid[], %(questions)s::text[]) as n(id, question)
where g.tenant_id = %(tenant)s and g.id = n.id
"""


async def grown(unit: Unit, questions: Sequence[tuple[GapId, str]]) -> None:
    """Note the central questions of groups that have grown.

    One that was answered is open again: its entry does not answer what has come since. One
    that was dismissed stays so.
    """
    params = {
        "tenant": unit.tenant,
        "gaps": [gap for gap, _ in questions],
        "questions": [question for _, question in questions],
    }
    await unit.execute(_REWORD, params)


_PRUNE = """
delete from knowledge_gaps g
where g.tenant_id = %(tenant)s and g.status = 'open' and not exists (
    select 1 from knowledge_gap_messages m where m.tenant_id = g.tenant_id and m.gap_id = g.id)
"""


async def prune(unit: Unit) -> None:
    """Drop open groups without messages: those went elsewhere, or with their customer."""
    await unit.execute(_PRUNE, {"tenant": unit.tenant})
