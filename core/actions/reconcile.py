"""Find out what became of sends whose answer never came.

What dead workers held goes back to the queue, or to `unknown` if it may have left; what is
unknown is looked for in the platform's own history where it keeps one. Nothing here sends.
"""

from datetime import timedelta

from core import logs
from core.actions import session, settle
from core.actions.settle import Report
from core.domain.errors import Unavailable
from core.domain.outbox import OutboxItem, OutboxState, SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channels, messages, outbox, settlements
from core.store.outbox import ClaimedItem

_log = logs.logger(__name__)

_CLOCK_SLACK = timedelta(seconds=5)
"""How far the platform's clock may be behind the database's."""


async def sweep(kit: Kit) -> None:
    """Free what dead workers held, and look for the sends whose outcome is unknown."""
    timings = kit.settings.timings
    async with kit.database.claim() as unit:
        moved = await settlements.sweep(
            unit, after=timings.unknown_after, fast=timings.unknown_after_fast
        )
    for item in moved:
        _log.info("outbox.swept", outbox_id=str(item.outbox_id), state=item.state.value)
    await _reconcile(kit)


async def _reconcile(kit: Kit) -> None:
    """Ask the platforms that keep a history whether an unknown send is in it."""
    async with kit.database.claim() as unit:
        unsettled = await settlements.unsettled(unit, limit=20)
    for claimed in unsettled:
        try:
            await _look_for(kit, claimed)
        except Unavailable as away:
            _log.info(
                "outbox.not_reconciled", outbox_id=str(claimed.outbox_id), why=away.title
            )


async def _look_for(kit: Kit, claimed: ClaimedItem) -> None:
    """Look for one unknown send in its platform's history."""
    async with kit.unit(claimed.tenant_id) as unit:
        item = await outbox.load(unit, claimed)
        channel = None if item is None else await channels.get(unit, item.channel_id)
        if item is None or channel is None:
            return
        since = await settlements.sending_since(unit, item.id)
        taken = await messages.platform_ids(unit, item.conversation_id)
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        return
    found = await kit.platforms[item.platform].find_sent(
        opened, item, since=since - _CLOCK_SLACK, taken=taken
    )
    if found is not None:
        await _record_found(kit, item, found)


async def _record_found(kit: Kit, item: OutboxItem, platform_id: str) -> None:
    """Settle an unknown send that the platform's history proves."""
    async with kit.unit(item.tenant) as unit:
        if item.message_id is None:  # a reaction: sent again, never looked for
            return
        standing = await settlements.by_message(unit, item.message_id)
        if standing is None or standing.state is not OutboxState.UNKNOWN:
            return
        report = Report.arrived_at_platform(platform_id, kit.clock.now())
        await settle.report(unit, standing, report)
        await unit.publish(NoticeKind.OUTBOX_CHANGED, item.conversation_id)
