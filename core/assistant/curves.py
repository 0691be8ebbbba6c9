"""Keep for each inbox how its outcomes correct the shipped probabilities."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic

from core.assistant.calibrated import Curve, recalibrated
from core.assistant.state import Outcomes
from core.domain.ids import TenantId

MOST_KEPT = 256
STALE_SECONDS = 900.0
"""How long outcomes are not asked for again: one more of fifty changes next to nothing."""


@dataclass(frozen=True, slots=True)
class _Kept:
    curve: Curve
    read_at: float


class Curves:
    """The corrections of all inboxes that this process answers for."""

    def __init__(self, outcomes: Outcomes | None) -> None:
        """Without `outcomes` nothing is ever corrected."""
        self._outcomes = outcomes
        self._kept: OrderedDict[TenantId, _Kept] = OrderedDict()

    async def of(self, tenant: TenantId) -> Curve:
        """Return what to make of a probability in an inbox."""
        if self._outcomes is None:
            return Curve()
        kept = self._kept.get(tenant)
        if kept is None or monotonic() - kept.read_at > STALE_SECONDS:
            came = await self._outcomes.read(tenant)
            curve = await asyncio.to_thread(
                recalibrated, [one.likely for one in came], [one.right for one in came]
            )
            kept = _Kept(curve, monotonic())
        self._kept[tenant] = kept
        self._kept.move_to_end(tenant)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept.curve
