"""Connect a channel: its account, its token sealed for the companion, its first mode."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from core.actions.configure import require_allowed
from core.config.sealing import seal
from core.config.secret import Secret
from core.domain.channel import AssistantMode, Channel, PlatformName
from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import ChannelId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channels
from core.store.channels import NewChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account to connect, with the token its platform gave."""

    platform: PlatformName
    account_id: str
    name: str
    token: Secret
    mode: AssistantMode = AssistantMode.DRAFT
    metadata: dict[str, Any] = field(default_factory=dict)


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
        cell = channels.token_cell(unit.tenant, connected)
        stored = await channels.connect(
            unit,
            NewChannel(
                id=connected,
                platform=account.platform,
                account_id=account.account_id,
                account_name=account.name,
                sealed_token=seal(kit.vault, cell, account.token),
                mode=account.mode,
                metadata=account.metadata,
            ),
        )
        if not stored:
            raise Conflict("Somebody else is connecting this account.", "Try again.")
        await unit.publish(NoticeKind.CHANNEL_CHANGED, connected)
    return connected


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
                unit, channel_id, "Paused by a member.", signed_out=False
            )
            require_allowed(allowed=paused)
            await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)


async def resume(kit: Kit, channel_id: ChannelId) -> None:
    """Let a channel send again; raises as `pause` does."""
    async with kit.mine() as unit:
        _require(await channels.get(unit, channel_id))
        require_allowed(allowed=await channels.resume(unit, channel_id))
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel_id)


def _require(found: Channel | None) -> Channel:
    if found is None:
        raise NotFound("That channel is not in this inbox.")
    return found
