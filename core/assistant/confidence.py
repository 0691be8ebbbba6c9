"""Turn evidence into a probability that the answer is right.

A logistic model over `Evidence`. Its weights are data, fitted by
`tests/assistant/calibrate.py`; change that, run it, paste its output here and raise
`VERSION`, which is kept with every decision.
"""

from collections.abc import Mapping
from dataclasses import asdict
from math import exp

from core.assistant.evidence import Evidence

VERSION = "2026-11-24"
BIAS = -4.22
WEIGHTS: Mapping[str, float] = {
    "cosine": 2.35,
    "found": 0.19,
    "told": 1.49,
    "unknown": -1.32,
    "quoted": 0.78,
    "subject": 2.58,
    "margin": 2.90,
    "weakest_leg": 0.70,
    "fitting": -0.19,
    "is_entry": 1.22,
    "is_english": -0.72,
    "cosine_in_english": 2.37,
}


def probability(evidence: Evidence) -> float:
    """Return how likely an answer with this evidence is right, strictly between 0 and 1."""
    numbers = asdict(evidence)
    total = BIAS + sum(weight * numbers[name] for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + exp(-total))
