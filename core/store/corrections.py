"""`decision_corrections`: what people say the assistant should have decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.decision import Decision
from core.domain.ids import DecisionId
from core.store.pool import Unit


class ExampleState(StrEnum):
    """What became of the words of a corrected message, as an example of the rules."""

    NONE = "none"
    PROPOSED = "proposed"
    ADDED = "added"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision in question; `corrected` is what was said about it before.

    `fragments` are its message's texts, where they were kept whole.
    """

    decision: Decision
    text: str
    fragments: list[str]
    corrected: Decision | None


_DECIDED = """
select d.decision, coalesce(d.message_text, '') as text,
       case jsonb_typeof(d.snapshot_json #> '{case,fragments}')
           when 'array' then d.snapshot_json #> '{case,fragments}' else '[]' end as fragments,
       x.should as corrected
from ai_decisions d
left join decision_corrections x on x.tenant_id = d.user_id and x.decision_id = d.id
where d.user_id = %(tenant)s and d.id = %(id)s
"""


async def decided(unit: Unit, decision: DecisionId) -> Decided | None:
    """Return a decision with the words it was about."""
    return await unit.row(Decided, _DECIDED, {"tenant": unit.tenant, "id": decision})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a decision should have been, and the example that comes of it."""

    decision_id: DecisionId
    should: Decision
    note: str
    example: str
    state: ExampleState


_KEEP = """
insert into decision_corrections as x
    (tenant_id, decision_id, member_id, should, note, example, state)
values (%(tenant)s, %(id)s, app.uid(), %(should)s, %(note)s, %(example)s, %(state)s)
on conflict (tenant_id, decision_id) do update
   set member_id = excluded.member_id, should = excluded.should, note = excluded.note,
       example = excluded.example, state = excluded.state, created_at = now()
"""


async def keep(unit: Unit, new: Correction) -> None:
    """Keep a correction in this member's name; it takes the place of an earlier one."""
    await unit.execute(
        _KEEP,
        {
            "tenant": unit.tenant,
            "id": new.decision_id,
            "should": new.should,
            "note": new.note,
            "example": new.example,
            "state": new.state,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingExample:
    """An example that a colleague proposes and somebody in charge has not yet taken."""

    decision_id: DecisionId
    text: str
    decided: Decision
    should: Decision
    note: str
    member_name: str
    created_at: datetime


_PENDING = """
select x.decision_id, x.example as text, d.decision as decided, x.should, x.note,
       coalesce(t.display_name, '') as member_name, x.created_at
from decision_corrections x
join ai_decisions d on d.user_id = x.tenant_id and d.id = x.decision_id
left join team_members t on t.tenant_id = x.tenant_id and t.user_id = x.member_id
where x.tenant_id = %(tenant)s and x.state = 'proposed'
order by x.created_at, x.decision_id
"""


async def pending(unit: Unit) -> list[PendingExample]:
    """Return the examples that wait for somebody in charge, oldest first."""
    return await unit.rows(PendingExample, _PENDING, {"tenant": unit.tenant})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposed example, locked in order to settle it."""

    should: Decision
    example: str


_LOCK = """
select should, example from decision_corrections
where tenant_id = %(tenant)s and decision_id = %(id)s and state = 'proposed'
for update
"""


async def lock_proposed(unit: Unit, decision: DecisionId) -> Proposed | None:
    """Lock the example that is proposed for a decision, if there is one."""
    return await unit.row(Proposed, _LOCK, {"tenant": unit.tenant, "id": decision})


_SETTLE = """
update decision_corrections set state = %(state)s
 where tenant_id = %(tenant)s and decision_id = %(id)s
"""


async def settle(unit: Unit, decision: DecisionId, state: ExampleState) -> None:
    """Record what became of a proposed example."""
    params = {"tenant": unit.tenant, "id": decision, "state": state}
    await unit.execute(_SETTLE, params)


_LEARN = """
update ai_rules
   set ignore_examples = array_remove(ignore_examples, %(text)s)
           || case when %(should)s = 'ignore' then array[%(text)s::text] else '{}' end,
       escalate_examples = array_remove(escalate_examples, %(text)s)
           || case when %(should)s = 'escalate' then array[%(text)s::text] else '{}' end,
       respond_examples = array_remove(respond_examples, %(text)s)
           || case when %(should)s = 'respond' then array[%(text)s::text] else '{}' end,
       version = version + 1, updated_at = now()
 where user_id = %(tenant)s
"""


async def learn(unit: Unit, text: str, should: Decision) -> bool:
    """Make a text an example of one decision and of no other, as a new version of the rules.

    Return False if this login may not change them.
    """
    params = {"tenant": unit.tenant, "text": text, "should": should}
    return await unit.execute(_LEARN, params) == 1
