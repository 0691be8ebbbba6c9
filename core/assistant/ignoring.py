"""Learn from an owner's examples which messages nobody needs to answer.

Three examples are enough to begin, because the house knows advertisements in general:
our own examples of them take part with less weight, and so do ordinary messages.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

from core.assistant import looks, prepared, signals, written
from core.assistant.examples import Match
from core.assistant.regression import chances
from core.assistant.resemblance import Example, Resemblance, Tuning
from core.assistant.words import dice
from core.assistant.written import Kind
from core.knowledge.language import unaccented
from core.llm.base import Embedder, Vector

FEWEST_EXAMPLES = 3
MOST_EXAMPLES = 200
"""Examples of each kind that are learnt from; the newest ones come last in a list."""
SURE = 0.95
"""From here on a message is ignored: of ordinary ones, about one in a thousand."""
PROMOTES = 0.6
"""As much promotion as one sign of it."""

_READ_CHARS = 600
_OUR_WEIGHT = 0.3
_MOST_KEPT = 8
_TUNING = Tuning(letters=0.0, marks=0.125, ridge=0.02, bend=0.5)
_LABELS = {Kind.ADVERTISEMENT: 1, Kind.ORDINARY: 0}

Owned = tuple[tuple[str, ...], tuple[str, ...]]
"""What an owner ignores, and ordinary messages of their customers."""


class Ignoring:
    """A classifier for each owner's examples, fitted when they are first met."""

    def __init__(self, embedder: Embedder) -> None:
        """Remember the embedder; nothing is embedded yet."""
        self._embedder = embedder
        self._lock = asyncio.Lock()
        self._ours: list[tuple[str, int, Vector]] = []
        self._fitted: OrderedDict[Owned, Resemblance] = OrderedDict()

    async def likely(
        self, texts: Sequence[str], ignored: Sequence[str], ordinary: Sequence[str] = ()
    ) -> list[float]:
        """Return how likely the owner would ignore each of `texts`.

        Raises:
            ModelDown: the embedder does not answer.
        """
        model = await self._model(
            (tuple(ignored[-MOST_EXAMPLES:]), tuple(ordinary[-MOST_EXAMPLES:]))
        )
        read = [text[:_READ_CHARS] for text in texts]
        vectors = await self._embedder.embed(read)
        scores = model.scores(read, vectors, [looks.marks(text) for text in read])
        return [float(one) for one in chances(scores[:, 1] - scores[:, 0])]

    async def match(
        self, said: str, ignored: Sequence[str], ordinary: Sequence[str]
    ) -> Match | None:
        """Return the example that a message to ignore resembles, if it is one to ignore.

        What asks or complains is never ignored on likeness alone, unless it advertises.

        Raises:
            ModelDown: the embedder does not answer.
        """
        seen = signals.read(said)
        if not said or seen.wants_human or (seen.anger and not seen.promotion):
            return None
        if seen.asks and seen.promotion < PROMOTES:
            return None
        (likely,) = await self.likely([said], ignored, ordinary)
        if likely < SURE:
            return None
        letters = unaccented(said[:_READ_CHARS])
        nearest = max(ignored, key=lambda one: dice(letters, unaccented(one[:_READ_CHARS])))
        return Match(example=nearest, likeness=likely)

    async def _model(self, owned: Owned) -> Resemblance:
        async with self._lock:
            model = self._fitted.get(owned) or await self._fit(owned)
            self._fitted[owned] = model
            self._fitted.move_to_end(owned)
            if len(self._fitted) > _MOST_KEPT:
                self._fitted.popitem(last=False)
            return model

    async def _fit(self, owned: Owned) -> Resemblance:
        if not self._ours:
            ours = [one for one in written.examples() if one.kind in _LABELS]
            vectors = await prepared.vectors(self._embedder, ours)
            self._ours = [
                (one.text, _LABELS[one.kind], vector)
                for one, vector in zip(ours, vectors, strict=True)
            ]
        theirs = [
            (text[:_READ_CHARS], label)
            for label, texts in ((1, owned[0]), (0, owned[1]))
            for text in texts
        ]
        vectors = await self._embedder.embed([text for text, _ in theirs])
        known = [(*one, _OUR_WEIGHT) for one in self._ours]
        known += [
            (text, label, vector, 1.0)
            for (text, label), vector in zip(theirs, vectors, strict=True)
        ]
        return await asyncio.to_thread(Resemblance, _balanced(known), 2, _TUNING)


def _balanced(known: Sequence[tuple[str, int, Vector, float]]) -> list[Example]:
    """Return the examples with the same weight on both sides, however many there are."""
    sides = [sum(weight for _, label, _, weight in known if label == at) for at in (0, 1)]
    return [
        Example(
            text=text,
            vector=vector,
            label=label,
            weight=weight * len(known) / 2 / sides[label],
            marks=looks.marks(text),
        )
        for text, label, vector, weight in known
    ]
