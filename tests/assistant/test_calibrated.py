"""Probabilities corrected by outcomes, and thresholds that keep what they promise."""

from math import exp
from random import Random

import pytest

from core.assistant.calibrated import (
    FEWEST_OUTCOMES,
    beta_share,
    calibration_error,
    lower_bound,
    recalibrated,
    threshold,
)


@pytest.mark.parametrize(
    ("one", "other", "at", "share"),
    [(1, 1, 0.3, 0.3), (2, 3, 0.4, 0.5248), (5, 1, 0.5, 0.03125), (0.5, 0.5, 0.5, 0.5)],
)
def test_the_beta_function_is_that_of_the_books(
    one: float, other: float, at: float, share: float
) -> None:
    assert beta_share(one, other, at) == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize(
    ("good", "count", "bound"), [(20, 20, 0.8913), (95, 100, 0.9092), (0, 10, 0.0)]
)
def test_the_lower_bound_is_clopper_and_pearsons(
    good: int, count: int, bound: float
) -> None:
    assert lower_bound(good, count) == pytest.approx(bound, abs=1e-4)


def test_more_outcomes_of_the_same_share_are_promised_more() -> None:
    bounds = [lower_bound(9 * times, 10 * times) for times in (1, 5, 20, 100)]
    assert bounds == sorted(bounds)
    assert bounds[-1] < 0.9


def test_a_threshold_is_kept_on_messages_it_was_not_fixed_on() -> None:
    sent: list[bool] = []
    for seed in range(10):
        scores, right = _outcomes(2000, seed=seed, truth=lambda score: score)
        bar = threshold(scores[:1000], right[:1000], 0.9)
        assert bar is not None
        unseen = zip(scores[1000:], right[1000:], strict=True)
        sent += [ok for score, ok in unseen if score >= bar]
    assert sum(sent) / len(sent) >= 0.9


def test_no_threshold_is_promised_on_few_or_wrong_outcomes() -> None:
    assert threshold([0.9] * 10, [True] * 10, 0.95) is None
    assert threshold([0.9] * 100, [False] * 100, 0.5) is None
    assert threshold([], [], 0.95) is None


def test_equal_scores_stand_on_one_side_of_a_threshold() -> None:
    scores, right = [0.9] * 40 + [0.5] * 40, [True] * 40 + [True, False] * 20
    assert threshold(scores, right, 0.9) == 0.9


def test_few_outcomes_change_nothing() -> None:
    few = FEWEST_OUTCOMES - 1
    assert recalibrated([0.9] * few, [False] * few)(0.9) == pytest.approx(0.9)


@pytest.mark.parametrize("count", [60, 400])
def test_outcomes_bring_promises_nearer_to_what_happens(count: int) -> None:
    scores, right = _outcomes(count + 2000, seed=3, truth=lambda score: score**3)
    curve = recalibrated(scores[:count], right[:count])
    unseen, came = scores[count:], right[count:]
    corrected = [curve(score) for score in unseen]
    assert calibration_error(corrected, came) < calibration_error(unseen, came) * 0.7


@pytest.mark.parametrize("count", [300, 1500])
def test_widely_spread_outcomes_are_corrected_too(count: int) -> None:
    """Whole steps of Newton's method run away from log-odds like those of a large FAQ."""
    random = Random(4)  # noqa: S311 - the same numbers in every run
    odds = [max(-2.5, min(11.0, random.gauss(2.5, 3.5))) for _ in range(count)]
    scores = [1 / (1 + exp(-one)) for one in odds]
    right = [random.random() < 1 / (1 + exp(1.5 - 0.6 * one)) for one in odds]
    curve = recalibrated(scores, right)
    assert curve.slope == pytest.approx(0.6, abs=0.2)
    assert curve.shift == pytest.approx(-1.5, abs=0.4)


def test_a_correction_never_changes_which_answer_is_surer() -> None:
    against = recalibrated([0.1, 0.9] * 100, [True, False] * 100)
    values = [against(at / 100) for at in range(1, 100)]
    assert values == sorted(values)
    assert all(0.0 < value < 1.0 for value in (*values, against(0.0), against(1.0)))


def test_outcomes_that_are_all_alike_stay_away_from_certainty() -> None:
    assert 0.9 < recalibrated([0.9] * 60, [True] * 60)(0.9) < 0.999
    assert recalibrated([0.9] * 60, [False] * 60)(0.9) < 0.5


def test_scores_without_their_outcomes_are_refused() -> None:
    with pytest.raises(ValueError, match="outcome"):
        recalibrated([0.5], [])


def _outcomes(count: int, *, seed: int, truth: object) -> tuple[list[float], list[bool]]:
    random = Random(seed)  # noqa: S311 - the same numbers in every run
    scores = [random.random() for _ in range(count)]
    assert callable(truth)
    return scores, [random.random() < truth(score) for score in scores]
