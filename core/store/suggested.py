"""Replies that were suggested lately, and what people did with them, for learning from."""

from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.agreement import DraftEnd, Seen
from core.domain.decision import Decision
from core.domain.ids import DecisionId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedRow:
    """A suggestion whose draft has come to an end, and how likely it was to be right.

    `shipped` is that likelihood before the inbox's own outcomes corrected it.
    """

    id: DecisionId
    shipped: float
    suggested: str
    draft: DraftEnd
    written: str | None
    corrected: bool = False

    def seen(self) -> Seen:
        """Return the suggestion in the form in which it is judged."""
        return Seen(
            decision=Decision.RESPOND,
            suggested=self.suggested,
            draft=self.draft,
            written=self.written,
            corrected=self.corrected,
        )


# Snapshots are long: only those of the newest replies are unpacked. What went out by itself
# is no outcome, because nobody was asked; nor is a draft that a newer message withdrew.
_ENDED = """
select d.id, (d.snapshot_json ->> 'shipped')::float8 as shipped,
       coalesce(d.snapshot_json ->> 'reply', '') as suggested, w.state as draft, h.text as written
from (
    select r.id, r.conversation_id, r.created_at, r.snapshot_json
    from ai_decisions r
    where r.user_id = %(tenant)s and r.decision = 'respond'
      and r.created_at >= now() - %(within)s
    order by r.created_at desc limit %(most)s) d
cross join lateral (
    select w.state from drafts w where w.tenant_id = %(tenant)s and w.decision_id = d.id
    order by w.created_at desc, w.id limit 1) w
left join lateral (
    select m.text from conversation_messages m
    where m.user_id = %(tenant)s and m.conversation_id = d.conversation_id
      and m.direction = 'outbound' and m.origin in ('member', 'elsewhere')
      and m.created_at >= d.created_at and m.deleted_at is null and coalesce(m.text, '') <> ''
    order by m.created_at, m.id limit 1) h on w.state = 'edited'
where w.state in ('approved', 'edited', 'dismissed')
  and jsonb_typeof(d.snapshot_json -> 'shipped') = 'number'
  and d.snapshot_json ->> 'weights' = %(weights)s
order by d.created_at, d.id
"""


async def ended(
    unit: Unit, *, weights: str, within: timedelta, most: int
) -> list[SuggestedRow]:
    """Return suggestions by these weights whose drafts have ended, oldest first.

    At most the newest `most` replies are looked at. None of them counts as corrected.
    """
    values = {"tenant": unit.tenant, "weights": weights, "within": within, "most": most}
    return await unit.rows(SuggestedRow, _ENDED, values)


_CORRECTED = """
select k.decision_id from decision_corrections k
where k.tenant_id = %(tenant)s and k.decision_id = any(%(ids)s)
"""


async def marked(unit: Unit, found: list[SuggestedRow]) -> list[SuggestedRow]:
    """Return the suggestions with those marked that a person said were wrong."""
    values = {"tenant": unit.tenant, "ids": [row.id for row in found]}
    corrected = {decision for (decision,) in await unit.tuples(_CORRECTED, values)}
    return [replace(row, corrected=row.id in corrected) for row in found]
