"""Tell whether two FAQ entries ask the same: twice the same question splits its answers.

Chosen on the phrasings of BANKING77, CLINC150 and our own entries, each asked against the
rest: of ten warnings nine are right, and in English one repeated question in three is
noticed. The local embedder takes "Les chiens sont acceptés ?" for "Les chèques sont
acceptés ?", so in other languages letters count as much as meaning, and fewer are noticed.
Of questions that begin alike, topic first, it warns too often in any language.
"""

from collections.abc import Sequence

from core.knowledge.grams import grams
from core.store.faqs import NearEntry

SAME = 0.72
"""From this likeness on, an owner is told."""
FARTHEST = 0.6
"""Below this cosine no English entry can be alike enough, and no other is looked at."""
_LETTERS = 0.3
_LETTERS_ABROAD = 0.5
"""How much the letter groups in common count; the cosine is the rest."""


def likeness(asked: Sequence[str], near: NearEntry, lang_code: str) -> float:
    """Return how alike the nearest way to ask is to one of `asked`, 0..1.

    `lang_code` is the language of the entry. The same words are 1, whatever their order,
    case and accents.
    """
    theirs = set(grams(near.text))
    shared = max((_overlap(set(grams(text)), theirs) for text in asked), default=0.0)
    if shared == 1:
        return 1.0
    letters = _LETTERS if lang_code == "en" else _LETTERS_ABROAD
    return min(1.0, max(0.0, (1 - letters) * near.cosine + letters * shared))


def _overlap(one: set[str], other: set[str]) -> float:
    """Return the Dice coefficient of two sets of letter groups."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
