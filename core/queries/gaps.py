"""What customers ask and nothing in the knowledge base answers."""

from dataclasses import dataclass

from core.domain.errors import NotFound
from core.domain.gap import Gap, GapMessage, GapStatus
from core.domain.ids import GapId
from core.domain.member import Role
from core.kit import Kit
from core.store import gaps

__all__ = ["GapDetail", "GapRow", "detail", "list_all", "list_open"]

GapRow = Gap
"""A gap as the list shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapDetail:
    """A gap with its messages, newest first."""

    gap: Gap
    messages: tuple[GapMessage, ...]
    can_change: bool


async def list_open(kit: Kit) -> list[GapRow]:
    """Return the gaps that wait for an answer, the largest first, of equal ones the newest."""
    return [gap for gap in await list_all(kit) if gap.status is GapStatus.OPEN]


async def list_all(kit: Kit) -> list[GapRow]:
    """Return all gaps, those that were answered and dismissed as well."""
    async with kit.mine() as unit:
        return await gaps.all_of(unit)


async def detail(kit: Kit, gap: GapId) -> GapDetail:
    """Return a gap with its messages.

    Raises:
        NotFound: it is gone.
    """
    async with kit.mine() as unit:
        found = await gaps.get(unit, gap)
        messages = await gaps.messages_of(unit, gap)
    if found is None:
        raise NotFound("This group of questions is gone.", "Read the list again.")
    return GapDetail(
        gap=found,
        messages=tuple(messages),
        can_change=kit.member.role is not Role.AGENT,
    )
