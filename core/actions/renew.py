"""Renew tokens ahead of their end, and the token of a channel that was signed out, once.

One companion at a time, under a lease and a fence. That a renewal begins is committed
before the platform is asked: where refresh tokens rotate, an answer that is lost may have
killed the old one. So a renewal that is found begun is tried once more with what we have,
and then the channel is signed out. A fresh token goes in only in place of the one it was
made from, in the transaction that records the answer.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core import logs
from core.actions import developer_apps, session
from core.actions.session import Held
from core.domain import renewal
from core.domain.channel import Channel, ChannelStatus
from core.domain.errors import (
    ChannelSignedOut,
    NeedsPerson,
    OutcomeUnknown,
    Refused,
    Unavailable,
)
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms import authorising
from core.platforms.connecting import Connecting, Flavour, Grant
from core.store import channel_health, channel_renewals, channel_tokens, channels
from core.store.channel_health import ClaimedChannel
from core.store.channel_renewals import Standing
from core.store.pool import Unit

_log = logs.logger(__name__)

LEASE_SECONDS: Final = 90.0
"""More than the calls of one renewal take: the platform's answer, twice."""
_LOST_LIMIT: Final = 2
_JUST_RENEWED_SECONDS: Final = 600.0
"""A token that is refused so soon after it was renewed is not renewed again."""
_AWAY_SECONDS: Final = 30.0
_LOST_SECONDS: Final = 5.0
_REFUSED_SECONDS: Final = 3600.0


async def one(kit: Kit, claimed: ClaimedChannel) -> None:
    """Renew the token of one claimed channel."""
    async with kit.unit(claimed.tenant_id) as unit:
        standing = await channel_renewals.begin(unit, claimed)
        channel = await channels.get(unit, claimed.channel_id)
    if standing is None or channel is None:
        return
    kit.probe("renewal_begun")
    try:
        held = await session.held(kit, channel)
        await _renew(kit, claimed, channel, held, standing)
    except ChannelSignedOut as dead:
        await _give_up(kit, claimed, channel, dead, None)


async def _renew(
    kit: Kit, claimed: ClaimedChannel, channel: Channel, held: Held, standing: Standing
) -> None:
    """Ask the platform, and write down whichever of its endings it was."""
    try:
        if _is_fresh(channel, standing):
            await _prove(kit, claimed, channel, held)
            return
        _require_hope(held.grant, standing)
        fresh = await _asked(kit, channel, held.grant)
        kit.probe("renewal_answered")
    except ChannelSignedOut as dead:
        await _give_up(kit, claimed, channel, dead, held)
    except OutcomeUnknown:
        async with kit.unit(channel.tenant) as unit:
            await channel_renewals.lost(unit, claimed, delay=_LOST_SECONDS)
    except (Unavailable, Refused, NeedsPerson) as trouble:
        await _put_off(kit, claimed, trouble)
    else:
        if fresh is None:
            await _leave_as_it_is(kit, claimed, channel, held, standing)
        else:
            await _keep(kit, claimed, channel, held, fresh)


def _require_hope(grant: Grant, standing: Standing) -> None:
    """Give up where the refresh token must be taken for dead.

    Raises:
        ChannelSignedOut: two answers were lost, each of which may have replaced it.
    """
    if standing.lost >= _LOST_LIMIT and grant.refresh_token is not None:
        raise ChannelSignedOut(
            "The platform's answer to a renewal was lost twice.",
            "Connect the channel again.",
        )


def _is_fresh(channel: Channel, standing: Standing) -> bool:
    """Return whether a signed-out channel has only just been given its token."""
    seconds = standing.fresh_seconds
    expired = channel.status is ChannelStatus.EXPIRED
    return expired and seconds is not None and seconds < _JUST_RENEWED_SECONDS


async def _prove(kit: Kit, claimed: ClaimedChannel, channel: Channel, held: Held) -> None:
    """Ask whether a fresh token is good: a late answer to the old one may have come between."""
    connecting = kit.platforms[channel.platform].connecting
    if connecting is not None:
        opened = session.with_token(kit, channel, held.grant.access_token)
        await connecting.inspect(opened)
    due = renewal.due_at(held.grant.expires_at, channel.token_changed_at, kit.clock.now())
    async with kit.unit(channel.tenant) as unit:
        if await channel_renewals.settled(unit, claimed, due_at=due):
            await _revive(unit, channel)


