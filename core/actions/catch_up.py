"""Ask a platform for what it told, or should have told, and settle our silences by it.

Facts go through the receiver's own door, under the same keys as those of webhooks. Only a
customer's message counts as missed, and only one that was written while we listened and
long enough ago for its webhook to have come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from core import logs
from core.actions import apply
from core.domain.channel import Channel
from core.domain.errors import Conflict, Unavailable
from core.domain.ids import EventId
from core.domain.incoming import Incoming, IncomingMessage
from core.kit import Kit
from core.platforms.base import UNDATED, ChannelSession
from core.store import channel_gaps, channel_health, health
from core.store.channel_gaps import GapRow

_log = logs.logger(__name__)

OVERLAP: Final = timedelta(minutes=5)
"""How far two looks overlap: a platform lists a message later than it stamps it."""
GRACE: Final = timedelta(minutes=2)
"""How long a webhook may take before its message counts as missed."""
_BACKLOG_SECONDS: Final = 60.0
"""While our own list of received bodies is older than this, nothing counts as missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """What a look at the newest messages gave; `until` is None where none is possible."""

    missed: int = 0
    until: datetime | None = None


async def one(kit: Kit, channel: Channel, opened: ChannelSession) -> Caught:
    """Apply what was missed on a channel, and close the gaps that this settles.

    Raises as `CatchingUp.since` does.
    """
    async with kit.unit(channel.tenant) as unit:
        gaps = await channel_gaps.open_ones(unit, channel.id)
        row = await channel_health.get(unit, channel.id)
        listening = await channel_gaps.last_end(unit, channel.id)
    asking = kit.platforms[channel.platform].catching_up
    if asking is None or row is None:
        await _settle_unasked(kit, channel, gaps)
        return Caught()
    until = kit.clock.now()
    moment = min([row.polled_until, *(gap.from_at for gap in gaps)]) - OVERLAP
    found = await asking.since(opened, moment)
    fresh = await _applied(kit, channel, _ours(channel, found.facts, until))
    async with kit.unit(channel.tenant) as unit:
        for gap in gaps:
            state = (
                "closed"
                if found.complete or _is_redelivered(kit, channel, gap)
                else "possible"
            )
            held = sum(1 for fact in fresh if gap.from_at - OVERLAP <= fact.at <= gap.to_at)
            await channel_gaps.settle(unit, gap.id, state, found=held)
    since = max(
        moment
        for moment in (row.polled_until - OVERLAP, listening, channel.token_changed_at)
        if moment is not None
    )
    missed = [fact for fact in fresh if _was_missed(fact, since, until)]
    if missed and await _is_behind(kit):
        missed = []
    return Caught(missed=len(missed), until=until)


def _ours(channel: Channel, facts: Sequence[Incoming], now: datetime) -> list[Incoming]:
    """Return the facts that are this channel's, in order, with a time."""
    return [
        replace(fact, at=now) if fact.at == UNDATED else fact
        for fact in facts
        if fact.account_id == channel.account_id
    ]


async def _applied(kit: Kit, channel: Channel, facts: Sequence[Incoming]) -> list[Incoming]:
    """Apply facts each by itself, and return those that were new.

    One that cannot be applied is left out: a look comes again, and a webhook may.
    """
    fresh: list[Incoming] = []
    event = EventId(uuid4())
    for fact in facts:
        try:
            async with kit.unit(channel.tenant) as unit:
                is_new = await apply.fact(kit, unit, channel, event, fact)
        except (Unavailable, Conflict):
            raise
        except Exception as error:  # noqa: BLE001 - poison: this fact alone stays out
            _log.warning("catch_up.poisoned", error=type(error).__name__)
            continue
        if is_new:
            fresh.append(fact)
    return fresh


def _was_missed(fact: Incoming, since: datetime, now: datetime) -> bool:
    """Return whether a webhook should have brought a fact that a look has found."""
    return isinstance(fact, IncomingMessage) and since <= fact.at <= now - GRACE


async def _is_behind(kit: Kit) -> bool:
    async with kit.database.claim() as unit:
        figures = await health.figures(unit)
    return figures.inbound_oldest_seconds > _BACKLOG_SECONDS


async def _settle_unasked(kit: Kit, channel: Channel, gaps: Sequence[GapRow]) -> None:
    """Settle gaps where there is no history: what is delivered again for longer is whole."""
    async with kit.unit(channel.tenant) as unit:
        for gap in gaps:
            state = "closed" if _is_redelivered(kit, channel, gap) else "possible"
            await channel_gaps.settle(unit, gap.id, state, found=0)


def _is_redelivered(kit: Kit, channel: Channel, gap: GapRow) -> bool:
    """Return whether a silence was shorter than its platform tries a webhook again."""
    patience = kit.platforms[channel.platform].manifest.redelivers_for
    return patience is not None and gap.to_at - gap.from_at < patience
