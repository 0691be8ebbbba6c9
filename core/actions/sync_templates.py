"""Read a channel's message templates from its platform."""

from core import logs
from core.actions import session
from core.domain.errors import ChannelSignedOut, NotFound, Refused
from core.domain.ids import ChannelId, TenantId
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.templating import Templating
from core.queue import JobName, put_once
from core.store import channels, templates

_log = logs.logger(__name__)


async def ask(kit: Kit, channel: ChannelId) -> None:
    """Have the companion read a channel's templates again, soon.

    Raises:
        NotFound: there is no such channel in this inbox.
        Refused: its platform knows no templates.
    """
    async with kit.mine() as unit:
        found = await channels.get(unit, channel)
        if found is None:
            raise NotFound("That channel is not in this inbox.")
        manifest = kit.platforms[found.platform].manifest
        if not isinstance(kit.platforms[found.platform], Templating):
            raise Refused(f"{manifest.title} knows no templates.")
        await put_once(unit, JobName.SYNC_TEMPLATES, channel)


async def of_channel(kit: Kit, tenant: TenantId, channel_id: ChannelId) -> None:
    """Ask the platform and keep exactly what it tells.

    Raises:
        Unavailable: the platform or the line is away; try again.
        ChannelSignedOut: the channel must be connected again first.
    """
    async with kit.unit(tenant) as unit:
        channel = await channels.get(unit, channel_id)
    if channel is None:
        return
    platform = kit.platforms[channel.platform]
    if not isinstance(platform, Templating):
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        raise ChannelSignedOut(opened.title)
    try:
        found = await platform.templates(opened)
    except Refused as kept:
        _log.warning("templates.not_read", channel_id=str(channel_id), why=kept.title)
        return
    async with kit.unit(tenant) as unit:
        await templates.replace_all(unit, channel_id, found)
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)
    _log.info("templates.read", channel_id=str(channel_id), count=len(found))
