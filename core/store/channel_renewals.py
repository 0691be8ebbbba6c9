"""`channel_health`, the renewal of tokens: begun, answered, lost, under a fence."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ChannelId
from core.store.channel_health import ClaimedChannel
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a renewal stands: `lost` counts those that began and were never answered.

    `fresh_seconds` is how long ago the token was renewed last, by the database's clock.
    """

    lost: int
    fresh_seconds: float | None
    has_ended: bool


_BEGIN = """
update channel_health h
   set renew_lost = h.renew_lost + case when h.renew_begun_at is null then 0 else 1 end,
       renew_begun_at = clock_timestamp()
  from social_accounts a
 where h.tenant_id = %(tenant)s and h.channel_id = %(channel)s and h.renew_fence = %(fence)s
   and a.user_id = h.tenant_id and a.id = h.channel_id
returning h.renew_lost as lost,
          extract(epoch from clock_timestamp() - h.renewed_at)::float8 as fresh_seconds,
          coalesce(a.token_expires_at < clock_timestamp(), false) as has_ended
"""


async def begin(unit: Unit, claimed: ClaimedChannel) -> Standing | None:
    """Note that a renewal is under way; None when another companion has it."""
    return await unit.row(Standing, _BEGIN, _params(unit, claimed))


_ANSWERED = """
update channel_health
   set renew_begun_at = null, renew_lost = 0, renew_lease_until = null,
       renewed_at = clock_timestamp(), renew_due_at = %(due_at)s
 where tenant_id = %(tenant)s and channel_id = %(channel)s and renew_fence = %(fence)s
"""
_SETTLED = """
update channel_health
   set renew_begun_at = null, renew_lost = 0, renew_lease_until = null,
       renew_due_at = %(due_at)s
 where tenant_id = %(tenant)s and channel_id = %(channel)s and renew_fence = %(fence)s
"""
_NOT_SENT = """
update channel_health
   set renew_begun_at = null, renew_lease_until = null,
       renew_due_at = clock_timestamp() + make_interval(secs => %(delay)s)
 where tenant_id = %(tenant)s and channel_id = %(channel)s and renew_fence = %(fence)s
"""
_LOST = """
update channel_health
   set renew_lease_until = null,
       renew_due_at = clock_timestamp() + make_interval(secs => %(delay)s)
 where tenant_id = %(tenant)s and channel_id = %(channel)s and renew_fence = %(fence)s
"""


async def answered(unit: Unit, claimed: ClaimedChannel, *, due_at: datetime | None) -> bool:
    """Note that a fresh token is in place; False when the fence has moved on."""
    params = {**_params(unit, claimed), "due_at": due_at}
    return await unit.execute(_ANSWERED, params) == 1


async def settled(unit: Unit, claimed: ClaimedChannel, *, due_at: datetime | None) -> bool:
    """Note that nothing was or can be renewed, and when to come back, if ever."""
    params = {**_params(unit, claimed), "due_at": due_at}
    return await unit.execute(_SETTLED, params) == 1


async def not_sent(unit: Unit, claimed: ClaimedChannel, *, delay: float) -> None:
    """Note that the platform was not reached: nothing is lost, try again later."""
    await unit.execute(_NOT_SENT, {**_params(unit, claimed), "delay": delay})


async def lost(unit: Unit, claimed: ClaimedChannel, *, delay: float) -> None:
    """Note that no answer came: the mark of the begun renewal stays, as after a crash."""
    await unit.execute(_LOST, {**_params(unit, claimed), "delay": delay})


def _params(unit: Unit, claimed: ClaimedChannel) -> dict[str, object]:
    return {
        "tenant": unit.tenant,
        "channel": ChannelId(claimed.channel_id),
        "fence": claimed.fence,
    }


_WAKE_OUTBOX = "select app.wake_v1('outbox')"


async def wake_outbox(unit: Unit) -> None:
    """Have what waits for a channel sent, when the transaction commits."""
    await unit.execute(_WAKE_OUTBOX)
