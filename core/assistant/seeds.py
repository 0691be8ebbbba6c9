"""Recognise a wish for a person, or a complaint, in words that no pattern foresees.

Each sort has its example sentences, ours and the owner's, and so have ordinary messages:
the embedder finds any two French sentences alike, so only being *nearer* to a complaint
than to a question says something. The patterns take part as marks of a message.

The questions of an inbox's FAQ are ordinary, too: with them, half as many of its
ordinary messages are taken for a wish for a person on Bitext (on NLU++ as many), and no
wish more is missed.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.assistant import prepared, signals, written
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
MOST_LEANING = 0.2
"""A question that leans further is itself about reaching a person: it shows nothing."""
SLOPE, SHIFT = 1.5, -2.3
"""How log-odds over the examples become a probability; see `calibrated`."""

_QUESTIONS_SHIFT, _MANY_QUESTIONS = 0.7, 10.0
"""Ordinary examples make everything lean less: this much is given back for many of them."""
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
_Known = tuple[Own, tuple[str, ...]]
"""An owner's examples, and the questions of their FAQ."""


def own_examples(rules: Rules) -> Own:
    """Return what the owner has shown, the newest of each kind."""
    return rules.escalate_examples[-MOST_OWN:], rules.respond_examples[-MOST_OWN:]


def bar_of(rules: Rules) -> float:
    """Return the probability from which on escalating is the cheaper choice."""
    return complaint_threshold(rules.costs)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """What is learnt, and what log-odds over it are shifted by."""

    model: Resemblance
    shift: float


class Seeds:
    """The examples of this process, fitted at the first message and for each owner."""

    def __init__(self, embedder: Embedder) -> None:
        """Remember the embedder; nothing is embedded yet."""
        self._embedder = embedder
        self._lock = asyncio.Lock()
        self._ours: list[Example] = []
        self._fitted: OrderedDict[_Known, _Fitted] = OrderedDict()

    async def leaning(
        self, text: str, own: Own = NONE_OWN, questions: Sequence[str] = ()
    ) -> dict[Seed, float]:
        """Return how likely a person should answer `text`, for each reason to.

        `questions` are what the inbox's FAQ answers.

        Raises:
            ModelDown: the embedder does not answer.
        """
        async with self._lock:
            fitted = await self._known((own, tuple(questions[:MOST_OWN])))
        words = text[:READ_CHARS]
        (vector,) = await self._embedder.embed([words])
        return judged(fitted.model, words, vector, fitted.shift)

    async def _known(self, known: _Known) -> _Fitted:
        fitted = self._fitted.get(known) or await self._fit(*known)
        self._fitted[known] = fitted
        self._fitted.move_to_end(known)
        if len(self._fitted) > _MOST_KEPT:
            self._fitted.popitem(last=False)
        return fitted

    async def _fit(self, own: Own, questions: Sequence[str]) -> _Fitted:
        if not self._ours:
            ours = [one for one in written.examples() if one.kind in _LABELS]
            vectors = await prepared.vectors(self._embedder, ours)
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
        asked = await self._ordinary(questions) if questions else []
        examples = [*self._ours, *theirs, *asked]
        model = await asyncio.to_thread(Resemblance, examples, len(_LABELS), _TUNING)
        share = len(asked) / (len(asked) + _MANY_QUESTIONS)
        return _Fitted(model, SHIFT + share * _QUESTIONS_SHIFT)

    async def _ordinary(self, questions: Sequence[str]) -> list[Example]:
        """Return the questions as examples, without those about reaching a person."""
        ours = await self._known((NONE_OWN, ()))
        read = [question[:READ_CHARS] for question in questions]
        vectors = await self._embedder.embed(read)
        return [
            _example(text, vector, _ORDINARY, 1.0)
            for text, vector in zip(read, vectors, strict=True)
            if sum(judged(ours.model, text, vector).values()) < MOST_LEANING
        ]


def judged(
    model: Resemblance, words: str, vector: Vector, shift: float = SHIFT
) -> dict[Seed, float]:
    """Return the probability of each reason for a person to answer."""
    scores = model.scores([words], [vector], [_marks(words)])
    (likely,) = np.exp(log_shares(scores))
    human, complaint = float(likely[_HUMAN]), float(likely[_COMPLAINT])
    odds = np.log(human + complaint) - np.log(max(float(likely[_ORDINARY]), 1e-12))
    whole = float(1.0 / (1.0 + np.exp(-(SLOPE * odds + shift))))
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
