"""Compare what the platform took with what we say of it. Pure: records in, verdict out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.domain.outbox import OutboxState

SHOWN_AS_SENT = frozenset({OutboxState.ACCEPTED, OutboxState.DELIVERED, OutboxState.READ})
SHOWN_WITH_A_REASON = frozenset(
    {OutboxState.FAILED, OutboxState.NEEDS_HUMAN, OutboxState.UNKNOWN}
)
ENDS = SHOWN_AS_SENT | SHOWN_WITH_A_REASON | {OutboxState.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message the platform took; `order` is the platform's own count."""

    order: int
    item: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row of the outbox when all is over."""

    id: UUID
    message_id: UUID
    conversation_id: UUID
    seq: int
    state: OutboxState
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a run; only the first three break a promise.

    `duplicates` were taken more than once. `lost` never came to an end, ended without a
    reason, or are shown as sent though the platform never took them. `reordered` were
    first taken before something their conversation said earlier. `ambiguous` were taken
    and are shown as not sent: the price of never sending twice, paid in a person's time.
    """

    duplicates: tuple[UUID, ...]
    lost: tuple[UUID, ...]
    reordered: tuple[UUID, ...]
    ambiguous: tuple[UUID, ...]
    states: Counter[OutboxState]

    @property
    def sound(self) -> bool:
        """Return whether every promise was kept."""
        return not (self.duplicates or self.lost or self.reordered)


def check(taken: Sequence[Taken], items: Sequence[Item]) -> Verdict:
    """Return what the platform's record proves about the rows of the outbox."""
    times = Counter(one.item for one in taken)
    return Verdict(
        duplicates=tuple(item for item, count in times.items() if count > 1),
        lost=tuple(item.id for item in items if _is_lost(item, times)),
        reordered=tuple(_reordered(taken, items)),
        ambiguous=tuple(
            item.id
            for item in items
            if item.id in times and item.state not in SHOWN_AS_SENT
        ),
        states=Counter(item.state for item in items),
    )


def _is_lost(item: Item, times: Counter[UUID]) -> bool:
    if item.state in SHOWN_AS_SENT:
        return item.id not in times
    if item.state in SHOWN_WITH_A_REASON:
        return not item.reason
    return item.state not in ENDS


def _reordered(taken: Sequence[Taken], items: Sequence[Item]) -> Iterable[UUID]:
    """Yield what was taken for the first time after a later word of its conversation."""
    known = {item.id: item for item in items}
    latest: dict[UUID, int] = defaultdict(int)
    seen: set[UUID] = set()
    for one in sorted(taken, key=lambda each: each.order):
        item = known[one.item]
        if item.id in seen:
            continue
        seen.add(item.id)
        if item.seq < latest[item.conversation_id]:
            yield item.id
        latest[item.conversation_id] = max(latest[item.conversation_id], item.seq)
