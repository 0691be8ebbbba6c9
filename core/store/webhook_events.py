"""`webhook_events`: every body a platform sent us, kept as it came (journey, steps 1-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from core.domain.ids import ChannelId, EventId, TenantId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedBody:
    """A verified body on its way into the table."""

    id: EventId
    platform: str
    body: bytes
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedEvent:
    """A body to be processed, under a lease; `fence` must be named when settling it."""

    id: EventId
    platform: str
    body: bytes
    attempt: int
    fence: int
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A channel of a tenant that owns the account a fact is addressed to."""

    tenant_id: TenantId
    channel_id: ChannelId


_INSERT = """
with kept as (
    insert into webhook_events (id, platform, body, body_sha256)
    select * from unnest(%(ids)s::uuid[], %(platforms)s::text[], %(bodies)s::bytea[],
                         %(digests)s::bytea[]) as received (id, platform, body, digest)
    order by platform, digest  -- two companions with the same bodies must not lock crosswise
    on conflict (platform, body_sha256) do nothing)
select app.wake_v1('inbound')
"""
_WAKE = "select app.wake_v1('inbound')"


async def insert(unit: Unit, bodies: Sequence[ReceivedBody]) -> None:
    """Keep a batch of bodies, in one statement; one that is here already is a repetition."""
    await unit.execute(
        _INSERT,
        {
            "ids": [body.id for body in bodies],
            "platforms": [body.platform for body in bodies],
            "bodies": [body.body for body in bodies],
            "digests": [body.sha256 for body in bodies],
        },
    )


_CLAIM = """
select id, platform, body, attempt, fence, received_at
from app.claim_webhook_events_v1(%(limit)s::int, %(lease)s::int)
"""


async def claim(unit: Unit, *, limit: int, lease: float) -> list[ClaimedEvent]:
    """Take the oldest unprocessed bodies; a crash gives them back after `lease` seconds."""
    return await unit.rows(ClaimedEvent, _CLAIM, {"limit": limit, "lease": int(lease)})


_ROUTE = """
select tenant_id, channel_id from app.route_account_v1(%(platform)s, %(account_id)s)
"""


async def routes(unit: Unit, platform: str, account_id: str) -> list[Route]:
    """Return every channel that is this account; none is a body to quarantine."""
    return await unit.rows(Route, _ROUTE, {"platform": platform, "account_id": account_id})


_DONE = """
update webhook_events
   set state = 'done', processed = true, error = null, lease_until = null,
       user_id = %(tenant)s, event_type = %(event_type)s, payload = %(payload)s
 where id = %(id)s and fence = %(fence)s and state = 'pending'
"""
_PARK = """
update webhook_events
   set state = 'parked', processed = false, error = %(error)s, lease_until = null,
       user_id = %(tenant)s, event_type = %(event_type)s, payload = %(payload)s
 where id = %(id)s and fence = %(fence)s and state = 'pending'
"""
_RETRY = """
update webhook_events
   set due_at = now() + make_interval(secs => %(delay)s), error = %(error)s, lease_until = null
 where id = %(id)s and fence = %(fence)s and state = 'pending'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a body: stored beside the raw bytes for people and for replay.

    `tenant` is set when all of it belongs to one inbox.
    """

    tenant: TenantId | None
    event_type: str
    payload: Any | None

    def params(self, event: ClaimedEvent) -> dict[str, Any]:
        """Return the parameters that every settling statement shares."""
        return {
            "id": event.id,
            "fence": event.fence,
            "tenant": self.tenant,
            "event_type": self.event_type,
            "payload": None if self.payload is None else Jsonb(self.payload),
        }


async def done(unit: Unit, settled: Sequence[tuple[ClaimedEvent, Reading]]) -> None:
    """Record of bodies that everything in them has been applied."""
    await unit.many(_DONE, [reading.params(event) for event, reading in settled])


async def park(unit: Unit, event: ClaimedEvent, reading: Reading, error: str) -> None:
    """Put a body aside for a person; `webhook replay` brings it back."""
    await unit.execute(_PARK, {**reading.params(event), "error": error})


async def retry(unit: Unit, event: ClaimedEvent, *, delay: float, error: str) -> None:
    """Try a body again in `delay` seconds."""
    await unit.execute(
        _RETRY, {"id": event.id, "fence": event.fence, "delay": delay, "error": error}
    )


_REPLAY = """
update webhook_events
   set state = 'pending', processed = false, error = null, attempt = 0, due_at = now()
 where id = %(id)s and state in ('parked', 'done')
"""


async def replay(unit: Unit, event_id: UUID) -> bool:
    """Queue a settled body again; return whether there was one."""
    queued = await unit.execute(_REPLAY, {"id": event_id})
    await unit.execute(_WAKE)
    return queued == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A body that waits for a person, and why."""

    id: EventId
    platform: str
    received_at: datetime
    error: str


_PARKED = """
select id, platform, received_at, coalesce(error, '') as error from webhook_events
where state = 'parked' order by received_at desc limit %(limit)s
"""


async def parked(unit: Unit, *, limit: int) -> list[Parked]:
    """Return what was put aside, newest first; services only."""
    return await unit.rows(Parked, _PARKED, {"limit": limit})


_FIRST_SEEN = """
with told as (
    select distinct on (channel_id, kind, platform_id, sub) *
      from unnest(%(channels)s::uuid[], %(kinds)s::text[], %(platform_ids)s::text[],
                  %(subs)s::text[], %(events)s::uuid[])
           with ordinality as t (channel_id, kind, platform_id, sub, event_id, place)
     order by channel_id, kind, platform_id, sub, place),
kept as (
    insert into inbound_keys (tenant_id, channel_id, kind, platform_id, sub, event_id)
    select %(tenant)s, channel_id, kind, platform_id, sub, event_id from told
    on conflict do nothing returning channel_id, kind, platform_id, sub)
select told.place from told join kept using (channel_id, kind, platform_id, sub)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundKey:
    """The fine key of one fact: a redelivered or replayed one has the same."""

    channel: ChannelId
    kind: str
    platform_id: str
    sub: str
    event: EventId


async def first_seen(unit: Unit, keys: Sequence[InboundKey]) -> set[int]:
    """Remember facts for ever, in one statement; return the places of those that are new.

    Of the same fact told twice the first place is new. Keys are kept in their order, so
    that two companions with the same facts do not lock crosswise.
    """
    params = {
        "tenant": unit.tenant,
        "channels": [key.channel for key in keys],
        "kinds": [key.kind for key in keys],
        "platform_ids": [key.platform_id for key in keys],
        "subs": [key.sub for key in keys],
        "events": [key.event for key in keys],
    }
    return {place - 1 for (place,) in await unit.tuples(_FIRST_SEEN, params)}
