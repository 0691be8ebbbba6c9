"""`labels`: what the team has marked conversations with."""

from core.domain.ids import ConversationId
from core.store.pool import Unit

_AROUND = """
select distinct l.name
from conversations v
join customers c on c.user_id = v.user_id and c.id = v.customer_id
join customers s on s.user_id = c.user_id
 and (s.id = c.id or (c.person_id is not null and s.person_id = c.person_id))
join conversations o on o.user_id = s.user_id and o.customer_id = s.id
join conversation_labels x on x.tenant_id = o.user_id and x.conversation_id = o.id
join labels l on l.tenant_id = x.tenant_id and l.id = x.label_id
where v.user_id = %(tenant)s and v.id = %(conversation)s
order by l.name
"""


async def around(unit: Unit, conversation: ConversationId) -> tuple[str, ...]:
    """Return the labels on a conversation and on its customer's others.

    A customer is marked by marking what they wrote: "wholesale" on a person's WhatsApp
    stands for the same person's Instagram too, where the two are known to be one.
    """
    params = {"tenant": unit.tenant, "conversation": conversation}
    return tuple(row[0] for row in await unit.tuples(_AROUND, params))
