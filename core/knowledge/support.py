"""Tell whether a passage speaks of what was asked at all.

The fused score cannot: it is stretched over the candidates, so that the best of a bad lot
scores as high as the best of a good one.
"""

from core.domain.knowledge import Passage
from core.knowledge.grams import grams
from core.knowledge.language import guess, without_everyday_words

CLOSE = 0.55
"""From this cosine on, a passage answers whatever its words are."""
NEAR = 0.30
SHARED = 0.5
"""The part of the question's letters that a passage must share when it is only near."""


def answers(passage: Passage, question: str) -> bool:
    """Return whether the passage is worth quoting for the question."""
    if passage.cosine >= CLOSE:
        return True
    return passage.cosine >= NEAR and shared(passage, question) >= SHARED


def shared(passage: Passage, question: str) -> float:
    """Return how much of the question's telling words the passage has, by their letters."""
    telling = without_everyday_words(question, guess(question).code)
    asked = set(grams(telling))
    if not asked:
        return 0.0
    said = set(grams(f"{passage.title} {passage.question or ''} {passage.text}"))
    return len(asked & said) / len(asked)
