"""Say how likely a passage answers the question: a number that can be compared.

The fused score cannot: it is stretched over the candidates, so that the best of a bad lot
scores as high as the best of a good one. Here the best passage is weighed by what it
shares with the question in absolute terms and by how far it leads other sources; the
passages after it follow by how far their score falls behind.

The numbers come from tests/bench/_fit_ranking.py: questions in English, Spanish and French,
of texts that answer them, of the same texts without the answer, and of other texts, and a
fifth from the questions that the demo is calibrated on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

VERSION = 1
BIAS = -7.2
WEIGHTS: Mapping[str, float] = {
    "cosine": 6.0,
    "cosine_in_english": 2.0,
    "close": 0.5,
    "found": 4.0,
    "lead": 7.8,
}
FALL = 19.0
"""How fast the odds fall with the score, behind the best passage."""
MOST_LEAD = 0.4
"""A longer lead over other sources says no more than this one."""
LONE_LEAD = 0.2
"""The lead of a source when no other was found: then it is not known to be the better."""
HOME = "en"
"""The language that the embedder knows; its cosines tell more there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is weighed of a passage; all but `source` and `lang_code` are 0..1.

    `close` is the part of the question in one place of the passage, `found` the part of its
    telling words anywhere in it; `source` says which passages are of one document or entry.
    """

    source: str
    score: float
    cosine: float
    close: float
    found: float
    lang_code: str


def likelihoods(looks: Sequence[Look]) -> list[float]:
    """Return for each passage, given best first, how likely it answers; never rising."""
    if not looks:
        return []
    told = evidence(looks)
    odds = BIAS + sum(WEIGHTS[name] * value for name, value in told.items())
    best = looks[0].score
    return [1 / (1 + exp(FALL * (best - look.score) - odds)) for look in looks]


def evidence(looks: Sequence[Look]) -> dict[str, float]:
    """Return what speaks for the first of some passages, by the names of `WEIGHTS`."""
    best = looks[0]
    others = (look.score for look in looks if look.source != best.source)
    lead = best.score - next(others, best.score - LONE_LEAD)
    cosine = max(0.0, best.cosine)
    return {
        "cosine": cosine,
        "cosine_in_english": cosine if best.lang_code == HOME else 0.0,
        "close": best.close,
        "found": best.found,
        "lead": min(MOST_LEAD, lead),
    }
