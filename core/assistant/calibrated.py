"""Correct probabilities by what came of them, and find thresholds that keep a promise.

How often an answer is right depends on how much of what customers ask is known, which
differs from inbox to inbox. Fifty labelled outcomes tell; fewer would mostly be chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

import numpy as np

from core.assistant.regression import yes_or_no

FEWEST_OUTCOMES = 50
_FIRM_SLOPE, _FIRM_SHIFT = 12.0, 4.0
"""How many outcomes' worth of trust the shipped curve has."""
_EDGE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What to make of a shipped probability: its log-odds are stretched and shifted.

    It rises, so it never changes which of two answers is the surer one.
    """

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, probability: float) -> float:
        """Return the corrected probability, strictly between 0 and 1."""
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, self._corrected(probability)))))

    def _corrected(self, probability: float) -> float:
        return self.slope * log_odds(probability) + self.shift


def recalibrated(scores: Sequence[float], right: Sequence[bool]) -> Curve:
    """Return the curve that outcomes suggest, near the shipped one while they are few.

    `scores` are the probabilities that were given, `right` says what a person found.
    """
    if len(scores) != len(right):
        raise ValueError("Every score needs its outcome.")
    if len(scores) < FEWEST_OUTCOMES:
        return Curve()
    rows = np.array([[log_odds(score), 1.0] for score in scores])
    slope, shift = yes_or_no(
        rows,
        np.array(right, dtype=np.float64),
        np.array([_FIRM_SLOPE, _FIRM_SHIFT]),
        np.array([1.0, 0.0]),
    )
    return Curve(slope=max(0.05, float(slope)), shift=float(shift))


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds; certainty is taken as nearly certain."""
    kept = min(1.0 - _EDGE, max(_EDGE, probability))
    return log(kept / (1.0 - kept))


def calibration_error(
    scores: Sequence[float], right: Sequence[bool], bins: int = 10
) -> float:
    """Return the expected calibration error: how far shares are from what was promised."""
    if not scores:
        return 0.0
    promised, came = np.array(scores), np.array(right, dtype=np.float64)
    where = np.minimum((promised * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(promised[where == at].sum() - came[where == at].sum()) for at in range(bins)
        )
        / len(promised)
    )


def threshold(
    scores: Sequence[float],
    right: Sequence[bool],
    precision: float,
    *,
    doubt: float = 0.1,
    fewest: int = 20,
) -> float | None:
    """Return the lowest score from which on answers keep `precision`, or None.

    Kept means that the Clopper-Pearson lower bound does, at a risk of `doubt`.
    """
    order = sorted(zip(scores, right, strict=True), reverse=True)
    found, good = None, 0
    for count, (score, was_right) in enumerate(order, start=1):
        good += was_right
        is_last_of_its_score = count == len(order) or order[count][0] < score
        if (
            count >= fewest
            and is_last_of_its_score
            and _keeps(good, count, precision, doubt)
        ):
            found = score
    return found


def _keeps(good: int, count: int, precision: float, doubt: float) -> bool:
    """Tell whether the lower bound reaches `precision`, in one look instead of forty."""
    return good > 0 and beta_share(good, count - good + 1, precision) <= doubt


def lower_bound(good: int, count: int, doubt: float = 0.1) -> float:
    """Return the Clopper-Pearson lower bound of a share of `good` out of `count`."""
    if good <= 0 or count <= 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if beta_share(good, count - good + 1, middle) < doubt:
            low = middle
        else:
            high = middle
    return low


def beta_share(one: float, other: float, at: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction."""
    if at <= 0.0 or at >= 1.0:
        return float(at >= 1.0)
    if at > (one + 1) / (one + other + 2):
        return 1.0 - beta_share(other, one, 1.0 - at)
    front = lgamma(one + other) - lgamma(one) - lgamma(other)
    front += one * log(at) + other * log1p(-at)
    return exp(front) / one * _fraction(one, other, at)


def _fraction(one: float, other: float, at: float) -> float:
    """Return the continued fraction of the beta function (modified Lentz)."""
    top, bottom = 1.0, _safe(1.0 - (one + other) * at / (one + 1))
    bottom = 1.0 / bottom
    value = bottom
    for turn in range(1, 400):
        twice = one + 2 * turn
        for share in (
            turn * (other - turn) * at / ((twice - 1) * twice),
            -(one + turn) * (one + other + turn) * at / (twice * (twice + 1)),
        ):
            bottom = 1.0 / _safe(1.0 + share * bottom)
            top = _safe(1.0 + share / top)
            value *= bottom * top
        if abs(bottom * top - 1.0) < 1e-12:
            break
    return value


def _safe(value: float) -> float:
    return value if abs(value) > 1e-30 else 1e-30
