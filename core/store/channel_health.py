"""`channel_health`: how each channel is, when it is looked at, when its token is renewed."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ChannelId, TenantId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedChannel:
    """A channel to look at or to renew, under a lease; `fence` is named when settling it."""

    tenant_id: TenantId
    channel_id: ChannelId
    fence: int


_CLAIM_LOOKS = """
select tenant_id, channel_id, fence from app.claim_looks_v1(%(limit)s::int, %(lease)s::int)
"""
_CLAIM_RENEWALS = """
select tenant_id, channel_id, fence from app.claim_renewals_v1(%(limit)s::int, %(lease)s::int)
"""


async def claim_looks(unit: Unit, *, limit: int, lease: float) -> list[ClaimedChannel]:
    """Take channels to look at; a crash gives them back after `lease` seconds."""
    params = {"limit": limit, "lease": int(lease)}
    return await unit.rows(ClaimedChannel, _CLAIM_LOOKS, params)


async def claim_renewals(unit: Unit, *, limit: int, lease: float) -> list[ClaimedChannel]:
    """Take channels whose token is to be renewed; as `claim_looks`."""
    params = {"limit": limit, "lease": int(lease)}
    return await unit.rows(ClaimedChannel, _CLAIM_RENEWALS, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRow:
    """What the last look found, and what has been counted since; seconds of silence."""

    channel_id: ChannelId
    looked_at: datetime | None = None
    trouble: str | None = None
    missing_scopes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    missing_fields: tuple[str, ...] = ()
    subscribed: bool | None = None
    reachable: bool | None = None
    unreachable_why: str | None = None
    polled_until: datetime
    missed: int = 0
    missed_at: datetime | None = None
    usual_silence: float | None = None
    renew_due_at: datetime | None = None
    renewed_at: datetime | None = None


_ALL = """
select channel_id, looked_at, trouble, missing_scopes, fields, missing_fields, subscribed,
       reachable, unreachable_why, polled_until, missed, missed_at, usual_silence,
       renew_due_at, renewed_at
from channel_health where tenant_id = %(tenant)s
"""
_ONE = """
select channel_id, looked_at, trouble, missing_scopes, fields, missing_fields, subscribed,
       reachable, unreachable_why, polled_until, missed, missed_at, usual_silence,
       renew_due_at, renewed_at
from channel_health where tenant_id = %(tenant)s and channel_id = %(channel)s
"""


async def all_of(unit: Unit) -> dict[ChannelId, HealthRow]:
    """Return how the tenant's channels are."""
    found = await unit.rows(HealthRow, _ALL, {"tenant": unit.tenant})
    return {row.channel_id: row for row in found}


async def get(unit: Unit, channel: ChannelId) -> HealthRow | None:
    """Return how one channel is."""
    return await unit.row(HealthRow, _ONE, {"tenant": unit.tenant, "channel": channel})


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstFindings:
    """What is known of a channel from connecting it."""

    subscribed: bool | None = None
    fields: tuple[str, ...] = ()
    missing_fields: tuple[str, ...] = ()
    renew_due_at: datetime | None = None


_BEGIN = """
insert into channel_health (tenant_id, channel_id, subscribed, fields, missing_fields,
                            renew_due_at)
values (%(tenant)s, %(channel)s, %(subscribed)s, %(fields)s, %(missing)s, %(renew_due_at)s)
on conflict (tenant_id, channel_id) do update
   set subscribed = excluded.subscribed, fields = excluded.fields,
       missing_fields = excluded.missing_fields, renew_due_at = excluded.renew_due_at,
       missing_scopes = '{}', trouble = null, missed = 0, missed_at = null,
       renew_begun_at = null, renew_lost = 0, renewed_at = null,
       look_due_at = clock_timestamp()
"""
_WAKE_LOOKS = "select app.wake_v1('looks')"
_WAKE_RENEWALS = "select app.wake_v1('renewals')"


