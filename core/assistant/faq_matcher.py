"""Tell which entry of a FAQ a message asks, and how likely that is right.

The search finds what is near; this knows the entries' phrasings and has learnt what tells
one entry from the next. It is made anew whenever the FAQ changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.assistant.regression import log_shares
from core.assistant.resemblance import Example, Resemblance, Tuning
from core.assistant.state import FaqSet
from core.domain.ids import FaqId

Numbers = NDArray[np.float64]

VERSION = "faq-2026-11-28"
TUNING = Tuning(letters=0.15, marks=0.0, ridge=0.005)
FEWEST_ENTRIES = 2
MOST_PHRASINGS = 4000
"""Beyond these a fit would take too long; the first of each entry are read then."""
UNANSWERED_WEIGHT = 60.0
"""How much all escalated messages may weigh together, in phrasings."""

ODDS, FAMILIARITY, DOUBT, BIAS = 1.3, 0.1, 0.4, -0.15
"""How the three become a probability; fitted over BANKING77 and CLINC150 together, with
more and less covered by the FAQ. Only an inbox knows how much of what it is asked nobody
has written down, so its own outcomes correct this: see `calibrated`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The entry that a message asks, most likely, and how likely it is that one.

    `odds` is the logarithm of its odds against all other entries together,
    `familiarity` grows with how much the message is like anything known at all, and
    `doubt` is the entropy of the guess. It was chosen among `entries` entries.
    """

    entry: FaqId
    probability: float
    odds: float
    familiarity: float
    doubt: float
    entries: int


class FaqMatcher:
    """A fitted matcher; immutable, and safe to ask from several threads."""

    def __init__(self, faq: FaqSet) -> None:
        """Fit to a FAQ of at least `FEWEST_ENTRIES`; takes up to some seconds."""
        self._ids = [entry.id for entry in faq.entries]
        self._languages = np.array([entry.lang_code for entry in faq.entries])
        most = max(1, MOST_PHRASINGS // max(1, len(faq.entries)))
        examples = [
            Example(text=text, vector=vector, label=label)
            for label, entry in enumerate(faq.entries)
            for text, vector in zip(entry.phrasings[:most], entry.vectors, strict=False)
        ]
        strangers = len(faq.unanswered)
        examples += [
            Example(
                text=one.text,
                vector=one.vector,
                label=len(self._ids),
                weight=min(1.0, UNANSWERED_WEIGHT / strangers),
            )
            for one in faq.unanswered
        ]
        self._model = Resemblance(examples, len(self._ids) + bool(strangers), TUNING)

    def match(self, text: str, vector: Sequence[float], language: str) -> Matched:
        """Return what `text` asks, among the entries in its language where there are any."""
        (scores,) = self._model.scores([text], [vector])
        entries = len(self._ids)
        spoken = np.flatnonzero(self._languages == language)
        open_to = spoken if len(spoken) else np.arange(entries)
        return self._read(
            scores, np.concatenate([open_to, np.arange(entries, len(scores))])
        )

    def _read(self, scores: Numbers, among: NDArray[np.intp]) -> Matched:
        """Return the best entry `among` the classes; the last ones may be no entries."""
        kept = scores[among]
        entries = int((among < len(self._ids)).sum())
        best = int(kept[:entries].argmax())
        (likely,) = log_shares(kept[None, :])
        others = np.delete(kept, best)
        odds = float(kept[best] - _summed(others)) if len(others) else float(kept[best])
        familiarity = _summed(kept) - float(np.log(len(kept)))
        doubt = -float((np.exp(likely) * likely).sum())
        total = BIAS + ODDS * odds + FAMILIARITY * familiarity + DOUBT * doubt
        return Matched(
            entry=self._ids[int(among[best])],
            probability=float(1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))),
            odds=odds,
            familiarity=familiarity,
            doubt=doubt,
            entries=entries,
        )


def _summed(scores: Numbers) -> float:
    """Return the logarithm of the sum of exponentials."""
    top = float(scores.max())
    return top + float(np.log(np.exp(scores - top).sum()))
