"""`ai_rules` and `ai_settings`: what the owner allows the assistant."""

from dataclasses import dataclass, field

from core.domain.model_settings import ModelSettings
from core.domain.rule import Costs, TriageRule
from core.store import triage_rules
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
    costs: Costs = field(default_factory=Costs)
    triage_rules: tuple[TriageRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The rules as two tables hold them."""

    instructions: str
    ignore_examples: tuple[str, ...]
    escalate_examples: tuple[str, ...]
    respond_examples: tuple[str, ...]
    tone: str
    allow_listed_links: tuple[str, ...]
    ai_control_enabled: bool
    version: int
    threshold: float
    reply_lang: str | None
    wrong_reply_cost: float
    missed_complaint_cost: float


_READ = """
select r.instructions, r.ignore_examples, r.escalate_examples, r.respond_examples, r.tone,
       r.allow_listed_links, r.ai_control_enabled, r.version,
       coalesce(s.auto_reply_threshold, 0.8) as threshold, s.reply_lang,
       coalesce(s.wrong_reply_cost, 4) as wrong_reply_cost,
       coalesce(s.missed_complaint_cost, 20) as missed_complaint_cost
from ai_rules r left join ai_settings s on s.user_id = r.user_id
where r.user_id = %(tenant)s
"""


async def read(unit: Unit) -> RulesRow | None:
    """Return the tenant's rules."""
    found = await unit.row(_Stored, _READ, {"tenant": unit.tenant})
    if found is None:
        return None
    return RulesRow(
        instructions=found.instructions,
        ignore_examples=found.ignore_examples,
        escalate_examples=found.escalate_examples,
        respond_examples=found.respond_examples,
        tone=found.tone,
        allow_listed_links=found.allow_listed_links,
        ai_control_enabled=found.ai_control_enabled,
        version=found.version,
        threshold=found.threshold,
        reply_lang=found.reply_lang,
        costs=Costs(
            wrong_reply=found.wrong_reply_cost,
            missed_complaint=found.missed_complaint_cost,
        ),
        triage_rules=await triage_rules.listed(unit),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRules:
    """The next version of the rules; None keeps what is in force."""

    instructions: str
    tone: str
    ignore_examples: tuple[str, ...]
    escalate_examples: tuple[str, ...]
    respond_examples: tuple[str, ...]
    allow_listed_links: tuple[str, ...]
    enabled: bool
    threshold: float | None
    costs: Costs | None
    triage_rules: tuple[TriageRule, ...] | None
    expected_version: int | None


_WRITE = """
update ai_rules
   set instructions = %(instructions)s, tone = %(tone)s,
       ignore_examples = %(ignore)s::text[], escalate_examples = %(escalate)s::text[],
       respond_examples = %(respond)s::text[], allow_listed_links = %(links)s::text[],
       ai_control_enabled = %(enabled)s, version = version + 1, updated_at = now()
 where user_id = %(tenant)s
   and (%(expected)s::bigint is null or version = %(expected)s)
"""
_SET_WEIGHTS = """
update ai_settings
   set auto_reply_threshold = coalesce(%(threshold)s, auto_reply_threshold),
       wrong_reply_cost = coalesce(%(wrong)s, wrong_reply_cost),
       missed_complaint_cost = coalesce(%(missed)s, missed_complaint_cost),
       updated_at = now()
 where user_id = %(tenant)s
"""


async def write(unit: Unit, new: NewRules) -> bool:
    """Replace the rules by a new version.

    False, with nothing written, if this login may not or another version is in force.
    """
    params = {
        "tenant": unit.tenant,
        "instructions": new.instructions,
        "tone": new.tone,
        "ignore": list(new.ignore_examples),
        "escalate": list(new.escalate_examples),
        "respond": list(new.respond_examples),
        "links": list(new.allow_listed_links),
        "enabled": new.enabled,
        "expected": new.expected_version,
    }
    if await unit.execute(_WRITE, params) != 1:
        return False
    await unit.execute(
        _SET_WEIGHTS,
        {
            "tenant": unit.tenant,
            "threshold": new.threshold,
            "wrong": new.costs.wrong_reply if new.costs else None,
            "missed": new.costs.missed_complaint if new.costs else None,
        },
    )
    if new.triage_rules is not None:
        await triage_rules.replace_all(unit, new.triage_rules)
    return True


_VERSION = """
select version from ai_rules where user_id = %(tenant)s
"""
_ADVANCE = """
update ai_rules set version = version + 1, updated_at = now() where user_id = %(tenant)s
"""


async def version(unit: Unit) -> int | None:
    """Return which version is in force."""
    found = await unit.value(_VERSION, {"tenant": unit.tenant})
    return None if found is None else int(found)


async def advance(unit: Unit) -> bool:
    """Begin a new version for what was changed beside the rules; False if this login may not."""
    return await unit.execute(_ADVANCE, {"tenant": unit.tenant}) == 1


_SET_ENABLED = """
update ai_rules set ai_control_enabled = %(enabled)s, version = version + 1, updated_at = now()
 where user_id = %(tenant)s
"""


async def set_enabled(unit: Unit, *, enabled: bool) -> bool:
    """Pull or release the master switch; False if this login may not."""
    params = {"tenant": unit.tenant, "enabled": enabled}
    return await unit.execute(_SET_ENABLED, params) == 1


_MODEL_SETTINGS = """
select coalesce(s.system_prompt, '') as system_prompt,
       s.temperature::float8 as temperature, s.max_tokens, m.name, m.provider
from ai_settings s
left join ai_models m on m.id = s.model_id and m.is_active
where s.user_id = %(tenant)s
"""


async def model_settings(unit: Unit) -> ModelSettings:
    """Return what the owner set about the language model."""
    found = await unit.row(ModelSettings, _MODEL_SETTINGS, {"tenant": unit.tenant})
    return found or ModelSettings()
