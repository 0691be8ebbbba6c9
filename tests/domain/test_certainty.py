from math import comb

import pytest

from core.domain.certainty import clopper_pearson, incomplete_beta

# Exact limits as tables and other programs print them.
KNOWN = [
    (0, 10, 0.0, 0.30850),
    (1, 10, 0.00253, 0.44502),
    (5, 10, 0.18709, 0.81291),
    (10, 10, 0.69150, 1.0),
    (19, 20, 0.75127, 0.99873),
    (30, 30, 0.88430, 1.0),
    (95, 100, 0.88717, 0.98357),
]


@pytest.mark.parametrize(("hits", "trials", "low", "high"), KNOWN)
def test_limits_are_those_of_the_tables(
    hits: int, trials: int, low: float, high: float
) -> None:
    found = clopper_pearson(hits, trials)
    assert found.low == pytest.approx(low, abs=5e-6)
    assert found.high == pytest.approx(high, abs=5e-6)


def _tail(hits: int, trials: int, share: float) -> float:
    """Return the chance of at least so many hits, summed up."""
    return sum(
        comb(trials, k) * share**k * (1 - share) ** (trials - k)
        for k in range(hits, trials + 1)
    )


@pytest.mark.parametrize(("hits", "trials"), [(1, 3), (7, 9), (29, 30), (180, 190)])
def test_limits_leave_exactly_a_tail_on_each_side(hits: int, trials: int) -> None:
    found = clopper_pearson(hits, trials)
    assert _tail(hits, trials, found.low) == pytest.approx(0.025, abs=1e-9)
    assert 1 - _tail(hits + 1, trials, found.high) == pytest.approx(0.025, abs=1e-9)


def test_nothing_is_known_without_trials() -> None:
    found = clopper_pearson(0, 0)
    assert (found.low, found.high) == (0.0, 1.0)


def test_more_trials_at_the_same_share_say_more() -> None:
    lows = [clopper_pearson(19 * n, 20 * n).low for n in (1, 2, 5, 20, 500)]
    assert lows == sorted(lows)


@pytest.mark.parametrize(("hits", "trials"), [(3, 2), (-1, 2)])
def test_more_hits_than_trials_are_refused(hits: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        clopper_pearson(hits, trials)


def test_beta_function_has_its_ends() -> None:
    assert incomplete_beta(0.0, 2, 3) == 0.0
    assert incomplete_beta(1.0, 2, 3) == 1.0
    assert incomplete_beta(0.5, 4, 4) == pytest.approx(0.5)
