"""The templates that may be sent in a channel or a conversation."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.errors import NotFound
from core.domain.ids import ChannelId, ConversationId
from core.domain.rich import RichKind, Template
from core.kit import Kit
from core.store import channels, conversations, templates
from core.store.pool import Unit

__all__ = ["Templates", "of_channel", "of_conversation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """A channel's templates, those that may be sent first.

    `read_at` is None while the platform has not been asked yet.
    """

    channel: ChannelId
    templates: tuple[Template, ...]
    read_at: datetime | None

    @property
    def ready(self) -> tuple[Template, ...]:
        """Return those that may be sent now."""
        return tuple(template for template in self.templates if template.ready)


async def of_channel(kit: Kit, channel: ChannelId) -> Templates:
    """Return a channel's templates; none for a platform without them.

    Raises:
        NotFound: there is no such channel in this inbox.
    """
    async with kit.mine() as unit:
        return await _of(kit, unit, channel)


async def of_conversation(kit: Kit, conversation: ConversationId) -> Templates:
    """Return the templates of a conversation's channel; raises as `of_channel` does."""
    async with kit.mine() as unit:
        channel = await conversations.channel_of(unit, conversation)
        if channel is None:
            raise NotFound("That conversation is not in this inbox.")
        return await _of(kit, unit, channel)


async def _of(kit: Kit, unit: Unit, channel_id: ChannelId) -> Templates:
    channel = await channels.get(unit, channel_id)
    if channel is None:
        raise NotFound("That channel is not in this inbox.")
    known = RichKind.TEMPLATE in kit.platforms[channel.platform].manifest.rich
    found = await templates.of_channel(unit, channel_id) if known else []
    return Templates(
        channel=channel_id,
        templates=tuple(found),
        read_at=await templates.synced_at(unit, channel_id),
    )
