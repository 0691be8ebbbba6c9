"""`triage_rules` and `ai_triage_rules_advanced`: the owner's conditions, and each match."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from core.domain.errors import Refused
from core.domain.ids import DecisionId, MessageId
from core.domain.rule import Conditions, Outcome, TriageRule
from core.domain.rule_form import conditions_from, conditions_json
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """A rule as the table holds it."""

    id: UUID
    name: str
    conditions: dict[str, Any]
    outcome: Outcome
    enabled: bool

    def rule(self) -> TriageRule:
        """Return the rule; one whose conditions cannot be read is off and asks nothing."""
        try:
            conditions = conditions_from(self.conditions, self.name)
        except Refused:
            conditions = Conditions()
        return TriageRule(
            id=self.id,
            name=self.name,
            conditions=conditions,
            outcome=self.outcome,
            enabled=self.enabled and not conditions.is_empty,
        )


_LISTED = """
select id, name, conditions, triage as outcome, enabled
from triage_rules where tenant_id = %(tenant)s order by position, id
"""


async def listed(unit: Unit) -> tuple[TriageRule, ...]:
    """Return the tenant's rules in their order."""
    found = await unit.rows(_Stored, _LISTED, {"tenant": unit.tenant})
    return tuple(stored.rule() for stored in found)


_DROP = """
delete from triage_rules where tenant_id = %(tenant)s and id <> all (%(kept)s::uuid[])
"""
_PUT = """
insert into triage_rules as t
    (id, tenant_id, rules_id, name, position, conditions, triage, enabled)
select %(id)s, r.user_id, r.id, %(name)s, %(position)s, %(conditions)s, %(triage)s, %(enabled)s
from ai_rules r where r.user_id = %(tenant)s
on conflict (id) do update
   set name = excluded.name, position = excluded.position, conditions = excluded.conditions,
       triage = excluded.triage, enabled = excluded.enabled, updated_at = now()
 where t.tenant_id = excluded.tenant_id
"""


async def replace_all(unit: Unit, rules: Sequence[TriageRule]) -> None:
    """Make these the tenant's rules; those that stay keep their id, and with it their log.

    Raises:
        Refused: a rule has the id of somebody else's.
    """
    kept = [rule.id for rule in rules]
    await unit.execute(_DROP, {"tenant": unit.tenant, "kept": kept})
    for position, rule in enumerate(rules):
        params = {
            "tenant": unit.tenant,
            "id": rule.id,
            "name": rule.name,
            "position": position,
            "conditions": Jsonb(conditions_json(rule.conditions)),
            "triage": rule.outcome,
            "enabled": rule.enabled,
        }
        if await unit.execute(_PUT, params) != 1:
            raise Refused(f"Rule “{rule.name}” has an id that is taken.", "Leave it out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatch:
    """A message that fell under a rule, and the decision this led to."""

    rule_id: UUID
    outcome: Outcome
    message_id: MessageId
    decision_id: DecisionId
    confidence: float
    reason: str
    snapshot: dict[str, Any]


_LOG = """
insert into ai_triage_rules_advanced
    (user_id, message_id, triage, confidence, rule_id, triage_rule_id, reason, snapshot_json)
select %(tenant)s, %(message)s, %(triage)s, %(confidence)s,
       (select id from ai_rules where user_id = %(tenant)s),
       (select id from triage_rules where tenant_id = %(tenant)s and id = %(rule)s),
       %(reason)s, %(snapshot)s
"""


async def log_match(unit: Unit, new: NewMatch) -> None:
    """Keep that a message fell under a rule; one removed meanwhile is named by its snapshot."""
    await unit.execute(
        _LOG,
        {
            "tenant": unit.tenant,
            "message": new.message_id,
            "triage": new.outcome,
            "confidence": round(new.confidence, 3),
            "rule": new.rule_id,
            "reason": new.reason,
            "snapshot": Jsonb({**new.snapshot, "decision_id": str(new.decision_id)}),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """How often a rule was met, and when last."""

    rule_id: UUID
    matches: int
    last_at: datetime


_USES = """
select triage_rule_id as rule_id, count(*)::int as matches, max(created_at) as last_at
from ai_triage_rules_advanced
where user_id = %(tenant)s and triage_rule_id is not null
  and created_at >= now() - make_interval(days => %(days)s::int)
group by triage_rule_id
"""


async def uses(unit: Unit, *, days: int) -> list[RuleUse]:
    """Return how often each rule was met in the last days."""
    return await unit.rows(RuleUse, _USES, {"tenant": unit.tenant, "days": days})
