"""Tell which entry of a FAQ a message asks, and how likely that is right.

The search finds what is near; this knows the entries' phrasings and what they are filed
under, and has learnt what tells one entry from the next. It is made anew whenever the FAQ
changes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.assistant.calibrated import log_odds
from core.assistant.neighbours import Neighbours
from core.assistant.novelty import Novelty, unknown_share
from core.assistant.regression import chances
from core.assistant.resemblance import Example, Resemblance, Tuning, unit
from core.assistant.state import Embedded, FaqSet, KnownEntry
from core.domain.ids import FaqId

Numbers = NDArray[np.float64]

VERSION = "faq-2026-11-29a"
TUNING = Tuning(letters=0.15, marks=0.0, ridge=0.005, bend=1.7, second=12.0)
FEWEST_ENTRIES = 2
MOST_PHRASINGS = 4000
"""Beyond these a fit would take too long; the first of each entry are read then."""
COPY_WEIGHT = 0.15
"""What a copy that lacks words teaches beside a phrasing."""
CATEGORY_WEIGHT = 0.5
"""What an entry's category teaches beside a phrasing; from .5 to 4 it is much the same."""
TOPIC_MESSAGES = 8
"""Messages that nothing answered, for each topic that they are taken to be about."""

ODDS, FOUND, PHRASINGS, ENTRIES, BIAS = 0.51, 0.99, -1.01, 0.21, -0.74
"""How odds become a probability for questions that the FAQ knows, by how often left-out
phrasings find their entry (as log-odds), and how many entries are known in how many ways
(logarithms): the more phrasings, the bolder the odds. Fitted over 45 FAQs of 5 to 150
entries drawn from BANKING77 and CLINC150."""
UNLIKE = 10.0
"""How much a message is newer than it seems for each cosine that its entry is below
`ALIKE`: the FAQ's own entries cannot teach how far from all of them a message can be."""
ALIKE = 0.5
"""From this cosine on a message is like a phrasing, and being more so says nothing more."""
_ROUNDS = 10
_SUREST = 30.0
_USUAL_PHRASINGS, _USUAL_ENTRIES = (1.0, 20.0), (2.0, 200.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The entry that a message asks, most likely, and how likely it is that one.

    `odds` is the logarithm of its odds against everything else together, and `likeness`
    the cosine to its nearest phrasing. It was chosen among `entries` entries, known in as
    many `phrasings` each on average. `novelty` is the logarithm of the odds that it asks
    what no entry knows, in an inbox where a share `unknown` of all messages does.
    """

    entry: FaqId
    probability: float
    odds: float
    likeness: float
    entries: int
    phrasings: float
    novelty: float = 0.0
    unknown: float = 0.0


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
        own, shared = _categories(faq.entries)
        examples += own
        topics = _topics([one.vector for one in faq.unanswered])
        examples += [
            _example(one, len(self._ids) + topic)
            for one, topic in zip(faq.unanswered, topics, strict=True)
        ]
        self._vectors = [unit(entry.vectors[:most]) for entry in faq.entries]
        self._ways = np.array([min(most, len(one.phrasings)) for one in faq.entries])
        classes = len(self._ids) + len(set(topics))
        copies = [
            _example(one, label, COPY_WEIGHT)
            for label, entry in enumerate(faq.entries)
            for one in entry.copies
        ]
        self._model = Resemblance(examples, classes, TUNING, [*copies, *shared])
        self._novelty = Novelty(
            [one.vector for one in examples],
            [one.label for one in examples],
            len(self._ids),
        )
        known = {examples[at].text: much for at, much in self._novelty.left_out.items()}
        recent = [one.vector for one in faq.recent]
        new = [
            known.get(one.text, much)
            for one, much in zip(faq.recent, self._novelty.of(recent), strict=True)
        ]
        self._unknown = unknown_share(new)
        self._neighbours = Neighbours(
            recent,
            np.array(new) + log_odds(self._unknown),
            self._novelty.rows,
            self._unknown,
            self._model.scores([one.text for one in faq.recent], recent),
        )

    def match(self, text: str, vector: Sequence[float], language: str) -> Matched:
        """Return what `text` asks, among the entries in its language where there are any."""
        scores = self._model.scores([text], [vector])[0] + self._neighbours.suggest(vector)
        entries = len(self._ids)
        spoken = np.flatnonzero(self._languages == language)
        open_to = spoken if len(spoken) else np.arange(entries)
        among = np.concatenate([open_to, np.arange(entries, len(scores))])
        best, odds = _ahead(scores[among], len(open_to))
        chosen = int(among[best])
        likeness = float((self._vectors[chosen] @ unit([vector])[0]).max())
        (novelty,) = self._novelty.of([vector])
        novelty += UNLIKE * max(0.0, ALIKE - likeness) + log_odds(self._unknown)
        novelty += self._neighbours.say(vector)
        phrasings = float(self._ways[open_to].mean())
        told_apart = BIAS + ODDS * odds + FOUND * log_odds(self._novelty.found)
        told_apart += PHRASINGS * np.log(np.clip(phrasings, *_USUAL_PHRASINGS))
        told_apart += ENTRIES * np.log(np.clip(len(open_to), *_USUAL_ENTRIES))
        right, known = chances(np.clip([told_apart, -novelty], -_SUREST, _SUREST))
        return Matched(
            entry=self._ids[chosen],
            probability=float(right * known),
            odds=odds,
            likeness=likeness,
            entries=len(open_to),
            phrasings=phrasings,
            novelty=float(novelty),
            unknown=self._unknown,
        )


def _ahead(scores: Numbers, entries: int) -> tuple[int, float]:
    """Return the best of the first `entries`, and the log-odds of it against all others."""
    best = int(scores[:entries].argmax())
    others = np.delete(scores, best)
    odds = scores[best] - _summed(others) if len(others) else scores[best]
    return best, float(odds)


def _example(read: Embedded, label: int, weight: float = 1.0) -> Example:
    return Example(text=read.text, vector=read.vector, label=label, weight=weight)


def _categories(entries: Sequence[KnownEntry]) -> tuple[list[Example], list[Example]]:
    """Return what categories teach: those of a single entry, and those that several share.

    An owner who files an entry under "Lost card" has named it, which tells as much as a way
    to ask does. "Delivery" over ten entries only says what all of them are about.
    """
    filed = [
        _example(entry.category, label, CATEGORY_WEIGHT)
        for label, entry in enumerate(entries)
        if entry.category is not None
    ]
    often = Counter(one.text.casefold() for one in filed)
    own = [one for one in filed if often[one.text.casefold()] == 1]
    return own, [one for one in filed if often[one.text.casefold()] > 1]


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
