"""Forget what a platform's terms let us keep for a while only (migration 0041).

Each function takes one bounded batch of one channel, oldest first, and returns how many
rows it changed: fewer than the limit means that nothing is left. Rows that others hold are
left for the next time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.ids import ChannelId, TenantId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOf:
    """A channel, and whose it is."""

    tenant_id: TenantId
    channel_id: ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What to forget of one channel: what was taken in longer ago than `kept`."""

    channel: ChannelId
    kept: timedelta
    limit: int

    def params(self, unit: Unit) -> dict[str, Any]:
        """Return the parameters that every statement here shares."""
        return {
            "tenant": unit.tenant,
            "channel": self.channel,
            "kept": self.kept,
            "limit": self.limit,
        }


_CHANNELS = """
select tenant_id, channel_id from app.channels_of_platform_v1(%(platform)s)
"""


async def channels_of(unit: Unit, platform: PlatformName) -> list[ChannelOf]:
    """Return every channel of a platform, in all inboxes; services only."""
    return await unit.rows(ChannelOf, _CHANNELS, {"platform": platform})


_COMMENTS = """
with old as (
    select c.id from comments c
    join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
    join social_accounts a on a.user_id = p.user_id and a.id = p.social_account_id
    where c.user_id = %(tenant)s and a.id = %(channel)s
      and c.text is not null and c.text_stored_at < now() - %(kept)s
      and not c.own and c.author_id is distinct from a.account_id
    order by c.text_stored_at limit %(limit)s for update of c skip locked)
update comments c set text = null, expired_at = now()
  from old where c.user_id = %(tenant)s and c.id = old.id
returning c.ai_decision_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How many comments lost their words, and the decisions made about those words."""

    comments: int
    decisions: tuple[UUID, ...]


async def comments(unit: Unit, batch: Batch) -> Forgotten:
    """Forget what others wrote under our posts; our own comments and replies stay."""
    rows = await unit.tuples(_COMMENTS, batch.params(unit))
    decisions = tuple(row[0] for row in rows if row[0] is not None)
    return Forgotten(comments=len(rows), decisions=decisions)


_AUTHORS = """
with old as (
    select c.id from comments c
    join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
    join social_accounts a on a.user_id = p.user_id and a.id = p.social_account_id
    where c.user_id = %(tenant)s and a.id = %(channel)s
      and (c.author_name is not null or c.author_avatar_url is not null)
      and c.author_stored_at < now() - %(kept)s
      and not c.own and c.author_id is distinct from a.account_id
    order by c.author_stored_at limit %(limit)s for update of c skip locked)
update comments c set author_name = null, author_avatar_url = null
  from old where c.user_id = %(tenant)s and c.id = old.id
"""


async def authors(unit: Unit, batch: Batch) -> int:
    """Forget who commented, but for their ids."""
    return await unit.execute(_AUTHORS, batch.params(unit))


_PROFILES = """
with old as (
    select id, picture_blob_id from customers
    where user_id = %(tenant)s and social_account_id = %(channel)s
      and (name is not null or username is not null or phone_number is not null
           or email is not null or profile_pic_url is not null
           or picture_blob_id is not null)
      and profile_stored_at < now() - %(kept)s
    order by profile_stored_at limit %(limit)s for update skip locked)
update customers c
   set name = null, username = null, phone_number = null, email = null,
       profile_pic_url = null, picture_blob_id = null, picture_of = null,
       metadata = '{}', expired_at = now()
  from old where c.user_id = %(tenant)s and c.id = old.id
returning old.picture_blob_id
"""
_PICTURES = """
delete from blobs where tenant_id = %(tenant)s and id = any(%(pictures)s::uuid[])
"""


async def profiles(unit: Unit, batch: Batch) -> int:
    """Forget who customers are and what they look like, but for their ids."""
    rows = await unit.tuples(_PROFILES, batch.params(unit))
    pictures = [row[0] for row in rows if row[0] is not None]
    if pictures:
        await unit.execute(_PICTURES, {"tenant": unit.tenant, "pictures": pictures})
    return len(rows)


_DECISIONS = "select app.expire_decisions_v1(%(decisions)s::uuid[], %(words)s)"
_ESCALATIONS = """
update support_escalations set summary = %(words)s
 where user_id = %(tenant)s and decision_id = any(%(decisions)s::uuid[])
   and summary <> %(words)s
"""
_GAPS = """
delete from knowledge_gap_messages g using support_escalations e
 where g.tenant_id = %(tenant)s and e.user_id = g.tenant_id and e.id = g.escalation_id
   and e.decision_id = any(%(decisions)s::uuid[])
"""


async def decisions(unit: Unit, expired: Sequence[UUID], words: str) -> None:
    """Forget what decisions were about; `words` stand where people read why."""
    if not expired:
        return
    params = {"tenant": unit.tenant, "decisions": list(expired), "words": words}
    await unit.execute(_DECISIONS, params)
    await unit.execute(_GAPS, params)
    await unit.execute(_ESCALATIONS, params)


_WAITING = """
with old as (
    select id from waiting_updates
    where tenant_id = %(tenant)s and channel_id = %(channel)s
      and created_at < now() - %(kept)s
    order by created_at limit %(limit)s for update skip locked)
delete from waiting_updates w using old where w.tenant_id = %(tenant)s and w.id = old.id
"""


async def waiting(unit: Unit, batch: Batch) -> int:
    """Forget edits whose comment never came."""
    return await unit.execute(_WAITING, batch.params(unit))


_RUNS = """
select t.thread_id from assistant_threads t
left join conversations v on v.user_id = t.tenant_id and v.id = t.conversation_id
where t.tenant_id = %(tenant)s and t.created_at < now() - %(kept)s
  and (t.conversation_id is null or v.social_account_id = %(channel)s)
order by t.created_at limit %(limit)s
"""
_WRITES = "delete from checkpoint_writes where thread_id = any(%(runs)s)"
_BLOBS = "delete from checkpoint_blobs where thread_id = any(%(runs)s)"
_CHECKPOINTS = "delete from checkpoints where thread_id = any(%(runs)s)"
_THREADS = """
delete from assistant_threads where tenant_id = %(tenant)s and thread_id = any(%(runs)s)
"""


async def runs(unit: Unit, batch: Batch) -> int:
    """Forget the assistant's runs about the channel, and those about no conversation.

    A run about a comment names no channel, so an inbox that has such a channel keeps none
    of them longer than it may. Checkpoints hang on threads by name, so they go first.
    """
    found = [row[0] for row in await unit.tuples(_RUNS, batch.params(unit))]
    if not found:
        return 0
    params = {"tenant": unit.tenant, "runs": found}
    await unit.execute(_WRITES, params)
    await unit.execute(_BLOBS, params)
    await unit.execute(_CHECKPOINTS, params)
    return await unit.execute(_THREADS, params)


_BODIES = """
with old as (
    select id from webhook_events
    where platform = %(platform)s and state <> 'pending'
      and (octet_length(body) > 0 or payload is not null)
      and received_at < now() - %(kept)s
    order by received_at limit %(limit)s for update skip locked)
update webhook_events e set body = '', payload = null from old where e.id = old.id
"""


async def bodies(unit: Unit, platform: PlatformName, kept: timedelta, limit: int) -> int:
    """Empty settled webhooks of a platform, also those of nobody's channel; keys stay."""
    params = {"platform": platform, "kept": kept, "limit": limit}
    return await unit.execute(_BODIES, params)
