"""Turn what platforms sent into conversations (journey, steps 2 and 3).

Bodies arrive claimed and under a lease. Reading them is pure; applying them happens in
one transaction per inbox; if anything in it raises, once more with each body behind a
savepoint, so that a poisoned one is put aside and its neighbours go on. Every fact has a key that is remembered for ever: a
redelivery, a replay or a second worker changes nothing.
"""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core import logs
from core.actions import apply, together
from core.actions.together import Told
from core.domain.channel import Channel, PlatformName
from core.domain.errors import BadPayload, Conflict, SocialSyncError, Unavailable
from core.domain.ids import TenantId
from core.domain.incoming import Incoming
from core.kit import Kit
from core.platforms.base import UNDATED
from core.store import channels, webhook_events
from core.store.pool import Unit
from core.store.webhook_events import ClaimedEvent, Reading

_log = logs.logger(__name__)

_MEETINGS = 3
_jitter = random.SystemRandom()
DEEPEST = 100
"""Levels of a body; no platform comes near, and Python gives up at some hundreds."""
MAX_TRIES = 5
"""Tries of a body that makes us raise, 1 s to 256 s apart (RELIABILITY 5.3, poison)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A body after reading: its facts, by the account they are addressed to."""

    event: ClaimedEvent
    payload: Any | None
    facts: tuple[Incoming, ...]
    error: str | None = None

    @property
    def event_type(self) -> str:
        kinds = sorted(
            {type(fact).__name__.removeprefix("Incoming").lower() for fact in self.facts}
        )
        return ",".join(kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """What one body says to one channel of one inbox."""

    read: _Read
    channel: Channel
    facts: tuple[Incoming, ...]


async def events(kit: Kit, claimed: Sequence[ClaimedEvent]) -> None:
    """Process a batch of claimed bodies; afterwards each is done, parked or due again."""
    reads = [_read(kit, event) for event in claimed]
    shares, unknown = await _routed(kit, reads)
    failures: dict[Any, SocialSyncError | Exception] = {}
    for tenant, theirs in shares.items():
        failures |= await _apply_patiently(kit, tenant, theirs)
    owners = _owners(shares)
    done: list[tuple[ClaimedEvent, Reading]] = []
    async with kit.database.claim() as unit:
        for read in reads:
            reading = Reading(
                tenant=owners.get(read.event.id),
                event_type=read.event_type,
                payload=read.payload,
            )
            failure = failures.get(read.event.id)
            problem = read.error or unknown.get(read.event.id)
            if failure is not None:
                await _try_again(unit, read.event, reading, failure)
            elif problem is not None:
                _log.warning("inbound.parked", event_id=str(read.event.id), reason=problem)
                await webhook_events.park(unit, read.event, reading, problem)
            else:
                done.append((read.event, reading))
        await webhook_events.done(unit, done)


def _read(kit: Kit, event: ClaimedEvent) -> _Read:
    """Parse one body in its platform's dialect; what cannot be read is parked, not lost."""
    try:
        payload = json.loads(event.body)
    except (ValueError, RecursionError):
        return _Read(event=event, payload=None, facts=(), error="The body is not JSON.")
    if _too_deep(payload):
        return _Read(event=event, payload=None, facts=(), error="The body is too deep.")
    storable = payload if _storable(event.body) else None
    try:
        facts = tuple(kit.platforms[PlatformName(event.platform)].read(payload))
    except BadPayload as error:
        return _Read(event=event, payload=storable, facts=(), error=error.title)
    return _Read(event=event, payload=storable, facts=tuple(_dated(facts, event)))


def _dated(facts: Iterable[Incoming], event: ClaimedEvent) -> Iterator[Incoming]:
    """Give facts without a readable time the time of their arrival."""
    for fact in facts:
        yield replace(fact, at=event.received_at) if fact.at == UNDATED else fact


def _too_deep(payload: Any) -> bool:
    """Return whether JSON is nested so deep that writing it again would fail."""
    level = [payload]
    for _ in range(DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _storable(body: bytes) -> bool:
    """Return whether `jsonb` takes this: it refuses NUL and lone surrogates.

    Those may stand as escapes, or as bytes that are no UTF-8 and that `json` lets pass.
    """
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    lowered = body.lower()
    return b"\\u0000" not in lowered and not _has_lone_surrogate(lowered)


def _has_lone_surrogate(lowered: bytes) -> bool:
    if b"\\ud" not in lowered:
        return False
    try:
        json.dumps(json.loads(lowered), ensure_ascii=False).encode()
    except (UnicodeEncodeError, ValueError):
        return True
    return False


async def _routed(
    kit: Kit, reads: Sequence[_Read]
) -> tuple[dict[TenantId, list[_Share]], dict[Any, str]]:
    """Find whose channels the facts are for; an account nobody owns is named."""
    shares: dict[TenantId, list[_Share]] = defaultdict(list)
    unknown: dict[Any, str] = {}
    async with kit.database.claim() as unit:
        found = {
            (read.event.platform, account): await _routes(
                kit, unit, PlatformName(read.event.platform), account
            )
            for read in reads
            for account in {fact.account_id for fact in read.facts}
        }
    wanted = {route for routes in found.values() for route in routes}
    known = await _channels(kit, wanted)
    for read in reads:
        for account in sorted({fact.account_id for fact in read.facts}):
            facts = tuple(fact for fact in read.facts if fact.account_id == account)
            routes = [
                route
                for route in found[read.event.platform, account]
                if _may_write(known[route.channel_id], read.event)
            ]
            if not routes:
                unknown[read.event.id] = f"No channel is connected for account {account}."
            for route in routes:
                shares[route.tenant_id].append(
                    _Share(read=read, channel=known[route.channel_id], facts=facts)
                )
    return shares, unknown


async def _routes(
    kit: Kit, unit: Unit, platform: PlatformName, account: str
) -> list[webhook_events.Route]:
    """Return whose channel an account is, on its own platform or on the one it stands in for."""
    own = await webhook_events.routes(unit, platform, account)
    other = kit.platforms[platform].manifest.writes_for
    if own or other is None:
        return own
    return await webhook_events.routes(unit, other, account)


def _may_write(channel: Channel, event: ClaimedEvent) -> bool:
    """Return whether a delivery may reach a channel: a sandbox's only reaches sandboxes."""
    return channel.platform == event.platform or channel.base_url is not None


async def _channels(kit: Kit, routes: set[webhook_events.Route]) -> dict[Any, Channel]:
    known: dict[Any, Channel] = {}
    for route in routes:
        async with kit.unit(route.tenant_id) as unit:
            channel = await channels.get(unit, route.channel_id)
            if channel is not None:
                known[route.channel_id] = channel
    return known


def _owners(shares: dict[TenantId, list[_Share]]) -> dict[Any, TenantId]:
    """Return the inbox of each body that belongs to exactly one."""
    owners: dict[Any, set[TenantId]] = defaultdict(set)
    for tenant, theirs in shares.items():
        for share in theirs:
            owners[share.read.event.id].add(tenant)
    return {event: next(iter(own)) for event, own in owners.items() if len(own) == 1}


async def _apply_patiently(
    kit: Kit, tenant: TenantId, shares: Sequence[_Share]
) -> dict[Any, SocialSyncError | Exception]:
    """Apply what an inbox was sent, again from the start if another worker was in the way.

    Two companions may lock the same conversations in different orders; PostgreSQL then
    stops one of them, and nothing of its transaction remains.
    """
    for attempt in range(1, _MEETINGS):
        try:
            return await _apply_all(kit, tenant, shares)
        except Conflict:
            await asyncio.sleep(_jitter.uniform(0.01, 0.1 * attempt))
    return await _apply_all(kit, tenant, shares)


async def _apply_all(
    kit: Kit, tenant: TenantId, shares: Sequence[_Share]
) -> dict[Any, SocialSyncError | Exception]:
    """Apply what an inbox was sent, in one transaction; return what failed, by body.

    Nearly always nothing does: the careful way, which costs twice the time, is for when
    something did.
    """
    try:
        async with kit.unit(tenant) as unit:
            await _apply_trustingly(kit, unit, shares)
    except (Unavailable, Conflict):
        raise
    except Exception:  # noqa: BLE001 - poison: found body by body
        async with kit.unit(tenant) as unit:
            return await _apply_carefully(kit, unit, shares)
    return {}


async def _apply_trustingly(kit: Kit, unit: Unit, shares: Sequence[_Share]) -> None:
    """Apply the facts of all bodies in their order; what is here already is left out."""
    told = [
        Told(channel=share.channel, fact=fact) for share in shares for fact in share.facts
    ]
    keys = [
        apply.key_of(share.channel, share.read.event.id, fact)
        for share in shares
        for fact in share.facts
    ]
    await unit.repeat_plans()
    fresh = await webhook_events.first_seen(unit, keys)
    await together.apply_all(kit, unit, [told[place] for place in sorted(fresh)])
    for share in shares:
        channels.heard_from(unit, share.channel.id)


async def _apply_carefully(
    kit: Kit, unit: Unit, shares: Sequence[_Share]
) -> dict[Any, SocialSyncError | Exception]:
    """Apply body by body, each behind a savepoint; return what failed."""
    failures: dict[Any, SocialSyncError | Exception] = {}
    for share in shares:
        try:
            async with unit.savepoint():
                await _apply_trustingly(kit, unit, [share])
        except (Unavailable, Conflict):
            raise
        except Exception as error:  # noqa: BLE001 - poison: this body alone waits
            _log.warning(
                "inbound.poisoned",
                event_id=str(share.read.event.id),
                error=type(error).__name__,
            )
            failures[share.read.event.id] = error
    return failures


async def _try_again(
    unit: Any, event: ClaimedEvent, reading: Reading, failure: Exception
) -> None:
    """Give a poisoned body more tries, ever further apart, then park it."""
    words = (
        failure.title if isinstance(failure, SocialSyncError) else type(failure).__name__
    )
    if event.attempt >= MAX_TRIES:
        await webhook_events.park(unit, event, reading, words)
    else:
        delay = float(4 ** (event.attempt - 1))
        await webhook_events.retry(unit, event, delay=delay, error=words)
