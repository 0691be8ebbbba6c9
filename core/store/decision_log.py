"""The log of `ai_decisions` as people read it: a page at a time, searched, or one whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.decision import Decision
from core.domain.ids import ConversationId, DecisionId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision as the log lists it; `corrected` is what a person said it should be."""

    id: DecisionId
    conversation_id: ConversationId
    customer: str
    platform: PlatformName
    text: str
    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None
    model: str | None
    duration_ms: int | None
    cost_credits: int
    created_at: datetime
    corrected: Decision | None


_PLACE = """
select created_at from ai_decisions where user_id = %(tenant)s and id = %(id)s
"""


async def made_at(unit: Unit, decision: UUID) -> datetime | None:
    """Return when a decision was made: its place in the log."""
    found: datetime | None = await unit.value(
        _PLACE, {"tenant": unit.tenant, "id": decision}
    )
    return found


_PAGE = """
select d.id, d.conversation_id,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer,
       v.platform, coalesce(d.message_text, '') as text, d.decision, d.confidence, d.reason,
       d.matched_rule, d.model, d.duration_ms, d.cost_credits, d.created_at,
       x.should as corrected
from ai_decisions d
join conversations v on v.user_id = d.user_id and v.id = d.conversation_id
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join decision_corrections x on x.tenant_id = d.user_id and x.decision_id = d.id
where d.user_id = %(tenant)s
  and (%(decision)s::text is null or d.decision = %(decision)s)
  and (%(id)s::uuid is null or (d.created_at, d.id) < (%(at)s, %(id)s))
order by d.created_at desc, d.id desc
limit %(limit)s
"""
_SEARCHED = """
with wanted as materialized (select app.folded_v1(%(like)s) as words),
named as materialized (
    select v.id from conversations v
    join customers c on c.user_id = v.user_id and c.id = v.customer_id, wanted
    where v.user_id = %(tenant)s
      and app.folded_v1(concat_ws(' ', c.name, c.username, c.phone_number)) like wanted.words)
select d.id, d.conversation_id,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer,
       v.platform, coalesce(d.message_text, '') as text, d.decision, d.confidence, d.reason,
       d.matched_rule, d.model, d.duration_ms, d.cost_credits, d.created_at,
       x.should as corrected
from (
    select * from ai_decisions
    where user_id = %(tenant)s
      and (%(decision)s::text is null or decision = %(decision)s)
      and (%(id)s::uuid is null or (created_at, id) < (%(at)s, %(id)s))
      and (words like (select words from wanted)
           or conversation_id in (select id from named))
    order by created_at desc, id desc
    limit %(limit)s) d
join conversations v on v.user_id = d.user_id and v.id = d.conversation_id
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join decision_corrections x on x.tenant_id = d.user_id and x.decision_id = d.id
order by d.created_at desc, d.id desc
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a page of the log is asked for; `before` is a decision and when it was made."""

    search: str
    decision: Decision | None
    before: tuple[UUID, datetime] | None
    limit: int


async def page(unit: Unit, wanted: Wanted) -> list[DecisionRow]:
    """Return decisions newest first, from the top or below a place."""
    below, at = wanted.before or (None, None)
    params = {
        "tenant": unit.tenant,
        "decision": wanted.decision,
        "like": _like(wanted.search),
        "id": below,
        "at": at,
        "limit": wanted.limit,
    }
    return await unit.rows(DecisionRow, _SEARCHED if wanted.search else _PAGE, params)


def _like(search: str) -> str:
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A decision as it was kept, with the snapshot that its own table holds."""

    id: DecisionId
    conversation_id: ConversationId
    customer: str
    platform: PlatformName
    text: str
    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None
    model: str | None
    duration_ms: int | None
    cost_credits: int
    created_at: datetime
    corrected: Decision | None
    snapshot: dict[str, Any]

    def row(self) -> DecisionRow:
        """Return the decision as the log lists it."""
        return DecisionRow(
            id=self.id,
            conversation_id=self.conversation_id,
            customer=self.customer,
            platform=self.platform,
            text=self.text,
            decision=self.decision,
            confidence=self.confidence,
            reason=self.reason,
            matched_rule=self.matched_rule,
            model=self.model,
            duration_ms=self.duration_ms,
            cost_credits=self.cost_credits,
            created_at=self.created_at,
            corrected=self.corrected,
        )


_ONE = """
select d.id, d.conversation_id,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer,
       v.platform, coalesce(d.message_text, '') as text, d.decision, d.confidence, d.reason,
       d.matched_rule, d.model, d.duration_ms, d.cost_credits, d.created_at,
       x.should as corrected, d.snapshot_json as snapshot
from ai_decisions d
join conversations v on v.user_id = d.user_id and v.id = d.conversation_id
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join decision_corrections x on x.tenant_id = d.user_id and x.decision_id = d.id
where d.user_id = %(tenant)s and d.id = %(id)s
"""


async def one(unit: Unit, decision: DecisionId) -> Kept | None:
    """Return everything that is kept of a decision."""
    return await unit.row(Kept, _ONE, {"tenant": unit.tenant, "id": decision})
