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
select v.id, v.social_account_id as channel_id, v.platform,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer_name,
       c.username, v.status, v.last_message_at, coalesce(v.last_preview, '') as preview,
       v.last_direction, v.unread_count, v.assistant_state,
       v.reply_window_ends_at as window_ends_at, v.assignee_user_id as assignee_id,
       t.display_name as assignee_name, v.snoozed_until,
       exists (select 1 from outbox_items o
                where o.tenant_id = v.user_id and o.conversation_id = v.id
                  and o.state in ('unknown', 'needs_human', 'held')) as has_failed,
       coalesce((select array_agg(l.name order by l.name) from conversation_labels x
                   join labels l on l.tenant_id = x.tenant_id and l.id = x.label_id
                  where x.tenant_id = v.user_id and x.conversation_id = v.id), '{}') as labels
from conversations v
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join team_members t on t.tenant_id = v.user_id and t.user_id = v.assignee_user_id
where v.user_id = %(tenant)s
  and case %(filter)s
        when 'archived' then v.status = 'archived'
        when 'escalated' then v.status = 'escalated'
        when 'mine' then v.status <> 'archived' and v.assignee_user_id = %(member)s
        when 'waiting' then v.status <> 'archived'
             and (v.unread_count > 0 or v.assistant_state = 'drafted')
        else v.status <> 'archived' end
  and (v.snoozed_until is null or v.snoozed_until <= now() or %(filter)s = 'archived')
  and (%(search)s = '' or v.last_preview ilike %(like)s
       or (coalesce(c.name, '') || ' ' || coalesce(c.username, '') || ' '
           || coalesce(c.phone_number, '')) ilike %(like)s)
  and (%(at)s::timestamptz is null or (v.last_message_at, v.id) < (%(at)s, %(id)s::uuid))
order by v.last_message_at desc, v.id desc
limit %(limit)s
"""
_NEWER = """
select * from (
select v.id, v.social_account_id as channel_id, v.platform,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer_name,
       c.username, v.status, v.last_message_at, coalesce(v.last_preview, '') as preview,
       v.last_direction, v.unread_count, v.assistant_state,
       v.reply_window_ends_at as window_ends_at, v.assignee_user_id as assignee_id,
       t.display_name as assignee_name, v.snoozed_until,
       exists (select 1 from outbox_items o
                where o.tenant_id = v.user_id and o.conversation_id = v.id
                  and o.state in ('unknown', 'needs_human', 'held')) as has_failed,
       coalesce((select array_agg(l.name order by l.name) from conversation_labels x
                   join labels l on l.tenant_id = x.tenant_id and l.id = x.label_id
                  where x.tenant_id = v.user_id and x.conversation_id = v.id), '{}') as labels
from conversations v
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join team_members t on t.tenant_id = v.user_id and t.user_id = v.assignee_user_id
where v.user_id = %(tenant)s
  and case %(filter)s
        when 'archived' then v.status = 'archived'
        when 'escalated' then v.status = 'escalated'
        when 'mine' then v.status <> 'archived' and v.assignee_user_id = %(member)s
        when 'waiting' then v.status <> 'archived'
             and (v.unread_count > 0 or v.assistant_state = 'drafted')
        else v.status <> 'archived' end
  and (v.snoozed_until is null or v.snoozed_until <= now() or %(filter)s = 'archived')
  and (%(search)s = '' or v.last_preview ilike %(like)s
       or (coalesce(c.name, '') || ' ' || coalesce(c.username, '') || ' '
           || coalesce(c.phone_number, '')) ilike %(like)s)
  and (v.last_message_at, v.id) > (%(at)s, %(id)s::uuid)
order by v.last_message_at, v.id
limit %(limit)s) nearest
order by last_message_at desc, id desc
"""


async def older(unit: Unit, wanted: Wanted, before: Cursor | None) -> list[InboxRow]:
    """Return rows from the top, or just below a place, newest first."""
    return await unit.rows(InboxRow, _OLDER, _params(unit, wanted, before))


async def newer(unit: Unit, wanted: Wanted, after: Cursor) -> list[InboxRow]:
    """Return the rows just above a place, newest first."""
    return await unit.rows(InboxRow, _NEWER, _params(unit, wanted, after))


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
select v.id, v.social_account_id as channel_id, v.platform,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer_name,
       c.username, v.status, v.last_message_at, coalesce(v.last_preview, '') as preview,
       v.last_direction, v.unread_count, v.assistant_state,
       v.reply_window_ends_at as window_ends_at, v.assignee_user_id as assignee_id,
       t.display_name as assignee_name, v.snoozed_until,
       exists (select 1 from outbox_items o
                where o.tenant_id = v.user_id and o.conversation_id = v.id
                  and o.state in ('unknown', 'needs_human', 'held')) as has_failed,
       coalesce((select array_agg(l.name order by l.name) from conversation_labels x
                   join labels l on l.tenant_id = x.tenant_id and l.id = x.label_id
                  where x.tenant_id = v.user_id and x.conversation_id = v.id), '{}') as labels
from conversations v
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join team_members t on t.tenant_id = v.user_id and t.user_id = v.assignee_user_id
where v.user_id = %(tenant)s and v.id = %(id)s
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
