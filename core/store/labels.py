"""`labels`: what the team has marked conversations with."""

from core.domain.ids import ConversationId
from core.store.pool import Unit

_AROUND = """
with asking as materialized (
    select c.id, c.person_id
    from conversations v
    join customers c on c.user_id = v.user_id and c.id = v.customer_id
    where v.user_id = %(tenant)s and v.id = %(conversation)s
), same as materialized (
    select id from asking
    union
    select c.id from customers c
    where c.user_id = %(tenant)s and c.person_id = (select person_id from asking)
), theirs as materialized (
    select v.id from conversations v
    where v.user_id = %(tenant)s and v.customer_id = any (array(select id from same))
)
select distinct l.name
from conversation_labels x
join labels l on l.tenant_id = x.tenant_id and l.id = x.label_id
where x.tenant_id = %(tenant)s and x.conversation_id = any (array(select id from theirs))
order by l.name
"""
# Step by step on purpose: a planner that knows nothing yet of a new inbox joined every
# customer with every other and all their conversations.


async def around(unit: Unit, conversation: ConversationId) -> tuple[str, ...]:
    """Return the labels on a conversation and on its customer's others.

    A customer is marked by marking what they wrote: "wholesale" on a person's WhatsApp
    stands for the same person's Instagram too, where the two are known to be one.
    """
    params = {"tenant": unit.tenant, "conversation": conversation}
    return tuple(row[0] for row in await unit.tuples(_AROUND, params))
