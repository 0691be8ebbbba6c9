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

VERSION = "2026-11-24"
BIAS = -3.55
WEIGHTS: Mapping[str, float] = {
    "cosine": 1.37,
    "found": 0.40,
    "told": 0.81,
    "unknown": -1.27,
    "quoted": 0.72,
    "subject": 1.61,
    "margin": 3.40,
    "weakest_leg": 1.70,
    "asks_fact": 0.87,
    "fitting": 0.23,
    "is_entry": 1.71,
    "is_english": -0.38,
    "cosine_in_english": 1.74,
}


def probability(evidence: Evidence) -> float:
    """Return how likely an answer with this evidence is right, strictly between 0 and 1."""
    numbers = asdict(evidence)
    total = BIAS + sum(weight * numbers[name] for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + exp(-total))
