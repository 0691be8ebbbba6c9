"""`ai_rules` and `ai_settings`: what the owner allows the assistant."""

from dataclasses import dataclass, field

from core.domain.rule import Costs, TriageRule
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRow:
    """The owner's rules in force."""

    instructions: str
    ignore_examples: tuple[str, ...]
    ai_control_enabled: bool
    version: int
    threshold: float
    reply_lang: str | None
    escalate_examples: tuple[str, ...] = ()
    respond_examples: tuple[str, ...] = ()
    tone: str = ""
    allow_listed_links: tuple[str, ...] = ()
    triage_rules: tuple[TriageRule, ...] = ()
    costs: Costs = field(default_factory=Costs)


_READ = """
select coalesce(r.instructions, '') as instructions,
       coalesce(r.ignore_examples, '{}') as ignore_examples, r.ai_control_enabled, r.version,
       coalesce(s.auto_reply_threshold, 0.8) as threshold, s.reply_lang
from ai_rules r left join ai_settings s on s.user_id = r.user_id
where r.user_id = %(tenant)s
"""


async def read(unit: Unit) -> RulesRow | None:
    """Return the tenant's rules."""
    return await unit.row(RulesRow, _READ, {"tenant": unit.tenant})


_WRITE = """
update ai_rules
   set instructions = %(instructions)s, ignore_examples = %(ignore_examples)s,
       ai_control_enabled = %(enabled)s, version = version + 1, updated_at = now()
 where user_id = %(tenant)s
"""
_SET_THRESHOLD = """
update ai_settings set auto_reply_threshold = %(threshold)s, updated_at = now()
 where user_id = %(tenant)s
"""


async def write(
    unit: Unit,
    *,
    instructions: str,
    ignore_examples: list[str],
    enabled: bool,
    threshold: float | None,
) -> bool:
    """Replace the rules by a new version; False if this login may not."""
    params = {
        "tenant": unit.tenant,
        "instructions": instructions,
        "ignore_examples": ignore_examples,
        "enabled": enabled,
    }
    written = await unit.execute(_WRITE, params) == 1
    if threshold is not None:
        await unit.execute(_SET_THRESHOLD, {"tenant": unit.tenant, "threshold": threshold})
    return written


_SET_ENABLED = """
update ai_rules set ai_control_enabled = %(enabled)s, version = version + 1, updated_at = now()
 where user_id = %(tenant)s
"""


async def set_enabled(unit: Unit, *, enabled: bool) -> bool:
    """Pull or release the master switch; False if this login may not."""
    params = {"tenant": unit.tenant, "enabled": enabled}
    return await unit.execute(_SET_ENABLED, params) == 1
