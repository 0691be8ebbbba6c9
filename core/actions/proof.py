"""Proof of life: look at a channel from every side, and say what was found.

Its token and permissions, what its platform delivers and where, whether that address is
ours, and, where a platform can be asked, the newest messages: one that no webhook brought
says that webhooks are dead. What is found goes the way of what is delivered, so nothing
doubles. One companion looks at a channel at a time, under a lease and a fence.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core import logs
from core.actions import admit, catch_up, reach, session
from core.actions.catch_up import Caught
from core.config.own_address import webhook_address
from core.domain.channel import Channel, ChannelStatus
from core.domain.errors import (
    ChannelSignedOut,
    NotSetUp,
    OutcomeUnknown,
    Refused,
    Unavailable,
)
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.base import ChannelSession
from core.platforms.connecting import Connecting, TokenReport, Unsubscribing
from core.store import channel_health, channel_tokens, channels
from core.store.channel_health import ClaimedChannel, Findings

_log = logs.logger(__name__)

LEASE_SECONDS: Final = 300.0
AFTER_TROUBLE_SECONDS: Final = 120.0
_LEAVING_SECONDS: Final = 60.0
_LEAVE_LIMIT: Final = timedelta(days=1)
"""After this a removed channel's token is deleted, whether its platform answers or not."""
_SILENCE_DAYS: Final = 28
_SILENCE_LEAST: Final = 30
"""Fewer messages in four weeks do not say what is usual."""


async def due(kit: Kit, *, limit: int) -> list[ClaimedChannel]:
    """Claim the channels to look at."""
    async with kit.database.claim() as unit:
        return await channel_health.claim_looks(unit, limit=limit, lease=LEASE_SECONDS)


async def one(kit: Kit, claimed: ClaimedChannel) -> None:
    """Look at one claimed channel, and write down what was found."""
    async with kit.unit(claimed.tenant_id) as unit:
        channel = await channels.get(unit, claimed.channel_id)
    if channel is None:
        return
    if channel.removed_at is not None:
        await _leave(kit, claimed, channel)
        return
    found = await _look(kit, channel)
    every = kit.platforms[channel.platform].manifest.looks_every.total_seconds()
    pause = AFTER_TROUBLE_SECONDS if found.trouble else every
    async with kit.unit(channel.tenant) as unit:
        if await channel_health.record(
            unit, claimed, found, lease=LEASE_SECONDS, pause=pause
        ):
            await channel_health.measure_silence(
                unit, channel.id, days=_SILENCE_DAYS, least=_SILENCE_LEAST
            )
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)
    if found.missed:
        _log.warning("channel.missed", channel_id=str(channel.id), messages=found.missed)


async def _look(kit: Kit, channel: Channel) -> Findings:
    base_url = channel.base_url or kit.base_urls[channel.platform]
    address = webhook_address(kit.settings, channel.platform, base_url)
    found = await reach.check(kit, channel.platform, address)
    seen = Findings(reachable=found.reachable, unreachable_why=found.why)
    try:
        held = await session.held(kit, channel)
        opened = session.with_token(kit, channel, held.grant.access_token)
        seen = await _ask_platform(kit, channel, opened, address, seen)
    except ChannelSignedOut as dead:
        await _signed_out(kit, channel, dead)
        return replace(seen, trouble=dead.title)
    except (Unavailable, OutcomeUnknown, Refused, NotSetUp) as trouble:
        return replace(seen, trouble=trouble.title)
    if channel.status is not ChannelStatus.ACTIVE:
        return seen
    return await _caught_up(kit, channel, opened, seen)


async def _ask_platform(
    kit: Kit,
    channel: Channel,
    opened: ChannelSession,
    address: str | None,
    seen: Findings,
) -> Findings:
    """Add what the platform says of our token and our subscription."""
    connecting = kit.platforms[channel.platform].connecting
    if connecting is None or channel.status is ChannelStatus.REVOKED:
        return seen
    report = await connecting.inspect(opened)
    await _welcome_back(kit, channel)
    subscription = await admit.subscribed(connecting, opened, address)
    return replace(
        seen,
        missing_scopes=_missing(connecting, channel, report),
        subscribed=None if subscription is None else subscription.complete,
        fields=() if subscription is None else subscription.fields,
        missing_fields=() if subscription is None else subscription.missing,
    )


