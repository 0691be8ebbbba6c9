"""The usual sender: whatever did not succeed is tried again. Kept to prove the checker.

It claims through the same door, but knows neither `sending` nor `unknown` and names no
fence when it writes. A checker that finds nothing wrong with it finds nothing at all.
"""

import asyncio

from core.actions import reconcile, session
from core.domain.errors import Unavailable
from core.domain.outbox import AnswerClass, SendAnswer
from core.kit import Kit
from core.store import channels, outbox
from core.store.outbox import ClaimedItem

_DONE = "update outbox_items set state = 'accepted', lease_until = null where id = %(id)s"
_AGAIN = """
update outbox_items set state = 'queued', lease_until = null, due_at = now()
where id = %(id)s
"""


async def run(kit: Kit) -> None:
    """Send what is queued until cancelled."""
    lease = kit.settings.timings.lease
    while True:
        try:
            async with kit.database.claim() as unit:
                claimed = await outbox.claim(unit, worker="naive", limit=20, lease=lease)
            await asyncio.gather(*(_send(kit, one) for one in claimed))
            await reconcile.sweep(kit)
        except Unavailable:
            await asyncio.sleep(kit.settings.timings.poll)
        await asyncio.sleep(kit.settings.timings.poll / 4)


async def _send(kit: Kit, claimed: ClaimedItem) -> None:
    kit.probe("after_claim")
    async with kit.unit(claimed.tenant_id) as unit:
        item = await outbox.load(unit, claimed)
        channel = None if item is None else await channels.get(unit, item.channel_id)
    if item is None or channel is None:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        return
    kit.probe("before_http")
    answer = await kit.platforms[item.platform].send(opened, item, None)
    kit.probe("after_http")
    async with kit.unit(item.tenant) as unit:
        accepted = answer.result is AnswerClass.ACCEPTED
        await unit.execute(_DONE if accepted else _AGAIN, {"id": item.id})
    kit.probe("after_record")
