"""The list of conversations."""

from dataclasses import dataclass

from core.domain.ids import ConversationId
from core.kit import Kit
from core.store import inbox
from core.store.inbox import Cursor, InboxCounts, InboxFilter, InboxRow, Wanted

__all__ = [
    "Cursor",
    "InboxCounts",
    "InboxFilter",
    "InboxPage",
    "InboxRow",
    "counts",
    "page",
    "row",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """Rows newest first; `has_more` in the direction that was asked for."""

    rows: tuple[InboxRow, ...]
    has_more: bool


async def page(
    kit: Kit,
    *,
    filter: InboxFilter = InboxFilter.ALL,
    search: str = "",
    before: Cursor | None = None,
    after: Cursor | None = None,
    limit: int = 100,
) -> InboxPage:
    """Return a page of the list: the top, what follows `before`, or what precedes `after`."""
    wanted = Wanted(
        filter=filter, member=kit.member.id, search=search.strip(), limit=limit + 1
    )
    async with kit.mine() as unit:
        if after is None:
            found = await inbox.older(unit, wanted, before)
            kept = found[:limit]
        else:
            found = await inbox.newer(unit, wanted, after)
            kept = found[-limit:]
    return InboxPage(rows=tuple(kept), has_more=len(found) > limit)


async def row(kit: Kit, conversation: ConversationId) -> InboxRow | None:
    """Return one line of the list, or None if it is not in this inbox."""
    async with kit.mine() as unit:
        return await inbox.row(unit, conversation)


async def counts(kit: Kit) -> InboxCounts:
    """Return how many conversations each filter shows."""
    async with kit.mine() as unit:
        return await inbox.counts(unit, kit.member.id)
