"""How far a share that was counted can be believed: exact limits for a few trials.

Of thirty answers that were right, thirty, nobody may conclude that all will be. The limits
of Clopper and Pearson are exact for any number of trials: the true share lies between them
in at least so many cases of a hundred as asked for, never in fewer.
"""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p

LEVEL = 0.95
_STEPS = 60
"""Halvings of 0..1: more than a float can tell apart."""
_TERMS = 400
_TINY = 1e-300
_ENOUGH = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Between which shares the true one lies, 0..1."""

    low: float
    high: float


def clopper_pearson(hits: int, trials: int, level: float = LEVEL) -> Interval:
    """Return the two-sided limits for the share behind `hits` of `trials`.

    Without any trial nothing is known: 0 to 1.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is no share")
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _quantile(tail, hits, trials - hits + 1)
    high = 1.0 if hits == trials else _quantile(1 - tail, hits + 1, trials - hits)
    return Interval(low=low, high=high)


def _quantile(probability: float, a: int, b: int) -> float:
    """Return where the beta distribution reaches `probability`, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if incomplete_beta(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b)."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The fraction converges fast on one side of the mean; the other follows by symmetry.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function (Lentz)."""
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for term in (even, odd):
            d = 1.0 / _away(1.0 + term * d)
            c = _away(1.0 + term / c)
            value *= c * d
        if abs(value - before) <= _ENOUGH * abs(value):
            break
    return value


def _away(value: float) -> float:
    """Keep a denominator from zero."""
    return value if abs(value) > _TINY else _TINY
