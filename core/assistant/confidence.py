"""Turn evidence into a probability that the answer is right.

A logistic model over `Evidence`. Its weights are data, fitted by
`tests/assistant/calibration.py` on questions to the demo's café. When evidence or
retrieval change, `test_calibration.py` fails and prints the weights to put here; give
them a new `VERSION`, which is kept with every decision.
"""

from collections.abc import Mapping
from dataclasses import asdict
from math import exp

from core.assistant.evidence import Evidence

VERSION = "2026-11-28f"
BIAS = -3.38
WEIGHTS: Mapping[str, float] = {
    "cosine": 2.67,
    "found": 0.19,
    "told": 0.90,
    "unknown": 0.09,
    "unnamed": -1.92,
    "quoted": 1.03,
    "subject": 1.43,
    "margin": 3.88,
    "weakest_leg": 1.03,
    "asks_fact": -0.83,
    "fitting": 1.32,
    "is_english": -0.24,
    "cosine_in_english": 1.64,
}


def probability(evidence: Evidence) -> float:
    """Return how likely an answer with this evidence is right, strictly between 0 and 1."""
    numbers = asdict(evidence)
    total = BIAS + sum(weight * numbers[name] for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + exp(-total))
