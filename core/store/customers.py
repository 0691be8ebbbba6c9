"""`customers`: the people who write to us, one row per channel."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.customer import Customer
from core.domain.ids import ChannelId, ConversationId, CustomerId
from core.domain.incoming import Sender
from core.store.attachments import Content
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


_SEEN_PICTURE = """
update customers set profile_pic_url = %(url)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and profile_pic_url is distinct from %(url)s
"""
_WANTED_PICTURE = """
select profile_pic_url from customers
where user_id = %(tenant)s and id = %(id)s and profile_pic_url is not null
  and picture_of is distinct from profile_pic_url
"""
_KEEP_BLOB = """
insert into blobs (id, tenant_id, content, size_bytes, sha256, mime_type)
values (%(blob)s, %(tenant)s, %(content)b, octet_length(%(content)b), sha256(%(content)b),
        %(mime_type)s)
"""
_KEEP_PICTURE = """
with before as (
    select picture_blob_id from customers
     where user_id = %(tenant)s and id = %(id)s for update),
kept as (
    update customers
       set picture_blob_id = %(blob)s, picture_of = %(url)s, updated_at = now()
     where user_id = %(tenant)s and id = %(id)s returning 1)
delete from blobs b using before, kept
 where b.tenant_id = %(tenant)s and b.id = before.picture_blob_id
"""
_PICTURE = """
select b.content from customers c
join blobs b on b.tenant_id = c.user_id and b.id = c.picture_blob_id
where c.user_id = %(tenant)s and c.id = %(id)s
"""


async def seen_picture(unit: Unit, customer: CustomerId, url: str) -> bool:
    """Note where a customer's picture is; True if that is news."""
    params = {"tenant": unit.tenant, "id": customer, "url": url}
    return await unit.execute(_SEEN_PICTURE, params) == 1


async def wanted_picture(unit: Unit, customer: CustomerId) -> str | None:
    """Return the address of a picture that was not fetched yet."""
    found: str | None = await unit.value(
        _WANTED_PICTURE, {"tenant": unit.tenant, "id": customer}
    )
    return found


async def keep_picture(
    unit: Unit, customer: CustomerId, url: str, blob: UUID, picture: Content | None
) -> None:
    """Keep the picture of an address in place of the last one; None: it cannot be had."""
    params = {
        "tenant": unit.tenant,
        "id": customer,
        "url": url,
        "blob": None if picture is None else blob,
    }
    if picture is not None:
        content = {"content": picture.content, "mime_type": picture.mime_type}
        await unit.execute(_KEEP_BLOB, {**params, **content})
    await unit.execute(_KEEP_PICTURE, params)


async def picture(unit: Unit, customer: CustomerId) -> bytes | None:
    """Return the bytes of a customer's picture."""
    found: bytes | None = await unit.value(
        _PICTURE, {"tenant": unit.tenant, "id": customer}
    )
    return found
