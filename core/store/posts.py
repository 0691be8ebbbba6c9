"""`scheduled_posts` and `post_runs`: what is to be published, and how far it has come.

Every write of a step names the fence of its claim: whoever was frozen past a lease, or
works on a post that was moved or cancelled meanwhile, changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from core.domain.ids import ChannelId, MemberId, PostId
from core.domain.post import (
    ClaimedPost,
    PlannedContent,
    Post,
    PostStatus,
    Run,
    StoredProgress,
)
from core.store.outbox import Failure
from core.store.pool import Unit
from core.store.post_rows import PostRow, as_json, post_of

_ADD = """
insert into scheduled_posts (id, user_id, channel_id, platform, content_json, publish_at,
                             time_zone, created_by)
select %(id)s, a.user_id, a.id, a.platform, %(content)s, coalesce(%(at)s, now()), %(zone)s,
       %(member)s
from social_accounts a where a.user_id = %(tenant)s and a.id = %(channel)s
on conflict (id) do nothing
"""
_WAKE = "select app.wake_v1('posts')"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post to publish at `at`, None for now; the same `id` twice is one post."""

    id: PostId
    channel: ChannelId
    content: PlannedContent
    at: datetime | None
    time_zone: str
    member: MemberId


async def add(unit: Unit, post: NewPost) -> None:
    """Queue a post and wake whoever publishes."""
    params = {
        "id": post.id,
        "tenant": unit.tenant,
        "channel": post.channel,
        "content": Jsonb(as_json(post.content)),
        "at": post.at,
        "zone": post.time_zone,
        "member": post.member,
    }
    await unit.execute(_ADD, params)
    await unit.execute(_WAKE)


_MOVE = "select app.move_post_v1(%(id)s, coalesce(%(at)s, now()))"
_SETTLE = "select app.settle_post_v1(%(id)s, %(status)s)"


async def move(unit: Unit, post: PostId, at: datetime | None) -> str:
    """Give a post another time; returns moved, or why not (see the migration)."""
    return str(await unit.value(_MOVE, {"id": post, "at": at}))


async def settle(unit: Unit, post: PostId, status: PostStatus) -> str:
    """Cancel a post, queue it again, or say what became of it; returns as `move` does."""
    return str(await unit.value(_SETTLE, {"id": post, "status": status}))


_CLAIM = """
select tenant_id, post_id, channel_id, fence
from app.claim_posts_v1(%(limit)s::int, %(lease)s::int, %(but)s::uuid[])
"""
_EXTEND = """
update scheduled_posts set lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
 where user_id = %(tenant)s and id = %(id)s and fence = %(fence)s and status = 'publishing'
"""


async def claim(
    unit: Unit, *, limit: int, lease: float, but: Sequence[ChannelId] = ()
) -> list[ClaimedPost]:
    """Take posts whose next step is due, passing by some channels."""
    params = {"limit": limit, "lease": int(lease), "but": list(but)}
    return await unit.rows(ClaimedPost, _CLAIM, params)


def _named(unit: Unit, claimed: ClaimedPost) -> dict[str, Any]:
    return {"tenant": unit.tenant, "id": claimed.post_id, "fence": claimed.fence}


async def extend(unit: Unit, claimed: ClaimedPost, *, lease: float) -> bool:
    """Hold a claim for longer; False when it was lost."""
    params = _named(unit, claimed) | {"lease": lease}
    return await unit.execute(_EXTEND, params) == 1


_LOAD = """
select s.id, s.user_id as tenant, s.channel_id, s.platform, a.account_name, s.content_json,
       s.publish_at, s.time_zone, s.status, s.phase, s.created_by, s.next_step_at,
       s.published_at, s.platform_post_id, s.error_code, s.error_message as error,
       s.error_next, s.handles, s.begun_at, s.retry_count as tries
from scheduled_posts s
join social_accounts a on a.user_id = s.user_id and a.id = s.channel_id
where s.user_id = %(tenant)s and s.id = %(id)s
  and (%(fence)s::bigint is null or (s.fence = %(fence)s and s.status = 'publishing'))
"""
_PAGE = """
select s.id, s.user_id as tenant, s.channel_id, s.platform, a.account_name, s.content_json,
       s.publish_at, s.time_zone, s.status, s.phase, s.created_by, s.next_step_at,
       s.published_at, s.platform_post_id, s.error_code, s.error_message as error,
       s.error_next, s.handles, s.begun_at, s.retry_count as tries
from scheduled_posts s
join social_accounts a on a.user_id = s.user_id and a.id = s.channel_id
where s.user_id = %(tenant)s
  and (%(channel)s::uuid is null or s.channel_id = %(channel)s)
  and (%(ended)s or s.status not in ('published', 'cancelled', 'skipped'))
order by s.publish_at desc, s.id desc
limit %(limit)s::int
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPost:
    """A claimed post and how far it has come."""

    post: Post
    progress: StoredProgress


async def load(unit: Unit, claimed: ClaimedPost) -> LoadedPost | None:
    """Return a claimed post, or None if the claim was lost."""
    row = await unit.row(PostRow, _LOAD, _named(unit, claimed))
    if row is None:
        return None
    progress = StoredProgress(
        phase=row.phase,
        handles=row.handles,
        begun_at=row.begun_at,
        platform_post_id=row.platform_post_id,
        tries=row.tries,
    )
    return LoadedPost(post=post_of(row), progress=progress)


async def get(unit: Unit, post: PostId) -> Post | None:
    """Return one post."""
    row = await unit.row(PostRow, _LOAD, {"tenant": unit.tenant, "id": post, "fence": None})
    return None if row is None else post_of(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPosts:
    """Which posts to list: of one channel or all, with those that are over or without."""

    channel: ChannelId | None = None
    ended: bool = False


async def page(unit: Unit, wanted: WantedPosts, *, limit: int) -> list[Post]:
    """Return posts, the latest time first."""
    params = {
        "tenant": unit.tenant,
        "channel": wanted.channel,
        "ended": wanted.ended,
        "limit": limit,
    }
    return [post_of(row) for row in await unit.rows(PostRow, _PAGE, params)]


_QUEUE_UP = """
select id from social_accounts where user_id = %(tenant)s and id = %(channel)s
for no key update
"""
_BEGIN = """
update scheduled_posts s
   set phase = 'publishing', begun_at = coalesce(s.begun_at, clock_timestamp()),
       next_step_at = clock_timestamp() + interval '5 minutes'
 where s.user_id = %(tenant)s and s.id = %(id)s and s.fence = %(fence)s
   and s.status = 'publishing' and s.phase = 'ready'
   and s.lease_until > clock_timestamp() + make_interval(secs => %(margin)s)
   and not exists (
       select 1 from scheduled_posts o
        where o.user_id = s.user_id and o.channel_id = s.channel_id and o.id <> s.id
          and o.status = 'publishing' and o.phase = 'publishing')
   and not exists (
       select 1 from post_runs r
        where r.user_id = s.user_id and r.scheduled_post_id = s.id
          and r.occurrence = %(occurrence)s and r.status in ('success', 'uncertain'))
