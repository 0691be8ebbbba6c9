"""How the machinery is: for `/metrics`, `/readyz`, `status` and the window."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.channel import AssistantMode, ChannelStatus, PlatformName
from core.domain.ids import ChannelId
from core.kit import Kit
from core.store import channels
from core.store import health as stored
from core.store.health import Figures

__all__ = ["ChannelHealth", "Figures", "Health", "figures", "overview", "readiness"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """One channel, and when something last truly arrived on it."""

    id: ChannelId
    name: str
    platform: PlatformName
    status: ChannelStatus
    mode: AssistantMode
    paused_reason: str | None
    last_inbound_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a member may know of the machinery of their inbox."""

    companion_alive: bool
    queued: int
    uncertain: int
    parked: int
    channels: tuple[ChannelHealth, ...]


async def figures(kit: Kit) -> Figures:
    """Return the lengths and ages of all work lists, over all tenants; services only."""
    async with kit.database.claim() as unit:
        return await stored.figures(unit)


async def readiness(kit: Kit) -> dict[str, Any]:
    """Return what `/readyz` shows once the database answers and takes a write.

    Raises:
        DatabaseDown: it does not.
    """
    async with kit.database.claim() as unit:
        version = await stored.schema_version(unit)
    return {"schema": version}


async def overview(kit: Kit) -> Health:
    """Return the health of this member's inbox."""
    async with kit.mine() as unit:
        counts = await stored.counts(unit)
        found = await channels.all_of(unit)
    return Health(
        companion_alive=counts.companion_alive,
        queued=counts.queued,
        uncertain=counts.uncertain,
        parked=counts.parked,
        channels=tuple(
            ChannelHealth(
                id=channel.id,
                name=channel.account_name,
                platform=channel.platform,
                status=channel.status,
                mode=channel.assistant_mode,
                paused_reason=channel.paused_reason,
                last_inbound_at=channel.last_inbound_at,
            )
            for channel in found
        ),
    )
