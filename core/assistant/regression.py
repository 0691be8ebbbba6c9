"""Regression in plain numpy: logistic by L-BFGS or Newton's method, and least squares.

All are convex, start at zero and stop after a fixed number of steps: the same examples
give the same weights, on every machine to many digits.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

REMEMBERED = 8
"""How many steps L-BFGS learns the curvature from."""
_FLAT = 1e-3
"""A slope from which on another step would change no decision."""
_SHORTEST = 1e-6
_NEWTON_STEPS = 40


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is minimised: the weighted surprise, and a ridge on the weights."""

    rows: Numbers
    targets: Numbers
    weights: Numbers
    ridge: float

    def at(self, found: Numbers) -> tuple[float, Numbers]:
        """Return the loss and its slope."""
        likely = log_shares(self.rows @ found)
        loss = -float(self.weights @ (likely * self.targets).sum(axis=1))
        loss += 0.5 * self.ridge * float((found * found).sum())
        pull = (np.exp(likely) - self.targets) * self.weights[:, None]
        return loss, self.rows.T @ pull + self.ridge * found


@dataclass(frozen=True, slots=True)
class _Step:
    moved: Numbers
    turned: Numbers

    @property
    def bend(self) -> float:
        return float((self.moved * self.turned).sum())


def classes(
    rows: Numbers, targets: Numbers, weights: Numbers, *, ridge: float, steps: int
) -> Numbers:
    """Return one column of weights per class; `targets` is one-hot."""
    problem = _Problem(rows, targets, weights, ridge)
    found = np.zeros((rows.shape[1], targets.shape[1]))
    loss, slope = problem.at(found)
    past: deque[_Step] = deque(maxlen=REMEMBERED)
    for _ in range(steps):
        if np.abs(slope).max() < _FLAT:
            break
        next_one, loss, next_slope = _descend(problem, found, loss, slope, past)
        step = _Step(next_one - found, next_slope - slope)
        if step.bend <= 0:
            break
        past.append(step)
        found, slope = next_one, next_slope
    return found


def squares(rows: Numbers, targets: Numbers, weights: Numbers, *, ridge: float) -> Numbers:
    """Return one column of weights per class that comes nearest to `targets`."""
    weighted = rows * weights[:, None]
    bend = rows.T @ weighted + ridge * np.eye(rows.shape[1])
    return np.linalg.solve(bend, weighted.T @ targets).astype(np.float64)


def _descend(
    problem: _Problem, found: Numbers, loss: float, slope: Numbers, past: deque[_Step]
) -> tuple[Numbers, float, Numbers]:
    """Return where half of half … of the proposed step makes the loss smaller."""
    way = _way(slope, past)
    steep = float((slope * way).sum())
    length = 1.0
    while True:
        there = found - length * way
        reached, turned = problem.at(there)
        if reached <= loss - 1e-4 * length * steep or length < _SHORTEST:
            return there, reached, turned
        length /= 2


def _way(slope: Numbers, past: deque[_Step]) -> Numbers:
    """Return the slope as the past steps say that it bends (two-loop recursion)."""
    way = slope.copy()
    shares = list(_backwards(way, past))
    if past:
        last = past[-1]
        way *= last.bend / float((last.turned * last.turned).sum())
    else:
        way /= max(1.0, float(np.abs(slope).sum()))
    for step, share in zip(past, reversed(shares), strict=True):
        way += step.moved * (share - float((step.turned * way).sum()) / step.bend)
    return way


def _backwards(way: Numbers, past: deque[_Step]) -> Iterator[float]:
    for step in reversed(past):
        share = float((step.moved * way).sum()) / step.bend
        way -= share * step.turned
        yield share


def log_shares(scores: Numbers) -> Numbers:
    """Return the logarithm of each row's softmax."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: Numbers = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def yes_or_no(rows: Numbers, right: Numbers, ridge: Numbers, prior: Numbers) -> Numbers:
    """Return weights for two classes that stay near `prior`, as firmly as `ridge` says."""

    def loss(at: Numbers) -> float:
        scores = rows @ at
        surprise = np.logaddexp(0.0, scores) - right * scores
        return float(surprise.sum() + 0.5 * (ridge * (at - prior) ** 2).sum())

    found = prior.copy()
    reached = loss(found)
    for _ in range(_NEWTON_STEPS):
        likely = chances(rows @ found)
        slope = rows.T @ (likely - right) + ridge * (found - prior)
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        # From afar a whole step may lead further away: then half of it, or less.
        length = 1.0
        while (there := loss(found - length * step)) > reached and length > _SHORTEST:
            length /= 2
        if there >= reached:
            break
        found, reached = found - length * step, there
    return found


def chances(log_odds: Numbers) -> Numbers:
    """Return probabilities, without overflow."""
    result: Numbers = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -60.0, 60.0)))
    return result
