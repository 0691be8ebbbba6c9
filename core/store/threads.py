"""A thread: the messages of one conversation, a page at a time, and what stands beside."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from core.domain.attachment import Attachment
from core.domain.ids import ConversationId, MemberId, MessageId
from core.domain.message import Message, Quoted
from core.store import attachments
from core.store.pool import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCursor:
    """A place in a thread: just before this message."""

    at: datetime
    id: MessageId


_PAGE = """
select m.id, m.conversation_id, m.direction, m.origin, m.message_type as type,
       coalesce(m.text, '') as text, m.platform_at as at, m.platform_message_id, m.delivery,
       coalesce(m.failure, o.error_title) as failure, m.sent_by,
       t.display_name as sender_name, m.ai_decision_id as decision_id, m.edited_at,
       m.deleted_at, m.reactions, m.own_reaction, m.quoted_platform_id,
       coalesce(m.metadata -> 'details', '{}') as details
from conversation_messages m
left join outbox_items o on o.tenant_id = m.user_id and o.message_id = m.id
     and o.state in ('failed', 'unknown', 'needs_human', 'held', 'cancelled')
left join team_members t on t.tenant_id = m.user_id and t.user_id = m.sent_by
where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
  and (%(at)s::timestamptz is null or (m.platform_at, m.id) < (%(at)s, %(id)s::uuid))
order by m.platform_at desc, m.id desc
limit %(limit)s
"""


_QUOTED = """
select m.platform_message_id as platform_id, m.id, m.origin, m.message_type as type,
       left(coalesce(m.text, ''), %(most)s) as text, t.display_name as sender_name,
       m.deleted_at is not null as is_deleted
from conversation_messages m
left join team_members t on t.tenant_id = m.user_id and t.user_id = m.sent_by
where m.user_id = %(tenant)s and m.conversation_id = %(conversation)s
  and m.platform_message_id = any(%(ids)s)
"""
QUOTED_CHARS = 300
"""How much of a quoted message comes along: a line or two are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuotedRow(Quoted):
    platform_id: str


async def page(
    unit: Unit, conversation: ConversationId, before: MessageCursor | None, limit: int
) -> list[Message]:
    """Return messages oldest first: the last `limit`, or those before a place."""
    params = {
        "tenant": unit.tenant,
        "conversation": conversation,
        "at": None if before is None else before.at,
        "id": None if before is None else before.id,
        "limit": limit,
    }
    found = list(reversed(await unit.rows(Message, _PAGE, params)))
    files = await attachments.of_messages(unit, [message.id for message in found])
    by_message: dict[MessageId, list[Attachment]] = defaultdict(list)
    for file in files:
        by_message[file.message_id].append(_same(Attachment, file))
    quoted = await _quoted(unit, conversation, found)
    return [
        replace(
            one,
            attachments=tuple(by_message[one.id]),
            quoted=quoted.get(one.quoted_platform_id or ""),
        )
        for one in found
    ]


async def _quoted(
    unit: Unit, conversation: ConversationId, messages: Sequence[Message]
) -> dict[str, Quoted]:
    """Return what these messages answer, by its platform's id."""
    ids = {one.quoted_platform_id for one in messages if one.quoted_platform_id is not None}
    if not ids:
        return {}
    params = {
        "tenant": unit.tenant,
        "conversation": conversation,
        "ids": list(ids),
        "most": QUOTED_CHARS,
    }
    rows = await unit.rows(_QuotedRow, _QUOTED, params)
    known = {row.platform_id: _same(Quoted, row) for row in rows}
    return {name: known.get(name, Quoted()) for name in ids}


def _same(cls: type[T], row: T) -> T:
    """Return a row without what only the query needed."""
    values = {field.name: getattr(row, field.name) for field in fields(cast(Any, cls))}
    return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """What a conversation's header and side panel show of the row itself."""

    id: ConversationId
    channel_id: UUID
    status: str
    assignee_id: MemberId | None
    assignee_name: str | None
    window_ends_at: datetime | None
    assistant_paused: bool
    assistant_state: str | None
    epoch: int
    customer_since: datetime
    message_count: int
    composer_text: str


_ROW = """
select v.id, v.social_account_id as channel_id, v.status,
       v.assignee_user_id as assignee_id, t.display_name as assignee_name,
       v.reply_window_ends_at as window_ends_at, v.assistant_paused, v.assistant_state,
       v.epoch, c.created_at as customer_since,
       (select count(*) from conversation_messages m
         where m.user_id = v.user_id and m.conversation_id = v.id) as message_count,
       coalesce(d.text, '') as composer_text
from conversations v
join customers c on c.user_id = v.user_id and c.id = v.customer_id
left join team_members t on t.tenant_id = v.user_id and t.user_id = v.assignee_user_id
left join composer_drafts d on d.tenant_id = v.user_id and d.conversation_id = v.id
     and d.user_id = %(member)s
where v.user_id = %(tenant)s and v.id = %(id)s
"""


async def row(
    unit: Unit, conversation: ConversationId, member: MemberId
) -> ThreadRow | None:
    """Return a conversation as one member sees it."""
    params = {"tenant": unit.tenant, "id": conversation, "member": member}
    return await unit.row(ThreadRow, _ROW, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A private note: for colleagues, never for the customer."""

    id: UUID
    author_name: str
    text: str
    created_at: datetime


_NOTES = """
select n.id, coalesce(t.display_name, '') as author_name, n.text, n.created_at
from notes n left join team_members t
     on t.tenant_id = n.tenant_id and t.user_id = n.author_user_id
where n.tenant_id = %(tenant)s and n.conversation_id = %(conversation)s
order by n.created_at, n.id
"""


async def notes(unit: Unit, conversation: ConversationId) -> list[NoteRow]:
    """Return the private notes of a conversation, oldest first."""
    params = {"tenant": unit.tenant, "conversation": conversation}
    return await unit.rows(NoteRow, _NOTES, params)


_ADD_NOTE = """
insert into notes (id, tenant_id, conversation_id, author_user_id, text)
values (%(id)s, %(tenant)s, %(conversation)s, %(author)s, %(text)s)
"""


async def add_note(
    unit: Unit, conversation: ConversationId, note: UUID, author: MemberId, text: str
) -> None:
    """Add a private note."""
    params = {
        "id": note,
        "tenant": unit.tenant,
        "conversation": conversation,
        "author": author,
        "text": text,
    }
    await unit.execute(_ADD_NOTE, params)


_SAVE_COMPOSER = """
insert into composer_drafts (tenant_id, conversation_id, user_id, text, updated_at)
values (%(tenant)s, %(conversation)s, %(member)s, %(text)s, now())
on conflict (tenant_id, conversation_id, user_id) do update
   set text = excluded.text, updated_at = now()
"""
_CLEAR_COMPOSER = """
delete from composer_drafts
 where tenant_id = %(tenant)s and conversation_id = %(conversation)s and user_id = %(member)s
"""


async def save_composer(
    unit: Unit, conversation: ConversationId, member: MemberId, text: str
) -> None:
    """Keep what a member is typing; nothing typed leaves nothing kept."""
    params = {
        "tenant": unit.tenant,
        "conversation": conversation,
        "member": member,
        "text": text,
    }
    await unit.execute(_SAVE_COMPOSER if text else _CLEAR_COMPOSER, params)
