"""Connect a channel: its account, its token sealed for the companion, its first mode."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from core.actions.configure import require_allowed
from core.config.sealing import Cell, companion_key, seal, seal_for
from core.config.secret import Secret
from core.domain.channel import AssistantMode, Channel, ChannelStatus, PlatformName
from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import ChannelId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channel_gaps, channel_health, channels, companion_keys
from core.store.channel_health import FirstFindings
from core.store.channel_tokens import SealedTokens, refresh_cell
from core.store.channels import NewChannel
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account to connect, with the tokens its platform gave.

    `findings` are what its platform has been asked already.
    """

    platform: PlatformName
    account_id: str
    name: str
    token: Secret
    refresh_token: Secret | None = None
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()
    mode: AssistantMode = AssistantMode.DRAFT
    metadata: dict[str, Any] = field(default_factory=dict)
    findings: FirstFindings = field(default_factory=FirstFindings)


async def channel(kit: Kit, account: Account) -> ChannelId:
    """Connect an account, or give a connected one a fresh token and let it run again.

    Raises:
        Refused: the platform is not one we can talk to, something is missing, or this
            member may not.
        Conflict: somebody else connects the same account at this moment.
    """
    if account.platform not in kit.platforms:
        known = ", ".join(sorted(kit.platforms))
        raise Refused(f"{account.platform} cannot be connected.", f"Use one of: {known}.")
    if not account.account_id.strip() or not account.token:
        raise Refused("The account's id and token are both needed.")
    async with kit.mine() as unit:
        known_id = await channels.find(unit, account.platform, account.account_id)
        connected = known_id or ChannelId(uuid4())
        # Whatever came back to the queue of a removed channel must not leave now.
        await channels.cancel_waiting(unit, connected)
        stored = await channels.connect(
            unit,
            NewChannel(
                id=connected,
                platform=account.platform,
                account_id=account.account_id,
                account_name=account.name,
                tokens=await _sealed(kit, unit, connected, account),
                mode=account.mode,
                metadata=account.metadata,
            ),
        )
        if not stored:
            raise Conflict("Somebody else is connecting this account.", "Try again.")
        await channel_health.begin(unit, connected, account.findings)
        await unit.publish(NoticeKind.CHANNEL_CHANGED, connected)
    return connected


async def _sealed(
    kit: Kit, unit: Unit, channel_id: ChannelId, account: Account
) -> SealedTokens:
    """Return the tokens in a form that the companion opens, wherever it runs.

    On one machine both have the same vault; on another, only the companion's public key.
    """
    theirs = await companion_keys.current(unit)

    def closed(cell: Cell, secret: Secret) -> str:
        if theirs is None or theirs == companion_key(kit.vault):
            return seal(kit.vault, cell, secret)
        return seal_for(theirs, cell, secret)

    refresh = account.refresh_token
    return SealedTokens(
        access_token=closed(channels.token_cell(unit.tenant, channel_id), account.token),
        refresh_token=None
        if refresh is None
        else closed(refresh_cell(unit.tenant, channel_id), refresh),
        expires_at=account.expires_at,
        scopes=account.scopes,
    )


async def pause(kit: Kit, channel_id: ChannelId) -> None:
    """Hold everything that would be sent on a channel.

    Raises:
        NotFound: there is no such channel in this inbox.
        Refused: this member may not.
    """
    async with kit.mine() as unit:
        running = _require(await channels.get(unit, channel_id)).paused_reason is None
        if running:
            paused = await channels.pause(
                unit, channel_id, channels.PAUSED_BY_HAND, signed_out=False
            )
            require_allowed(allowed=paused)
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)


async def resume(kit: Kit, channel_id: ChannelId) -> None:
    """Let a channel send again; raises as `pause` does.

    Raises:
        Refused: the platform has taken our permission back, which only a login gives again.
    """
    async with kit.mine() as unit:
        found = _require(await channels.get(unit, channel_id))
        if found.status is ChannelStatus.REVOKED:
            raise Refused("The channel is signed out.", "Connect the account again.")
        require_allowed(allowed=await channels.resume(unit, channel_id))
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)


async def remove(kit: Kit, channel_id: ChannelId) -> None:
    """Take a channel out of use for good; what was written on it stays readable.

    What waits to be sent is cancelled: it does not leave if the account comes back later.

    A companion ends its subscription and deletes its tokens, which no member can read;
    until one runs they rest sealed and unused. Raises as `pause` does: only an owner may.
    """
    async with kit.mine() as unit:
        _require(await channels.get(unit, channel_id))
        require_allowed(allowed=await channels.remove(unit, channel_id))
        await channels.cancel_waiting(unit, channel_id)
        await channel_health.ask_look(unit, channel_id)
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)


async def test(kit: Kit, channel_id: ChannelId) -> None:
    """Have a companion look at a channel now; its findings come with the next notice.

    Raises as `pause` does.
    """
    async with kit.mine() as unit:
        _require(await channels.get(unit, channel_id))
        await channel_health.ask_look(unit, channel_id)


async def acknowledge_gaps(kit: Kit, channel_id: ChannelId) -> None:
    """Note that people know of the times in which nobody listened."""
    async with kit.mine() as unit:
        if await channel_gaps.acknowledge(unit, channel_id):
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)


def _require(found: Channel | None) -> Channel:
    if found is None:
        raise NotFound("That channel is not in this inbox.")
    return found
