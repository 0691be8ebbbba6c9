"""Keep a fitted matcher for each inbox, and fit it anew when its FAQ has changed."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

from core.assistant.faq_matcher import FEWEST_ENTRIES, FaqMatcher, Matched
from core.assistant.state import FaqSet, Phrasings
from core.domain.ids import TenantId
from core.llm.base import Embedder

MOST_KEPT = 16
"""Inboxes whose matcher stays in memory, some megabytes each; the one not asked goes."""
STALE_SECONDS = 3600.0
"""After this long a FAQ is learnt again: messages that nothing answers have come since."""


@dataclass(slots=True)
class _Slot:
    """One inbox: what is fitted, and the lock behind which it is fitted once."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    faq: FaqSet | None = None
    matcher: FaqMatcher | None = None
    fitted_at: float = 0.0

    def holds(self, version: str) -> bool:
        """Tell whether what is fitted still stands."""
        if self.faq is None or self.faq.version != version:
            return False
        return monotonic() - self.fitted_at < STALE_SECONDS


class Matchers:
    """The matchers of all inboxes that this process answers for."""

    def __init__(self, phrasings: Phrasings | None, embedder: Embedder) -> None:
        """Without `phrasings` nothing is ever matched."""
        self._phrasings = phrasings
        self._embedder = embedder
        self._slots: OrderedDict[TenantId, _Slot] = OrderedDict()

    async def match(self, tenant: TenantId, text: str, language: str) -> Matched | None:
        """Return which entry of the inbox's FAQ `text` asks; None without such a FAQ.

        Raises:
            ModelDown: the embedder does not answer.
        """
        slot = await self._ready(tenant)
        if slot is None or slot.matcher is None:
            return None
        (vector,) = await self._embedder.embed([text])
        return slot.matcher.match(text, vector, language)

    async def ordinary(self, tenant: TenantId) -> tuple[str, ...]:
        """Return messages that customers of the inbox do send: one way to ask each entry.

        Those known already will do, without asking whether the FAQ has changed since.
        """
        slot = self._slots.get(tenant)
        if slot is None or slot.faq is None:
            slot = await self._ready(tenant)
        faq = None if slot is None else slot.faq
        return () if faq is None else tuple(one.phrasings[0] for one in faq.entries)

    async def _ready(self, tenant: TenantId) -> _Slot | None:
        if self._phrasings is None:
            return None
        version = await self._phrasings.version(tenant)
        slot = self._slots.setdefault(tenant, _Slot())
        self._slots.move_to_end(tenant)
        if len(self._slots) > MOST_KEPT:
            self._slots.popitem(last=False)
        async with slot.lock:
            if not slot.holds(version):
                faq = await self._phrasings.read(tenant)
                slot.matcher = await asyncio.to_thread(self._fitted, faq)
                slot.faq, slot.fitted_at = faq, monotonic()
        return slot

    def _fitted(self, faq: FaqSet) -> FaqMatcher | None:
        """Return a matcher, unless there is nothing to tell apart or to compare with.

        An inbox may still be searched with the vectors of another embedder than ours.
        """
        is_ours = faq.embedder == self._embedder.name
        return FaqMatcher(faq) if is_ours and len(faq.entries) >= FEWEST_ENTRIES else None