def _missing(
    connecting: Connecting, channel: Channel, report: TokenReport
) -> tuple[str, ...]:
    """Return the required scopes that are gone, by the platform's report and our record."""
    flavour = next(
        (each for each in connecting.flavours if each.key == channel.flavour), None
    )
    lost = set(report.missing)
    if flavour is not None:
        lost |= set(admit.not_given(flavour, channel.scopes)) & set(flavour.required)
    return tuple(sorted(lost))


async def _welcome_back(kit: Kit, channel: Channel) -> None:
    """Let a channel run again whose token is taken after all."""
    if channel.status is not ChannelStatus.EXPIRED:
        return
    async with kit.unit(channel.tenant) as unit:
        if await channels.recover(unit, channel.id):
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


async def _caught_up(
    kit: Kit, channel: Channel, opened: ChannelSession, seen: Findings
) -> Findings:
    try:
        caught: Caught = await catch_up.one(kit, channel, opened)
    except ChannelSignedOut as dead:
        await _signed_out(kit, channel, dead)
        return replace(seen, trouble=dead.title)
    except (Unavailable, OutcomeUnknown, Refused) as trouble:
        return replace(seen, trouble=trouble.title)
    return replace(seen, missed=caught.missed, polled_until=caught.until)


async def _signed_out(kit: Kit, channel: Channel, dead: ChannelSignedOut) -> None:
    """Stop a channel whose token is taken no longer, and have it renewed, once."""
    async with kit.unit(channel.tenant) as unit:
        if await channels.sign_out(unit, channel.id, ChannelStatus.EXPIRED, dead.title):
            _log.warning("channel.signed_out", channel_id=str(channel.id))
            await channel_health.ask_renewal(unit, channel.id)
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Farewell:
    """Whether a removed channel's deliveries have ended; False: try again."""

    done: bool


async def _leave(kit: Kit, claimed: ClaimedChannel, channel: Channel) -> None:
    """End the deliveries of a removed channel, and delete its tokens."""
    farewell = await _unsubscribed(kit, channel)
    overdue = _is_overdue(channel.removed_at, kit.clock.now())
    async with kit.unit(channel.tenant) as unit:
        if farewell.done or overdue:
            await channel_tokens.forget_tokens(unit, channel.id)
        await channels.cancel_waiting(unit, channel.id)
        await channel_health.record(
            unit, claimed, Findings(), lease=LEASE_SECONDS, pause=_LEAVING_SECONDS
        )
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


async def _unsubscribed(kit: Kit, channel: Channel) -> _Farewell:
    connecting: object = kit.platforms[channel.platform].connecting
    if not isinstance(connecting, Unsubscribing) or await _is_shared(
        kit, connecting, channel
    ):
        return _Farewell(done=True)
    try:
        held = await session.held(kit, channel)
        opened = session.with_token(kit, channel, held.grant.access_token)
        await connecting.unsubscribe(opened)
    except (Unavailable, OutcomeUnknown):
        return _Farewell(done=False)
    except (ChannelSignedOut, NotSetUp, Refused) as trouble:
        _log.info("channel.not_unsubscribed", why=trouble.title)
    return _Farewell(done=True)


async def _is_shared(kit: Kit, connecting: Unsubscribing, channel: Channel) -> bool:
    """Return whether a channel that stays hangs on the same subscription."""
    node = connecting.subscribed_on(channel.account_id, channel.metadata)
    async with kit.unit(channel.tenant) as unit:
        others = await channels.all_of(unit)
    for other in others:
        theirs: object = kit.platforms[other.platform].connecting
        if isinstance(theirs, Unsubscribing) and node == theirs.subscribed_on(
            other.account_id, other.metadata
        ):
            return True
    return False


def _is_overdue(removed_at: datetime | None, now: datetime) -> bool:
    return removed_at is not None and now - removed_at > _LEAVE_LIMIT
