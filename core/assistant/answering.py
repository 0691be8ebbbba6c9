"""Let what is learnt from a FAQ's phrasings take part in choosing and trusting an answer.

Two opinions meet: how well the passage suits the question, and whether the question is
told apart from every other entry. Of a large FAQ of near duplicates the second knows
more; of a small one it knows little, having seen next to nothing that is not asked.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from core.assistant import confidence, faq_matcher
from core.assistant.calibrated import log_odds
from core.assistant.faq_matcher import Matched
from core.assistant.suitability import Candidate, Field
from core.domain.knowledge import Passage

VERSION = f"{confidence.VERSION} {faq_matcher.VERSION}"
"""What a likelihood was reckoned by; outcomes of another one say nothing about it."""
FEWEST_PHRASINGS = 5
"""An entry known in fewer ways is not known well enough to be told from others."""
CLEARLY = 0.5
"""From here on the matcher chooses among entries."""
_SMALL = 20.0
"""As many entries as make both opinions weigh the same."""


def may_prefer(passages: Sequence[Passage]) -> bool:
    """Tell whether there is an entry among the passages that is known well enough."""
    return any(
        one.faq_id is not None and one.phrasings >= FEWEST_PHRASINGS for one in passages
    )


def preferring(field: Field, matched: Matched | None) -> Field:
    """Return the candidates with the entry in front that the message asks most likely.

    Entries are only put before entries: a document that suits best stays where it is.
    """
    best = field.candidates[0].passage
    if matched is None or best.faq_id is None or matched.probability < CLEARLY:
        return field
    chosen = [one for one in field.candidates if _is_of(one, matched)]
    others = [one for one in field.candidates if not _is_of(one, matched)]
    return replace(field, candidates=(*chosen, *others)) if chosen else field


def blended(likely: float, matched: Matched | None, best: Passage) -> float:
    """Return how likely `best` answers, by both opinions where there are two."""
    if matched is None or best.faq_id is None or best.phrasings < FEWEST_PHRASINGS:
        return likely
    is_meant = best.faq_id == matched.entry
    told_apart = matched.probability if is_meant else 1.0 - matched.probability
    share = matched.entries / (matched.entries + _SMALL)
    odds = (1.0 - share) * log_odds(likely) + share * log_odds(told_apart)
    return 1.0 / (1.0 + exp(-odds))


def _is_of(one: Candidate, matched: Matched) -> bool:
    return one.passage.faq_id == matched.entry and one.passage.phrasings >= FEWEST_PHRASINGS
