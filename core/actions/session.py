"""Sign in to a channel's platform, as far as our side of it goes."""

from dataclasses import dataclass, field

from core.actions import developer_apps
from core.config.sealing import is_for_companion, seal, unseal
from core.config.secret import Secret
from core.domain.channel import Channel
from core.domain.errors import ChannelSignedOut
from core.domain.outbox import AnswerClass, SendAnswer
from core.kit import Kit
from core.platforms.base import ChannelSession
from core.platforms.connecting import Grant
from core.store import channel_tokens, channels
from core.store.channel_tokens import SealedTokens

_NO_TOKEN = ("The channel has no token.", "Connect the channel again.")


async def opened(kit: Kit, channel: Channel) -> ChannelSession | SendAnswer:
    """Return what calls to a channel's platform need, or why there is no such thing."""
    async with kit.unit(channel.tenant) as unit:
        sealed = await channels.sealed_token(unit, channel.id)
    try:
        token = _token(kit, channel, sealed)
    except ChannelSignedOut as error:
        return SendAnswer(result=AnswerClass.RECONNECT, title=error.title)
    return with_token(kit, channel, token)


def with_token(kit: Kit, channel: Channel, token: Secret) -> ChannelSession:
    """Return what calls to a channel's platform need, with a token that is at hand."""
    return ChannelSession(
        account_id=channel.account_id,
        base_url=base_url(kit, channel),
        token=token,
        http=kit.http,
        metadata={
            **channel.metadata,
            **developer_apps.noted(kit.settings, channel.platform),
        },
        flavour=channel.flavour or "",
        app_token=developer_apps.own_token(kit.settings, channel.platform),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a channel signs in with; `sealed` tells whether the row still holds the same."""

    grant: Grant
    sealed: str = field(repr=False)


async def held(kit: Kit, channel: Channel) -> Held:
    """Return all that a channel signs in with; the companion alone may ask.

    What a member on another machine sealed to the companion is sealed anew by the way.

    Raises:
        ChannelSignedOut: there is no token, or none that opens here.
    """
    async with kit.unit(channel.tenant) as unit:
        sealed = await channel_tokens.sealed_tokens(unit, channel.id)
        if sealed is None:
            raise ChannelSignedOut(*_NO_TOKEN)
        grant = _opened(kit, channel, sealed)
        if is_for_companion(sealed.access_token):
            was, sealed = sealed.access_token, closed(kit, channel, grant)
            await channel_tokens.reseal(unit, channel.id, sealed, was=was)
    return Held(grant=grant, sealed=sealed.access_token)


def _opened(kit: Kit, channel: Channel, sealed: SealedTokens) -> Grant:
    cell = channel_tokens.refresh_cell(channel.tenant, channel.id)
    refresh = sealed.refresh_token
    return Grant(
        access_token=_token(kit, channel, sealed.access_token),
        refresh_token=None if refresh is None else unseal(kit.vault, cell, refresh),
        expires_at=sealed.expires_at,
        scopes=sealed.scopes,
    )


def closed(kit: Kit, channel: Channel, given: Grant) -> SealedTokens:
    """Return a grant as the companion keeps it."""
    of = (channel.tenant, channel.id)
    refresh = given.refresh_token
    return SealedTokens(
        access_token=seal(kit.vault, channels.token_cell(*of), given.access_token),
        refresh_token=None
        if refresh is None
        else seal(kit.vault, channel_tokens.refresh_cell(*of), refresh),
        expires_at=given.expires_at,
        scopes=given.scopes,
    )


def base_url(kit: Kit, channel: Channel) -> str:
    """Return a channel's API base: its own, else that of the host its login belongs to."""
    hosts = kit.platforms[channel.platform].manifest.hosts
    host = hosts.get(channel.flavour or "", channel.platform)
    return channel.base_url or kit.base_urls[host]


def _token(kit: Kit, channel: Channel, sealed: str | None) -> Secret:
    if not sealed:
        raise ChannelSignedOut(*_NO_TOKEN)
    return unseal(kit.vault, channels.token_cell(channel.tenant, channel.id), sealed)