returning s.begun_at
"""
_RUN = """
insert into post_runs as r (id, user_id, scheduled_post_id, occurrence)
values (%(run)s, %(tenant)s, %(id)s, %(occurrence)s)
on conflict (scheduled_post_id, occurrence) do update
   set status = 'running', finished_at = null, error = null
"""


async def begin(
    unit: Unit, claimed: ClaimedPost, run: Run, *, margin: float
) -> datetime | None:
    """Take the last step before a post is published; None means: not now.

    Posts of a channel go one after the other: two with the same words would be taken for
    one another when the platform is asked whether they are there. Should we die now, nobody
    asks for five minutes: platforms' lists lag behind (LinkedIn's looks span as long).
    """
    params = _named(unit, claimed) | {
        "channel": claimed.channel_id,
        "margin": margin,
        "run": run.id,
        "occurrence": run.occurrence,
    }
    await unit.execute(_QUEUE_UP, params)
    begun: datetime | None = await unit.value(_BEGIN, params)
    if begun is not None:
        await unit.execute(_RUN, params)
    return begun


_RECORD = """
update scheduled_posts
   set status = %(status)s, phase = %(phase)s, handles = %(handles)s, lease_until = null,
       next_step_at = now() + make_interval(secs => %(wait)s),
       platform_post_id = coalesce(%(platform_id)s, platform_post_id),
       published_at = case %(status)s when 'published' then now() end,
       retry_count = %(tries)s, error_code = %(code)s, error_message = %(title)s,
       error_next = %(next)s
 where user_id = %(tenant)s and id = %(id)s and fence = %(fence)s
   and status = 'publishing'
"""
_END_RUN = """
insert into post_runs as r (id, user_id, scheduled_post_id, occurrence, status, error,
                            platform_post_id, finished_at)
values (%(run)s, %(tenant)s, %(id)s, %(occurrence)s, %(run_status)s, %(title)s,
        %(platform_id)s, now())
on conflict (scheduled_post_id, occurrence) do update
   set status = excluded.status, error = excluded.error, finished_at = now(),
       platform_post_id = coalesce(excluded.platform_post_id, r.platform_post_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a step has come to: stored before the next one, which is due in `wait` seconds."""

    status: PostStatus
    phase: str
    handles: Mapping[str, str]
    wait: float = 0.0
    platform_post_id: str | None = None
    tries: int = 0
    why: Failure | None = None


async def record(unit: Unit, claimed: ClaimedPost, reached: Reached) -> bool:
    """Write what a step has come to and give the post back; False if the claim was lost."""
    why = reached.why
    params = _named(unit, claimed) | {
        "status": reached.status,
        "phase": reached.phase,
        "handles": Jsonb(dict(reached.handles)),
        "wait": reached.wait,
        "platform_id": reached.platform_post_id,
        "tries": reached.tries,
        "code": why.code if why else None,
        "title": why.title if why else None,
        "next": (why.next_step or None) if why else None,
    }
    return await unit.execute(_RECORD, params) == 1


_RUN_STATUS = {
    PostStatus.PUBLISHED: "success",
    PostStatus.FAILED: "failed",
    PostStatus.UNCERTAIN: "uncertain",
}


async def end_run(unit: Unit, claimed: ClaimedPost, run: Run, reached: Reached) -> None:
    """Write how an attempt ended, if this was its end."""
    ending = _RUN_STATUS.get(reached.status)
    if ending is not None:
        params = _named(unit, claimed) | {
            "run": run.id,
            "occurrence": run.occurrence,
            "run_status": ending,
            "title": reached.why.title if reached.why else None,
            "platform_id": reached.platform_post_id,
        }
        await unit.execute(_END_RUN, params)
