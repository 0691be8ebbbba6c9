"""What in the knowledge base the owner might want to put right."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.knowledge import Conflict, Document, DocumentStatus, Expired
from core.kit import Kit
from core.queries.knowledge import DocumentRow, overview
from core.store import conflicts

STALE_AFTER = timedelta(days=365)
SETTLED_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the owner might want to put right."""

    conflicts: tuple[Conflict, ...]
    expired: tuple[Expired, ...]
    stale: tuple[DocumentRow, ...]
    """Not changed for a year."""
    unused: tuple[DocumentRow, ...]
    """Never quoted in an answer, though they have been there for a month."""


async def doubts(kit: Kit) -> Review:
    """Return what contradicts, what has expired, what is old and what is never used."""
    today = kit.clock.now()
    whole = await overview(kit)
    async with kit.mine() as unit:
        disputed = await conflicts.open_ones(unit)
        passed = await conflicts.expired(unit, today.date())
    return Review(
        conflicts=tuple(disputed),
        expired=tuple(passed),
        stale=tuple(row for row in whole.documents if _is_stale(row.document, today)),
        unused=tuple(
            row
            for row in whole.documents
            if not row.times_used and _is_settled(row.document, today)
        ),
    )


def _is_stale(document: Document, now: datetime) -> bool:
    read = document.last_ingested_at
    return read is not None and now - read > STALE_AFTER


def _is_settled(document: Document, now: datetime) -> bool:
    """Tell whether a document has had time to be of use."""
    return (
        document.status is DocumentStatus.INDEXED
        and now - document.created_at > SETTLED_AFTER
    )