async def _asked(kit: Kit, channel: Channel, grant: Grant) -> Grant | None:
    """Return a fresh grant, None where the platform has nothing to renew."""
    connecting = kit.platforms[channel.platform].connecting
    flavour = None if connecting is None else flavour_of(connecting, channel)
    if connecting is None or flavour is None:
        return None
    base_url = channel.base_url or kit.base_urls[channel.platform]
    app = developer_apps.credentials(kit.settings, flavour, base_url)
    fresh = await connecting.refresh(
        kit.http, authorising.at_base(flavour, base_url), grant, app
    )
    if fresh is None:
        return None
    # A platform that does not rotate says nothing of the refresh token: it stays.
    return replace(
        fresh,
        refresh_token=fresh.refresh_token or grant.refresh_token,
        scopes=fresh.scopes or grant.scopes,
    )


def flavour_of(connecting: Connecting, channel: Channel) -> Flavour | None:
    """Return the login that a channel's token is of: a pasted one is taken for the usual."""
    usual = next(iter(connecting.flavours), None)
    return next(
        (each for each in connecting.flavours if each.key == channel.flavour), usual
    )


async def _keep(
    kit: Kit, claimed: ClaimedChannel, channel: Channel, held: Held, fresh: Grant
) -> None:
    """Put the fresh tokens in place, and let a channel that was signed out run again.

    Also when the fence has moved on: whoever has it now holds the old token, which may be
    dead, and stops when it finds another in the row.
    """
    now = kit.clock.now()
    due = renewal.due_at(fresh.expires_at, now, now)
    async with kit.unit(channel.tenant) as unit:
        tokens = session.closed(kit, channel, fresh)
        if not await channel_tokens.renewed(unit, channel.id, tokens, was=held.sealed):
            _log.info("channel.renewed_elsewhere", channel_id=str(channel.id))
            return
        await channel_renewals.answered(unit, claimed, due_at=due)
        await _revive(unit, channel)
    kit.probe("renewal_kept")
    _log.info("channel.renewed", channel_id=str(channel.id), expires_at=_iso(fresh))


async def _revive(unit: Unit, channel: Channel) -> None:
    """Send on what waited for a signed-out channel."""
    if await channels.recover(unit, channel.id):
        await channel_renewals.wake_outbox(unit)
    await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


async def _leave_as_it_is(
    kit: Kit, claimed: ClaimedChannel, channel: Channel, held: Held, standing: Standing
) -> None:
    """Note that this token cannot be renewed; at its end somebody has to log in."""
    if standing.has_ended:
        dead = ChannelSignedOut("The token has ended.", "Connect the channel again.")
        await _give_up(kit, claimed, channel, dead, held)
        return
    async with kit.unit(channel.tenant) as unit:
        await channel_renewals.settled(unit, claimed, due_at=_end(channel, held))


def _end(channel: Channel, held: Held) -> datetime | None:
    """Return when to note the end of a token; a channel that is signed out has had it."""
    return held.grant.expires_at if channel.status is ChannelStatus.ACTIVE else None


async def _give_up(
    kit: Kit,
    claimed: ClaimedChannel,
    channel: Channel,
    dead: ChannelSignedOut,
    held: Held | None,
) -> None:
    """Sign a channel out, and tell its people once; unless it has another token by now."""
    async with kit.unit(channel.tenant) as unit:
        if held is not None and not await channel_tokens.still(
            unit, channel.id, held.sealed
        ):
            return
        if not await channel_renewals.settled(unit, claimed, due_at=None):
            return
        if await channels.sign_out(unit, channel.id, ChannelStatus.EXPIRED, dead.title):
            _log.warning("channel.signed_out", channel_id=str(channel.id))
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel.id)


async def _put_off(
    kit: Kit, claimed: ClaimedChannel, trouble: Unavailable | Refused | NeedsPerson
) -> None:
    """Try again later: nothing has left, or what was sent was not understood."""
    delay = _REFUSED_SECONDS
    if isinstance(trouble, Unavailable):
        delay = trouble.retry_after or _AWAY_SECONDS
    _log.info("channel.not_renewed", channel_id=str(claimed.channel_id), why=trouble.title)
    async with kit.unit(claimed.tenant_id) as unit:
        await channel_renewals.not_sent(unit, claimed, delay=delay)


def _iso(grant: Grant) -> str | None:
    return None if grant.expires_at is None else grant.expires_at.isoformat()


async def due(kit: Kit, *, limit: int) -> list[ClaimedChannel]:
    """Claim the channels whose tokens are to be renewed."""
    async with kit.database.claim() as unit:
        return await channel_health.claim_renewals(unit, limit=limit, lease=LEASE_SECONDS)
