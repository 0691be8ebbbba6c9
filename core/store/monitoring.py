"""`monitored_posts`, `monitoring_rules`, `comment_checkpoint`: which posts are read, and how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.ids import ChannelId, MonitoredPostId, TenantId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedPost:
    """A post to read, under a lease."""

    tenant_id: TenantId
    post_id: MonitoredPostId
    channel_id: ChannelId
    fence: int


_CLAIM = """
select tenant_id, post_id, channel_id, fence
from app.claim_posts_to_read_v1(%(limit)s::int, %(lease)s::int)
"""


async def claim(unit: Unit, *, limit: int, lease: float) -> list[ClaimedPost]:
    """Take the posts whose next look is due."""
    return await unit.rows(ClaimedPost, _CLAIM, {"limit": limit, "lease": int(lease)})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlace:
    """A claimed post, and where the last reading stopped before its end."""

    platform_post_id: str
    cursor: str | None


_LOAD = """
select p.platform_post_id, k.last_cursor as cursor
from monitored_posts p
left join comment_checkpoint k on k.user_id = p.user_id and k.monitored_post_id = p.id
where p.user_id = %(tenant)s and p.id = %(id)s and p.fence = %(fence)s
"""


async def load(unit: Unit, claimed: ClaimedPost) -> ReadingPlace | None:
    """Return what to read, or None if the claim was lost."""
    params = {"tenant": unit.tenant, "id": claimed.post_id, "fence": claimed.fence}
    return await unit.row(ReadingPlace, _LOAD, params)


_CHECKPOINT = """
insert into comment_checkpoint as k (user_id, monitored_post_id, last_cursor, last_check_at)
values (%(tenant)s, %(id)s, %(cursor)s, now())
on conflict (monitored_post_id) do update
   set last_cursor = excluded.last_cursor, last_check_at = now(), updated_at = now()
"""
_READ = """
update monitored_posts
   set last_check_at = now(), lease_until = null,
       next_check_at = now() + make_interval(secs => %(pause)s)
 where user_id = %(tenant)s and id = %(id)s and fence = %(fence)s
"""


async def keep_place(unit: Unit, claimed: ClaimedPost, cursor: str | None) -> None:
    """Remember where to read on; None: the end was reached, begin with the newest."""
    params = {"tenant": unit.tenant, "id": claimed.post_id, "cursor": cursor}
    await unit.execute(_CHECKPOINT, params)


async def was_read(unit: Unit, claimed: ClaimedPost, *, pause: float) -> None:
    """Give a post back, to be read again in `pause` seconds."""
    params = {
        "tenant": unit.tenant,
        "id": claimed.post_id,
        "fence": claimed.fence,
        "pause": pause,
    }
    await unit.execute(_READ, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRule:
    """Which posts of a channel are read by themselves: the newest `count`, for `days`."""

    enabled: bool
    count: int
    days: int


_RULE = """
select auto_monitor_enabled as enabled, auto_monitor_count as count,
       monitoring_duration_days as days
from monitoring_rules
where user_id = %(tenant)s
  and (social_account_id = %(channel)s or social_account_id is null)
order by social_account_id nulls last limit 1
"""
DEFAULT_RULE = MonitoringRule(enabled=True, count=5, days=7)
"""The reference schema's defaults, for a tenant without a row."""


async def rule(unit: Unit, channel: ChannelId) -> MonitoringRule:
    """Return the rule of a channel, else the tenant's, else the default."""
    params = {"tenant": unit.tenant, "channel": channel}
    return await unit.row(MonitoringRule, _RULE, params) or DEFAULT_RULE


_MONITOR = """
update monitored_posts
   set monitoring_started_at = coalesce(monitoring_started_at, now()),
       monitoring_ends_at = coalesce(monitoring_ends_at, %(ends_at)s),
       next_check_at = coalesce(next_check_at, now())
 where user_id = %(tenant)s and id = %(id)s and monitoring_enabled
   and monitoring_started_at is null
"""


async def monitor(unit: Unit, post: MonitoredPostId, *, ends_at: datetime) -> bool:
    """Begin to read a post; True if that is new."""
    params = {"tenant": unit.tenant, "id": post, "ends_at": ends_at}
    return await unit.execute(_MONITOR, params) == 1


_WATCH = """
update monitored_posts
   set monitoring_enabled = %(enabled)s,
       monitoring_started_at = case when %(enabled)s then
           coalesce(monitoring_started_at, now()) else monitoring_started_at end,
       monitoring_ends_at = case when %(enabled)s then %(ends_at)s else monitoring_ends_at end,
       next_check_at = case when %(enabled)s then now() end
 where user_id = %(tenant)s and id = %(id)s
"""


async def watch(
    unit: Unit, post: MonitoredPostId, *, ends_at: datetime, enabled: bool
) -> bool:
    """Read a post until `ends_at`, or no longer; returns whether there is such a post."""
    params = {"tenant": unit.tenant, "id": post, "ends_at": ends_at, "enabled": enabled}
    return await unit.execute(_WATCH, params) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantChannel:
    """A channel of some tenant."""

    tenant_id: TenantId
    channel_id: ChannelId


_CHANNELS_OF = """
select tenant_id, channel_id from app.channels_of_v1(%(platforms)s::text[])
"""


async def channels_of(unit: Unit, platforms: Sequence[str]) -> list[TenantChannel]:
    """Return every running channel of these platforms, over all tenants."""
    return await unit.rows(TenantChannel, _CHANNELS_OF, {"platforms": list(platforms)})


_LIST_NOW = """
insert into channel_health as h (tenant_id, channel_id, posts_listed_at)
values (%(tenant)s, %(channel)s, clock_timestamp())
on conflict (tenant_id, channel_id) do update set posts_listed_at = excluded.posts_listed_at
 where h.posts_listed_at is null or h.posts_listed_at <= clock_timestamp() - %(every)s
"""


async def list_now(unit: Unit, channel: ChannelId, every: timedelta) -> bool:
    """Note that a channel's posts are listed now; False if they were within `every`."""
    params = {"tenant": unit.tenant, "channel": channel, "every": every}
    return await unit.execute(_LIST_NOW, params) == 1
