"""Learn from a few examples what else is like them: by meaning, by letters, by looks.

One classifier serves the FAQ, the messages to ignore and the wishes for a person: a
logistic regression over the likeness of a message to each example. Two texts are alike
by `exp(bend (cosine - 1))` of their vectors, which bends the embedder's straight lines a
little towards the nearest examples, and by the cosine of their letters; on BANKING77
that does better than either leg, or than their product with nearest neighbours.

A second opinion may be added: least squares over the same likeness. It errs elsewhere, and
where both agree, fewer errors are left: at the same precision 3 % more of BANKING77 can be
answered than by either alone. Both are linear, so that asking costs the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.assistant import regression
from core.assistant.letters import Letters

Numbers = NDArray[np.float64]

MOST_LANDMARKS = 1200
"""Beyond these, examples are compared with evenly chosen others: fitting stays fast."""
_SMALLEST = 1e-5
"""Directions in which examples differ less than this are noise."""
_SQUARES_RIDGE = 0.15
_STEPS = 60
_FEWEST_STEPS = 12
_WORK = 3e10
"""Multiplications that a fit may take, about two seconds of one core; BANKING77 takes a tenth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with its vector and the class it belongs to; `marks` tell how it looks."""

    text: str
    vector: Sequence[float]
    label: int
    weight: float = 1.0
    marks: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How much letters and marks count beside meaning, and how firmly weights are held.

    `bend` says how much more the nearest examples count than those only half as near, and
    `second` how much the opinion of least squares does.
    """

    letters: float
    marks: float
    ridge: float
    bend: float = 2.0
    second: float = 0.0


class Resemblance:
    """A fitted classifier; immutable, and safe to ask from several threads."""

    def __init__(
        self,
        examples: Sequence[Example],
        classes: int,
        tuning: Tuning,
        copies: Sequence[Example] = (),
    ) -> None:
        """Fit; every label is below `classes`, and there is at least one example.

        `copies` of examples teach as they do, but nothing is compared with them. This
        computes for up to some seconds: call it in a thread.
        """
        self._letters = Letters([one.text for one in examples])
        chosen = spread(len(examples), MOST_LANDMARKS)
        examples = [*examples, *copies]
        vectors = unit([one.vector for one in examples])
        shapes = self._letters.rows([one.text for one in examples]) * tuning.letters**0.5
        marks = np.array([list(one.marks) for one in examples]) * tuning.marks**0.5
        flat = np.concatenate([shapes, marks.reshape(len(examples), -1)], axis=1)
        near = _bent(vectors, vectors[chosen], tuning.bend) + flat @ flat[chosen].T
        strength, ways = np.linalg.eigh(near[chosen])
        kept = strength > _SMALLEST
        basis = ways[:, kept] / np.sqrt(strength[kept])
        rows = near @ basis
        targets = np.eye(classes)[[one.label for one in examples]]
        weights = np.array([one.weight for one in examples])
        found = regression.classes(
            rows,
            targets,
            weights,
            ridge=tuning.ridge,
            steps=_affordable(rows.size * classes),
        )
        if tuning.second:
            found += tuning.second * regression.squares(
                rows, targets - 1.0 / classes, weights, ridge=_SQUARES_RIDGE
            )
        pull = basis @ found
        self._tuning = tuning
        self._vectors = vectors[chosen].astype(np.float32)
        self._pull = pull.astype(np.float32)
        # The letters' part is linear, so that the examples' rows need not be kept.
        self._flat = (flat[chosen].T @ pull).astype(np.float32)

    def scores(
        self,
        texts: Sequence[str],
        vectors: Sequence[Sequence[float]],
        marks: Sequence[Sequence[float]] = (),
    ) -> Numbers:
        """Return a row of scores per text, one for each class; their softmax is a guess."""
        if not texts:
            return np.zeros((0, self._pull.shape[1]))
        shapes = self._letters.rows(texts) * self._tuning.letters**0.5
        looks = np.array([list(row) for row in marks]) * self._tuning.marks**0.5
        flat = np.concatenate([shapes, looks.reshape(len(texts), -1)], axis=1)
        bent = _bent(unit(vectors).astype(np.float32), self._vectors, self._tuning.bend)
        found: Numbers = (bent @ self._pull + flat @ self._flat).astype(np.float64)
        return found


def _bent(some: NDArray[np.floating], others: NDArray[np.floating], bend: float) -> Numbers:
    result: Numbers = np.exp(bend * (some @ others.T - 1.0))
    return result


def unit(vectors: Sequence[Sequence[float]]) -> Numbers:
    """Return the vectors as rows of length one; stored ones have lost some digits."""
    rows = np.array(vectors, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Numbers = rows / np.maximum(lengths, 1e-12)
    return result


def spread(count: int, most: int) -> NDArray[np.intp]:
    """Return at most `most` places, evenly over all."""
    result: NDArray[np.intp] = np.unique(
        np.linspace(0, count - 1, min(count, most)).astype(np.intp)
    )
    return result


def _affordable(size: int) -> int:
    return int(max(_FEWEST_STEPS, min(_STEPS, _WORK / (4 * max(1, size)))))
