"""Tell which entry of a FAQ a message asks, and how likely that is right.

The search finds what is near; this knows the entries' phrasings and has learnt what tells
one entry from the next. It is made anew whenever the FAQ changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.assistant.resemblance import Example, Resemblance, Tuning
from core.assistant.state import FaqSet
from core.domain.ids import FaqId

Numbers = NDArray[np.float64]

VERSION = "faq-2026-11-28c"
TUNING = Tuning(letters=0.15, marks=0.0, ridge=0.005, second=12.0)
FEWEST_ENTRIES = 2
MOST_PHRASINGS = 4000
"""Beyond these a fit would take too long; the first of each entry are read then."""
TOPIC_MESSAGES = 8
"""Messages that nothing answered, for each topic that they are taken to be about."""

ODDS, LIKENESS, PHRASINGS, ENTRIES, BIAS = 0.518, 5.18, -0.824, 0.087, 0.919
"""How odds become a probability, among how many entries known in how many ways (their
logarithms): the more phrasings, the bolder the odds. Fitted over some 250 FAQs drawn from
BANKING77 and CLINC150, as if one question in ten was in no FAQ. Only an inbox knows how
many of its own are, so its own outcomes correct this: see `calibrated`."""
ALIKE = 0.5
"""From this cosine on a message is like a phrasing, and being more so says nothing more.
Below, it may well be about something else, whatever the odds among entries are."""
_ROUNDS = 10
_USUAL_PHRASINGS, _USUAL_ENTRIES = (1.0, 20.0), (2.0, 200.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The entry that a message asks, most likely, and how likely it is that one.

    `odds` is the logarithm of its odds against everything else together, and `likeness`
    the cosine to its nearest phrasing. It was chosen among `entries` entries, known in as
    many `phrasings` each on average.
    """

    entry: FaqId
    probability: float
    odds: float
    likeness: float
    entries: int
    phrasings: float


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
        topics = _topics([one.vector for one in faq.unanswered])
        examples += [
            Example(text=one.text, vector=one.vector, label=len(self._ids) + topic)
            for one, topic in zip(faq.unanswered, topics, strict=True)
        ]
        self._vectors = [_unit(entry.vectors[:most]) for entry in faq.entries]
        self._ways = np.array([min(most, len(one.phrasings)) for one in faq.entries])
        classes = len(self._ids) + len(set(topics))
        self._model = Resemblance(examples, classes, TUNING)

    def match(self, text: str, vector: Sequence[float], language: str) -> Matched:
        """Return what `text` asks, among the entries in its language where there are any."""
        (scores,) = self._model.scores([text], [vector])
        entries = len(self._ids)
        spoken = np.flatnonzero(self._languages == language)
        open_to = spoken if len(spoken) else np.arange(entries)
        among = np.concatenate([open_to, np.arange(entries, len(scores))])
        return self._read(scores, among, _unit([vector])[0])

    def _read(
        self, scores: Numbers, among: NDArray[np.intp], asked: NDArray[np.float32]
    ) -> Matched:
        """Return the best entry `among` the classes; the last ones may be no entries."""
        kept = scores[among]
        entries = int((among < len(self._ids)).sum())
        best = int(kept[:entries].argmax())
        others = np.delete(kept, best)
        odds = float(kept[best] - _summed(others)) if len(others) else float(kept[best])
        phrasings = float(self._ways[among[:entries]].mean())
        chosen = int(among[best])
        likeness = float((self._vectors[chosen] @ asked).max())
        total = BIAS + ODDS * odds + LIKENESS * (min(likeness, ALIKE) - ALIKE)
        total += PHRASINGS * np.log(np.clip(phrasings, *_USUAL_PHRASINGS))
        total += ENTRIES * np.log(np.clip(entries, *_USUAL_ENTRIES))
        return Matched(
            entry=self._ids[chosen],
            probability=float(1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))),
            odds=odds,
            likeness=likeness,
            entries=entries,
            phrasings=phrasings,
        )


def _unit(vectors: Sequence[Sequence[float]]) -> NDArray[np.float32]:
    """Return the vectors as rows of length one; stored ones have lost some digits."""
    rows = np.array(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: NDArray[np.float32] = rows / np.maximum(lengths, np.float32(1e-12))
    return result


def _topics(vectors: Sequence[Sequence[float]]) -> list[int]:
    """Return a topic for each message, numbered from 0.

    What no entry answers is of many kinds: taken as one, a message that is clearly of one
    of them still differs from all others. These are the nearest of some centres (k-means),
    beginning at messages spread evenly, so that the same messages give the same topics.
    """
    if not vectors:
        return []
    rows = np.array(vectors, dtype=np.float64)
    count = -(-len(rows) // TOPIC_MESSAGES)
    centres = rows[np.linspace(0, len(rows) - 1, count).astype(np.intp)]
    for _ in range(_ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        sums = np.eye(count)[nearest].T @ rows
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
    nearest = (rows @ centres.T).argmax(axis=1)
    return [int(at) for at in np.unique(nearest, return_inverse=True)[1]]


def _summed(scores: Numbers) -> float:
    """Return the logarithm of the sum of exponentials."""
    top = float(scores.max())
    return top + float(np.log(np.exp(scores - top).sum()))
