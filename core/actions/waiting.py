"""Apply a fact to a message now, or keep it until the message is known by that name.

Facts overtake each other: a status its answer, an edit its message, a reaction the moment
we learn what the platform calls the message it was put on. Whoever makes a name known
calls `catch_up`.
"""

from core.actions import settle
from core.actions.settle import Report
from core.domain.ids import ChannelId
from core.notices import NoticeKind
from core.store import conversations, messages, reactions, settlements
from core.store.messages import WaitingUpdate
from core.store.pool import Unit


async def report(unit: Unit, channel: ChannelId, platform_id: str, said: Report) -> None:
    """Raise a message of ours to what a platform reports."""
    standing = None
    if said.opaque_id:
        standing = await settlements.by_opaque_id(unit, channel, said.opaque_id)
    if standing is None:
        standing = await settlements.by_platform_id(unit, channel, platform_id)
    if standing is not None:
        await settle.report(unit, standing, said)
        await catch_up(unit, channel, platform_id)
        return
    message = await messages.locate(unit, channel, platform_id)
    if message is not None:
        await settle.raise_message(unit, message, said)
    else:
        await messages.keep_waiting(unit, channel, platform_id, said.waiting())


async def change(
    unit: Unit, channel: ChannelId, target: str, update: WaitingUpdate
) -> None:
    """Reword, take back or react to a message."""
    found = await messages.locate(unit, channel, target)
    if found is None:
        await messages.keep_waiting(unit, channel, target, update)
        return
    if update.kind == "edit":
        await messages.edit(unit, found.id, update.payload["text"], update.at)
        await conversations.reworded(unit, found.id)
    elif update.kind == "deletion":
        await messages.unsend(unit, found.id, update.at)
        await conversations.reworded(unit, found.id)
    elif update.payload.get("own"):
        await reactions.react_ourselves(unit, found.id, update.payload["emoji"], update.at)
    else:
        await reactions.react(unit, found.id, update.payload["emoji"], update.at)
    await unit.publish(NoticeKind.MESSAGE_CHANGED, found.conversation_id)


async def catch_up(unit: Unit, channel: ChannelId, platform_id: str) -> None:
    """Apply what waited for a message that has just become known by this id."""
    for update in await messages.take_waiting(unit, channel, platform_id):
        if update.kind == "status":
            said = Report.from_waiting(platform_id, update)
            await report(unit, channel, platform_id, said)
        else:
            await change(unit, channel, platform_id, update)
