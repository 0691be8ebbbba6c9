"""What the assistant decided, beside what people did about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.agreement import DraftEnd, Seen
from core.domain.decision import Decision, EscalationReason
from core.domain.ids import ChannelId, DecisionId, DocumentId, FaqId
from core.domain.topic import Source, Topic, of_decision
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedRow:
    """A decision with all that came of it."""

    id: DecisionId
    decision: Decision
    channel_id: ChannelId
    sort: str | None
    escalation_reason: EscalationReason | None
    matched_rule: str | None
    faq_id: FaqId | None
    question: str | None
    category: str | None
    document_id: DocumentId | None
    title: str | None
    suggested: str
    quotes: list[str]
    draft: DraftEnd | None
    went_alone: bool
    written: str | None
    closed: bool
    written_later: bool
    given_back_after: timedelta | None
    corrected: bool

    def topic(self) -> Topic:
        """Return what the decision was about."""
        source = Source(
            faq_id=self.faq_id,
            question=self.question,
            category=self.category,
            document_id=self.document_id,
            title=self.title,
        )
        return of_decision(
            self.decision,
            source,
            sort=self.sort,
            reason=self.escalation_reason,
            matched_rule=self.matched_rule,
        )

    def seen(self) -> Seen:
        """Return the decision in the form in which it is judged."""
        return Seen(
            decision=self.decision,
            suggested=self.suggested,
            sources=tuple(self.quotes),
            draft=self.draft,
            went_alone=self.went_alone,
            written=self.written,
            closed=self.closed,
            written_later=self.written_later,
            given_back_after=self.given_back_after,
            corrected=self.corrected,
        )


_FOLLOWED = """
select d.id, d.decision, v.social_account_id as channel_id,
       d.snapshot_json #>> '{sorted,sort}' as sort, d.escalation_reason, d.matched_rule,
       q.faq_id, f.question, f.category, q.document_id, coalesce(k.title, q.title) as title,
       coalesce(d.snapshot_json ->> 'reply', '') as suggested,
       array(select c ->> 'quote' from jsonb_array_elements(q.citations) c) as quotes,
       w.state as draft,
       exists (select 1 from conversation_messages m
                where m.user_id = d.user_id and m.ai_decision_id = d.id
                  and m.direction = 'outbound' and m.origin = 'assistant'
                  and m.delivery not in ('cancelled', 'failed', 'held')) as went_alone,
       h.text as written,
       v.status = 'archived' and n.at is null and h.text is null as closed,
       n.at is not null and exists (
           select 1 from conversation_messages m
            where m.user_id = d.user_id and m.conversation_id = d.conversation_id
              and m.direction = 'outbound' and m.origin in ('member', 'elsewhere')
              and m.created_at >= n.at) as written_later,
       e.resolved_at - e.created_at as given_back_after,
       exists (select 1 from decision_corrections k
               where k.tenant_id = d.user_id and k.decision_id = d.id) as corrected
from ai_decisions d
join conversations v on v.user_id = d.user_id and v.id = d.conversation_id
cross join lateral (
    select case jsonb_typeof(d.snapshot_json -> 'citations') when 'array'
           then d.snapshot_json -> 'citations' else '[]' end as citations) j
cross join lateral (
    select j.citations, (j.citations #>> '{0,faq_id}')::uuid as faq_id,
           (j.citations #>> '{0,document_id}')::uuid as document_id,
           j.citations #>> '{0,title}' as title) q
left join faq_qa f on f.user_id = d.user_id and f.id = q.faq_id
left join knowledge_documents k on k.user_id = d.user_id and k.id = q.document_id
left join lateral (
    select min(o.created_at) as at from ai_decisions o
    where o.user_id = d.user_id and o.conversation_id = d.conversation_id
      and o.created_at > d.created_at) n on true
left join lateral (
    select w.state from drafts w where w.tenant_id = d.user_id and w.decision_id = d.id
    order by w.created_at desc, w.id limit 1) w on true
left join lateral (
    select m.text from conversation_messages m
    where m.user_id = d.user_id and m.conversation_id = d.conversation_id
      and m.direction = 'outbound' and m.origin in ('member', 'elsewhere')
      and m.created_at >= d.created_at and (n.at is null or m.created_at < n.at)
      and m.deleted_at is null and coalesce(m.text, '') <> ''
    order by m.created_at, m.id limit 1) h on true
left join lateral (
    select e.created_at, e.resolved_at from support_escalations e
    where e.user_id = d.user_id and e.decision_id = d.id
    order by e.created_at limit 1) e on true
where d.user_id = %(tenant)s and d.created_at >= %(since)s
order by d.created_at, d.id
"""


async def followed(unit: Unit, since: datetime) -> list[FollowedRow]:
    """Return the decisions since a moment, oldest first, with what people did."""
    return await unit.rows(FollowedRow, _FOLLOWED, {"tenant": unit.tenant, "since": since})
