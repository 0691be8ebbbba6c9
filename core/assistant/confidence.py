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

VERSION = "2026-11-28c"
BIAS = -3.47
WEIGHTS: Mapping[str, float] = {
    "cosine": 2.70,
    "found": -0.14,
    "told": 0.98,
    "unknown": 0.12,
    "unnamed": -2.03,
    "quoted": 1.37,
    "subject": 1.46,
    "margin": 3.78,
    "weakest_leg": 0.96,
    "asks_fact": 0.16,
    "fitting": 0.57,
    "is_english": -0.21,
    "cosine_in_english": 1.70,
}


def probability(evidence: Evidence) -> float:
    """Return how likely an answer with this evidence is right, strictly between 0 and 1."""
    numbers = asdict(evidence)
    total = BIAS + sum(weight * numbers[name] for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + exp(-total))
