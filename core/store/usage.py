"""`assistant_usage` and the caps in `ai_settings`: how much the assistant thought."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from core.domain.cap import OF_A_MONTH, Cap, Caps, Used
from core.domain.cost import Price
from core.domain.exchange import Line
from core.domain.ids import ConversationId
from core.store.pool import Unit

_WRITE_CAPS = """
update ai_settings
   set cap_customer_day = %(customer_day)s, cap_day = %(day)s, cap_month = %(month)s,
       cap_usd_customer_day = %(usd_customer_day)s, cap_usd_day = %(usd_day)s,
       cap_usd_month = %(usd_month)s, updated_at = now()
 where user_id = %(tenant)s
"""


async def write_caps(unit: Unit, new: Caps) -> bool:
    """Put other caps in force; False if this login may not."""
    return await unit.execute(_WRITE_CAPS, {"tenant": unit.tenant, **asdict(new)}) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The caps in force beside what a customer and the whole inbox have used so far."""

    customer_day: int
    day: int
    month: int
    usd_customer_day: Decimal
    usd_day: Decimal
    usd_month: Decimal
    cap_customer_day: int
    cap_day: int
    cap_month: int
    cap_usd_customer_day: Decimal
    cap_usd_day: Decimal
    cap_usd_month: Decimal

    @property
    def caps(self) -> Caps:
        """Return the caps."""
        return Caps(**{cap.value: getattr(self, f"cap_{cap}") for cap in Cap})

    @property
    def used(self) -> Used:
        """Return what was used."""
        return Used(**{cap.value: getattr(self, cap) for cap in Cap})


_STANDING = """
select coalesce(sum(u.thoughts) filter (where u.conversation_id is not null), 0)::int
           as customer_day,
       coalesce(sum(u.thoughts) filter (where u.conversation_id is null
                                          and u.day = t.today), 0)::int as day,
       coalesce(sum(u.thoughts) filter (where u.conversation_id is null), 0)::int as month,
       coalesce(sum(u.cost_usd) filter (where u.conversation_id is not null), 0)
           as usd_customer_day,
       coalesce(sum(u.cost_usd) filter (where u.conversation_id is null
                                          and u.day = t.today), 0) as usd_day,
       coalesce(sum(u.cost_usd) filter (where u.conversation_id is null), 0) as usd_month,
       s.cap_customer_day, s.cap_day, s.cap_month, s.cap_usd_customer_day, s.cap_usd_day,
       s.cap_usd_month
from (select (now() at time zone 'UTC')::date as today) t
join ai_settings s on s.user_id = %(tenant)s
left join assistant_usage u
       on u.tenant_id = s.user_id
      and ((u.conversation_id = %(conversation)s and u.day = t.today)
           or (u.conversation_id is null
               and u.day between date_trunc('month', t.today)::date and t.today))
group by s.id
"""


async def standing(unit: Unit, conversation: ConversationId) -> Standing:
    """Return where a customer and the whole inbox stand, in one look."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    found = await unit.row(Standing, _STANDING, params)
    assert found is not None  # noqa: S101 - every tenant has settings, and nobody may delete them
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What one look at a conversation took."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal | None = Decimal(0)
    """None when nobody has said what the model costs; then it counts as a thought alone."""


def without(used: Used, thought: Thought) -> Used:
    """Return what was used before a thought that has been counted already."""
    cost = thought.cost_usd or Decimal(0)
    return Used(
        customer_day=used.customer_day - 1,
        day=used.day - 1,
        month=used.month - 1,
        usd_customer_day=used.usd_customer_day - cost,
        usd_day=used.usd_day - cost,
        usd_month=used.usd_month - cost,
    )


_ADD = """
insert into assistant_usage as u
    (tenant_id, conversation_id, day, thoughts, input_tokens, output_tokens, cost_usd)
select %(tenant)s, whose.id, (now() at time zone 'UTC')::date, 1, %(input)s, %(output)s,
       %(cost)s
from (values (null::uuid), (%(conversation)s::uuid)) as whose (id)
on conflict (tenant_id, conversation_id, day) do update
   set thoughts = u.thoughts + 1,
       input_tokens = u.input_tokens + excluded.input_tokens,
       output_tokens = u.output_tokens + excluded.output_tokens,
       cost_usd = u.cost_usd + excluded.cost_usd
"""


async def add(unit: Unit, conversation: ConversationId, thought: Thought) -> None:
    """Count a thought for its customer and for the inbox.

    Holds the inbox's row until the transaction ends, so that whoever reads `standing`
    behind it reads an exact number.
    """
    await unit.execute(
        _ADD,
        {
            "tenant": unit.tenant,
            "conversation": conversation,
            "input": thought.input_tokens,
            "output": thought.output_tokens,
            "cost": thought.cost_usd or Decimal(0),
        },
    )


_TELL = """
insert into assistant_usage as u (tenant_id, conversation_id, day, told)
select %(tenant)s, null,
       case when %(monthly)s then date_trunc('month', t.today)::date else t.today end,
       array[%(what)s::text]
from (select (now() at time zone 'UTC')::date as today) t
on conflict (tenant_id, conversation_id, day) do update
   set told = u.told || excluded.told
 where not (u.told @> excluded.told)
"""


async def first_to_tell(unit: Unit, cap: Cap, most: int | Decimal) -> bool:
    """Return whether nobody was told yet, today or this month, that a cap is reached."""
    params = {
        "tenant": unit.tenant,
        "monthly": cap in OF_A_MONTH,
        "what": f"{cap} {most}",
    }
    return await unit.execute(_TELL, params) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _PriceRow:
    name: str
    input_cost_per_1k: Decimal
    output_cost_per_1k: Decimal


_PRICES = """
select name, max(input_cost_per_1k) as input_cost_per_1k,
       max(output_cost_per_1k) as output_cost_per_1k
from ai_models where name = any (%(names)s) group by name
"""


async def prices(unit: Unit, names: list[str]) -> dict[str, Price]:
    """Return the prices of models by name; of two with the same name, the dearer."""
    found = await unit.rows(_PriceRow, _PRICES, {"names": names})
    return {
        one.name: Price(
            input_per_1k=one.input_cost_per_1k, output_per_1k=one.output_cost_per_1k
        )
        for one in found
    }


_LATEST = """
select origin, text, at from (
    select m.origin, coalesce(m.text, '') as text, m.created_at as at, m.id
    from conversation_messages m
    where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
      and m.created_at > coalesce(
          (select max(e.resolved_at) from support_escalations e
            where e.user_id = %(tenant)s and e.conversation_id = %(conversation)s
              and e.status = 'resolved'), '-infinity')
    order by m.created_at desc, m.id desc limit %(limit)s) latest
order by at, id
"""


async def latest(unit: Unit, conversation: ConversationId, *, limit: int) -> list[Line]:
    """Return the last messages since a person last closed a case here, oldest first."""
    params = {"tenant": unit.tenant, "conversation": conversation, "limit": limit}
    return await unit.rows(Line, _LATEST, params)
