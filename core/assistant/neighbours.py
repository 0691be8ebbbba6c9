"""Take a message for less new when messages like it are clearly about what a FAQ knows.

Customers ask in many more ways than a FAQ lists. What is far from every phrasing, yet among
messages that are near some, is one more way to ask the same. Only that is learnt here: what
no such message is like stays as new as it was, so that neighbours never cost an answer that
they know nothing of.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.assistant.calibrated import log_odds
from core.assistant.novelty import FEWEST_MESSAGES
from core.assistant.regression import chances
from core.assistant.resemblance import unit

Numbers = NDArray[np.float64]

TRUST = 0.5
"""How much of the neighbours' odds counts beside a message's own."""
MOST = 1.5
"""However clear its neighbours are, a message's odds change by no more (a logarithm)."""
_BEND = 20.0
"""A cosine of .9 counts an eighth of the same words, one of .7 a four-hundredth."""
_FAR = 0.001
"""What messages far away weigh together: who has no neighbours is told nothing."""
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
    ) -> None:
        """Remember messages with the log-odds that they ask what no entry knows.

        `known` are the rows of what the FAQ knows, and `share` is that of messages which
        ask something else. Too few messages say nothing.
        """
        self._rows = unit(vectors) if len(vectors) >= FEWEST_MESSAGES else None
        self._unknown = np.asarray(chances(np.asarray(novelties)), dtype=np.float64)
        self._known = known
        self._share = share

    def say(self, vector: Sequence[float]) -> float:
        """Return what to add to a message's log-odds of being new, from -`MOST` to 0."""
        if self._rows is None:
            return 0.0
        (row,) = unit([vector])
        cosines = self._rows @ row
        near = np.where(cosines < _SAME, _bent(cosines), 0.0)
        new = float(near @ self._unknown) + _FAR * self._share
        old = float(near @ (1.0 - self._unknown)) + _FAR * (1.0 - self._share)
        # Phrasings stand for as many messages as the FAQ is asked.
        phrasings = float(_bent(self._known @ row).mean())
        old += phrasings * len(self._rows) * (1.0 - self._share)
        odds = float(np.log(new / old)) - log_odds(self._share)
        return float(np.clip(TRUST * odds, -MOST, 0.0))


def _bent(cosines: Numbers) -> Numbers:
    result: Numbers = np.exp(_BEND * (cosines - 1.0))
    return result
