"""`knowledge_gaps` and their messages: what is asked and not answered, and what came of it.

How messages come into groups is the business of `grouping`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.gap import Effect, Gap, GapMessage, GapStatus
from core.domain.ids import EscalationId, FaqId, GapId, MemberId
from core.store.pool import Params, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _GapRow:
    """A gap as stored."""

    id: GapId
    question: str
    lang_code: str
    status: GapStatus
    messages: int
    replied: int
    first_at: datetime
    last_at: datetime
    faq_id: FaqId | None
    answered_before: int | None
    answered_after: int | None
    measured: int | None
    measured_at: datetime | None

    def gap(self) -> Gap:
        return Gap(
            id=self.id,
            question=self.question,
            lang_code=self.lang_code,
            status=self.status,
            messages=self.messages,
            replied=self.replied,
            first_at=self.first_at,
            last_at=self.last_at,
            faq_id=self.faq_id,
            effect=self._effect(),
        )

    def _effect(self) -> Effect | None:
        if self.answered_after is None or self.measured is None or self.measured_at is None:
            return None
        return Effect(
            before=self.answered_before,
            after=self.answered_after,
            total=self.measured,
            at=self.measured_at,
        )


_GAPS = """
select g.id, g.question, g.lang_code, g.status, count(m.escalation_id) as messages,
       count(h.text) as replied,
       coalesce(min(m.asked_at), g.created_at) as first_at,
       coalesce(max(m.asked_at), g.created_at) as last_at, g.faq_id,
       g.answered_before, g.answered_after, g.measured, g.measured_at
from knowledge_gaps g
left join knowledge_gap_messages m on m.tenant_id = g.tenant_id and m.gap_id = g.id
left join support_escalations e on e.user_id = m.tenant_id and e.id = m.escalation_id
left join lateral (
    select o.text from conversation_messages o
    where o.user_id = e.user_id and o.conversation_id = e.conversation_id
      and o.direction = 'outbound' and o.origin in ('member', 'elsewhere')
      and o.created_at >= e.created_at and o.deleted_at is null and coalesce(o.text, '') <> ''
    order by o.created_at, o.id limit 1) h on true
where g.tenant_id = %(tenant)s and (%(id)s::uuid is null or g.id = %(id)s)
group by g.id
order by count(m.escalation_id) desc, last_at desc, g.id
"""


async def all_of(unit: Unit) -> list[Gap]:
    """Return all gaps, the largest first, of equal ones the newest."""
    found = await unit.rows(_GapRow, _GAPS, {"tenant": unit.tenant, "id": None})
    return [row.gap() for row in found]


async def get(unit: Unit, gap: GapId) -> Gap | None:
    """Return one gap."""
    found = await unit.row(_GapRow, _GAPS, {"tenant": unit.tenant, "id": gap})
    return None if found is None else found.gap()


_MESSAGES = """
select m.escalation_id, e.conversation_id,
       coalesce(c.name, c.username, c.phone_number, '') as customer, m.text, h.text as reply,
       m.asked_at, m.answered_before, m.answered_after
from knowledge_gap_messages m
join support_escalations e on e.user_id = m.tenant_id and e.id = m.escalation_id
join conversations v on v.user_id = e.user_id and v.id = e.conversation_id
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join lateral (
    select o.text from conversation_messages o
    where o.user_id = e.user_id and o.conversation_id = e.conversation_id
      and o.direction = 'outbound' and o.origin in ('member', 'elsewhere')
      and o.created_at >= e.created_at and o.deleted_at is null and coalesce(o.text, '') <> ''
    order by o.created_at, o.id limit 1) h on true
where m.tenant_id = %(tenant)s and m.gap_id = %(gap)s
order by m.asked_at desc, m.escalation_id
"""


async def messages_of(unit: Unit, gap: GapId) -> list[GapMessage]:
    """Return the messages of a gap, newest first, with what a person answered since."""
    return await unit.rows(GapMessage, _MESSAGES, {"tenant": unit.tenant, "gap": gap})


_SETTLE = """
update knowledge_gaps
   set status = %(status)s, faq_id = coalesce(%(faq)s, faq_id), decided_by = %(by)s,
       decided_at = now()
 where tenant_id = %(tenant)s and id = %(gap)s
"""


async def settle(
    unit: Unit, gap: GapId, status: GapStatus, *, faq: FaqId | None, by: MemberId
) -> bool:
    """Record what became of a gap; return False when it is gone or may not be touched."""
    params = {
        "tenant": unit.tenant,
        "gap": gap,
        "status": status,
        "faq": faq,
        "by": by,
    }
    return await unit.execute(_SETTLE, params) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Whether the assistant answers a message of a gap now."""

    escalation_id: EscalationId
    answered: bool


_KEEP_BEFORE = """
update knowledge_gap_messages m set answered_before = n.answered, answered_after = null
from unnest(%(escalations)s::uuid[], %(answers)s::boolean[]) as n(escalation_id, answered)
where m.tenant_id = %(tenant)s and m.gap_id = %(gap)s and m.escalation_id = n.escalation_id
"""
_KEEP_AFTER = """
update knowledge_gap_messages m set answered_after = n.answered
from unnest(%(escalations)s::uuid[], %(answers)s::boolean[]) as n(escalation_id, answered)
where m.tenant_id = %(tenant)s and m.gap_id = %(gap)s and m.escalation_id = n.escalation_id
"""
_COUNT_EFFECT = """
update knowledge_gaps g
   set answered_before = s.before, answered_after = s.after, measured = s.total,
       measured_at = now()
from (select case when count(m.answered_before) > 0
                  then count(*) filter (where m.answered_before) end as before,
             count(*) filter (where m.answered_after) as after,
             count(m.answered_after) as total
      from knowledge_gap_messages m
      where m.tenant_id = %(tenant)s and m.gap_id = %(gap)s) s
where g.tenant_id = %(tenant)s and g.id = %(gap)s
"""


async def keep_before(unit: Unit, gap: GapId, found: Sequence[Answered]) -> None:
    """Keep which messages were answered before an entry was written."""
    await unit.execute(_KEEP_BEFORE, _measured(unit, gap, found))


async def keep_after(unit: Unit, gap: GapId, found: Sequence[Answered]) -> None:
    """Keep which messages are answered now, and count them."""
    await unit.execute(_KEEP_AFTER, _measured(unit, gap, found))
    await unit.execute(_COUNT_EFFECT, {"tenant": unit.tenant, "gap": gap})


def _measured(unit: Unit, gap: GapId, found: Sequence[Answered]) -> Params:
    return {
        "tenant": unit.tenant,
        "gap": gap,
        "escalations": [one.escalation_id for one in found],
        "answers": [one.answered for one in found],
    }
