"""`customers`: the people who write to us, one row per channel."""

from dataclasses import dataclass

from core.domain.customer import Customer
from core.domain.ids import ChannelId, ConversationId, CustomerId
from core.domain.incoming import Sender
from core.store.pool import Unit

_UPSERT = """
insert into customers as c (user_id, social_account_id, platform_customer_id, name, username,
                            phone_number, other_ids)
values (%(tenant)s, %(channel)s, %(platform_id)s, %(name)s, %(username)s, %(phone)s,
        %(other_ids)s::text[])
on conflict (social_account_id, platform_customer_id) do update
   set name = coalesce(excluded.name, c.name),
       username = coalesce(excluded.username, c.username),
       phone_number = coalesce(excluded.phone_number, c.phone_number),
       updated_at = now()
returning id
"""


async def upsert(unit: Unit, channel: ChannelId, sender: Sender) -> CustomerId:
    """Return the customer who sent something, made or refreshed from the payload."""
    found = await unit.value(
        _UPSERT,
        {
            "tenant": unit.tenant,
            "channel": channel,
            "platform_id": sender.platform_customer_id,
            "name": sender.name,
            "username": sender.username,
            "phone": sender.phone_number,
            "other_ids": list(sender.other_ids),
        },
    )
    return CustomerId(found)


_OF_CONVERSATION = """
select c.id, c.social_account_id as channel_id, c.platform_customer_id, c.name, c.username,
       c.phone_number, c.profile_pic_url
from conversations v join customers c on c.user_id = v.user_id and c.id = v.customer_id
where v.user_id = %(tenant)s and v.id = %(conversation)s
"""


async def of_conversation(unit: Unit, conversation: ConversationId) -> Customer | None:
    """Return the customer of a conversation."""
    return await unit.row(
        Customer, _OF_CONVERSATION, {"tenant": unit.tenant, "conversation": conversation}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameless:
    """A customer of whom we know an id only."""

    channel_id: ChannelId
    platform_customer_id: str


_NAMELESS = """
select social_account_id as channel_id, platform_customer_id from customers
where user_id = %(tenant)s and id = %(id)s and name is null and username is null
"""
_INTRODUCE = """
update customers
   set name = coalesce(name, %(name)s), username = coalesce(username, %(username)s),
       profile_pic_url = coalesce(%(picture_url)s, profile_pic_url), updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""
_CONVERSATIONS_OF = """
select id from conversations where user_id = %(tenant)s and customer_id = %(id)s
"""


async def nameless(unit: Unit, customer: CustomerId) -> Nameless | None:
    """Return a customer who has neither name nor username; None for all others."""
    return await unit.row(Nameless, _NAMELESS, {"tenant": unit.tenant, "id": customer})


async def introduce(
    unit: Unit,
    customer: CustomerId,
    *,
    name: str | None,
    username: str | None,
    picture_url: str | None,
) -> None:
    """Add what the platform shows of a customer; what we know already stays."""
    params = {
        "tenant": unit.tenant,
        "id": customer,
        "name": name,
        "username": username,
        "picture_url": picture_url,
    }
    await unit.execute(_INTRODUCE, params)


async def conversations_of(unit: Unit, customer: CustomerId) -> list[ConversationId]:
    """Return the conversations a customer's name stands on."""
    params = {"tenant": unit.tenant, "id": customer}
    return [row[0] for row in await unit.tuples(_CONVERSATIONS_OF, params)]
