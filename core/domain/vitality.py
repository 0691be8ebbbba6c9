"""How a channel is: what was found out about it, and the one thing to say of that.

Everything known of a channel is weighed in the order in which a person would want to hear
of it: what stops messages before what may have lost some, before what will stop them soon.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.channel import ChannelStatus


class Ailment(StrEnum):
    """What is the matter with a channel; `WELL` and `WAITING` are not."""

    REVOKED = "revoked"
    """The platform or the account's owner took our permission back."""
    SIGNED_OUT = "signed_out"
    SCOPE_MISSING = "scope_missing"
    PAUSED = "paused"
    NOT_SUBSCRIBED = "not_subscribed"
    UNREACHABLE = "unreachable"
    WEBHOOKS_DEAD = "webhooks_dead"
    """A look found messages of which no webhook told."""
    GAP = "gap"
    """Nobody listened for a while, and the platform cannot say what was written then."""
    SILENT = "silent"
    """Nothing has come for far longer than is usual here."""
    EXPIRES_SOON = "expires_soon"
    """The token ends soon, and nothing we can do prolongs it."""
    TROUBLE = "trouble"
    """The last look was not answered."""
    NOT_LOOKED = "not_looked"
    """No companion has looked yet."""
    WAITING = "waiting"
    """All is in place; the first event has not come."""
    WELL = "well"


class Remedy(StrEnum):
    """The one thing to do about it."""

    NOTHING = "nothing"
    RECONNECT = "reconnect"
    RESUME = "resume"
    TEST = "test"
    SET_ADDRESS = "set_address"
    """Make the companion's public address reach it; only its operator can."""
    ACKNOWLEDGE = "acknowledge"
    WAIT = "wait"


_REMEDIES = {
    Ailment.REVOKED: Remedy.RECONNECT,
    Ailment.SIGNED_OUT: Remedy.RECONNECT,
    Ailment.SCOPE_MISSING: Remedy.RECONNECT,
    Ailment.PAUSED: Remedy.RESUME,
    Ailment.NOT_SUBSCRIBED: Remedy.TEST,
    Ailment.UNREACHABLE: Remedy.SET_ADDRESS,
    Ailment.WEBHOOKS_DEAD: Remedy.TEST,
    Ailment.GAP: Remedy.ACKNOWLEDGE,
    Ailment.SILENT: Remedy.TEST,
    Ailment.EXPIRES_SOON: Remedy.RECONNECT,
    Ailment.TROUBLE: Remedy.WAIT,
    Ailment.NOT_LOOKED: Remedy.WAIT,
    Ailment.WAITING: Remedy.NOTHING,
    Ailment.WELL: Remedy.NOTHING,
}

EXPIRY_WARNING = timedelta(days=7)
LATEST_MISS = timedelta(days=1)
"""A miss counts as a sign of dead webhooks for this long, unless one arrives after it."""
SILENCE_FACTOR = 2.0
SHORTEST_SILENCE = timedelta(days=1)
"""Before that, nobody is told of a silence, however lively a channel usually is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which nobody listened, as far as it may have cost messages."""

    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What is known of one channel; None means that nobody has found out."""

    status: ChannelStatus = ChannelStatus.ACTIVE
    paused_reason: str | None = None
    looked_at: datetime | None = None
    trouble: str | None = None
    missing_scopes: tuple[str, ...] = ()
    subscribed: bool | None = None
    missing_fields: tuple[str, ...] = ()
    reachable: bool | None = None
    last_inbound_at: datetime | None = None
    missed_at: datetime | None = None
    usual_silence: timedelta | None = None
    gap: Gap | None = None
    expires_at: datetime | None = None
    is_renewed: bool = False


def ailment(vitals: Vitals, now: datetime) -> Ailment:
    """Return the most pressing thing to say of a channel."""
    return _stopped(vitals) or _deaf(vitals, now) or _lesser(vitals, now)


def remedy(of: Ailment) -> Remedy:
    """Return what to do about an ailment."""
    return _REMEDIES[of]


def _stopped(vitals: Vitals) -> Ailment | None:
    """Return why nothing can be sent."""
    if vitals.status is ChannelStatus.REVOKED:
        return Ailment.REVOKED
    if vitals.status is ChannelStatus.EXPIRED:
        return Ailment.SIGNED_OUT
    if vitals.missing_scopes:
        return Ailment.SCOPE_MISSING
    return Ailment.PAUSED if vitals.paused_reason else None


def _deaf(vitals: Vitals, now: datetime) -> Ailment | None:
    """Return why nothing may be arriving."""
    if vitals.subscribed is False or vitals.missing_fields:
        return Ailment.NOT_SUBSCRIBED
    if vitals.reachable is False:
        return Ailment.UNREACHABLE
    if _has_missed(vitals, now):
        return Ailment.WEBHOOKS_DEAD
    if vitals.gap is not None:
        return Ailment.GAP
    return Ailment.SILENT if _is_too_quiet(vitals, now) else None


def _has_missed(vitals: Vitals, now: datetime) -> bool:
    if vitals.missed_at is None or now - vitals.missed_at > LATEST_MISS:
        return False
    return vitals.last_inbound_at is None or vitals.last_inbound_at < vitals.missed_at


def _is_too_quiet(vitals: Vitals, now: datetime) -> bool:
    if vitals.last_inbound_at is None or vitals.usual_silence is None:
        return False
    longest = max(SHORTEST_SILENCE, vitals.usual_silence * SILENCE_FACTOR)
    return now - vitals.last_inbound_at > longest


def _lesser(vitals: Vitals, now: datetime) -> Ailment:
    if _ends_soon(vitals, now):
        return Ailment.EXPIRES_SOON
    if vitals.trouble:
        return Ailment.TROUBLE
    if vitals.looked_at is None:
        return Ailment.NOT_LOOKED
    return Ailment.WAITING if vitals.last_inbound_at is None else Ailment.WELL


def _ends_soon(vitals: Vitals, now: datetime) -> bool:
    if vitals.expires_at is None or vitals.is_renewed:
        return False
    return vitals.expires_at - now < EXPIRY_WARNING
