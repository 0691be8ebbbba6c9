"""Ask a platform for a message that it said has changed, without saying how."""

from uuid import UUID

from core.actions import apply, session
from core.domain.errors import ChannelSignedOut
from core.domain.ids import TenantId
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.platforms import registry
from core.store import channels, rereadings


async def message(kit: Kit, tenant: TenantId, noted: UUID) -> None:
    """Show a message as it reads now; one that the platform keeps back stays as it is.

    A message that never arrived, because only its edit was announced, arrives here.

    Raises:
        Unavailable: the platform or the line is away; try again.
        ChannelSignedOut: the channel must be connected again first.
    """
    async with kit.unit(tenant) as unit:
        wanted = await rereadings.get(unit, noted)
        channel = None if wanted is None else await channels.get(unit, wanted.channel_id)
    if wanted is None or channel is None:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        raise ChannelSignedOut(opened.title)
    asking = registry.rereading()[channel.platform]
    told = await asking.message(opened, wanted.target_platform_id)
    async with kit.unit(tenant) as unit:
        if told is not None:
            await apply.reread(kit, unit, channel, told, at=wanted.at)
        await rereadings.done(unit, noted)
