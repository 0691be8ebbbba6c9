"""How an inbox's own outcomes correct its confidence, and how long they stand."""

from uuid import uuid4

import pytest

from core.assistant import curves, replay, saver
from core.assistant.calibrated import FEWEST_OUTCOMES, Curve
from core.assistant.curves import Curves
from core.assistant.graph import open_assistant
from core.assistant.state import Came
from core.domain.ids import TenantId
from tests.assistant.cases import LetterEmbedder, Shelf, case
from tests.assistant.dogs import DOGS


async def test_without_outcomes_or_with_few_nothing_is_corrected() -> None:
    few = _Outcomes(_wrong(FEWEST_OUTCOMES - 1))
    for known in (Curves(None), Curves(few)):
        assert await known.of(TenantId(uuid4())) == Curve()


async def test_suggestions_that_were_wrong_lower_the_confidence() -> None:
    corrected = await Curves(_Outcomes(_wrong(FEWEST_OUTCOMES))).of(TenantId(uuid4()))
    assert corrected(0.9) < 0.6


async def test_outcomes_of_an_inbox_are_read_once_in_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes = _Outcomes(_wrong(60))
    known, tenant = Curves(outcomes), TenantId(uuid4())
    first = await known.of(tenant)
    assert await known.of(tenant) == first
    assert outcomes.reads == 1
    monkeypatch.setattr(curves, "STALE_SECONDS", -1.0)
    await known.of(tenant)
    assert outcomes.reads == 2


async def test_an_inbox_is_never_corrected_by_anothers_outcomes() -> None:
    asked, other = TenantId(uuid4()), TenantId(uuid4())
    known = Curves(_Outcomes(_wrong(60), only=asked))
    assert await known.of(asked) != Curve()
    assert await known.of(other) == Curve()


async def test_the_inboxes_kept_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curves, "MOST_KEPT", 1)
    outcomes = _Outcomes(())
    known, one = Curves(outcomes), TenantId(uuid4())
    await known.of(one)
    await known.of(TenantId(uuid4()))
    await known.of(one)
    assert outcomes.reads == 3


async def test_a_corrected_decision_keeps_both_and_is_replayed_exactly() -> None:
    async with open_assistant(
        retrieve=Shelf(DOGS),
        embedder=LetterEmbedder(),
        checkpointer=saver.in_memory(),
        outcomes=_Outcomes(_wrong(200)),
    ) as opened:
        decided = await opened.weigh(case("Are dogs allowed?"))
    snapshot = decided.snapshot
    assert snapshot["likely"] < snapshot["shipped"]
    again = await replay.replay(snapshot)
    assert replay.outcome(again) == snapshot["outcome"]


class _Outcomes:
    """Outcomes that count how often they are read."""

    def __init__(self, came: tuple[Came, ...], only: TenantId | None = None) -> None:
        self.came, self.only, self.reads = came, only, 0

    async def read(self, tenant: TenantId) -> tuple[Came, ...]:
        self.reads += 1
        return self.came if self.only in (None, tenant) else ()


def _wrong(count: int) -> tuple[Came, ...]:
    return (Came(likely=0.9, right=False),) * count
