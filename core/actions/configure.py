"""The switches people hold over the assistant and the channels."""

from enum import StrEnum

from core.domain.channel import AssistantMode
from core.domain.errors import NotFound
from core.domain.ids import ChannelId, ConversationId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channels, conversations, rules


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


async def pause_assistant(kit: Kit, conversation: ConversationId) -> None:
    """Keep the assistant out of one conversation; what it has queued is withdrawn."""
    await _set_paused(kit, conversation, Switch.ON)


async def resume_assistant(kit: Kit, conversation: ConversationId) -> None:
    """Let the assistant answer the customer's next message again."""
    await _set_paused(kit, conversation, Switch.OFF)


async def _set_paused(kit: Kit, conversation: ConversationId, pause: Switch) -> None:
    async with kit.mine() as unit:
        changed = await conversations.set_assistant_paused(
            unit, conversation, paused=pause is Switch.ON
        )
        if not changed:
            raise NotFound("That conversation is not in this inbox.")
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def set_master(kit: Kit, switch: Switch) -> None:
    """Turn the assistant on or off for the whole inbox; sends stop within 2 s.

    Raises:
        Refused: this member may not.
    """
    async with kit.mine() as unit:
        await rules.set_enabled(unit, enabled=switch is Switch.ON)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def set_mode(kit: Kit, channel: ChannelId, mode: AssistantMode) -> None:
    """Say what the assistant may do on a channel.

    Raises:
        NotFound: there is no such channel in this inbox.
    """
    async with kit.mine() as unit:
        if not await channels.set_mode(unit, channel, mode):
            raise NotFound("That channel is not in this inbox.")
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)
