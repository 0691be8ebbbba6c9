"""`channel_gaps`: times in which nobody listened, until it is known what they cost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.ids import ChannelId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One silence of ours on one channel."""

    id: UUID
    channel_id: ChannelId
    from_at: datetime
    to_at: datetime
    state: str
    found: int


_OPEN = """
select id, channel_id, from_at, to_at, state, found from channel_gaps
where tenant_id = %(tenant)s and channel_id = %(channel)s and state = 'open'
order by from_at
"""
_UNSEEN = """
select id, channel_id, from_at, to_at, state, found from channel_gaps
where tenant_id = %(tenant)s and state = 'possible' and seen_at is null
order by from_at
"""


async def open_ones(unit: Unit, channel: ChannelId) -> list[GapRow]:
    """Return a channel's gaps about which its platform has not been asked."""
    return await unit.rows(GapRow, _OPEN, {"tenant": unit.tenant, "channel": channel})


async def unseen(unit: Unit) -> list[GapRow]:
    """Return the tenant's possible gaps that nobody has acknowledged, oldest first."""
    return await unit.rows(GapRow, _UNSEEN, {"tenant": unit.tenant})


_SETTLE = """
update channel_gaps set state = %(state)s, found = %(found)s
 where tenant_id = %(tenant)s and id = %(id)s and state = 'open'
"""


async def settle(unit: Unit, gap: UUID, state: str, *, found: int) -> None:
    """Note whether a gap is `closed` or stays `possible`, and how many messages it held."""
    params = {"tenant": unit.tenant, "id": gap, "state": state, "found": found}
    await unit.execute(_SETTLE, params)


_SEEN = """
update channel_gaps set seen_at = now()
 where tenant_id = %(tenant)s and channel_id = %(channel)s and state = 'possible'
   and seen_at is null
"""


async def acknowledge(unit: Unit, channel: ChannelId) -> int:
    """Note that a member knows of a channel's gaps; return how many there were."""
    return await unit.execute(_SEEN, {"tenant": unit.tenant, "channel": channel})


_LAST_END = """
select max(to_at) from channel_gaps
where tenant_id = %(tenant)s and channel_id = %(channel)s
"""


async def last_end(unit: Unit, channel: ChannelId) -> datetime | None:
    """Return since when somebody has listened without a pause, None for always."""
    params = {"tenant": unit.tenant, "channel": channel}
    found: datetime | None = await unit.value(_LAST_END, params)
    return found
