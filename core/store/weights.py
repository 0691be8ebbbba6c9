"""`ai_decisions` by how likely their answers were right: what other costs would change."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The decisions between two neighbouring thresholds, counted from 0 below the first."""

    place: int
    decisions: int
    """Those whose answer lay in this band, were it not for a threshold."""
    errors: float
    """How many of them would have been wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """All decisions of the time looked at."""

    decisions: int
    always_escalated: int
    """Those a person gets whatever an error costs: wishes, complaints, rules, no answer."""


_SUM = """
select count(*)::int as decisions,
       (count(*) filter (
           where decision = 'escalate'
             and (likely is null or coalesce(sort, 'question') in (
                 'wants_human', 'complaint', 'needs_eyes', 'unreadable'))))::int
           as always_escalated
from ai_decisions
where user_id = %(tenant)s and created_at >= now() - make_interval(days => %(days)s::int)
"""


async def total(unit: Unit, *, days: int) -> Sum:
    """Return how many decisions there were, and how many no threshold would change."""
    found = await unit.row(Sum, _SUM, {"tenant": unit.tenant, "days": days})
    return found or Sum(decisions=0, always_escalated=0)


_BANDS = """
select width_bucket(d.likely, %(thresholds)s::float8[]) as place, count(*)::int as decisions,
       sum(case o.state when 'approved' then 0 when 'edited' then 1 when 'dismissed' then 1
                        else 1 - d.likely end)::float8 as errors
from ai_decisions d
left join drafts o on o.tenant_id = d.user_id and o.decision_id = d.id
 and o.state in ('approved', 'edited', 'dismissed')
where d.user_id = %(tenant)s and d.created_at >= now() - make_interval(days => %(days)s::int)
  and d.likely is not null and d.decision <> 'ignore'
  and coalesce(d.sort, 'question') not in (
      'wants_human', 'complaint', 'needs_eyes', 'unreadable')
group by 1 order by 1
"""


async def bands(unit: Unit, *, days: int, thresholds: Sequence[float]) -> list[Band]:
    """Return the questions of the last days by where their likelihood lies.

    What became of a draft outweighs what was expected of it: sent as it stood it was right,
    changed or put aside it was not.
    """
    params = {"tenant": unit.tenant, "days": days, "thresholds": list(thresholds)}
    return await unit.rows(Band, _BANDS, params)
