"""Tell whether two FAQ entries ask the same: twice the same question splits its answers.

The embedder hears that two questions mean the same in English; in other languages it is
easily misled, so letters must agree too before an owner is warned.
"""

from collections.abc import Sequence

from core.knowledge.grams import grams
from core.store.faqs import NearEntry

FARTHEST = 0.6
"""Below this cosine no entry is looked at."""
SAME = 0.72
"""From this likeness on, an owner is told."""


def likeness(asked: Sequence[str], near: NearEntry) -> float:
    """Return how alike the nearest way to ask is to one of `asked`, 0..1.

    The mean of the cosine and of the letter groups in common; the same words are 1.
    """
    theirs = set(grams(near.text))
    shared = max((_overlap(set(grams(text)), theirs) for text in asked), default=0.0)
    return min(1.0, max(0.0, (near.cosine + shared) / 2 if shared < 1 else 1.0))


def _overlap(one: set[str], other: set[str]) -> float:
    """Return the Dice coefficient of two sets of letter groups."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
