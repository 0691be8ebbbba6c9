"""Tell what a FAQ knows nothing about, learnt from the FAQ alone.

Each phrasing is left out once and asked: that is what a question to a known entry looks
like. Its whole entry is left out once: that is what a question to no entry looks like.
Least squares over the likeness of vectors give both in closed form, without fitting anew.
How often customers ask what no entry knows then follows from their messages, without
anybody having said which ones those were.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.assistant.regression import chances, yes_or_no
from core.assistant.resemblance import spread, unit

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

MOST_EXAMPLES = 1200
"""Beyond these, evenly chosen ones stand for all: a square of them is inverted."""
_BEND, _RIDGE = 2.5, 0.1
"""How near an example must be to count, and how much of it is taken for chance. Sharper
than what tells entries apart: from afar, any two entries look much the same."""
_USUAL = np.array([-7.0, -4.0, 4.5])
"""What the best score, the nearest cosine and a one say, in most of some 30 FAQs drawn from
BANKING77 and CLINC150; a small FAQ has too few phrasings to learn it from."""
_FIRMNESS = np.array([0.02, 0.02, 0.02])
_TEMPER = 0.87
"""Phrasings of an entry are more alike than what customers write. CLINC150 alone would have
it .85 and BANKING77 .95; between them each errs by less than .05 in all its settings."""

USUAL_SHARE = 0.1
"""The share of questions that no entry knows, until an inbox's own messages tell."""
FEWEST_MESSAGES = 50
"""Fewer messages would mostly tell of chance."""
_USUAL_MESSAGES = 2.0
"""How many messages' worth of trust the usual share keeps."""
_ROUNDS = 100


class Novelty:
    """What is learnt of one FAQ; immutable, and safe to ask from several threads.

    `rows` are the examples that it has learnt from, `found` is the share of phrasings that
    find their entry when they are left out, and `left_out` how new each example would be,
    by its place among those given.
    """

    rows: Numbers
    found: float
    left_out: Mapping[int, float]

    def __init__(
        self, vectors: Sequence[Sequence[float]], labels: Sequence[int], entries: int
    ) -> None:
        """Learn from examples; those labelled `entries` or more are about no entry.

        What is like them is nothing new either, but they do not tell how entries are asked.
        """
        chosen = spread(len(vectors), MOST_EXAMPLES)
        self.rows = unit([vectors[at] for at in chosen])
        kept, owner = np.unique(np.array(labels)[chosen], return_inverse=True)
        is_entry = kept[owner] < entries
        cosines = self.rows @ self.rows.T
        inverse: Numbers = np.linalg.inv(
            _bent(cosines) + _RIDGE * np.eye(len(chosen))
        ).astype(np.float64)
        targets = np.eye(len(kept))[owner] - 1.0 / len(kept)
        self._pull = inverse @ targets
        scores = targets - self._pull / np.diag(inverse)[:, None]
        np.fill_diagonal(cosines, -1.0)
        alone = _rows(scores.max(axis=1), cosines.max(axis=1))
        taught = is_entry & (np.bincount(owner)[owner] > 1) & (len(kept) > 1)
        without = _without_entry(cosines, inverse, targets, owner)
        self._weights = _learnt(alone[taught], without[taught])
        right = int((scores.argmax(axis=1) == owner)[is_entry].sum())
        self.found = (right + 1) / (int(is_entry.sum()) + 2)
        self.left_out = dict(
            zip(chosen.tolist(), (alone @ self._weights).tolist(), strict=True)
        )

    def of(self, vectors: Sequence[Sequence[float]]) -> Numbers:
        """Return the log-odds that each is about nothing known, were that as likely as not."""
        if not len(vectors):
            return np.zeros(0)
        cosines = unit(vectors) @ self.rows.T
        scores = _bent(cosines) @ self._pull
        result: Numbers = _rows(scores.max(axis=1), cosines.max(axis=1)) @ self._weights
        return result


def unknown_share(novelties: Sequence[float]) -> float:
    """Return the share of messages that are about nothing known.

    By expectation and maximisation (Saerens, Latinne & Decaestecker 2002): the share that
    the messages suggest is what they are read with again. It rests on the messages alone,
    never on what was made of them, so that it cannot come to believe itself.
    """
    share, odds = USUAL_SHARE, np.array(novelties, dtype=np.float64)
    if len(odds) < FEWEST_MESSAGES:
        return share
    for _ in range(_ROUNDS):
        unknown = float(chances(odds + np.log(share / (1.0 - share))).sum())
        usual = USUAL_SHARE * _USUAL_MESSAGES
        share = (unknown + usual) / (len(odds) + _USUAL_MESSAGES)
    return share


def _without_entry(
    cosines: Numbers, inverse: Numbers, targets: Numbers, owner: Places
) -> Numbers:
    """Return what is seen of each example by all that are not of its class.

    Leaving out several rows of a least squares fit needs the inverse of their block only.
    """
    pull = inverse @ targets
    scores, nearest = np.zeros(len(owner)), np.zeros(len(owner))
    for label in range(targets.shape[1]):
        own, others = np.flatnonzero(owner == label), owner != label
        block = np.linalg.solve(inverse[np.ix_(own, own)], pull[own])
        left = np.delete(targets[own] - block, label, axis=1)
        scores[own] = left.max(axis=1, initial=-1.0)
        nearest[own] = cosines[np.ix_(own, others)].max(axis=1, initial=-1.0)
    return _rows(scores, nearest)


def _learnt(known: Numbers, unknown: Numbers) -> Numbers:
    """Return the weights that tell the rows of `unknown` from as many of `known`."""
    truth = np.repeat([0.0, 1.0], [len(known), len(unknown)])
    rows = np.concatenate([known, unknown])
    return _TEMPER * yes_or_no(rows, truth, _FIRMNESS, _USUAL)


def _rows(scores: Numbers, nearest: Numbers) -> Numbers:
    return np.stack([scores, nearest, np.ones(len(scores))], axis=1)


def _bent(cosines: Numbers) -> Numbers:
    result: Numbers = np.exp(_BEND * (cosines - 1.0))
    return result
