"""How a conversation ended: what was decided, on what grounds, and how far it has come."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """The end of one conversation, found by the customer's id at the platform."""

    conversation_id: UUID
    status: str
    inbound: int
    undecided: int
    decision: str | None
    escalation_reason: str | None
    citations: list[dict[str, Any]]
    reply: str | None
    delivery: str | None
    unsent: int


_OUTCOME = """
select v.id as conversation_id, v.status,
       (select count(*) from conversation_messages m
         where m.user_id = v.user_id and m.conversation_id = v.id
           and m.direction = 'inbound') as inbound,
       (select count(*) from conversation_messages m
         where m.user_id = v.user_id and m.conversation_id = v.id
           and m.direction = 'inbound' and m.triage is null) as undecided,
       d.decision, d.escalation_reason,
       coalesce(d.snapshot_json -> 'citations', '[]') as citations,
       d.snapshot_json ->> 'reply' as reply, sent.delivery,
       (select count(*) from outbox_items o
         where o.tenant_id = v.user_id and o.conversation_id = v.id
           and o.state in ('queued', 'claimed', 'sending')) as unsent
from customers c
join conversations v on v.user_id = c.user_id and v.customer_id = c.id
left join lateral (
    select * from ai_decisions d where d.user_id = v.user_id and d.conversation_id = v.id
    order by d.created_at desc, d.id desc limit 1) d on true
left join lateral (
    select m.delivery from conversation_messages m
    where m.user_id = v.user_id and m.conversation_id = v.id and m.direction = 'outbound'
    order by m.platform_at desc, m.id desc limit 1) sent on true
where c.user_id = %(tenant)s and c.platform_customer_id = %(customer)s
"""


async def of_customer(unit: Unit, platform_customer_id: str) -> OutcomeRow | None:
    """Return how the conversation of a customer stands."""
    params = {"tenant": unit.tenant, "customer": platform_customer_id}
    return await unit.row(OutcomeRow, _OUTCOME, params)
