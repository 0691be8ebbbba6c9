"""The inbox list: one keyset page at a time, out of any number of conversations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.channel import PlatformName
from core.domain.ids import ChannelId, ConversationId, MemberId
from core.domain.message import Direction
from core.store.pool import Unit


class InboxFilter(StrEnum):
    """Which conversations a list shows."""

    ALL = "all"
    MINE = "mine"
    ESCALATED = "escalated"
    WAITING = "waiting"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One line of the list; previews and counts stand on the conversation itself."""

    id: ConversationId
    channel_id: ChannelId
    platform: PlatformName
    customer_name: str
    username: str | None
    status: str
    last_message_at: datetime
    preview: str
    last_direction: Direction | None
    unread_count: int
    assistant_state: str | None
    window_ends_at: datetime | None
    assignee_id: MemberId | None
    assignee_name: str | None
    snoozed_until: datetime | None
    has_failed: bool
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in the list: just before or after this row."""

    last_message_at: datetime
    id: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a page is asked for."""

    filter: InboxFilter
    member: MemberId
    search: str
    limit: int


_OLDER = """
select id, channel_id, platform, customer_name, username, status, last_message_at, preview,
       last_direction, unread_count, assistant_state, window_ends_at, assignee_id,
       assignee_name, snoozed_until, has_failed, labels
from inbox_rows
where user_id = %(tenant)s
  and case %(filter)s
        when 'archived' then status = 'archived'
        when 'escalated' then status = 'escalated'
        when 'mine' then status <> 'archived' and assignee_id = %(member)s
        when 'waiting' then status <> 'archived'
             and (unread_count > 0 or assistant_state = 'drafted')
        else status <> 'archived' end
  and (snoozed_until is null or snoozed_until <= now() or %(filter)s = 'archived')
  and (%(search)s = '' or preview ilike %(like)s or customer_words ilike %(like)s)
  and (%(at)s::timestamptz is null or (last_message_at, id) < (%(at)s, %(id)s::uuid))
order by last_message_at desc, id desc
limit %(limit)s
"""
_NEWER = """
select id, channel_id, platform, customer_name, username, status, last_message_at, preview,
       last_direction, unread_count, assistant_state, window_ends_at, assignee_id,
       assignee_name, snoozed_until, has_failed, labels
from inbox_rows
where user_id = %(tenant)s
  and case %(filter)s
        when 'archived' then status = 'archived'
        when 'escalated' then status = 'escalated'
        when 'mine' then status <> 'archived' and assignee_id = %(member)s
        when 'waiting' then status <> 'archived'
             and (unread_count > 0 or assistant_state = 'drafted')
        else status <> 'archived' end
  and (snoozed_until is null or snoozed_until <= now() or %(filter)s = 'archived')
  and (%(search)s = '' or preview ilike %(like)s or customer_words ilike %(like)s)
  and (last_message_at, id) > (%(at)s, %(id)s::uuid)
order by last_message_at, id
limit %(limit)s
"""


async def older(unit: Unit, wanted: Wanted, before: Cursor | None) -> list[InboxRow]:
    """Return rows from the top, or just below a place, newest first."""
    return await unit.rows(InboxRow, _OLDER, _params(unit, wanted, before))


async def newer(unit: Unit, wanted: Wanted, after: Cursor) -> list[InboxRow]:
    """Return the rows just above a place, newest first."""
    nearest = await unit.rows(InboxRow, _NEWER, _params(unit, wanted, after))
    return nearest[::-1]


def _params(unit: Unit, wanted: Wanted, at: Cursor | None) -> dict[str, object]:
    escaped = wanted.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "tenant": unit.tenant,
        "filter": wanted.filter,
        "member": wanted.member,
        "search": wanted.search,
        "like": f"%{escaped}%",
        "at": None if at is None else at.last_message_at,
        "id": None if at is None else at.id,
        "limit": wanted.limit,
    }


_ROW = """
select id, channel_id, platform, customer_name, username, status, last_message_at, preview,
       last_direction, unread_count, assistant_state, window_ends_at, assignee_id,
       assignee_name, snoozed_until, has_failed, labels
from inbox_rows
where user_id = %(tenant)s and id = %(id)s
"""


async def row(unit: Unit, conversation: ConversationId) -> InboxRow | None:
    """Return one line of the list."""
    return await unit.row(InboxRow, _ROW, {"tenant": unit.tenant, "id": conversation})


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """The figures on the filter chips and the rail."""

    open: int
    mine: int
    escalated: int
    waiting: int


_COUNTS = """
select count(*) as open,
       count(*) filter (where assignee_user_id = %(member)s) as mine,
       count(*) filter (where status = 'escalated') as escalated,
       count(*) filter (where unread_count > 0 or assistant_state = 'drafted') as waiting
from conversations
where user_id = %(tenant)s and status <> 'archived'
  and (snoozed_until is null or snoozed_until <= now())
"""


async def counts(unit: Unit, member: MemberId) -> InboxCounts:
    """Return how many conversations each filter shows."""
    found = await unit.row(InboxCounts, _COUNTS, {"tenant": unit.tenant, "member": member})
    assert found is not None  # noqa: S101 - an aggregate always returns one row
    return found
