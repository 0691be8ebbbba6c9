"""Recognise a wish for a person, or a complaint, in words that no pattern foresees.

Each sort has its example sentences, ours and the owner's, and so have ordinary messages:
the embedder finds any two French sentences alike, so only being *nearer* to a complaint
than to a question says something. The patterns take part as marks of a message.
"""

import asyncio
from collections import OrderedDict
from enum import StrEnum

import numpy as np

from core.assistant import signals, written
from core.assistant.regression import log_shares
from core.assistant.resemblance import Example, Resemblance, Tuning
from core.assistant.state import Rules
from core.assistant.written import Kind
from core.domain.rule import complaint_threshold
from core.llm.base import Embedder, Vector


class Seed(StrEnum):
    """What a message may lean to."""

    HUMAN = "human"
    COMPLAINT = "complaint"


READ_CHARS = 400
MOST_OWN = 100
"""Examples of each kind that are learnt from; an owner's list may be longer."""
OWN_WEIGHT = 6.0
"""An owner's example of their own customers says more than one of ours."""
SLOPE, SHIFT = 1.5, -2.3
"""How log-odds over the examples become a probability; see `calibrated`."""

_MOST_KEPT = 8
_TUNING = Tuning(letters=0.3, marks=0.2, ridge=0.02)
_ORDINARY, _HUMAN, _COMPLAINT = range(3)
_LABELS = {
    Kind.ORDINARY: _ORDINARY,
    Kind.HUMAN: _HUMAN,
    Kind.COMPLAINT: _COMPLAINT,
}

Own = tuple[tuple[str, ...], tuple[str, ...]]
"""An owner's examples: of what a person should answer, and of what the assistant may."""
NONE_OWN: Own = ((), ())


def own_examples(rules: Rules) -> Own:
    """Return what the owner has shown, the newest of each kind."""
    return rules.escalate_examples[-MOST_OWN:], rules.respond_examples[-MOST_OWN:]


def bar_of(rules: Rules) -> float:
    """Return the probability from which on escalating is the cheaper choice."""
    return complaint_threshold(rules.costs)


class Seeds:
    """The examples of this process, fitted at the first message and for each owner."""

    def __init__(self, embedder: Embedder) -> None:
        """Remember the embedder; nothing is embedded yet."""
        self._embedder = embedder
        self._lock = asyncio.Lock()
        self._ours: list[Example] = []
        self._fitted: OrderedDict[Own, Resemblance] = OrderedDict()

    async def leaning(self, text: str, own: Own = NONE_OWN) -> dict[Seed, float]:
        """Return how likely a person should answer `text`, for each reason to.

        Raises:
            ModelDown: the embedder does not answer.
        """
        async with self._lock:
            model = self._fitted.get(own) or await self._fit(own)
            self._fitted[own] = model
            self._fitted.move_to_end(own)
            if len(self._fitted) > _MOST_KEPT:
                self._fitted.popitem(last=False)
        words = text[:READ_CHARS]
        (vector,) = await self._embedder.embed([words])
        return judged(model, words, vector)

    async def _fit(self, own: Own) -> Resemblance:
        if not self._ours:
            ours = [one for one in written.examples() if one.kind in _LABELS]
            vectors = await self._embedder.embed([one.text for one in ours])
            self._ours = [
                _example(one.text, vector, _LABELS[one.kind], 1.0)
                for one, vector in zip(ours, vectors, strict=True)
            ]
        owned = [(text, _HUMAN) for text in own[0]] + [(text, _ORDINARY) for text in own[1]]
        vectors = await self._embedder.embed([text[:READ_CHARS] for text, _ in owned])
        theirs = [
            _example(text[:READ_CHARS], vector, label, OWN_WEIGHT)
            for (text, label), vector in zip(owned, vectors, strict=True)
        ]
        return await asyncio.to_thread(
            Resemblance, [*self._ours, *theirs], len(_LABELS), _TUNING
        )


def judged(model: Resemblance, words: str, vector: Vector) -> dict[Seed, float]:
    """Return the probability of each reason for a person to answer."""
    scores = model.scores([words], [vector], [_marks(words)])
    (likely,) = np.exp(log_shares(scores))
    human, complaint = float(likely[_HUMAN]), float(likely[_COMPLAINT])
    odds = np.log(human + complaint) - np.log(max(float(likely[_ORDINARY]), 1e-12))
    whole = float(1.0 / (1.0 + np.exp(-(SLOPE * odds + SHIFT))))
    share = human / (human + complaint)
    return {Seed.HUMAN: whole * share, Seed.COMPLAINT: whole * (1.0 - share)}


def _example(text: str, vector: Vector, label: int, weight: float) -> Example:
    return Example(text=text, vector=vector, label=label, weight=weight, marks=_marks(text))


def _marks(text: str) -> tuple[float, ...]:
    seen = signals.read(text)
    return (
        float(seen.wants_human),
        min(1.5, seen.anger),
        min(1.0, seen.promotion / 3),
        float(seen.is_courtesy),
    )
