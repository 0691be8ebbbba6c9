"""`conversation_messages`: what was said, and how far our words have come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from core.domain.errors import NotFound
from core.domain.ids import ChannelId, ConversationId, MessageId
from core.domain.message import DeliveryState, Direction, MessageType, Origin
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message that came from a platform: a customer's, or an echo of ours."""

    id: MessageId
    conversation_id: ConversationId
    direction: Direction
    origin: Origin
    type: MessageType
    text: str
    platform_message_id: str
    sender_id: str
    at: datetime
    media_url: str | None
    quoted_platform_id: str | None
    metadata: dict[str, Any]


_INSERT = """
insert into conversation_messages
    (id, user_id, conversation_id, direction, origin, message_type, text, platform_message_id,
     sender_id, platform_at, media_url, quoted_platform_id, metadata, delivery)
values (%(id)s, %(tenant)s, %(conversation)s, %(direction)s, %(origin)s, %(type)s, %(text)s,
        %(platform_id)s, %(sender)s, %(at)s, %(media_url)s, %(quoted)s, %(metadata)s,
        %(delivery)s)
on conflict (conversation_id, platform_message_id) do nothing
returning exists (
    select 1 from waiting_updates w
     where w.tenant_id = user_id and w.target_platform_id = platform_message_id
       and w.channel_id = (select v.social_account_id from conversations v
                            where v.user_id = %(tenant)s and v.id = %(conversation)s)
       and w.kind <> 'reread') as awaited
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A message that is new here, and whether facts about it have been waiting."""

    awaited: bool


