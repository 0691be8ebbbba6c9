"""`people`, `person_links`, `person_refusals`: which customers are one human being."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.ids import CustomerId, MergeId, PersonId
from core.domain.person import Identity, Resemblance
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedCustomer:
    """A customer under lock, and the person they belong to."""

    id: CustomerId
    person_id: PersonId | None
    display_name: str


_LOCK = """
select c.id, c.person_id,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as display_name
from customers c
where c.user_id = %(tenant)s
  and (c.id = any (%(ids)s::uuid[])
       or c.person_id in (select k.person_id from customers k
                           where k.user_id = %(tenant)s and k.id = any (%(ids)s::uuid[])))
order by c.id
for update
"""


async def lock(unit: Unit, ids: Sequence[CustomerId]) -> list[LockedCustomer]:
    """Return customers and everybody of their persons, locked in one order."""
    params = {"tenant": unit.tenant, "ids": list(ids)}
    return await unit.rows(LockedCustomer, _LOCK, params)


_ADD = """
insert into people (tenant_id, display_name) values (%(tenant)s, %(name)s) returning id
"""
_LINK = """
insert into person_links (tenant_id, merge_id, customer_id, person_id, previous_person_id,
                          linked_by)
select %(tenant)s, %(merge)s, c.id, %(person)s, c.person_id, %(member)s
from customers c
where c.user_id = %(tenant)s and c.id = any (%(ids)s::uuid[])
  and c.person_id is distinct from %(person)s
"""
_MOVE = """
update customers set person_id = %(person)s, updated_at = now()
 where user_id = %(tenant)s and id = any (%(ids)s::uuid[])
   and person_id is distinct from %(person)s
"""


async def add(unit: Unit, name: str) -> PersonId:
    """Make a person."""
    return PersonId(await unit.value(_ADD, {"tenant": unit.tenant, "name": name}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Customers that become one person, by a member's word."""

    id: MergeId
    person: PersonId
    customers: tuple[CustomerId, ...]


async def link(unit: Unit, merge: Merge, member: object) -> int:
    """Move customers to a person and remember where they were; returns how many moved."""
    params = {
        "tenant": unit.tenant,
        "merge": merge.id,
        "person": merge.person,
        "ids": list(merge.customers),
        "member": member,
    }
    await unit.execute(_LINK, params)
    return await unit.execute(_MOVE, params)


_UNDO = """
with undone as (
    update person_links
       set undone_at = clock_timestamp(), undone_by = %(member)s
     where tenant_id = %(tenant)s and merge_id = %(merge)s and undone_at is null
    returning customer_id, person_id, previous_person_id)
update customers c set person_id = u.previous_person_id, updated_at = now()
  from undone u
 where c.user_id = %(tenant)s and c.id = u.customer_id and c.person_id = u.person_id
returning c.id
"""


async def undo(unit: Unit, merge: MergeId, member: object) -> list[CustomerId]:
    """Put the customers of a merge back where they were; those moved since stay."""
    params = {"tenant": unit.tenant, "merge": merge, "member": member}
    return [CustomerId(row[0]) for row in await unit.tuples(_UNDO, params)]


_REFUSE = """
insert into person_refusals (tenant_id, customer_a, customer_b)
select %(tenant)s, least(a.id, b.id), greatest(a.id, b.id)
from customers a, customers b
where a.user_id = %(tenant)s and b.user_id = %(tenant)s and a.id = %(a)s and b.id = %(b)s
  and a.id <> b.id
on conflict do nothing
"""


async def refuse(unit: Unit, a: CustomerId, b: CustomerId) -> None:
    """Remember that two customers are not the same person."""
    await unit.execute(_REFUSE, {"tenant": unit.tenant, "a": a, "b": b})


_PERSON_OF = "select person_id from customers where user_id = %(tenant)s and id = %(id)s"


