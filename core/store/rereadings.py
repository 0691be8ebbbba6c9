"""What to ask a platform for: it told that something was said or changed, and not how.

Messages and mentions wait beside the other facts about messages, as `waiting_updates` of the kind
`reread`; the id of such a row is what the background job is given.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from core.domain.ids import ChannelId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """One message or mention to ask for.

    `at` is when the platform said that it changed; `mentioned_in` is the post of a mention,
    None for a message.
    """

    channel_id: ChannelId
    target_platform_id: str
    at: datetime
    mentioned_in: str | None = None


_NOTE = """
insert into waiting_updates (id, tenant_id, channel_id, target_platform_id, kind, payload, at)
values (%(id)s, %(tenant)s, %(channel)s, %(target)s, 'reread', %(payload)s, %(at)s)
"""


async def note(unit: Unit, wanted: Reread) -> UUID:
    """Remember to ask, and return under which id."""
    noted = uuid4()
    params = {
        "id": noted,
        "tenant": unit.tenant,
        "channel": wanted.channel_id,
        "target": wanted.target_platform_id,
        "payload": Jsonb({"mentioned_in": wanted.mentioned_in}),
        "at": wanted.at,
    }
    await unit.execute(_NOTE, params)
    return noted


_GET = """
select channel_id, target_platform_id, at, payload ->> 'mentioned_in' as mentioned_in
from waiting_updates
where tenant_id = %(tenant)s and id = %(id)s and kind = 'reread'
"""


async def get(unit: Unit, noted: UUID) -> Reread | None:
    """Return what to ask for, None when that has been done."""
    return await unit.row(Reread, _GET, {"tenant": unit.tenant, "id": noted})


_DONE = """
delete from waiting_updates
where tenant_id = %(tenant)s and id = %(id)s and kind = 'reread'
"""


async def done(unit: Unit, noted: UUID) -> None:
    """Forget it: the message says what it says now."""
    await unit.execute(_DONE, {"tenant": unit.tenant, "id": noted})
