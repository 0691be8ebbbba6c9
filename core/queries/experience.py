"""How the assistant's suggestions came out in an inbox, for its confidence to learn from."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from core.assistant import answering
from core.assistant.state import Came
from core.domain.agreement import Agreed, judge
from core.domain.ids import TenantId
from core.store import suggested
from core.store.pool import Database, Unit
from core.store.suggested import SuggestedRow

WITHIN = timedelta(days=120)
"""What people wanted longer ago says little about what they want now."""
MOST = 500


class KnownOutcomes:
    """Reads outcomes for whichever inbox is asked about."""

    def __init__(self, database: Database) -> None:
        """Read over a process's own login."""
        self._database = database

    async def read(self, tenant: TenantId) -> tuple[Came, ...]:
        """Return how the newest suggestions came out, as far as people have shown it."""
        async with self._database.unit(tenant) as unit:
            found = await suggested.marked(unit, await _ended(unit))
        # Comparing some hundred edited texts takes a moment, in which others are to be heard.
        return await asyncio.to_thread(_judged, found)


async def outcomes_of(unit: Unit) -> tuple[Came, ...]:
    """Return the same in a transaction that is open, of whoever may read corrections."""
    found = await suggested.marked(unit, await _ended(unit))
    return await asyncio.to_thread(_judged, found)


async def _ended(unit: Unit) -> list[SuggestedRow]:
    """Return suggestions weighed as today: another version's likelihoods meant otherwise."""
    return await suggested.ended(unit, weights=answering.VERSION, within=WITHIN, most=MOST)


def _judged(found: Sequence[SuggestedRow]) -> tuple[Came, ...]:
    judged = [(row.shipped, judge(row.seen()).agreed) for row in found]
    return tuple(
        Came(likely=likely, right=agreed is Agreed.YES)
        for likely, agreed in judged
        if agreed is not Agreed.UNKNOWN
    )
