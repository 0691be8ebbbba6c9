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


# Put side by side and folded by id, not joined: whatever the planner believes of tables that
# have just grown, this reads each of them once.
_BANDS = """
with told as (
    select id, likely, null::float8 as error
    from ai_decisions
    where user_id = %(tenant)s and created_at >= now() - make_interval(days => %(days)s::int)
      and likely is not null and decision <> 'ignore'
      and coalesce(sort, 'question') not in (
          'wants_human', 'complaint', 'needs_eyes', 'unreadable')
    union all
    select decision_id, null, case state when 'approved' then 0 else 1 end
    from drafts
    where tenant_id = %(tenant)s and state in ('approved', 'edited', 'dismissed')
      and created_at >= now() - make_interval(days => %(days)s::int)
), weighed as (
    select max(likely) as likely, max(error) as error
    from told group by id having max(likely) is not null
)
select width_bucket(likely, %(thresholds)s::float8[]) as place, count(*)::int as decisions,
       sum(coalesce(error, 1 - likely))::float8 as errors
from weighed group by 1 order by 1
"""


async def bands(unit: Unit, *, days: int, thresholds: Sequence[float]) -> list[Band]:
    """Return the questions of the last days by where their likelihood lies.

    What became of a draft outweighs what was expected of it: sent as it stood it was right,
    changed or put aside it was not.
    """
    params = {"tenant": unit.tenant, "days": days, "thresholds": list(thresholds)}
    return await unit.rows(Band, _BANDS, params)