async def begin(unit: Unit, channel: ChannelId, found: FirstFindings) -> None:
    """Note what connecting found, and have a companion look at once."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "subscribed": found.subscribed,
        "fields": list(found.fields),
        "missing": list(found.missing_fields),
        "renew_due_at": found.renew_due_at,
    }
    await unit.execute(_BEGIN, params)
    await unit.execute(_WAKE_LOOKS)


_ASK_LOOK = """
insert into channel_health (tenant_id, channel_id) values (%(tenant)s, %(channel)s)
on conflict (tenant_id, channel_id) do update set look_due_at = clock_timestamp()
"""


async def ask_look(unit: Unit, channel: ChannelId) -> None:
    """Have a companion look at a channel now."""
    await unit.execute(_ASK_LOOK, {"tenant": unit.tenant, "channel": channel})
    await unit.execute(_WAKE_LOOKS)


_ASK_RENEWAL = """
insert into channel_health (tenant_id, channel_id, renew_due_at)
values (%(tenant)s, %(channel)s, now())
on conflict (tenant_id, channel_id) do update set renew_due_at = now()
"""


async def ask_renewal(unit: Unit, channel: ChannelId) -> None:
    """Have a companion renew a channel's token now; services only."""
    await unit.execute(_ASK_RENEWAL, {"tenant": unit.tenant, "channel": channel})
    await unit.execute(_WAKE_RENEWALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a look found; `missed` is how many messages no webhook had brought.

    `polled_until` is up to when everything is known now, None where nothing could be asked.
    """

    trouble: str | None = None
    missing_scopes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    missing_fields: tuple[str, ...] = ()
    subscribed: bool | None = None
    reachable: bool | None = None
    unreachable_why: str | None = None
    missed: int = 0
    polled_until: datetime | None = None


_RECORD = """
update channel_health
   set looked_at = clock_timestamp(), look_lease_until = null,
       look_due_at = clock_timestamp() + make_interval(secs => %(pause)s),
       trouble = %(trouble)s, missing_scopes = %(missing_scopes)s, fields = %(fields)s,
       missing_fields = %(missing_fields)s, subscribed = %(subscribed)s,
       reachable = %(reachable)s, unreachable_why = %(unreachable_why)s,
       missed = missed + %(missed)s,
       missed_at = case when %(missed)s > 0 then clock_timestamp() else missed_at end,
       polled_until = greatest(polled_until, %(polled_until)s)
 where tenant_id = %(tenant)s and channel_id = %(channel)s and look_fence = %(fence)s
   and look_due_at <= look_lease_until - make_interval(secs => %(lease)s)
"""
_GIVE_BACK = """
update channel_health set look_lease_until = null
 where tenant_id = %(tenant)s and channel_id = %(channel)s and look_fence = %(fence)s
"""


async def record(
    unit: Unit, claimed: ClaimedChannel, found: Findings, *, lease: float, pause: float
) -> bool:
    """Write what a look found; the next is due `pause` seconds later.

    `lease` is what the look was claimed with. False: it is too late. Where another look was
    asked for since the claim, as when the account was connected anew, this one has seen
    what no longer is: it is forgotten, and the other one is due.
    """
    params = {
        "lease": int(lease),
        "tenant": unit.tenant,
        "channel": claimed.channel_id,
        "fence": claimed.fence,
        "pause": pause,
        "trouble": found.trouble,
        "missing_scopes": list(found.missing_scopes),
        "fields": list(found.fields),
        "missing_fields": list(found.missing_fields),
        "subscribed": found.subscribed,
        "reachable": found.reachable,
        "unreachable_why": found.unreachable_why,
        "missed": found.missed,
        "polled_until": found.polled_until,
    }
    if await unit.execute(_RECORD, params):
        return True
    await unit.execute(_GIVE_BACK, params)
    return False


_MEASURE_SILENCE = """
update channel_health h
   set usual_at = clock_timestamp(),
       usual_silence = (
           select case when count(*) >= %(least)s then
                      max(extract(epoch from heard.at - heard.before))::float8 end
             from (select m.platform_at as at,
                          lag(m.platform_at) over (order by m.platform_at) as before
                     from conversation_messages m
                     join conversations c on c.user_id = m.user_id and c.id = m.conversation_id
                    where m.user_id = %(tenant)s and c.social_account_id = %(channel)s
                      and m.direction = 'inbound'
                      and m.platform_at > now() - make_interval(days => %(days)s)) as heard)
 where h.tenant_id = %(tenant)s and h.channel_id = %(channel)s
   and (h.usual_at is null or h.usual_at < now() - interval '6 hours')
"""


async def measure_silence(unit: Unit, channel: ChannelId, *, days: int, least: int) -> None:
    """Note the longest silence of the last `days`, of channels with `least` messages.

    Asked at most every six hours: it reads all of them.
    """
    params = {"tenant": unit.tenant, "channel": channel, "days": days, "least": least}
    await unit.execute(_MEASURE_SILENCE, params)
