"""Let single topics go out by themselves, and take that back.

A list narrows what automatic mode sends. So the last topic that is withdrawn takes the
mode with it: an empty list would mean "everything", the opposite of what was asked for.
"""

from core.actions.configure import require_allowed
from core.domain.channel import AssistantMode, Channel
from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import ChannelId
from core.domain.member import Role
from core.domain.topic import Topic
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channels, topics
from core.store.pool import Unit


async def release_topic(kit: Kit, channel: ChannelId, topic: Topic) -> None:
    """List a topic for a channel; nothing goes out until the channel's mode is automatic.

    Raises:
        NotFound: there is no such channel in this inbox.
        Refused: the topic is not one that is answered, or this member may not.
        Conflict: the channel answers everything by itself; a list would take that away.
    """
    _permit(kit)
    if not topic.is_answer:
        raise Refused("Only topics that are answered can go out by themselves.")
    async with kit.mine() as unit:
        found = await _channel(unit, channel)
        listed = await topics.count_released(unit, channel)
        if found.assistant_mode is AssistantMode.AUTO and not listed:
            raise Conflict(
                "On this channel everything goes out by itself already.",
                "Set the channel to drafts first, then release single topics.",
            )
        await topics.release(unit, channel, topic, kit.member.id)
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)


async def withdraw_topic(kit: Kit, channel: ChannelId, key: str) -> None:
    """Have a topic drafted again; with the last one the channel goes back to drafts.

    Raises:
        NotFound: the channel or the topic is not there.
        Refused: this member may not.
    """
    _permit(kit)
    async with kit.mine() as unit:
        found = await _channel(unit, channel)
        if not await topics.withdraw(unit, channel, key):
            raise NotFound("That topic does not go out by itself here.")
        is_last = not await topics.count_released(unit, channel)
        if is_last and found.assistant_mode is AssistantMode.AUTO:
            require_allowed(
                allowed=await channels.set_mode(unit, channel, AssistantMode.DRAFT)
            )
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)


def _permit(kit: Kit) -> None:
    if kit.member.role is Role.AGENT:
        raise Refused("Your role does not allow this.", "Ask the owner of the inbox.")


async def _channel(unit: Unit, channel: ChannelId) -> Channel:
    found = await channels.get(unit, channel)
    if found is None:
        raise NotFound("That channel is not in this inbox.")
    return found
