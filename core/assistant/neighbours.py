"""Read a message in the company of others like it.

Customers ask in many more ways than a FAQ lists. What is far from every phrasing, yet among
messages that are near some, is one more way to ask the same: it counts as less new, and as
more likely to be what they are. What no such message is like stays as it was, so that
neighbours never cost an answer that they know nothing of.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.assistant.calibrated import log_odds
from core.assistant.novelty import FEWEST_MESSAGES
from core.assistant.regression import chances, log_shares
from core.assistant.resemblance import unit

Numbers = NDArray[np.float64]

TRUST = 0.7
"""How much of the neighbours' odds counts beside a message's own."""
MOST = 2.0
"""However clear its neighbours are, a message's odds change by no more (a logarithm)."""
_BEND = 20.0
"""A cosine of .9 counts an eighth of the same words, one of .7 a four-hundredth."""
_CLOSE = 25.0
"""The same for which entry a message asks, where only the nearest may speak."""
_FAR = 0.001
"""What messages far away weigh together: who has no neighbours is told nothing."""
_ALONE = 0.01
"""What a guess at any entry weighs beside that of neighbours."""
_SUGGESTS = 0.4
"""How much of what neighbours ask counts beside a message's own words."""
_SAME = 0.999
"""From this cosine on it is the message itself, or its very words: no second opinion."""


class Neighbours:
    """The last messages, and how new each is; immutable, safe to ask from several threads.

    How new they are is told by the FAQ alone and never changed by what they say of each
    other, so that this cannot come to believe itself.
    """

    def __init__(
        self,
        vectors: Sequence[Sequence[float]],
        novelties: Numbers,
        known: Numbers,
        share: float,
        asked: Numbers,
    ) -> None:
        """Remember messages with the log-odds that they ask what no entry knows.

        `known` are the rows of what the FAQ knows, and `share` is that of messages which
        ask something else. `asked` are scores, one row per message and one column for each
        thing to ask: their softmax is a guess. Too few messages say nothing.
        """
        self._rows = unit(vectors) if len(vectors) >= FEWEST_MESSAGES else None
        self._unknown = np.asarray(chances(np.asarray(novelties)), dtype=np.float64)
        self._asked = np.exp(log_shares(asked)) if len(asked) else asked
        self._known = known
        self._share = share

    def say(self, vector: Sequence[float]) -> float:
        """Return what to add to a message's log-odds of being new, from -`MOST` to 0."""
        if self._rows is None:
            return 0.0
        (row,) = unit([vector])
        near = _others(self._rows @ row, _BEND)
        new = float(near @ self._unknown) + _FAR * self._share
        old = float(near @ (1.0 - self._unknown)) + _FAR * (1.0 - self._share)
        # Phrasings stand for as many messages as the FAQ is asked.
        phrasings = float(_near(self._known @ row, _BEND).mean())
        old += phrasings * len(self._rows) * (1.0 - self._share)
        odds = float(np.log(new / old)) - log_odds(self._share)
        return float(np.clip(TRUST * odds, -MOST, 0.0))

    def suggest(self, vector: Sequence[float]) -> Numbers | float:
        """Return what to add to a message's scores, or 0 for all of them.

        The logarithm of what messages like it ask on average, partly counted.
        """
        if self._rows is None:
            return 0.0
        near = _others(self._rows @ unit([vector])[0], _CLOSE)
        guess = near @ self._asked + _ALONE / self._asked.shape[1]
        result: Numbers = _SUGGESTS * np.log(guess / (near.sum() + _ALONE))
        return result


def _others(cosines: Numbers, bend: float) -> Numbers:
    """Return how near messages are that are not the message itself."""
    return np.where(cosines < _SAME, _near(cosines, bend), 0.0)


def _near(cosines: Numbers, bend: float) -> Numbers:
    result: Numbers = np.exp(bend * (cosines - 1.0))
    return result