async def insert(unit: Unit, message: NewMessage) -> Added | None:
    """Add a message that came from outside; None if it is here already."""
    outbound = message.direction is Direction.OUTBOUND
    params = {
        "id": message.id,
        "tenant": unit.tenant,
        "conversation": message.conversation_id,
        "direction": message.direction,
        "origin": message.origin,
        "type": message.type,
        "text": message.text,
        "platform_id": message.platform_message_id,
        "sender": message.sender_id,
        "at": message.at,
        "media_url": message.media_url,
        "quoted": message.quoted_platform_id,
        "metadata": Jsonb(message.metadata),
        "delivery": DeliveryState.ACCEPTED if outbound else None,
    }
    return await unit.row(Added, _INSERT, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A message found by its platform's id, locked."""

    id: MessageId
    conversation_id: ConversationId
    direction: Direction
    delivery: DeliveryState | None


_LOCATE = """
select m.id, m.conversation_id, m.direction, m.delivery
from conversation_messages m
join conversations c on c.user_id = m.user_id and c.id = m.conversation_id
where m.user_id = %(tenant)s and c.social_account_id = %(channel)s
  and m.platform_message_id = %(platform_id)s
for update of m
"""


async def locate(unit: Unit, channel: ChannelId, platform_id: str) -> Located | None:
    """Find and lock a message of a channel by the platform's id."""
    params = {"tenant": unit.tenant, "channel": channel, "platform_id": platform_id}
    return await unit.row(Located, _LOCATE, params)


_ADD_DETAILS = """
update conversation_messages
   set metadata = jsonb_set(metadata, '{details}',
           coalesce(metadata -> 'details', '{}') || %(details)s),
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and deleted_at is null
"""


async def add_details(unit: Unit, message: MessageId, details: dict[str, Any]) -> None:
    """Add to what a bubble shows beside its text, as the end of a call to its beginning."""
    params = {"tenant": unit.tenant, "id": message, "details": Jsonb(details)}
    await unit.execute(_ADD_DETAILS, params)


_DELIVERY_OF = """
select id, conversation_id, direction, delivery from conversation_messages
where user_id = %(tenant)s and id = %(id)s for update
"""


async def delivery_of(unit: Unit, message: MessageId) -> Located:
    """Lock a message of ours and return how far it has come.

    Raises:
        NotFound: it has been erased meanwhile.
    """
    found = await unit.row(Located, _DELIVERY_OF, {"tenant": unit.tenant, "id": message})
    if found is None:
        raise NotFound("That message no longer exists.")
    return found


_SET_DELIVERY = """
update conversation_messages
   set delivery = %(state)s, failure = %(failure)s, updated_at = now(),
       delivered_at = case when %(state)s in ('delivered', 'read')
                           then coalesce(delivered_at, %(at)s::timestamptz) else delivered_at end,
       read_at = case when %(state)s = 'read' then coalesce(read_at, %(at)s::timestamptz)
                      else read_at end
 where user_id = %(tenant)s and id = %(id)s
"""


async def set_delivery(
    unit: Unit,
    message: MessageId,
    state: DeliveryState,
    *,
    at: datetime | None = None,
    failure: str | None = None,
) -> None:
    """Show a new delivery state; the caller has made sure that it is a step forward."""
    params = {
        "tenant": unit.tenant,
        "id": message,
        "state": state,
        "at": at,
        "failure": failure,
    }
    await unit.execute(_SET_DELIVERY, params)


_SET_PLATFORM_ID = """
update conversation_messages set platform_message_id = %(platform_id)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and platform_message_id is null
"""


async def set_platform_id(unit: Unit, message: MessageId, platform_id: str) -> None:
    """Remember the id the platform gave to a message of ours."""
    params = {"tenant": unit.tenant, "id": message, "platform_id": platform_id}
    await unit.execute(_SET_PLATFORM_ID, params)


_PLATFORM_IDS = """
select platform_message_id from conversation_messages
where user_id = %(tenant)s and conversation_id = %(conversation)s and direction = 'outbound'
  and platform_message_id is not null
order by platform_at desc limit 200
"""


async def platform_ids(unit: Unit, conversation: ConversationId) -> list[str]:
    """Return the platform's ids of what we said last in a conversation."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    return [row[0] for row in await unit.tuples(_PLATFORM_IDS, params)]


_EDIT = """
update conversation_messages
   set text = %(text)s, edited_at = %(at)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and deleted_at is null
   and (edited_at is null or edited_at <= %(at)s) and text is distinct from %(text)s
"""
_DELETE = """
update conversation_messages
   set text = null, media_url = null, metadata = '{}', edited_at = null,
       own_reaction = null, deleted_at = %(at)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and deleted_at is null
"""


async def edit(unit: Unit, message: MessageId, text: str, at: datetime) -> None:
    """Replace the text by a later version; an unsent message stays empty.

    The same text once more is no edit: some platforms announce those too.
    """
    await unit.execute(
        _EDIT, {"tenant": unit.tenant, "id": message, "text": text, "at": at}
    )


async def unsend(unit: Unit, message: MessageId, at: datetime) -> None:
    """Empty a message its author took back."""
    await unit.execute(_DELETE, {"tenant": unit.tenant, "id": message, "at": at})


_WAIT = """
insert into waiting_updates (id, tenant_id, channel_id, target_platform_id, kind, payload, at)
values (gen_random_uuid(), %(tenant)s, %(channel)s, %(target)s, %(kind)s, %(payload)s, %(at)s)
"""
_TAKE_WAITING = """
delete from waiting_updates
 where tenant_id = %(tenant)s and channel_id = %(channel)s and target_platform_id = %(target)s
   and kind <> 'reread'
returning kind, payload, at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingUpdate:
    """A fact about a message that has not arrived yet."""

    kind: str
    payload: dict[str, Any]
    at: datetime


async def keep_waiting(
    unit: Unit, channel: ChannelId, target: str, update: WaitingUpdate
) -> None:
    """Keep a fact until the message it is about arrives."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "target": target,
        "kind": update.kind,
        "payload": Jsonb(update.payload),
        "at": update.at,
    }
    await unit.execute(_WAIT, params)


async def take_waiting(unit: Unit, channel: ChannelId, target: str) -> list[WaitingUpdate]:
    """Return and forget the facts that waited for a message, oldest first."""
    params = {"tenant": unit.tenant, "channel": channel, "target": target}
    taken = await unit.rows(WaitingUpdate, _TAKE_WAITING, params)
    return sorted(taken, key=lambda update: update.at)
