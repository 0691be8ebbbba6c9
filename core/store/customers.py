"""`customers`: the people who write to us, one row per channel."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.domain.customer import Customer
from core.domain.ids import ChannelId, ConversationId, CustomerId
from core.domain.incoming import IncomingRenaming, Sender
from core.store.attachments import Content
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """The customer somebody turned out to be.

    `unasked`: we know no name of theirs, and have not asked for one lately.
    """

    id: CustomerId
    unasked: bool


_REFRESH = """
with fresh as (
    update customers c
       set name = coalesce(%(name)s, c.name),
           username = coalesce(%(username)s, c.username),
           phone_number = coalesce(%(phone)s, c.phone_number),
           other_ids = array(select distinct known.id
                               from unnest(c.other_ids || %(ids)s::text[]) as known (id)
                              where known.id <> c.platform_customer_id order by known.id),
           updated_at = now()
     where c.user_id = %(tenant)s and c.social_account_id = %(channel)s
       and c.platform_customer_id = %(platform_id)s
       and not (coalesce(%(name)s, c.name) is not distinct from c.name
                and coalesce(%(username)s, c.username) is not distinct from c.username
                and coalesce(%(phone)s, c.phone_number) is not distinct from c.phone_number
                and %(ids)s::text[] <@ (c.other_ids || c.platform_customer_id))
    returning c.id, c.name, c.username, c.profile_asked_at)
select id, name is null and username is null
       and coalesce(profile_asked_at, '-infinity') < now() - interval '10 minutes' as unasked
  from fresh
union all
select c.id, c.name is null and c.username is null
       and coalesce(c.profile_asked_at, '-infinity') < now() - interval '10 minutes'
  from customers c
 where c.user_id = %(tenant)s and c.social_account_id = %(channel)s
   and c.platform_customer_id = %(platform_id)s and not exists (select 1 from fresh)
"""
_INSERT = """
insert into customers as c (user_id, social_account_id, platform_customer_id, name, username,
                            phone_number, other_ids)
values (%(tenant)s, %(channel)s, %(platform_id)s, %(name)s, %(username)s, %(phone)s,
        %(other_ids)s::text[])
on conflict (social_account_id, platform_customer_id) do update set updated_at = now()
returning c.id, c.name is null and c.username is null
          and coalesce(c.profile_asked_at, '-infinity') < now() - interval '10 minutes' as unasked
"""
_FIND = """
select id, platform_customer_id
from app.customer_known_as_v1(%(channel)s, %(ids)s::text[])
"""


async def upsert(unit: Unit, channel: ChannelId, sender: Sender) -> Met:
    """Return the customer who sent something, made or refreshed from the payload.

    Nothing is written about one of whom it tells nothing new. One who is known under another of their ids stays who they are: a phone number may be
    withheld in one message and shown in the next.
    """
    params = _params(unit, channel, sender)
    found = await unit.row(Met, _REFRESH, params)
    if found is None:
        known = await unit.tuples(_FIND, params)
        if known:
            found = await unit.row(Met, _REFRESH, {**params, "platform_id": known[0][1]})
    if found is None:
        found = await unit.row(Met, _INSERT, params)
    assert found is not None  # noqa: S101 - inserted by us or by the rival we waited for
    return found


_ASKED = """
update customers set profile_asked_at = now() where user_id = %(tenant)s and id = %(id)s
"""


async def asked(unit: Unit, customer: CustomerId) -> None:
    """Note that a customer is being asked for at their platform."""
    await unit.tell(_ASKED, {"tenant": unit.tenant, "id": customer})


def _params(unit: Unit, channel: ChannelId, sender: Sender) -> dict[str, Any]:
    return {
        "tenant": unit.tenant,
        "channel": channel,
        "platform_id": sender.platform_customer_id,
        "name": sender.name,
        "username": sender.username,
        "phone": sender.phone_number,
        "other_ids": list(sender.other_ids),
        "ids": [sender.platform_customer_id, *sender.other_ids],
    }


async def find(unit: Unit, channel: ChannelId, sender: Sender) -> CustomerId | None:
    """Return who this is, by any of their ids; nobody is made."""
    found = await unit.tuples(_FIND, _params(unit, channel, sender))
    return CustomerId(found[0][0]) if found else None


_TAKEN = """
select exists (select 1 from customers
                where user_id = %(tenant)s and social_account_id = %(channel)s
                  and platform_customer_id = %(new_id)s and id <> %(id)s)
"""
_RENAME = """
update customers c
   set platform_customer_id = case when c.platform_customer_id = %(old_id)s
                                   then %(new_id)s else c.platform_customer_id end,
       other_ids = array(
           select distinct known.id
             from unnest(c.other_ids || array[c.platform_customer_id, %(new_id)s]
                         || %(ids)s::text[]) as known (id)
            where known.id <> case when c.platform_customer_id = %(old_id)s
                                   then %(new_id)s else c.platform_customer_id end
            order by known.id),
       phone_number = coalesce(%(phone)s, c.phone_number),
       updated_at = now()
 where c.user_id = %(tenant)s and c.id = %(id)s
"""


async def rename(
    unit: Unit, channel: ChannelId, customer: CustomerId, said: IncomingRenaming
) -> str:
    """Give a customer another id; returns renamed, or taken if that is somebody else's.

    Both ids stay known. An id that was only another name of theirs gives way to nothing:
    they go on under the one they are written to by.
    """
    params = {
        **_params(unit, channel, said.customer),
        "id": customer,
        "old_id": said.customer.platform_customer_id,
        "new_id": said.new_id,
        "phone": f"+{said.new_id}" if said.new_id.isdigit() else None,
    }
    if await unit.value(_TAKEN, params):
        return "taken"
    await unit.execute(_RENAME, params)
    return "renamed"


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