async def person_of(unit: Unit, customer: CustomerId) -> PersonId | None:
    """Return the person of a customer, None for one who stands alone."""
    found = await unit.value(_PERSON_OF, {"tenant": unit.tenant, "id": customer})
    return None if found is None else PersonId(found)


_IDENTITIES = """
select c.id as customer_id, a.platform, a.account_name, c.name, c.username, c.phone_number,
       c.platform_customer_id, v.id as conversation_id, v.last_message_at,
       (select count(*) from comments k
         where k.user_id = c.user_id and k.customer_id = c.id)::int as comments,
       (select l.merge_id from person_links l
         where l.tenant_id = c.user_id and l.customer_id = c.id and l.undone_at is null
           and l.person_id = c.person_id
         order by l.linked_at desc limit 1) as merge_id
from customers me
join customers c on c.user_id = me.user_id and c.person_id = me.person_id and c.id <> me.id
join social_accounts a on a.user_id = c.user_id and a.id = c.social_account_id
left join conversations v on v.user_id = c.user_id and v.customer_id = c.id
where me.user_id = %(tenant)s and me.id = %(id)s
order by v.last_message_at desc nulls last, c.id
"""
_SUGGESTIONS = """
with me as (
    select c.*, regexp_replace(c.phone_number, '[^0-9]', '', 'g') as digits
      from customers c where c.user_id = %(tenant)s and c.id = %(id)s),
alike as (
    select c.id, 'same_username_here' as why, 1 as rank from me
      join customers c on c.user_id = me.user_id and c.social_account_id = me.social_account_id
                      and lower(c.username) = lower(me.username)
    union all
    select c.id, 'same_phone', 2 from me
      join customers c on c.user_id = me.user_id
                      and c.phone_number in (me.phone_number, me.digits, '+' || me.digits)
     where length(me.digits) >= 7
    union all
    select c.id, 'same_email', 3 from me
      join customers c on c.user_id = me.user_id and lower(c.email) = lower(me.email)
    union all
    select c.id, 'same_username', 4 from me
      join customers c on c.user_id = me.user_id and lower(c.username) = lower(me.username)
    union all
    select c.id, 'same_name', 5 from me
      join customers c on c.user_id = me.user_id and lower(c.name) = lower(me.name)
                      and c.social_account_id <> me.social_account_id
     where me.name like '%% %%'),
best as (
    select distinct on (alike.id) alike.id, alike.why, alike.rank from alike
     where alike.id <> %(id)s
     order by alike.id, alike.rank)
select c.id as customer_id, a.platform, a.account_name, c.name, c.username, c.phone_number,
       c.platform_customer_id, v.id as conversation_id, v.last_message_at,
       (select count(*) from comments k
         where k.user_id = c.user_id and k.customer_id = c.id)::int as comments,
       best.why
from best
join me on true
join customers c on c.user_id = me.user_id and c.id = best.id
join social_accounts a on a.user_id = c.user_id and a.id = c.social_account_id
left join conversations v on v.user_id = c.user_id and v.customer_id = c.id
where (c.person_id is null or c.person_id is distinct from me.person_id)
  and not exists (select 1 from person_refusals r
                   where r.tenant_id = me.user_id
                     and r.customer_a = least(c.id, me.id)
                     and r.customer_b = greatest(c.id, me.id))
order by best.rank, v.last_message_at desc nulls last, c.id
limit %(limit)s::int
"""


async def identities(unit: Unit, customer: CustomerId) -> list[Identity]:
    """Return the other customers of the same person, the one heard last first."""
    return await unit.rows(Identity, _IDENTITIES, {"tenant": unit.tenant, "id": customer})


async def suggestions(unit: Unit, customer: CustomerId, *, limit: int) -> list[Resemblance]:
    """Return customers who may be the same person, by the strongest reason first."""
    params = {"tenant": unit.tenant, "id": customer, "limit": limit}
    return await unit.rows(Resemblance, _SUGGESTIONS, params)
