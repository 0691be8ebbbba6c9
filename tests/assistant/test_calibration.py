"""Confidence means what it says: of replies at 0.9, nine in ten are right."""

import numpy as np

from core.assistant.confidence import probability
from tests.assistant.cafe import Cafe
from tests.assistant.calibration import Numbers, as_source, fitted, table, trials

FOLDS = 5
BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.0))


async def test_confidence_is_the_share_of_answers_that_are_right(cafe: Cafe) -> None:
    tried = await trials(cafe)
    evidence, right, weights = table(tried)
    shipped = np.array([probability(one.evidence) for one in tried])
    fresh = fitted(evidence, right, weights)

    loss, least = (
        _loss(shipped, right, weights),
        _loss(_likely(evidence, fresh), right, weights),
    )
    assert loss <= least * 1.02, f"weights are out of date:\n{as_source(fresh)}"

    unseen = _predicted_unseen([one.question for one in tried], evidence, right, weights)
    for low, high in BINS:
        inside = (unseen >= low) & (unseen < high)
        share = weights[inside] / weights[inside].sum()
        assert abs((share * right[inside]).sum() - (share * unseen[inside]).sum()) <= 0.13


def _predicted_unseen(
    questions: list[str], evidence: Numbers, right: Numbers, weights: Numbers
) -> Numbers:
    """Return what weights fitted on the other questions say of each question."""
    order = {question: at % FOLDS for at, question in enumerate(sorted(set(questions)))}
    fold = np.array([order[question] for question in questions])
    unseen = np.zeros(len(questions))
    for at in range(FOLDS):
        rest = fold != at
        found = fitted(evidence[rest], right[rest], weights[rest])
        unseen[~rest] = _likely(evidence[~rest], found)
    return unseen


def _likely(evidence: Numbers, found: Numbers) -> Numbers:
    result: Numbers = 1 / (1 + np.exp(-evidence @ found))
    return result


def _loss(likely: Numbers, right: Numbers, weights: Numbers) -> float:
    surprise = -np.log(np.where(right > 0, likely, 1 - likely))
    return float((weights * surprise).sum() / weights.sum())
