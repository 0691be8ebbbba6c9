"""Ask a platform for what it announced without saying it: an edit, or a mention of us."""

from uuid import UUID

from core.actions import apply, hear, session
from core.domain.channel import Channel
from core.domain.errors import ChannelSignedOut
from core.domain.ids import TenantId
from core.domain.incoming import CommentKind, IncomingComment, IncomingEcho, IncomingMessage
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.platforms import registry
from core.platforms.base import ChannelSession
from core.store import channels, rereadings
from core.store.pool import Unit
from core.store.rereadings import Reread

_Told = IncomingMessage | IncomingEcho | IncomingComment | None


async def noted(kit: Kit, tenant: TenantId, at: UUID) -> None:
    """Show what was noted as it reads now; what the platform keeps back stays as it is.

    A message that never arrived, because only its edit was announced, arrives here.

    Raises:
        Unavailable: the platform or the line is away; try again.
        ChannelSignedOut: the channel must be connected again first.
    """
    async with kit.unit(tenant) as unit:
        wanted = await rereadings.get(unit, at)
        channel = None if wanted is None else await channels.get(unit, wanted.channel_id)
    if wanted is None or channel is None:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        raise ChannelSignedOut(opened.title)
    told = await _ask(opened, channel, wanted)
    async with kit.unit(tenant) as unit:
        await _show(kit, unit, channel, told, wanted)
        await rereadings.done(unit, at)


async def _ask(session: ChannelSession, channel: Channel, wanted: Reread) -> _Told:
    asking = registry.rereading()[channel.platform]
    if wanted.mentioned_in is None:
        return await asking.message(session, wanted.target_platform_id)
    mention = IncomingComment(
        account_id=channel.account_id,
        key=wanted.target_platform_id,
        at=wanted.at,
        post_id=wanted.mentioned_in,
        sender=None,
        text="",
        kind=CommentKind.MENTION,
    )
    return await asking.mention(session, mention)


async def _show(
    kit: Kit, unit: Unit, channel: Channel, told: _Told, wanted: Reread
) -> None:
    if isinstance(told, IncomingComment):
        await hear.shown(kit, unit, channel, told)
    elif told is not None:
        await apply.reread(kit, unit, channel, told, at=wanted.at)
