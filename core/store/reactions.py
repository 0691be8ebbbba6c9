"""Reactions on `conversation_messages`, and the ids that marks on messages need."""

from datetime import datetime

from core.domain.ids import ConversationId, MessageId
from core.store.pool import Unit

_REACT = """
update conversation_messages
   set reactions = case
         when %(emoji)s = '' then array_remove(reactions, reactions[1])
         else array[%(emoji)s::text] end,
       reacted_at = %(at)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
   and (reacted_at is null or reacted_at <= %(at)s)
"""


async def react(unit: Unit, message: MessageId, emoji: str, at: datetime) -> None:
    """Set the customer's one reaction on a message; an empty emoji takes it away.

    The later of two reactions stands, whichever is told first.
    """
    params = {"tenant": unit.tenant, "id": message, "emoji": emoji, "at": at}
    await unit.execute(_REACT, params)


_REACT_OURSELVES = """
update conversation_messages
   set own_reaction = nullif(%(emoji)s, ''), own_reacted_at = %(at)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and deleted_at is null
   and (own_reacted_at is null or own_reacted_at <= %(at)s)
"""
_DROP_REACTION = """
update conversation_messages set own_reaction = null, updated_at = now()
 where user_id = %(tenant)s and conversation_id = %(conversation)s
   and platform_message_id = %(target)s and own_reaction = %(emoji)s
"""


async def react_ourselves(unit: Unit, message: MessageId, emoji: str, at: datetime) -> None:
    """Set the team's one reaction on a message, as it was set in the platform's own app.

    The later of two stands, also above one that was made here.
    """
    params = {"tenant": unit.tenant, "id": message, "emoji": emoji, "at": at}
    await unit.execute(_REACT_OURSELVES, params)


async def drop_reaction(
    unit: Unit, conversation: ConversationId, target: str, emoji: str
) -> None:
    """Take the team's reaction off a message, because it could not be sent."""
    params = {
        "tenant": unit.tenant,
        "conversation": conversation,
        "target": target,
        "emoji": emoji,
    }
    await unit.execute(_DROP_REACTION, params)


_PLATFORM_ID_OF = """
select platform_message_id from conversation_messages
where user_id = %(tenant)s and conversation_id = %(conversation)s and id = %(id)s
  and deleted_at is null
"""


async def platform_id_of(
    unit: Unit, conversation: ConversationId, message: MessageId
) -> str | None:
    """Return a message's id at its platform, None while it has none or is gone."""
    params = {"tenant": unit.tenant, "conversation": conversation, "id": message}
    found: str | None = await unit.value(_PLATFORM_ID_OF, params)
    return found


_NEWEST_OF_CUSTOMER = """
select platform_message_id from conversation_messages
where user_id = %(tenant)s and conversation_id = %(conversation)s and direction = 'inbound'
  and platform_message_id is not null and message_type not in ('system', 'call')
order by platform_at desc, id desc limit 1
"""


async def newest_platform_id(unit: Unit, conversation: ConversationId) -> str | None:
    """Return the platform's id of the last message that the customer wrote."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    found: str | None = await unit.value(_NEWEST_OF_CUSTOMER, params)
    return found
