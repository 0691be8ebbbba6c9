"""Sign in to a channel's platform, as far as our side of it goes."""

from core.config.sealing import unseal
from core.config.secret import Secret
from core.domain.channel import Channel
from core.domain.errors import ChannelSignedOut
from core.domain.outbox import AnswerClass, SendAnswer
from core.kit import Kit
from core.platforms.base import ChannelSession
from core.store import channels


async def opened(kit: Kit, channel: Channel) -> ChannelSession | SendAnswer:
    """Return what calls to a channel's platform need, or why there is no such thing."""
    async with kit.unit(channel.tenant) as unit:
        sealed = await channels.sealed_token(unit, channel.id)
    try:
        token = _token(kit, channel, sealed)
    except ChannelSignedOut as error:
        return SendAnswer(result=AnswerClass.RECONNECT, title=error.title)
    return ChannelSession(
        account_id=channel.account_id,
        base_url=channel.base_url or kit.base_urls[channel.platform],
        token=token,
        http=kit.http,
        metadata=channel.metadata,
    )


def _token(kit: Kit, channel: Channel, sealed: str | None) -> Secret:
    if not sealed:
        raise ChannelSignedOut("The channel has no token.", "Connect the channel again.")
    return unseal(kit.vault, channels.token_cell(channel.tenant, channel.id), sealed)
