"""The owner's examples of messages to ignore, and whether a message is one of them.

An example stands for messages that say the same, not for messages that also say it: a
thank-you among the examples must not swallow a thank-you with a question behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from core.assistant import signals
from core.assistant.words import Vocabulary, dice, telling_words
from core.knowledge.language import unaccented
from core.llm.base import Embedder

SAME = 0.62
"""The mean of shared meaning and shared letters from which on two messages say the same."""
COVERED = 0.7
"""How much of what a message says the example must say as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The example that a message resembles most, and how much, 0..1."""

    example: str
    likeness: float


async def matching(
    embedder: Embedder, said: str, language: str, examples: Sequence[str]
) -> Match | None:
    """Return the example that `said` is one of, if any.

    Raises:
        ModelDown: the embedder does not answer.
    """
    if not examples or not said:
        return None
    vector, *others = await embedder.embed([said, *examples])
    letters = unaccented(said)
    best = max(
        (
            Match(
                example=example,
                likeness=(_dot(vector, other) + dice(letters, unaccented(example))) / 2,
            )
            for example, other in zip(examples, others, strict=True)
        ),
        key=lambda match: match.likeness,
    )
    if best.likeness < SAME or _says_more(said, language, best.example):
        return None
    return best


def _says_more(said: str, language: str, example: str) -> bool:
    """Tell whether a message asks, complains or tells of something its example does not."""
    here, there = signals.read(said), signals.read(example)
    if (here.asks and not there.asks) or here.anger > there.anger:
        return True
    words = telling_words(said, language)
    return bool(words) and Vocabulary(example).share_of(words) < COVERED


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    cosine: float = sum(map(mul, one, other))
    return cosine
