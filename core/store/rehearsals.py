"""What customers really wrote and what was decided about it, many at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.decision import Decision
from core.domain.ids import ConversationId, DecisionId
from core.domain.message import MessageType
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The decisions of some days, up to a moment: later ones are not waited for."""

    since: datetime
    until: datetime
    count: int


_SPAN = """
select now() - make_interval(days => %(days)s) as since, now() as until, count(*) as count
from ai_decisions d
where d.user_id = %(tenant)s and d.created_at >= now() - make_interval(days => %(days)s)
  and exists (select 1 from conversation_messages m
               where m.user_id = d.user_id and m.ai_decision_id = d.id
                 and m.direction = 'inbound' and m.deleted_at is null)
"""


async def span(unit: Unit, days: int) -> Span:
    """Return the last days, and how many decisions with messages they hold."""
    found = await unit.row(Span, _SPAN, {"tenant": unit.tenant, "days": days})
    assert found is not None  # noqa: S101 - an aggregate always returns one row
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A burst of messages as the assistant was given it, and what it made of it.

    `history` is who said what before, oldest first: pairs of direction and text. `said` is
    what its language model had said, as the snapshot keeps it; empty where none was asked.
    """

    id: DecisionId
    created_at: datetime
    conversation_id: ConversationId
    platform: PlatformName
    customer: str
    labels: tuple[str, ...]
    fragments: tuple[str, ...]
    types: tuple[MessageType, ...]
    has_media: bool
    at: datetime
    history: list[list[str]]
    decision: Decision
    confidence: float
    reason: str
    reply: str | None
    said: dict[str, Any]


_DECIDED = """
select d.id, d.created_at, d.conversation_id, v.platform,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer,
       coalesce(l.names, '{}') as labels, f.fragments, f.types, f.has_media, f.at,
       coalesce(h.said, '[]') as history, d.decision, d.confidence, d.reason,
       d.snapshot_json ->> 'reply' as reply,
       case when d.snapshot_json ? 'calls' then jsonb_build_object(
                'calls', d.snapshot_json -> 'calls', 'opinion', d.snapshot_json -> 'opinion',
                'written', d.snapshot_json -> 'written') else '{}' end as said
from ai_decisions d
join conversations v on v.user_id = d.user_id and v.id = d.conversation_id
join customers c on c.user_id = v.user_id and c.id = v.customer_id
cross join lateral (
    select array_agg(coalesce(m.text, '') order by m.platform_at, m.id) as fragments,
           array_agg(m.message_type order by m.platform_at, m.id) as types,
           bool_or(m.media_url is not null) as has_media, max(m.platform_at) as at
    from conversation_messages m
    where m.user_id = d.user_id and m.ai_decision_id = d.id and m.direction = 'inbound'
      and m.deleted_at is null) f
left join lateral (
    select jsonb_agg(jsonb_build_array(e.direction, e.text) order by e.platform_at, e.id)
           as said
    from (select direction, left(text, 1000) as text, platform_at, id from conversation_messages
          where user_id = d.user_id and conversation_id = d.conversation_id
            and created_at < d.created_at and ai_decision_id is distinct from d.id
            and coalesce(text, '') <> '' and deleted_at is null
          order by platform_at desc, id desc limit %(history)s) e) h on true
left join lateral (
    select array_agg(n.name order by n.name) as names
    from conversation_labels x join labels n on n.tenant_id = x.tenant_id and n.id = x.label_id
    where x.tenant_id = d.user_id and x.conversation_id = d.conversation_id) l on true
where d.user_id = %(tenant)s and d.created_at >= %(since)s and d.created_at <= %(until)s
  and f.fragments is not null
  and (%(id)s::uuid is null or (d.created_at, d.id) < (%(at)s, %(id)s))
order by d.created_at desc, d.id desc
limit %(limit)s
"""


async def decided(
    unit: Unit,
    within: Span,
    before: tuple[datetime, UUID] | None,
    *,
    history: int,
    limit: int,
) -> list[Decided]:
    """Return decisions with their messages, newest first, below a place."""
    at, below = before or (None, None)
    params = {
        "tenant": unit.tenant,
        "since": within.since,
        "until": within.until,
        "at": at,
        "id": below,
        "history": history,
        "limit": limit,
    }
    return await unit.rows(Decided, _DECIDED, params)
